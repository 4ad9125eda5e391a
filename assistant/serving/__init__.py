"""What every server has in common: where it listens, who may ask how often, what a request may be,
and what is logged of it."""

from assistant.serving.guard import Guard, own_names
from assistant.serving.limits import Limit, Queue, QueueFullError, RateLimit, address_of
from assistant.serving.listening import check_local, check_port, serve
from assistant.serving.logs import log_as_json
from assistant.serving.shared import SharedRateLimit, rate_limit, wait_for

__all__ = [
    "Guard",
    "Limit",
    "Queue",
    "QueueFullError",
    "RateLimit",
    "SharedRateLimit",
    "address_of",
    "check_local",
    "check_port",
    "log_as_json",
    "own_names",
    "rate_limit",
    "serve",
    "wait_for",
]
