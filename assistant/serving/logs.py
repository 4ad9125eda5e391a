"""The log of a server: a line of JSON for each thing that happened."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import TextIO


class JsonLines(logging.Formatter):
    """A record as one line: time, level, where, what, and the fields that were given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1]:
            told["error"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(told, ensure_ascii=False)


def log_as_json(stream: TextIO, is_logging_requests: bool) -> None:
    """From now on write what is logged to the stream; of requests only where that is wanted."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    if is_logging_requests:
        logging.getLogger("ecopolicy.requests").setLevel(logging.INFO)
