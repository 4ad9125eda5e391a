"""A check taken out of the page: the text with Word comments at the places, and a workbook.

A docx of the user's keeps all that it has; any other text becomes a plain one. What is replaced is
a tracked change, so that nobody finds it changed without having been told.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from openpyxl import Workbook

from assistant.checking import Finding, Report, Verdict
from assistant.export.sheets import cell
from corpus.language import chinese_date, squeeze, strip_control

#: Ids of tracked changes: others than those that the document has already.
_NUMBERS = count(9000)
_AUTHOR, _INITIALS = "核验", "核"
_HEADER = ("第几处", "结果", "稿子里写的", "说明", "出处", "原文", "可改为", "位置（第几行）")
_WIDTHS = (8, 18, 44, 60, 24, 60, 36, 14)
_ABOUT = "由程序逐处核对，只看引用、引文、数字和机关与原文是否一致，不判断法律适用是否恰当。"
_NOT_READ = "脚注、页眉页脚和文本框里的文字没有核验。"
_REPLACED = "已改为“{instead}”（修订标记，可以接受或拒绝）。"


def to_commented_docx(report: Report, original: bytes | None, is_replaced: bool) -> bytes:
    """The user's docx (``original``), or the text as one, with a comment at each place that is
    wrong, doubtful or was not checked; ``is_replaced`` writes what may stand instead as a tracked
    change."""
    document: Any = docx.Document(BytesIO(original)) if original else docx.Document()
    if original is None:
        for line in report.text.split("\n"):
            document.add_paragraph(strip_control(line))
    told = [f for f in report.findings if f.verdict is not Verdict.STANDS]
    body = _Body(document)
    spots = [(f, spot) for f in told if (spot := body.spot_of(f, report.text))]
    for _, spot in spots:
        _cut(spot)
    placed = [(f, [Run(r, document) for r in _runs_in(spot)], spot) for f, spot in spots]
    changed = _to_replace(placed) if is_replaced else {}
    for finding, runs, _ in placed:
        if runs:
            instead = changed.get(id(finding), "")
            said = strip_control(comment_of(finding, instead))
            document.add_comment(runs, said, _AUTHOR, _INITIALS)
    for finding, runs, _ in reversed(placed):
        if id(finding) in changed:
            _replace(runs, changed[id(finding)])
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _to_replace(placed: "Sequence[tuple[Finding, list[Run], _Spot]]") -> dict[int, str]:
    """What is written instead, by the findings' ids: not where the draft leaves a choice, nor where
    two places overlap, nor where the words lie partly in a change or a link of the user's own."""
    found: dict[int, str] = {}
    last: _Spot | None = None
    for finding, runs, spot in placed:
        is_free = last is None or last.paragraph is not spot.paragraph or last.end <= spot.start
        parents = {run._r.getparent() for run in runs}
        is_plain = len(parents) == 1 and next(iter(parents)).tag == qn("w:p")
        is_old = finding.verdict is Verdict.REPEALED and finding.instead
        if is_old and is_free and is_plain:
            found[id(finding)] = finding.instead
            last = spot
    return found


def comment_of(finding: Finding, instead: str = "") -> str:
    """What a comment says."""
    parts = [f"【{finding.label}】{finding.says}"]
    if finding.source and finding.verdict.is_wrong:
        parts.append(f"{finding.locator}原文：{finding.source}")
    if instead:
        parts.append(_REPLACED.format(instead=instead))
    elif finding.may_be:
        parts.append(f"可改为：{finding.may_be}")
    return "\n".join(parts)


def to_findings_xlsx(report: Report) -> bytes:
    """A workbook: a row for each finding, what was told of the whole on a sheet of its own."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("核验结果")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:H{len(report.findings) + 1}"
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([cell(sheet, text, bold=True) for text in _HEADER])
    for number, finding in enumerate(report.findings, 1):
        place = report.text.count("\n", 0, finding.start) + 1
        row = (finding.text, finding.says, finding.locator, finding.source, finding.may_be)
        label = finding.label
        sheet.append([cell(sheet, t) for t in (str(number), label, *row, str(place))])
    about = book.create_sheet("说明")
    about.column_dimensions["A"].width = 100
    counts = "，".join(f"{label} {count} 处" for label, count in report.counts.items())
    for line in (f"以{chinese_date(report.day)}为准。", counts, _ABOUT, _NOT_READ):
        about.append([cell(about, line)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Spot:
    """``[start:end]`` of a paragraph's text."""

    paragraph: Any
    start: int
    end: int


