"""A report → HTML. Pure functions; every text from outside passes through ``html.escape``."""

from collections.abc import Iterator
from html import escape

from assistant.checking import Finding, Report, Verdict
from assistant.ui.checking import texts
from assistant.ui.html import changed_words, source_link, source_url
from corpus.key import Key, short_title
from corpus.language import ordinal

#: The colour of a verdict.
_KINDS = {
    Verdict.STANDS: "fine",
    Verdict.DOUBT: "open",
    Verdict.NOT_COMPARED: "open",
    Verdict.NOT_HELD: "open",
}


def render_report(report: Report) -> str:
    """What was found: the sum, what has to be put right, the text with its places marked."""
    if not report.findings:
        return f'<p class="sum" role="status">{texts.NONE_FOUND}</p>'
    told = [(n, f) for n, f in enumerate(report.findings) if f.verdict is not Verdict.STANDS]
    fine = [(n, f) for n, f in enumerate(report.findings) if f.verdict is Verdict.STANDS]
    rest = ""
    if fine:
        count = texts.FINE.format(count=len(fine))
        rows = "".join(_row(report, n, f) for n, f in fine)
        rest = f'<details class="rest"><summary>{count}</summary><ol>{rows}</ol></details>'
    rows = "".join(_row(report, n, f) for n, f in told)
    listed = f'<h3>{texts.LIST}</h3><ol class="found">{rows}</ol>' if told else ""
    return (
        f'<p class="sum" role="status">{_sum(report)}</p>{_downloads()}{listed}{rest}'
        f'<h3>{texts.TEXT}</h3><div class="draft" tabindex="0">{_marked(report)}</div>'
        f'<p class="quiet">{texts.SCOPE}</p>'
    )


def _sum(report: Report) -> str:
    wrong, doubtful, unseen = (len(f) for f in (report.wrong, report.doubtful, report.open))
    fine = len(report.findings) - wrong - doubtful - unseen
    if fine == len(report.findings):
        return texts.ALL_FINE.format(count=fine)
    doubt = texts.SOME_DOUBTFUL.format(count=doubtful) if doubtful else ""
    return texts.SOME_WRONG.format(wrong=wrong, doubt=doubt, open=unseen, fine=fine)


def _downloads() -> str:
    return (
        f'<div class="take" role="group" aria-label="{texts.TAKE}">'
        f'<button type="button" data-take="docx">{texts.DOCX}</button>'
        f'<label class="check"><input type="checkbox" name="replace">{texts.REPLACED}</label>'
        f'<button type="button" data-take="xlsx">{texts.XLSX}</button></div>'
    )


def _kind(finding: Finding) -> str:
    return _KINDS.get(finding.verdict, "wrong")


def _row(report: Report, number: int, finding: Finding) -> str:
    line = texts.LINE.format(line=report.text.count("\n", 0, finding.start) + 1)
    return (
        f'<li id="f{number}"><p class="what"><span class="verdict {_kind(finding)}">'
        f'{escape(finding.label)}</span><a href="#p{number}" data-place="p{number}">'
        f'{escape(finding.text)}</a><span class="line">{line}</span></p>'
        f'<p class="says">{escape(finding.says)}</p>{_difference(finding)}{_links(report, finding)}'
        f"{_instead(finding)}</li>"
    )


def _difference(finding: Finding) -> str:
    if not finding.changes:
        return ""
    return (
        f'<p class="quiet">{texts.DIFFERENCE}：</p>'
        f'<p class="difference">{changed_words(finding.changes)}</p>'
    )


def _links(report: Report, finding: Finding) -> str:
    """The articles that it was compared with, and what governs today."""
    own = [
        _link(report, key, finding.source if not n else "") for n, key in enumerate(finding.keys)
    ]
    now = [_link(report, key, "") for key in finding.governed_by]
    parts = [f"{texts.ORIGINAL}：{'、'.join(own)}"] if own else []
    parts += [f"{texts.GOVERNED}：{'、'.join(now)}"] if now else []
    return f'<p class="links">{"　".join(parts)}</p>' if parts else ""


def _link(report: Report, key: str, quoted: str) -> str:
    parsed = Key.parse(key)
    name = f"《{short_title(parsed.owner)}》第{ordinal(parsed.number)}条{parsed.suffix}"
    return source_link(source_url(key, report.day, quoted), escape(name))


def _instead(finding: Finding) -> str:
    if not finding.may_be or finding.changes:
        return ""
    return f'<p class="instead">{texts.INSTEAD}：{escape(finding.may_be)}</p>'


def _marked(report: Report) -> str:
    """The text, each place a link to what is said of it."""
    return "".join(_pieces(report)).replace("\n", "<br>")


def _pieces(report: Report) -> Iterator[str]:
    at = 0
    for number, finding in enumerate(report.findings):
        if finding.start < at:
            continue
        yield escape(report.text[at : finding.start])
        words = escape(report.text[finding.start : finding.end])
        yield (
            f'<a id="p{number}" class="{_kind(finding)}" href="#f{number}" data-place="f{number}" '
            f'title="{escape(finding.label)}">{words}</a>'
        )
        at = finding.end
    yield escape(report.text[at:])
