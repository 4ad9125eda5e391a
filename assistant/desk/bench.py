"""What the desk works with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assistant.apart import Switcher
from assistant.matters import OwnMatters, needs_review
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import AskedLog, Database, FeedbackQueue
from assistant.staff import AuditLog, People, Sessions, Throttle
from assistant.uploads import Uploads
from assistant.wiring import Workspace
from corpus.types import Document

#: A document that expires within so many days is told of.
SOON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that staff look at and change, made once for a service."""

    assistant: Assistant
    workspace: Workspace
    options: PageOptions
    people: People
    sessions: Sessions
    throttle: Throttle
    audit: AuditLog
    asked: AskedLog
    feedback: FeedbackQueue
    matters: OwnMatters
    uploads: Uploads
    #: Makes the index for what is written here, in a process of its own.
    switch: Switcher

    def added(self) -> list[Document]:
        """The documents that were added and are in use."""
        corpus = self.assistant.corpus
        return [document for document in corpus.documents if document.title in corpus.added]

    def collections(self) -> list[str]:
        """What a document can be put into: the issuers of places' own texts, and what staff called
        the collections of other documents."""
        held = self.assistant.corpus.collections
        return list(dict.fromkeys(c.name or c.issuer for c in held if c.name or c.place))

    def expiring(self, day: date) -> list[Document]:
        """Those that have expired or soon will."""
        soon = day + timedelta(days=SOON_DAYS)
        return [
            document for document in self.added() if document.expires and document.expires <= soon
        ]

    def to_review(self, day: date) -> dict[str, list[str]]:
        """What has become of what own matters say: their ids with a sentence for each fault."""
        corpus = self.assistant.corpus
        found = {m.id: needs_review(m, corpus, day) for m in self.matters.all()}
        return {name: [p.says for p in problems] for name, problems in found.items() if problems}


def make_bench(
    assistant: Assistant, workspace: Workspace, options: PageOptions, records: Database
) -> Bench:
    """Put it together; the tables are made where they are not there yet."""
    people = People(options.data_dir, options.staff)
    audit = AuditLog(records)

    def note(by: str, action: str, what: str, details: Mapping[str, Any]) -> None:
        audit.add(people.find(by) or by, action, what, details)

    return Bench(
        assistant=assistant,
        workspace=workspace,
        options=options,
        people=people,
        sessions=Sessions(records, people),
        throttle=Throttle(),
        audit=audit,
        asked=AskedLog(records, options.keep_questions_days),
        feedback=FeedbackQueue(records),
        matters=OwnMatters(options.data_dir),
        uploads=Uploads(
            workspace,
            records,
            options.data_dir / "uploads",
            note,
            lambda: assistant.corpus,
        ),
        switch=Switcher(),
    )
