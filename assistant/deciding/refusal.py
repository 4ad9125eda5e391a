"""When the corpus does not hold what was asked: a refusal that says what is missing."""

from dataclasses import replace

from assistant.deciding.confidence import Confidence, Judgement
from assistant.finding import is_term_of, repeats
from assistant.question import Aspect, Understanding, sentences_of, wording
from assistant.types import NOT_COVERED, Draft, DraftSentence, Outcome, Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import short_title
from corpus.language import (
    Cue,
    Reference,
    count_words,
    fold,
    format_reference,
    load_cues,
    to_chinese,
)
from corpus.splitting import find_part, has_items, locator_of
from corpus.types import Article, Document, Passage
from index.types import Retrieval

#: A question about more than a named text says at least so much besides.
_OWN_MATTER = 10
#: A question says at least so much.
_ENOUGH = 8


def _cue(name: str) -> Cue:
    return load_cues("assistant.deciding", "refusals.toml")[name]


def refuse_outright(asked: str) -> Draft | None:
    """A refusal of what is no question to the texts, whatever they hold, or None."""
    text = fold(asked)
    if _cue("instruction").found_in(text):
        return _told(
            f"{NOT_COVERED}这样的内容：问题里的指令只当作文字看待，不会执行。"
            "请直接问生态环境政策或法律上的事。"
        )
    if _cue("evasion").found_in(text):
        return _told(
            f"{NOT_COVERED}教人躲开监管的内容，这个忙帮不了：偷排、造假查实了要承担法律责任。"
            "想守法经营，可以问该办什么手续、怎样算达标、已经出了问题怎样补救。"
        )
    if _cue("accusation").found_in(text):
        return _told(
            f"{NOT_COVERED}可以认定某个人违法或者有罪的内容，这里也不评判具体的人："
            "有线索请向纪检监察机关或者12345、12369如实反映，由他们查证。"
        )
    if _cue("composition").found_in(text):
        return _told(
            f"{NOT_COVERED}可以代写的文章：这里只摘取部署和法律的原文。请直接问想了解的规定或安排。"
        )
    if _cue("abuse").found_in(text) or _says_nothing(text):
        return _told(f"{NOT_COVERED}可以回答的问题，请写明想了解的生态环境政策或法律上的事。")
    return None


def opens_no_topic(text: str) -> bool:
    """Whether nothing can go on with a text: it orders the machine about, or asks what no text
    tells."""
    return _cue("instruction").found_in(fold(text)) or refuse_what_no_text_tells(text) is not None


def refuse_what_no_text_tells(asked: str) -> Draft | None:
    """A refusal of what is so just now and just here, with who knows it, or None."""
    cues = load_cues("assistant.deciding", "refusals.toml").values()
    text = fold(asked)
    told = next((cue.label for cue in cues if cue.of == "now" and cue.found_in(text)), "")
    return _told(f"{NOT_COVERED}{told}") if told else None


def set_aside(text: str) -> str:
    """The text without the sentences that order the machine about, and without swear words; the
    whole text where too little would be left to ask anything."""
    kept = "".join(
        sentence
        for sentence in sentences_of(text)
        if not _cue("instruction").found_in(fold(sentence))
    )
    kept = _cue("abuse").taken_out(kept)
    return kept if kept != text and count_words(kept) >= _ENOUGH else text


def is_refused_by_rule(
    query: Query, understanding: Understanding, found: Retrieval, corpus: Corpus
) -> bool:
    """Whether a question is refused however much the corpus speaks of its matter."""
    certain = Judgement(None, Confidence(1.0, 0.0))
    return bool(
        refuse_outright(understanding.text) or refuse(query, understanding, found, corpus, certain)
    )


def refuse(
    query: Query,
    understanding: Understanding,
    found: Retrieval,
    corpus: Corpus,
    judgement: Judgement,
) -> Draft | None:
    """A refusal that says what is missing, or None where an answer should be composed."""
    absent = tell_absent(query, understanding, corpus)
    held = [r for r in understanding.references if r not in absent]
    if absent and not any(r.key for r in held) and _asks_only_for(understanding):
        return _declined(next(iter(absent.values())))
    if not found.hits:
        return _declined(f"{NOT_COVERED}与这个问题有关的内容，请换个说法，写明想问的事。")
    first = found.hits[0].passage
    refusal = _of_place(understanding, first, corpus)
    if refusal or held:
        return refusal
    document, article = corpus.find(first.document_id, first.key)
    # Who repeats a text's own words asks about just that, unless for a detail that it lacks.
    asked = understanding.text
    is_certain = judgement.missing is None and (
        repeats(asked, article.text) or is_term_of(asked, article.text)
    )
    if judgement.suffices or (judgement.confidence and is_certain):
        return None
    if first.kind is Kind.POLICY:
        return _of_policy(judgement.missing, document, article)
    return _of_law(judgement.missing, first, corpus)


def _asks_only_for(understanding: Understanding) -> bool:
    """Whether nothing is asked but what the named texts say.

    A standard or a catalogue that is only mentioned (声环境质量标准由谁制定) may be what a statute
    speaks of.
    """
    rest = understanding.text
    if not any(rest[r.start : r.start + 1] == "《" or r.article for r in understanding.references):
        return False
    for reference in sorted(understanding.references, key=lambda r: -r.start):
        if reference.start < reference.end <= len(rest):
            rest = rest[: reference.start] + " " + rest[reference.end :]
    return count_words(wording("asking").taken_out(rest)) < _OWN_MATTER


