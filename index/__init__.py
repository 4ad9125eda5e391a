"""Passages, and how they are searched."""