class _Body:
    """The characters of a document in reading order, before anything is changed."""

    def __init__(self, document: Any) -> None:
        self._signs: list[tuple[Any, int]] = []
        parts: list[str] = []
        for paragraph in document.element.body.iter(qn("w:p")):
            for at, character in enumerate(_text(paragraph)):
                form = squeeze(character)
                parts.append(form)
                self._signs += [(paragraph, at)] * len(form)
        self._text = "".join(parts)

    def spot_of(self, finding: Finding, text: str) -> _Spot | None:
        """Where a finding's words stand: as often as they stood before it in the text that was
        read, they stand before it here. None where they are not found."""
        wanted = squeeze(finding.text)
        before = squeeze(text[: finding.start])
        start = -1
        for _ in range(_count(before, wanted) + 1):
            start = self._text.find(wanted, start + 1)
            if start < 0 or not wanted:
                return None
        signs = self._signs[start : start + len(wanted)]
        paragraph = signs[0][0]
        within = [at for of, at in signs if of is paragraph]
        return _Spot(paragraph, within[0], within[-1] + 1)


def _count(text: str, wanted: str) -> int:
    """How often words stand in a text, overlapping ones each."""
    found, at = 0, text.find(wanted)
    while at >= 0 and wanted:
        found, at = found + 1, text.find(wanted, at + 1)
    return found


def _runs(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The runs of a paragraph that are read, with their text; those deleted are not."""
    for run in paragraph.iter(qn("w:r")):
        if any(a.tag in (qn("w:del"), qn("w:moveFrom")) for a in run.iterancestors()):
            continue
        if next(run.iterancestors(qn("w:p"))) is paragraph:
            yield run, "".join(t.text or "" for t in run.findall(qn("w:t")))


def _text(paragraph: Any) -> str:
    return "".join(text for _, text in _runs(paragraph))


def _cut(spot: _Spot) -> None:
    """Cut the runs in which a spot begins and ends in two."""
    for place in (spot.start, spot.end):
        at = 0
        for run, text in list(_runs(spot.paragraph)):
            if at < place < at + len(text):
                _split(run, place - at)
                break
            at += len(text)


def _runs_in(spot: _Spot) -> list[Any]:
    """The runs that are a spot's text."""
    found, at = [], 0
    for run, text in _runs(spot.paragraph):
        if text and spot.start <= at and at + len(text) <= spot.end:
            found.append(run)
        at += len(text)
    return found


def _split(run: Any, at: int) -> None:
    """Make two runs of one: what stands behind the character ``at`` goes into the second."""
    rest = _like(run)
    is_behind = False
    for child in [each for each in run if each.tag != qn("w:rPr")]:
        length = len(child.text or "") if child.tag == qn("w:t") else 0
        if not is_behind and at >= length:
            at -= length
            continue
        if not is_behind and at > 0:
            behind = deepcopy(child)
            child.text, behind.text = child.text[:at], child.text[at:]
            for part in (child, behind):
                part.set(qn("xml:space"), "preserve")
            rest.append(behind)
        else:
            rest.append(child)
        is_behind = True
    run.addnext(rest)


def _like(run: Any) -> Any:
    """An empty run of the same form."""
    made = OxmlElement("w:r")
    form = run.find(qn("w:rPr"))
    if form is not None:
        made.append(deepcopy(form))
    return made


def _replace(runs: Sequence[Run], instead: str) -> None:
    """Mark the runs as deleted and put ``instead`` behind them as inserted."""
    first = runs[0]._r
    written = _like(first)
    text = OxmlElement("w:t")
    text.text = instead
    written.append(text)
    deleted, inserted = _mark("w:del"), _mark("w:ins")
    first.addprevious(deleted)
    for run in runs:
        for old in run._r.findall(qn("w:t")):
            old.tag = qn("w:delText")
        deleted.append(run._r)
    inserted.append(written)
    deleted.addnext(inserted)


def _mark(tag: str) -> Any:
    mark = OxmlElement(tag)
    mark.set(qn("w:id"), str(next(_NUMBERS)))
    mark.set(qn("w:author"), _AUTHOR)
    mark.set(qn("w:date"), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return mark
