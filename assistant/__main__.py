"""``python -m assistant`` is ``ecopolicy``."""

from assistant.cli import main

main()
