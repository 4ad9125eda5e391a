"""Sentences that quote: a lead-in that names the source, and its words in 「」."""

from collections.abc import Sequence

from assistant.gate import quote_of
from assistant.types import Audience, DraftSentence, Evidence, Query
from corpus.catalog import Corpus
from corpus.types import Article, Document, Kind

_PREFIX = "中华人民共和国"


def quote(
    query: Query,
    corpus: Corpus,
    document: Document,
    article: Article,
    evidence: Sequence[Evidence],
    name_article: bool = False,
    before: str = "",
) -> list[DraftSentence]:
    """One sentence for each piece of evidence; the first names the source."""
    source = before + _source(query.audience, document, article, name_article)
    sentences = []
    for i, piece in enumerate(evidence):
        words = quote_of(piece, corpus).replace("「", "『").replace("」", "』")
        sentences.append(DraftSentence(f"{'其中，' if i else source}「{words}」", (piece,)))
    return sentences


def short_title(title: str) -> str:
    """A statute's title without the country's name."""
    return title.removeprefix(_PREFIX)


def _source(audience: Audience, document: Document, article: Article, name_article: bool) -> str:
    if document.kind is Kind.POLICY:
        return f"潍坊市生态环境局的部署（“{article.label}”部分）："
    if document.kind is Kind.DOCUMENT:
        return f"《{document.title}》写道："
    head = f"（{article.note}）" if article.note else ""
    if audience is Audience.STAFF:
        return f"《{document.title}》{article.label}规定{head}："
    label = article.label if name_article else ""
    return f"《{short_title(document.title)}》{label}规定{head}："
