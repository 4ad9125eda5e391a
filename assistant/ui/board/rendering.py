"""The board → HTML. Pure functions; every text of a source passes through ``html.escape``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from assistant.ui.board import texts
from assistant.ui.html import ask_link, badge
from corpus.catalog import Corpus
from corpus.collections import Measure
from corpus.types import Article, Document

#: A policy text with its measures.
Plan = tuple[Document, Sequence[Measure]]


def render_board(plans: Sequence[Plan], corpus: Corpus, day: date) -> str:
    """The whole board: figures, chart, filters, and a row for each measure of each text."""
    measures = [m for _, found in plans for m in found]
    if not measures:
        return f'<div class="browse"><p>{texts.NO_POLICY}</p></div>'
    articles = {a.key: (document, a) for document, _ in plans for a in document.articles}
    lines = "".join(f'<p class="lead">{escape(_line(plan))}</p>' for plan in plans)
    badges = {d.id: badge(corpus.status(d, day).value) for d, _ in plans}
    return (
        f'<div class="browse"><header><h2>{texts.BOARD}</h2>{lines}'
        f"</header>{render_figures(measures)}{render_chart(measures)}"
        f"{render_filters(measures, [document for document, _ in plans])}"
        f"{_rows(measures, articles, badges)}{_downloads()}</div>"
    )


def _downloads() -> str:
    return (
        f'<p class="downloads"><a class="button" href="board.xlsx" download>{texts.XLSX}</a> '
        f'<a class="button" href="board.csv" download>{texts.CSV}</a></p>'
    )


def _line(plan: Plan) -> str:
    """What is told of a text above the board."""
    document, measures = plan
    form = texts.BOARD_LINE if document.adopted else texts.BOARD_LINE_UNDATED
    return form.format(
        title=document.title,
        issuer=document.issuer,
        count=len(measures),
        figures=sum(bool(m.figure) for m in measures),
    )


def render_figures(measures: Sequence[Measure]) -> str:
    """The measures that carry a figure, each a link to its row."""
    tiles = "".join(
        f'<li><a href="#m{i}" data-row="m{i}"><span class="figure">{escape(m.figure)}'
        f"<small>{escape(m.unit)}</small></span>"
        f'<span class="what">{escape(m.clause)}</span>'
        f'<span class="of">{escape(m.theme)}</span></a></li>'
        for i, m in enumerate(measures)
        if m.figure
    )
    return f'<ul class="tiles" aria-label="{texts.FIGURES}">{tiles}</ul>' if tiles else ""


def render_chart(measures: Sequence[Measure]) -> str:
    """How the measures spread over the themes, and which of them carry a figure."""
    counts = Counter(m.theme for m in measures)
    figures = Counter(m.theme for m in measures if m.figure)
    largest = max(counts.values(), default=1)
    rows = "".join(
        f'<li><span class="name">{escape(theme)}</span>'
        f'<span class="bar" aria-hidden="true">{_bar("with", figures[theme], largest)}'
        f"{_bar('without', count - figures[theme], largest)}</span>"
        f'<span class="count">{_count(count, figures[theme])}</span></li>'
        for theme, count in counts.items()
    )
    keys = (("with", texts.WITH_FIGURE), ("without", texts.WITHOUT_FIGURE))
    legend = "".join(f'<span class="{kind}">{name}</span>' for kind, name in keys)
    return (
        f'<figure class="chart"><figcaption>{texts.CHART}'
        f'<span class="legend" aria-hidden="true">{legend}</span></figcaption>'
        f"<ul>{rows}</ul></figure>"
    )


def render_filters(measures: Sequence[Measure], plans: Sequence[Document]) -> str:
    """Text (where there are several), theme, verb, with a figure, words."""
    verbs = Counter(m.verb for m in measures)
    options = "".join(
        f'<option value="{escape(verb)}">{escape(verb)}（{count}）</option>'
        for verb, count in sorted(verbs.items(), key=lambda pair: -pair[1])
    )
    return (
        f'<form class="filters" role="search" aria-label="{texts.FILTERS}">'
        f'<fieldset class="segments"><legend>{texts.THEME}</legend>{_themes(measures)}</fieldset>'
        f"{_plans(plans)}<label>{texts.VERB}"
        f'<select name="verb"><option value="">{texts.ANY_VERB}</option>{options}</select></label>'
        f'<label class="words">{texts.WORDS}<input type="search" name="words" maxlength="40" '
        f'placeholder="{texts.WORDS_HINT}" autocomplete="off"></label>'
        f'<label class="check"><input type="checkbox" name="figure">{texts.ONLY_FIGURES}</label>'
        "</form>"
    )


def question_about(measure: Measure, document: Document) -> str:
    """A question that the assistant answers with this measure's sentence."""
    place = document.collection.place
    name = (place.names[0] if place.names else place.name) if place else ""
    return texts.ASK_MEASURE.format(place=name, clause=measure.clause)


