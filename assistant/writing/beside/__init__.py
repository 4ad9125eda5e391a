"""A small model writes beside the extractive answer, which stays whole; a refusal stays one."""

from assistant.writing.beside.writer import BesideWriter, Uses

__all__ = ["BesideWriter", "Uses"]
