"""The command ``ecopolicy``."""
