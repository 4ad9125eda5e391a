"""What a question asks for that the texts do not give, told by how it asks.

The policy text is short and gives no dates, amounts or names; the statutes leave figures and lists
to standards and catalogs. How near a question is to what the texts answer at all is told elsewhere
(``assistant.deciding.confidence``).
"""

import re
from functools import lru_cache

from assistant.deciding.rows import is_told_by_row
from assistant.question import Understanding
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import Cue, load_cues
from corpus.types import Article, Document
from index.types import Retrieval

_COUNTED = re.compile(
    r"(?<!哪)(?:几|多少)\s*(?:个)?(家|条|台|座|人|天|次|户|处|吨|万|亿|微克|公里|亩|度|辆|蒸吨|分贝|%|分)"
)


#: What texts write for a unit that is asked for.
_SAME_UNITS = {"天": "天|日|个?工作日"}
#: What a text has that gives such details.
_SIGNS = {
    "dates": "[0-9]+月|[0-9]{4}年|年底|季度",
    "amounts": "[0-9]+(?:万|亿)?元|资金",
    "lists": "分别为|名单|[0-9]+[个家条处座].{0,20}：",
    "contacts": "责任(?:单位|科室)|牵头|电话",
    "measure": "微克|毫克|比例|浓度|%",
}


def _details(of: str) -> list[Cue]:
    """How one asks for what policy texts, or laws, do not give; in the order of the rows."""
    cues = load_cues("assistant.deciding", "missing.toml").values()
    return [cue for cue in cues if cue.of == of]


def missing_from(understanding: Understanding, found: Retrieval, corpus: Corpus) -> str | None:
    """What kind of detail the question asks for that the text found first does not give."""
    if not found.hits:
        return None
    passage = found.hits[0].passage
    if is_told_by_row(understanding.text, found, corpus):
        return None
    if passage.kind is not Kind.POLICY:
        return missing_from_law(understanding.text)
    document, article = corpus.find(passage.document_id, passage.key)
    return missing_from_policy(understanding.text, document, article)


def missing_from_law(text: str) -> str | None:
    """What a question asks that statutes leave to texts which are not in the corpus, or None."""
    return next((cue.label for cue in _details("law") if cue.found_in(text)), None)


def missing_from_policy(text: str, document: Document, article: Article) -> str | None:
    """What a question asks of a policy text that the text does not give, or None."""
    gives = details_given(document)
    *details, measure = _details("policy")
    for cue in details:
        if cue.name not in gives and cue.found_in(text):
            return cue.label
    counted = _COUNTED.search(text)
    units = _SAME_UNITS.get(counted[1], counted[1]) if counted else ""
    if counted and not re.search(rf"[0-9]+\s*(?:{units})", article.text):
        return f"以“{counted[1]}”计的数字"
    return measure.label if "measure" not in gives and measure.found_in(text) else None


@lru_cache(maxsize=256)
def details_given(document: Document) -> frozenset[str]:
    """The sorts of detail that a policy text gives: as its collection says, else as it shows."""
    if document.collection.gives is not None:
        return document.collection.gives
    text = "\n".join(article.text for article in document.articles)
    return frozenset(name for name, sign in _SIGNS.items() if re.search(sign, text))
