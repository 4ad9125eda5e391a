"""The desk's fixtures."""

from desk_steps import bench, staff, workspace

__all__ = ["bench", "staff", "workspace"]
