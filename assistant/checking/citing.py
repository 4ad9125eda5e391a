"""Whether what is cited is there and in force."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.checking.doubting import likelier
from assistant.checking.reading import Cited, Draft, part_of
from assistant.checking.succeeding import (
    Succession,
    case_of,
    choices,
    list_of,
    may_stand,
    succession,
)
from assistant.checking.types import Finding, Verdict
from corpus.key import Key, short_title
from corpus.language import (
    Citation,
    Place,
    chinese_date,
    load_cues,
    ordinal,
    to_chinese,
)
from corpus.splitting import spans
from corpus.statutes import in_marks
from corpus.types import Article, Document, Status

_AROUND = 40
#: How a citation stands where nothing was found: no more is said than what was looked at.
_THERE, _VALID = "条文在，当天有效", "当天有效"
_NOT_LOOKED_AT = "引它来说这件事合不合适，没有看。"
_TOLD_OLD, _TOLD_AHEAD = "旧法，稿子已说明", "还没有施行，稿子已说明"
_OFFICIAL = "国家法律法规数据库（https://flk.npc.gov.cn/）"


def judge_citations(draft: Draft) -> Iterator[Finding]:
    """One finding for every citation of the draft."""
    for cited in draft.cited:
        finding = _judge(draft, cited)
        if finding:
            yield finding


def _judge(draft: Draft, cited: Cited) -> Finding | None:
    citation = cited.citation
    if citation.is_own:
        return _own(draft, citation)
    if cited.document is None:
        return _repealed_unseen(draft, citation) or _not_held(draft, citation)
    document = cited.document
    if missing := _missing(document, citation.places):
        later = draft.corpus.versions(document.title)[-1]
        if later is not document and not _missing(later, citation.places):
            return _not_yet(draft, citation, later)
        keys = (missing[1],) if missing[1] else ()
        return _finding(draft, citation, Verdict.NO_PLACE, missing[0], keys=keys)
    status = draft.corpus.status(document, draft.day)
    if status is Status.NOT_YET:
        return _not_yet(draft, citation, document)
    if status is Status.REPEALED:
        return _repealed(draft, cited, document)
    if status in (Status.EXPIRED, Status.SUPERSEDED):
        return _expired(draft, citation, document, status)
    return _stands(draft, cited, document, status)


def _finding(
    draft: Draft,
    citation: Citation,
    verdict: Verdict,
    says: str,
    keys: tuple[str, ...] = (),
    locator: str = "",
    source: str = "",
    governed_by: tuple[str, ...] = (),
    instead: str = "",
) -> Finding:
    text = draft.text[citation.start : citation.end]
    return Finding(
        verdict,
        citation.start,
        citation.end,
        text,
        says,
        citation.title,
        keys,
        locator,
        source,
        governed_by,
        instead=instead,
    )


def _own(draft: Draft, citation: Citation) -> Finding | None:
    """A draft with articles of its own may point to one that it does not have."""
    gone = [p.article for p in citation.places if p.article not in draft.own_articles]
    if not gone:
        return None
    says = f"稿子里没有第{to_chinese(gone[0])}条，请核对条号。"
    return _finding(draft, citation, Verdict.NO_PLACE, says)


def _repealed_unseen(draft: Draft, citation: Citation) -> Finding | None:
    """A text that is not held, but which a statute that is held repealed."""
    repeal = draft.corpus.repeal(citation.title)
    if repeal is None or repeal.day > draft.day:
        return None
    title = in_marks(short_title(citation.title))
    since = f"{title}自{chinese_date(repeal.day)}起废止"
    if _speaks_of(draft, citation, "told_repealed"):
        says = f"{since}，稿子是按旧法提到它的。"
        return replace(_finding(draft, citation, Verdict.STANDS, says), mark=_TOLD_OLD)
    while (later := draft.corpus.repeal(Key.parse(repeal.by).owner)) and later.day <= draft.day:
        repeal = later  # what took its place was repealed as well
    by = Key.parse(repeal.by).owner
    says = f"{since}，现在由{in_marks(short_title(by))}规定；旧法没有收录，条号请自行核对。"
    return _finding(draft, citation, Verdict.REPEALED, says, (repeal.by,))


def _not_held(draft: Draft, citation: Citation) -> Finding | None:
    """A text that is not held: who issued it and where it can be read."""
    known = draft.corpus.known(citation.title)
    if known is None and not citation.is_named:
        return None
    if known and known.is_described:
        return None
    name = known.full_name if known else in_marks(citation.title)
    page = known.url if known and known.url else _OFFICIAL
    says = f"这里没有收录{name}，这一处没有核对；请到{page}查原文，或把它添加进来再核验。"
    return _finding(draft, citation, Verdict.NOT_HELD, says)


def _missing(document: Document, places: tuple[Place, ...]) -> tuple[str, str] | None:
    """What of the places is not there, and the key of the article where it is only a part."""
    title = in_marks(short_title(document.title))
    by_key = {article.key: article for article in document.articles}
    numbered = [a for a in document.articles if Key.parse(a.key).is_article]
    for place in places:
        name = f"第{ordinal(place.article)}条{place.suffix}"
        article = by_key.get(f"{document.title}#{place.article}{place.suffix}")
        if article is None:
            last = numbered[-1].label if numbered else "没有分条"
            return f"{title}没有{name}（最后一条是{last}）。", ""
        if part_of(document, article, place) is None:
            return f"{title}{name}{_lacks(document, article, place)}", article.key
    return None


def _lacks(document: Document, article: Article, place: Place) -> str:
    found = spans(article, document.collection)
    count = max((s.paragraph for s in found), default=0)
    if place.paragraph is not None and place.paragraph > count:
        return f"只有{to_chinese(count)}款，没有第{ordinal(place.paragraph)}款。"
    items = [s.item for s in found if s.paragraph == (place.paragraph or s.paragraph) and s.item]
    of = f"第{ordinal(place.paragraph)}款" if place.paragraph else ""
    if not items:
        return f"{of}没有分项，没有第（{ordinal(place.item or 0)}）项。"
    return f"{of}只有{to_chinese(max(items))}项，没有第（{ordinal(place.item or 0)}）项。"


def _keys(document: Document, citation: Citation) -> tuple[str, ...]:
    keys = (f"{document.title}#{p.article}{p.suffix}" for p in citation.places)
    return tuple(dict.fromkeys(keys))


def _source(draft: Draft, document: Document, citation: Citation) -> tuple[str, str]:
    """How the first place is cited, and its words."""
    if not citation.places:
        return "", ""
    place = citation.places[0]
    found = draft.corpus.find(document.id, _keys(document, citation)[0])
    start, end = part_of(*found, place) or (0, 0)
    locator = f"第{ordinal(place.article)}条{place.suffix}"
    locator += f"第{ordinal(place.paragraph)}款" if place.paragraph else ""
    locator += f"第（{ordinal(place.item)}）项" if place.item else ""
    return locator, found[1].text[start:end]


def _stands(draft: Draft, cited: Cited, document: Document, status: Status) -> Finding:
    citation = cited.citation
    since = f"，自{chinese_date(document.effective)}起施行" if document.effective else ""
    title = in_marks(short_title(document.title))
    locator, source = _source(draft, document, citation)
    keys = _keys(document, citation)
    if status is Status.IN_FORCE and (better := likelier(draft, cited)):
        nearer = f"{list_of((better,))}{case_of(draft, better)}"
        says = f"{title}有这一条，但这句话说的更像{nearer}，请核对。"
        return _finding(draft, citation, Verdict.DOUBT, says, (*keys, better), locator, source)
    says = f"{title}{status.value}{since}。{_NOT_LOOKED_AT if keys else ''}"
    finding = _finding(draft, citation, Verdict.STANDS, says, keys, locator, source)
    mark = _THERE if keys else _VALID
    return replace(finding, mark=mark if status is Status.IN_FORCE else "")


def _not_yet(draft: Draft, citation: Citation, document: Document) -> Finding:
    title = in_marks(short_title(document.title))
    if len(draft.corpus.versions(document.title)) > 1:
        title = f"新修订的{title}"
    start = document.in_force_from
    when = f"自{chinese_date(start)}起施行" if start else "还没有施行"
    if start and document.is_start_assumed:
        when = f"这一版{chinese_date(start)}才修正"
    is_told = start is not None and _speaks_of(draft, citation, "told_ahead")
    says = f"{title}{when}，到{chinese_date(draft.day)}还不能作为依据。"
    verdict = Verdict.STANDS if is_told else Verdict.NOT_YET
    says = f"{title}{when}，稿子已经说明还没有施行。" if is_told else says
    locator, source = _source(draft, document, citation)
    keys = _keys(document, citation)
    finding = _finding(draft, citation, verdict, says, keys, locator, source)
    return replace(finding, mark=_TOLD_AHEAD if is_told else "")


def _repealed(draft: Draft, cited: Cited, document: Document) -> Finding:
    citation = cited.citation
    corpus, title = draft.corpus, in_marks(short_title(document.title))
    repeal = corpus.repeal(document.title)
    since = f"自{chinese_date(repeal.day)}起废止" if repeal else "已经废止"
    keys = _keys(document, citation)
    locator, source = _source(draft, document, citation)
    found = {key: succession(draft, cited, key) for key in keys}
    governed = tuple(dict.fromkeys(key for one in found.values() for key in one.keys))
    if _speaks_of(draft, citation, "told_repealed"):
        says = f"{title}{since}，稿子是按旧法提到它的。"
        told = _finding(draft, citation, Verdict.STANDS, says, keys, locator, source, governed)
        return replace(told, mark=_TOLD_OLD)
    by = in_marks(short_title(Key.parse(repeal.by).owner)) if repeal else ""
    instead = choice = ""
    if governed:
        instead, choice = may_stand(found), choices(draft, found)
        now = _told_now(found)
    elif keys:
        now = f"对照表里没有接替这一条的条文，请核对{by}。" if by else ""
    else:
        now = f"现在由{by}规定。" if by else ""
        instead = by
    finding = _finding(
        draft,
        citation,
        Verdict.REPEALED,
        f"{title}{since}，{now}",
        keys,
        locator,
        source,
        governed,
        instead,
    )
    return replace(finding, choice=choice)


def _told_now(found: Mapping[str, Succession]) -> str:
    """Where it is regulated today, and whether the draft says which article it means."""
    meant = dict.fromkeys(k for one in found.values() for k in one.meant)
    others = dict.fromkeys(k for one in found.values() for k in one.keys if k not in meant)
    now = f"这件事现在由{list_of(meant)}规定"
    if not all(one.is_clear for one in found.values() if one.keys):
        return f"{now}，从稿子里看不出是哪一种，请按情形选用。"
    more = f"；原来这一条的其他内容在{list_of(others)}" if others else ""
    return f"{now}{more}。"


def _expired(draft: Draft, citation: Citation, document: Document, status: Status) -> Finding:
    """A document of the user's whose last day is over, or whose place another one has taken."""
    title, keys = in_marks(short_title(document.title)), _keys(document, citation)
    replacement = draft.corpus.replacements.get(document.title)
    by = in_marks(replacement.by) if replacement and replacement.day <= draft.day else ""
    if status is Status.EXPIRED and document.expires:
        since = f"{title}的有效期到{chinese_date(document.expires)}为止，已经失效"
    else:
        since = f"{title}{status.value}"
    now = f"，现在看{by}。" if by else "，请核对现行规定。"
    locator, source = _source(draft, document, citation)
    return _finding(draft, citation, Verdict.EXPIRED, since + now, keys, locator, source)


def _speaks_of(draft: Draft, citation: Citation, cue: str) -> bool:
    """Whether the words around a citation say that it is repealed (not in force yet)."""
    start, end = draft.sentence_at(citation.start)
    before = draft.text[max(start, citation.start - _AROUND) : citation.start]
    behind = draft.text[citation.end : min(end, citation.end + _AROUND)]
    return load_cues("assistant.checking", "words.toml")[cue].found_in(f"{before}《》{behind}")
