"""A service on several machines, here on one: started, asked by many, and killed piece by piece."""

from eval.bench.cluster.processes import Cluster, running

__all__ = ["Cluster", "running"]
