"""What the page is told: the settings that concern it, completed by what the corpus knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.types import Audience
from corpus.collection import Hotline


@dataclass(frozen=True, slots=True)
class PageOptions:
    """See the settings of the same names; ``examples`` are questions to begin with."""

    title: str
    data_dir: Path
    max_question: int
    authority: str = ""
    contact: str = ""
    allowed_hosts: tuple[str, ...] = ()
    log_requests: bool = False
    accent: str = "#1c6a51"
    accent_dark: str = "#7fcbaa"
    audiences: tuple[Audience, ...] = tuple(Audience)
    hotlines: tuple[Hotline, ...] = ()
    examples: Mapping[Audience, tuple[str, ...]] = field(default_factory=dict)
    requests_per_minute: int = 30
    api_requests_per_minute: int = 600
    embed_origins: tuple[str, ...] = ()
    client_header: str = ""
    workers: int = 2
    queue_size: int = 100
    answer_seconds: float = 60
    keep_questions_days: int = 0
    staff: str = ""
    records_database: str = ""
    shared_limits: str = ""
