"""The desk's fixtures."""

from desk_steps import desk_bench, desk_staff, desk_workspace

__all__ = ["desk_bench", "desk_staff", "desk_workspace"]
