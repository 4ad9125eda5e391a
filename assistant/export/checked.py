"""A check taken out of the page: the text with Word comments at the places, and a workbook.

A docx of the user's keeps all that it has; any other text becomes a plain one. What is replaced is
a tracked change, so that nobody finds it changed without having been told.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from openpyxl import Workbook

from assistant.checking import Finding, Report, Verdict
from assistant.export.sheets import cell
from corpus.language import chinese_date, squeeze, strip_control

_AUTHOR, _INITIALS = "核验", "核"
_HEADER = ("第几处", "结果", "稿子里写的", "说明", "出处", "原文", "可改为", "位置（第几行）")
_WIDTHS = (8, 18, 44, 60, 24, 60, 36, 14)
_ABOUT = "由程序逐处核对，只看引用、引文、数字和机关与原文是否一致，不判断法律适用是否恰当。"
_NOT_READ = "脚注、页眉页脚和文本框里的文字没有核验。"
_REPLACED = "已改为“{instead}”（修订标记，可以接受或拒绝）。"


def to_commented_docx(report: Report, original: bytes | None, is_replaced: bool) -> bytes:
    """The user's docx (``original``), or the text as one, with a comment at each place that is
    wrong or was not checked; ``is_replaced`` writes what may stand instead as a tracked change."""
    document: Any = docx.Document(BytesIO(original)) if original else docx.Document()
    if original is None:
        for line in report.text.split("\n"):
            document.add_paragraph(strip_control(line))
    told = [f for f in report.findings if f.verdict is not Verdict.STANDS]
    body = _Body(document)
    for finding in told:
        runs = body.runs_of(finding.text)
        if not runs:
            continue
        instead = finding.instead if is_replaced and finding.verdict is Verdict.REPEALED else ""
        document.add_comment(runs, comment_of(finding, instead), _AUTHOR, _INITIALS)
        if instead:
            _replace(runs, instead)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def comment_of(finding: Finding, instead: str = "") -> str:
    """What a comment says."""
    parts = [f"【{finding.verdict.value}】{finding.says}"]
    if finding.source and finding.verdict.is_wrong:
        parts.append(f"{finding.locator}原文：{finding.source}")
    if instead:
        parts.append(_REPLACED.format(instead=instead))
    elif finding.instead:
        parts.append(f"可改为：{finding.instead}")
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
        row = (finding.text, finding.says, finding.locator, finding.source, finding.instead)
        label = finding.verdict.value
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
class _Sign:
    """A character of the document: the paragraph and the place in it."""

    paragraph: Any
    at: int


class _Body:
    """The characters of a document in reading order; looked for from the last place on."""

    def __init__(self, document: Any) -> None:
        self._paragraphs = list(document.element.body.iter(qn("w:p")))
        self._document = document
        signs: list[_Sign] = []
        text = ""
        for paragraph in self._paragraphs:
            for at, character in enumerate(_text(paragraph)):
                form = squeeze(character)
                text += form
                signs += [_Sign(paragraph, at)] * len(form)
        self._text, self._signs = text, signs
        self._from = 0

    def runs_of(self, words: str) -> list[Run]:
        """The runs that hold just these words, cut out where they are part of longer ones."""
        wanted = squeeze(words)
        start = self._text.find(wanted, self._from)
        if start < 0 or not wanted:
            return []
        self._from = start
        first, last = self._signs[start], self._signs[start + len(wanted) - 1]
        if first.paragraph is not last.paragraph:
            last = max(
                (
                    s
                    for s in self._signs[start : start + len(wanted)]
                    if s.paragraph is first.paragraph
                ),
                key=lambda sign: sign.at,
            )
        runs = _cut(first.paragraph, first.at, last.at + 1)
        return [Run(run, self._document) for run in runs]


def _runs(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The runs of a paragraph that are read, with their text; those deleted are not."""
    for run in paragraph.iter(qn("w:r")):
        if any(a.tag in (qn("w:del"), qn("w:moveFrom")) for a in run.iterancestors()):
            continue
        if next(run.iterancestors(qn("w:p"))) is paragraph:
            yield run, "".join(t.text or "" for t in run.findall(qn("w:t")))


def _text(paragraph: Any) -> str:
    return "".join(text for _, text in _runs(paragraph))


def _cut(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that are ``[start:end]`` of a paragraph's text."""
    for place in (start, end):
        at = 0
        for run, text in list(_runs(paragraph)):
            if at < place < at + len(text):
                _split(run, text, place - at)
                break
            at += len(text)
    found, at = [], 0
    for run, text in _runs(paragraph):
        if text and start <= at and at + len(text) <= end:
            found.append(run)
        at += len(text)
    return found


def _split(run: Any, text: str, at: int) -> None:
    """Make two runs of one, alike but for their text."""
    rest = deepcopy(run)
    for part, words in ((run, text[:at]), (rest, text[at:])):
        own = part.findall(qn("w:t"))
        for extra in own[1:]:
            part.remove(extra)
        own[0].text = words
        own[0].set(qn("xml:space"), "preserve")
    run.addnext(rest)


def _replace(runs: Sequence[Run], instead: str) -> None:
    """Mark the runs as deleted and put ``instead`` behind them as inserted."""
    first = runs[0]._r
    inserted_run = deepcopy(first)
    for text in inserted_run.findall(qn("w:t"))[1:]:
        inserted_run.remove(text)
    inserted_run.find(qn("w:t")).text = instead
    deleted, inserted = _mark("w:del"), _mark("w:ins")
    first.addprevious(deleted)
    for run in runs:
        for text in run._r.findall(qn("w:t")):
            text.tag = qn("w:delText")
        deleted.append(run._r)
    inserted.append(inserted_run)
    deleted.addnext(inserted)


def _mark(tag: str) -> Any:
    mark = OxmlElement(tag)
    _mark.count += 1  # type: ignore[attr-defined]
    mark.set(qn("w:id"), str(_mark.count))  # type: ignore[attr-defined]
    mark.set(qn("w:author"), _AUTHOR)
    mark.set(qn("w:date"), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return mark


_mark.count = 9000  # type: ignore[attr-defined]