def tell_absent(query: Query, understanding: Understanding, corpus: Corpus) -> dict[Reference, str]:
    """What the question names and the corpus does not hold, with the sentence that says so."""
    told = {r: _of_reference(query, r, corpus) for r in understanding.references}
    return {reference: text for reference, text in told.items() if text}


def _says_nothing(text: str) -> bool:
    """Whether a text repeats a character or two, or has no Chinese and no word of use."""
    letters = [c for c in text if c.isalnum()]
    return len(letters) > 3 and len(set(letters)) <= max(2, len(letters) // 5)


def _of_law(missing: str | None, first: Passage, corpus: Corpus) -> Draft:
    if missing:
        return _declined(
            f"{NOT_COVERED}{missing}：法律条文里没有找到写明它的话，要看有关的标准、名录，或者问办事机构。"
            f"相近的规定在《{short_title(first.title)}》{_part_of(first)}，"
            "具体请向生态环境主管部门查询。"
        )
    return _declined(
        f"{NOT_COVERED}能确定回答这个问题的内容：这里只有{corpus.holdings}。"
        "换个说法、写明具体的事再问，或向主管部门咨询。"
    )


def _part_of(passage: Passage) -> str:
    """Where in its statute a passage stands."""
    return f"“{passage.path[-1].split(' ')[-1]}”部分" if passage.path else passage.locator


def _declined(text: str) -> Draft:
    return Draft((DraftSentence(text),), Outcome.DECLINED)


def _told(text: str) -> Draft:
    """A refusal in fixed words of ours, which may name whom to call."""
    return Draft((DraftSentence(text, is_ours=True),), Outcome.DECLINED)


def _of_reference(query: Query, reference: Reference, corpus: Corpus) -> str:
    if reference.title is None:
        return ""
    document = corpus.version_on(reference.title, query.as_of)
    if document is None:
        known = corpus.not_loaded.get(reference.title)
        where = (
            f"它由{known.issuer}发布" + (f"，原文见 {known.url} 。" if known.url else "。")
            if known
            else "请向发布机关核对原文，或把文件添加进来后再问。"
        )
        return f"{NOT_COVERED}《{reference.title}》，无法引用它的条文。{where}"
    found = corpus.article(reference.key, query.as_of) if reference.key else None
    if found or not reference.key:
        return _of_part(reference, *found) if found else ""
    name = short_title(document.title)
    if document.title in corpus.excerpts:
        return (
            f"{NOT_COVERED}这一条：《{name}》只收录了与生态环境有关的条文。"
            f"请到国家法律法规数据库查看全文：{document.url} 。"
        )
    last = document.articles[-1].label
    number = reference.article or 0
    asked = f"第{to_chinese(number)}条" if 0 < number < 10_000 else "这个条号"
    return f"{NOT_COVERED}这一条：《{name}》的条文到{last}为止，没有{asked}，请核对条号。"


def _of_part(reference: Reference, document: Document, article: Article) -> str:
    """The named 款 or 项 is not there."""
    if not (reference.paragraph or reference.item):
        return ""
    if find_part(article, document.collection, reference.paragraph, reference.item):
        return ""
    if reference.paragraph is None and not has_items(article, document.collection):
        return ""  # Who says 项 of an article that has only 款 means the article.
    asked = format_reference(replace(reference, title=short_title(document.title)))
    return f"{NOT_COVERED}这一处：{asked}不存在，请核对款、项的序号后再问。"


def _of_place(understanding: Understanding, first: Passage, corpus: Corpus) -> Draft | None:
    """Other places' and other offices' plans are not answered with those of ours."""
    text, places = understanding.text, corpus.places
    place = places.other(text)
    if not understanding.speaks_of_a_city:
        place = place or places.office(text) or _district(understanding, first, corpus)
    asks_plans = first.kind is Kind.POLICY or _cue("local_plans").found_in(text)
    if not place or understanding.looked_up or not asks_plans:
        return None
    return _declined(
        f"{NOT_COVERED}{place}的情况：这里只收录了{corpus.holdings}。"
        f"请向{place}{'' if place.endswith('局') else '的有关部门'}了解。"
    )


def _district(understanding: Understanding, first: Passage, corpus: Corpus) -> str:
    """The district that is asked about, where the text found first can't be meant for it.

    What the place does in one of its parts its text may say; a figure of the part only where the
    text speaks of it.
    """
    district = corpus.places.district(understanding.text)
    if first.kind is not Kind.POLICY or not district:
        return district
    asks_figure = bool(understanding.aspects & {Aspect.QUANTITY, Aspect.DATE})
    texts = (article.text for article in corpus.document(first.document_id).articles)
    is_spoken_of = any(district.rstrip("市县区") in text for text in texts)
    return district if asks_figure and not is_spoken_of else ""


def _of_policy(missing: str | None, document: Document, article: Article) -> Draft:
    """The policy text names the theme but does not give what was asked."""
    own = document.collection
    name = own.attribution or f"《{document.title}》"
    ask = f"具体情况请向{own.issuer}咨询。" if own.issuer else "具体情况请向发布机关咨询。"
    return _declined(
        f"{NOT_COVERED}{missing or '问到的这一点'}：{name}原文里没有找到写明它的话。"
        f"最接近的内容在{locator_of(article, own)}，{ask}"
    )
