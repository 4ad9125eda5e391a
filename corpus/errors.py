"""Every error that a reader of this project may see.

    EcoPolicyError                 exit status 1: our fault, or the machine's
    ├── UserError                  exit status 2: the user can put it right
    │   ├── QuestionError          a question that cannot be taken as it is
    │   ├── OptionError            an option, setting or file given by the user
    │   ├── DocumentError          a document given by the user that cannot be read
    │   ├── MatterError            a matter that a user wrote and that cannot be kept so
    │   ├── CollectionError        a collection whose file or texts are not as they must be
    │   └── BatchLineError         one line of a batch; the rest goes on
    ├── CorpusError                the bundled corpus cannot be read
    ├── ShippedError               vectors or weights are not those that were shipped
    ├── LibraryError               a document that was added cannot be read any more
    ├── RecordsError               what is kept of questions and of staff's work cannot be used
    ├── EngineError                the language model; the reader gets the extractive answer
    │   ├── EngineOverflowError    the prompt is too long for it
    │   └── EngineFormatError      it does not take the form that was asked for
    └── IndexStateError            the index
        ├── IndexMissingError      none was built yet
        ├── IndexBrokenError       it is there and cannot be read
        └── VectorStoreError       the Chroma server cannot be used

The message of each is one Chinese sentence that says what happened and what to do; that of a
MatterError has one for each problem, a line each.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class EcoPolicyError(Exception):
    """Base of all errors of this project."""

    exit_status = 1


class UserError(EcoPolicyError):
    """The user can put it right."""

    exit_status = 2


class QuestionError(UserError):
    """A question that cannot be taken as it is."""


class OptionError(UserError):
    """An option, a setting or a file given by the user."""


class DocumentError(UserError):
    """A document given by the user that cannot be read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with what somebody wrote: the field (``ask.0.statement.1.by.0``), and one
    Chinese sentence."""

    where: str
    says: str


class MatterError(UserError):
    """A matter that a user wrote and that cannot be kept as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.says for problem in problems))
        self.problems = tuple(problems)


class CollectionError(UserError):
    """A collection whose ``collection.toml`` or texts are not as they must be."""


class BatchLineError(UserError):
    """One line of a batch that cannot be read."""


class CorpusError(EcoPolicyError):
    """The bundled corpus cannot be read."""


class ShippedError(EcoPolicyError):
    """Vectors or weights that came with the program are damaged or missing."""


class LibraryError(EcoPolicyError):
    """A document that was added cannot be read any more."""


class RecordsError(EcoPolicyError):
    """What is kept of questions, feedback and staff's work cannot be read or written."""


class IndexStateError(EcoPolicyError):
    """The index cannot be used."""


class IndexMissingError(IndexStateError):
    """No index was built yet."""


class IndexBrokenError(IndexStateError):
    """The index is there and cannot be read."""


class VectorStoreError(IndexStateError):
    """The Chroma server cannot be used."""


class EngineError(EcoPolicyError):
    """The language model cannot be used, or not now.

    ``may_pass`` tells whether trying again may help, ``after_s`` how long the server asks to wait.
    """

    def __init__(self, message: str, may_pass: bool = False, after_s: float = 0.0) -> None:
        super().__init__(message)
        self.may_pass = may_pass
        self.after_s = after_s


class EngineOverflowError(EngineError):
    """The prompt is too long for the model."""


class EngineFormatError(EngineError):
    """The model's server does not take the form that was asked for."""
