"""Sentences that quote: a lead-in that names the source, and its words in 「」."""

from collections.abc import Sequence

from assistant.gate import quote_of
from assistant.types import Audience, DraftSentence, Evidence, Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import short_title
from corpus.splitting import locator_of
from corpus.types import Article, Document


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


def attribution(document: Document, article: Article) -> str:
    """How a policy text's part is named: 某市生态环境局的部署（“减污”部分）."""
    own = document.collection
    name = own.attribution or f"《{document.title}》"
    return f"{name}（{locator_of(article, own)}）"


def _source(audience: Audience, document: Document, article: Article, name_article: bool) -> str:
    if document.kind is Kind.POLICY:
        return f"{attribution(document, article)}："
    if document.kind is Kind.DOCUMENT:
        return f"《{document.title}》写道："
    head = f"（{article.note}）" if article.note else ""
    if audience is Audience.STAFF:
        return f"《{document.title}》{article.label}规定{head}："
    label = article.label if name_article else ""
    return f"《{short_title(document.title)}》{label}规定{head}："
