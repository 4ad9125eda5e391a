"""Whether the unit that a model names carries its sentence, however it is worded.

A paraphrase is what a model is for, so nothing is asked of its wording. What a rule turns on must
be the unit's own: who, under which condition, what amount or term, counted from when, by whom, and
whether it is ordered, allowed, forbidden or let off. What no program can see (a condition left out,
another subject in the same words) is for the second reading (``assistant.writing.judging``).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.gate.aligning import (
    acts_by_right,
    binds_alike,
    costs_what_it_costs,
    denies_alike,
    joins_alike,
    keeps_apart,
    keeps_whole,
    leads_alike,
)
from assistant.gate.clausewise import tells_only_of
from assistant.gate.facts import ranges_stand
from assistant.gate.fidelity import Source, is_faithful, is_plain, says_enough, share, tied
from assistant.gate.grounding import names_stand, own_words, quote_of
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.language import (
    Cue,
    amounts,
    authorities,
    clauses,
    load_cues,
    numbers,
    squeeze,
)

#: So much of what a sentence says stands in the unit in the same words: else it speaks of something
#: else. Of 165 true sentences of a strong model 163 do.
_RELATED = 0.4
#: 「126项，不是200项」: what the reader said may be denied.
_DENIED = re.compile(r"[，,（(]?(?:而|并)?(?:不是|并非|没有)[^，,。；;）)]{1,20}[）)]?")
#: 「不是最低罚一万：……」「不是十万元以下这一档，而是……」
_DENIED_FIRST = re.compile(
    r"^(?:并)?不是[^，,。：:；]{1,40}[：:，,]|就?不是[^，,。；]{1,20}[，,](?=而是)"
)
_NUMBER = r"[0-9零一二三四五六七八九十百千万亿两.]+(?:元|日|天|个月|月|年|倍|%|平方米|亩|吨|人|项)"
#: People say a bound before the amount, the law behind it.
_AT_MOST = re.compile(
    rf"(?:最多|最高|至多|不(?:得|能|会)?超过|封顶)([^，。；、0-9一二三四五六七八九十百千]{{0,6}})({_NUMBER})(?!以下|以内|以上)"
)
_AT_LEAST = re.compile(
    rf"(?:最少|至少|最低|起码|不低于|不少于)([^，。；、0-9一二三四五六七八九十百千]{{0,6}})({_NUMBER})(?!以下|以内|以上)"
)
_COUNTED = 2
_COUNTING = frozenset("个条类次种处点天家项样件步份头级")
_TIME = frozenset(("日", "天", "个月", "月", "年", "工作日", "个工作日", "小时"))
_WITHIN = frozenset(("内", "以内", "之内", "届满"))
#: 「到期还不拆」 is 逾期不; 「没到情节严重」 is no such case.
_OVERDUE = re.compile("(?:到期|期满|过期|逾期)(?:后|以后)?(?:仍然?|还是?|又)(?=不|未|没)")
_NO_CASE = re.compile(
    "(?:还|尚)?(?:没有?|未|不|够不|算不)(?:到|上|属于|构成)?(?:了)?情节严重(?:的程度)?"
)
_TO_ANOTHER = re.compile("[、和](?=对)")
_NEGATED_PERSON = re.compile("(?:不是|并非|非)(?:个人|单位)")
_SHORTEST_NAME = 3
_ANY_AUTHORITY = frozenset(("行政机关", "主管部门", "有关部门", "有关机关", "办案机关", "有关机构"))
#: Words that say whose authority it is: without them it is another one.
_LEVEL = re.compile("(?:省|市|县|区|乡|镇|级|国务院|国家|中央|流域|海|派出|其)$")
_FROM = re.compile(r"([一-龥]{2})(?:之日|之时|那天|当天|当日)(?:起|算|内)?")
_ORDER = re.compile(r"([一-龥]{2})(?:之|以)?(前|后)(?=[，,。；;、一-龥0-9]|$)")
#: Whom people call by other names than the law does, and in whose name the law may have them.
_NAMED_FOR = {
    "个人": ("个人", "公民", "自然人", "居民", "他人"),
    "企业": ("企业", "单位", "经营者", "排污"),
    "公司": ("企业", "单位", "公司", "经营者"),
    "个体户": ("个体", "个人", "经营者"),
    "居民": ("居民", "公民", "个人", "住户", "家庭", "业主", "他人"),
    "老百姓": ("居民", "公民", "个人", "公众", "他人"),
    "村民": ("村民", "农民", "居民", "公民", "个人", "农村", "他人"),
    "单位": ("单位", "企业", "组织", "机关", "机构", "经营者", "部门"),
}


def is_carried(
    text: str,
    evidence: Sequence[Evidence],
    corpus: Corpus,
    day: date,
    question: str,
    is_strict: bool = False,
) -> bool:
    """Whether the evidence of the units that a sentence names carries it.

    ``is_strict`` asks for more, where nothing reads it a second time: true sentences fall as well.
    """
    return not faults_of(text, evidence, corpus, day, question, is_strict)


def faults_of(
    text: str,
    evidence: Sequence[Evidence],
    corpus: Corpus,
    day: date,
    question: str,
    is_strict: bool = False,
) -> tuple[str, ...]:
    """What of a sentence the evidence does not carry, by name; empty where it carries it."""
    quotes = "\n".join(quote_of(piece, corpus) for piece in evidence)
    # 「已 经 废 止」: letters that stand apart have no neighbours by which they could be compared.
    text = "".join(text.split())
    told = _with_bounds(_without_denied(text, question, quotes))
    own = own_words(told, evidence, corpus, day)
    checks = {
        "plain": is_plain(told, quotes),
        "whole": says_enough(told) and not _cue("opens_on_others").found_in(told),
        "related": share(told, quotes) >= _RELATED,
        "glued": tells_only_of(told, quotes, evidence, corpus, question),
        "verdict": all(v in quotes for v in _cue("promise").pattern.findall(told)),
        "cited": own is not None,
        "amounts": own is None or _amounts_stand(own, quotes),
        "names": own is None or _names_stand(own, quotes, evidence, corpus),
        "tiers": own is None or _tiers_stand(own, quotes),
        "modality": binds_alike(told, quotes),
        "cases": keeps_apart(told, quotes),
        "joins": joins_alike(told, quotes),
        "order": _counts_alike(told, quotes),
        "scope": _says_no_more(told, quotes),
    }
    if is_strict:
        checks |= {
            "worded": is_faithful(told, Source(quotes, ""), question),
            "actors": own is None or acts_by_right(own, quotes),
            "persons": _names_nobody_else(told, quotes),
            "denials": denies_alike(told, quotes),
            "kept": keeps_whole(told, quotes),
            "costs": costs_what_it_costs(told, quotes),
            "leads": leads_alike(told, quotes),
        }
    return tuple(name for name, stands in checks.items() if not stands)


def _with_bounds(text: str) -> str:
    """The sentence with bounds and cases as the law writes them: 最多五百元 → 五百元以下."""
    text = _OVERDUE.sub("逾期", _NO_CASE.sub("", _DENIED_FIRST.sub("", text)))
    text = _AT_MOST.sub(r"\1\2以下", text.replace("不到", "不足"))
    return _AT_LEAST.sub(r"\1\2以上", text)


def _without_denied(text: str, question: str, quotes: str) -> str:
    """The sentence without what the reader said and it denies."""
    said, held = set(numbers(squeeze(question))), set(numbers(squeeze(quotes)))

    def drop(match: re.Match[str]) -> str:
        own = set(numbers(squeeze(match[0])))
        return "" if own and own <= said and not own <= held else match[0]

    return _DENIED.sub(drop, text)


def _amounts_stand(text: str, quotes: str) -> bool:
    """Whether every amount is one of the unit, bounds and ranges as there. What only counts
    (一条, 一次, 两个部门) is no amount."""
    told = {a for a in amounts(text) if a.value > _COUNTED or a.unit not in _COUNTING}
    held = amounts(quotes) | amounts(_with_bounds(quotes))
    # 「立案满九十日」 speaks of the term that is 九十日内.
    held |= {replace(a, towards="") for a in held if a.unit in _TIME and a.towards in _WITHIN}
    return told <= held and ranges_stand(text, quotes)


def _names_stand(text: str, quotes: str, evidence: Sequence[Evidence], corpus: Corpus) -> bool:
    """Whether every authority is one of the unit, whatever words run into its name; the issuer of
    the text is one as well."""
    issuers = {corpus.document(piece.document_id).issuer for piece in evidence} - {""}
    for name in map(squeeze, authorities(text)):
        if any(name.endswith(issuer) for issuer in issuers):
            continue
        suffixes = [name[i:] for i in range(max(1, len(name) - _SHORTEST_NAME))]
        # The longest that a statute knows is the name, what stands before it ran into it.
        known = next((s for s in suffixes if s in corpus.authorities), name)
        if known in _ANY_AUTHORITY or (known == name and "的" in name):
            continue  # 接到举报的机关 names none
        if not names_stand(known, quotes) or _LEVEL.search(name.removesuffix(known)):
            return False
    return True


def _tiers_stand(text: str, quotes: str) -> bool:
    """Whether every amount stands under the condition that the unit sets for it, and is of the
    person of whom the unit tells it."""
    apart = _TO_ANOTHER.sub("，", quotes)
    source = [(each.amount, each.condition, each.person) for each in tied(apart)]
    head, colon, rest = text.replace("：", ":").partition(":")
    if colon and amounts(head) and amounts(head) <= amounts(rest):
        text = rest  # 「最多一千元：……的，处……一千元以下」 says the rule behind the colon
    inherited, persons, is_spent = list[str](), list[str](), False
    for clause in clauses(_NEGATED_PERSON.sub("", text)):
        named = _cue("condition").pattern.findall(clause)
        persons = _cue("person").pattern.findall(clause) or persons
        for amount in amounts(clause):
            own = [row for row in source if row[0] == amount]
            conditions = {named[-1]} if named else {*inherited[-1:]}
            if not named and (is_spent or not inherited):
                conditions.add("")
            if own and not any(row[1] in conditions for row in own):
                return False
            given = {row[2] for row in own if row[1] in conditions}
            if persons and own and "" not in given and not _are_same(persons, given):
                return False
        is_spent = bool(amounts(clause))
        inherited = named or inherited
    return True


def _are_same(persons: Sequence[str], given: set[str]) -> bool:
    return any(
        other in _NAMED_FOR.get(person, (person,)) or person in other
        for person in persons
        for other in given
    )


def _counts_alike(text: str, quotes: str) -> bool:
    """Whether a term counts from what the unit counts it from, and what comes first or after does
    so there."""
    source = squeeze(quotes)
    is_ordered = _ORDER.search(source) is not None
    began = all(match[1] in source for match in _FROM.finditer(text))
    return began and all(
        any(f"{match[1]}{between}{match[2]}" in source for between in ("", "之", "以"))
        or not (is_ordered and match[1] in source)
        for match in _ORDER.finditer(text)
    )


def _says_no_more(text: str, quotes: str) -> bool:
    """Whether no 「一律」 is told that the unit does not say."""
    source = squeeze(quotes)
    return all(word in source for word in _cue("everything").pattern.findall(text))


def _names_nobody_else(text: str, quotes: str) -> bool:
    """Whether nobody is named of whom the unit does not speak."""
    source = squeeze(quotes)
    return all(
        any(word in source for word in _NAMED_FOR.get(name, (name,)))
        for name in _cue("scope").pattern.findall(text)
    )


def _cue(name: str) -> Cue:
    return load_cues("assistant.gate", "words.toml")[name]
