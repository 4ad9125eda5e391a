"""Whether a limit is one over all servers: asked of both in turn until they refuse."""

from itertools import cycle

import httpx

from eval.bench.cluster.processes import Cluster

_SERVERS = ("assistant-1", "assistant-2")
_MOST = 2000


def count_let_through(cluster: Cluster, key: str) -> dict[str, int]:
    """How often a key was let through by each server until the first refusal, and the limit."""
    counts = dict.fromkeys(_SERVERS, 0)
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(timeout=60, headers=headers) as client:
        for _, name in zip(range(_MOST), cycle(_SERVERS)):
            reply = client.get(f"{cluster.address(name)}/v1/models")
            limit = int(reply.headers["RateLimit-Limit"])
            if reply.status_code == httpx.codes.TOO_MANY_REQUESTS:
                return {**counts, "limit": limit}
            counts[name] += 1
    return {**counts, "limit": 0}
