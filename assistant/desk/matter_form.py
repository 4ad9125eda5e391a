"""A matter as the fields of a form, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.desk.days import read_day
from assistant.desk.door import Visit
from corpus.collections import Ask, AskKind, Matter, Statement
from corpus.errors import Problem

#: What a form may have of each.
_MOST_ASKS, _MOST_STATEMENTS = 12, 12


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as it is written; ``find`` are words to look an article up by."""

    text: str = ""
    of: str = ""
    by: tuple[str, ...] = ()
    find: str = ""


@dataclass(frozen=True, slots=True)
class AskRow:
    """One thing that is asked."""

    kind: str = AskKind.DUTY.value
    asked: str = ""
    needs: str = ""
    statements: tuple[StatementRow, ...] = (StatementRow(),)


@dataclass(frozen=True, slots=True)
class MatterForm:
    """What stands in the form, as text: lists have a line for each."""

    id: str = ""
    name: str = ""
    tellings: str = ""
    unlike: str = ""
    needs: str = ""
    valid_from: str = ""
    valid_to: str = ""
    asks: tuple[AskRow, ...] = (AskRow(),)

    @classmethod
    def of(cls, matter: Matter) -> "MatterForm":
        """The form of a matter that is kept."""
        return cls(
            id=matter.id,
            name=matter.name,
            tellings="\n".join(matter.tellings),
            unlike="\n".join(matter.unlike),
            needs="\n".join(matter.needs),
            valid_from=matter.valid_from.isoformat() if matter.valid_from else "",
            valid_to=matter.valid_to.isoformat() if matter.valid_to else "",
            asks=tuple(map(_row, matter.ask)) or (AskRow(),),
        )

    @classmethod
    def started(cls, start: Mapping[str, Sequence[str]]) -> "MatterForm":
        """What writing begins with: tellings, keys (``by``) and what else is needed."""
        statement = StatementRow(by=tuple(start.get("by", ())))
        ask = AskRow(
            asked="\n".join(start.get("tellings", ())),
            needs="\n".join(start.get("needs", ())),
            statements=(statement,),
        )
        return cls(tellings="\n".join(start.get("tellings", ())), asks=(ask,))

    @classmethod
    def read(cls, visit: Visit) -> "MatterForm":
        """What was sent, with a row more where one is asked for."""
        asks = []
        for i in range(_MOST_ASKS):
            if not visit.get(f"ask.{i}.kind"):
                break
            statements = [
                StatementRow(
                    visit.get(f"ask.{i}.statement.{k}.text"),
                    visit.get(f"ask.{i}.statement.{k}.of"),
                    visit.all(f"ask.{i}.statement.{k}.by"),
                    visit.get(f"ask.{i}.statement.{k}.find"),
                )
                for k in range(_MOST_STATEMENTS)
                if any(name == f"ask.{i}.statement.{k}.text" for name, _ in visit.fields)
            ]
            if visit.get("action") == f"add-statement-{i}":
                statements.append(StatementRow())
            asks.append(
                AskRow(
                    visit.get(f"ask.{i}.kind"),
                    visit.get(f"ask.{i}.asked"),
                    visit.get(f"ask.{i}.needs"),
                    tuple(statements),
                )
            )
        if visit.get("action") == "add-ask" or not asks:
            asks.append(AskRow())
        names = ("id", "name", "tellings", "unlike", "needs", "valid_from", "valid_to")
        return cls(asks=tuple(asks), **{name: visit.get(name) for name in names})

    def matter(self) -> Matter:
        """The matter; empty rows are left out. OptionError for a day that is none."""
        asks = tuple(filter(None, map(_ask, self.asks)))
        return Matter(
            id=self.id.strip(),
            name=self.name.strip(),
            who=(),
            tellings=_lines(self.tellings),
            ask=asks,
            unlike=_lines(self.unlike),
            needs=_lines(self.needs),
            valid_from=read_day(self.valid_from),
            valid_to=read_day(self.valid_to),
        )


def placed(problems: Sequence[Problem], form: MatterForm) -> dict[str, list[str]]:
    """What is wrong, by the field of the form that it is told at (empty for the whole)."""
    rows = [i for i, ask in enumerate(form.asks) if _ask(ask)]
    found: dict[str, list[str]] = {}
    for problem in problems:
        parts = problem.where.split(".")
        if (
            parts[0] == "ask"
            and len(parts) > 1
            and parts[1].isdecimal()
            and int(parts[1]) < len(rows)
        ):
            row = rows[int(parts[1])]
            parts[1] = str(row)
            if len(parts) > 3 and parts[3].isdecimal():
                kept = [k for k, s in enumerate(form.asks[row].statements) if _is_written(s)]
                parts[3] = str(kept[int(parts[3])]) if int(parts[3]) < len(kept) else parts[3]
        where = ".".join(parts[:4] if parts[0] == "ask" else parts[:1])
        found.setdefault(where, []).append(problem.says)
    return found


def _row(ask: Ask) -> AskRow:
    statements = tuple(StatementRow(s.text, s.of, s.by) for s in ask.statement)
    return AskRow(ask.kind.value, "\n".join(ask.asked), "\n".join(ask.needs), statements)


def _ask(row: AskRow) -> Ask | None:
    statements = tuple(
        Statement(s.text.strip(), s.by, s.of.strip()) for s in row.statements if _is_written(s)
    )
    if not statements and not row.asked.strip() and not row.needs.strip():
        return None
    kind = AskKind(row.kind) if row.kind in tuple(AskKind) else AskKind.DUTY
    return Ask(kind, _lines(row.asked), statements, _lines(row.needs))


def _is_written(row: StatementRow) -> bool:
    return bool(row.text.strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