def _bar(kind: str, count: int, largest: int) -> str:
    share = 100 * count / largest
    return f'<i class="{kind}" data-share="{share:.1f}"></i>' if count else ""


def _count(count: int, figures: int) -> str:
    if figures:
        return texts.CHART_FIGURES.format(count=count, figures=figures)
    return texts.CHART_ROW.format(count=count)


def _plans(plans: Sequence[Document]) -> str:
    """The choice of a text, where there are several."""
    if len(plans) < 2:
        return ""
    options = "".join(
        f'<option value="{escape(plan.id)}">{escape(plan.title)}</option>' for plan in plans
    )
    return (
        f'<label>{texts.BOARD_TEXT}<select name="text"><option value="">{texts.ALL_TEXTS}</option>'
        f"{options}</select></label>"
    )


def _themes(measures: Sequence[Measure]) -> str:
    names = {"": texts.ALL} | {m.theme: m.theme for m in measures}
    return "".join(
        f'<label><input type="radio" name="theme" value="{escape(value)}"'
        f"{'' if value else ' checked'}><span>{escape(name)}</span></label>"
        for value, name in names.items()
    )


def _rows(
    measures: Sequence[Measure],
    articles: Mapping[str, tuple[Document, Article]],
    badges: Mapping[str, str],
) -> str:
    columns = "".join(f"<span>{name}</span>" for name in texts.COLUMNS)
    found = [(i, m, *articles[m.key]) for i, m in enumerate(measures)]
    rows = "".join(render_row(i, m, d, a, badges[d.id]) for i, m, d, a in found)
    count = texts.COUNT_ALL.format(count=len(measures))
    return (
        f'<p class="tally"><span role="status">{count}</span>'
        f'<button type="button" class="reset" hidden>{texts.RESET}</button></p>'
        f'<div class="columns" aria-hidden="true">{columns}</div>'
        f'<ol class="measures">{rows}</ol><p class="none" hidden>{texts.NO_MEASURE}</p>'
    )


def render_row(
    number: int, measure: Measure, document: Document, article: Article, status: str
) -> str:
    """A measure that opens on its sentence, in the paragraph where it stands."""
    m = measure
    figure = f"{escape(m.figure)}{escape(m.unit)}"
    ask = ask_link(
        question_about(m, document), texts.ASK_THIS, texts.ASK_LABEL.format(clause=m.clause)
    )
    return (
        f'<li id="m{number}" data-text="{escape(document.id)}" data-theme="{escape(m.theme)}" '
        f'data-verb="{escape(m.verb)}" '
        f'data-figure="{escape(m.figure)}" data-words="{escape(m.clause)}">'
        f'<details><summary><span class="theme">{escape(m.theme)}</span>'
        f'<span class="verb">{escape(m.verb)}</span><span class="object">{_object(m)}</span>'
        f'<span class="number">{figure}</span></summary>'
        f'<div class="source"><p class="where">{escape(m.locator)} '
        f"{status}</p>"
        f'<p class="context">{_in_context(m, article)}</p></div></details>{ask}</li>'
    )


def _object(measure: Measure) -> str:
    """The object; where it stands before its verb, also what becomes of it."""
    m = measure
    behind = m.clause.find(m.verb, m.clause.find(m.object) + len(m.object))
    rest = f'<span class="rest">{escape(m.clause[behind:])}</span>' if behind > 0 else ""
    return f"{escape(m.object)}{rest}"


def _in_context(measure: Measure, article: Article) -> str:
    """The paragraph, quiet around the sentence, the measure's clause marked."""
    m, text = measure, article.text
    first = text.rfind(m.sentence, 0, m.end + len(m.sentence))
    last = first + len(m.sentence)
    return (
        f'<span class="around">{escape(text[:first])}</span>{escape(text[first : m.start])}'
        f"<mark>{escape(text[m.start : m.end])}</mark>{escape(text[m.end : last])}"
        f'<span class="around">{escape(text[last:])}</span>'
    )
