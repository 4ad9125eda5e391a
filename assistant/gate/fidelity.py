"""What a generated sentence has to pass beyond the gate that every sentence passes.

The gate (``assistant.gate.grounding``) checks the facts of a sentence. A model can also join true
facts wrongly: an amount to another case, a permission to another act, an exception to the rule. So
each clause must be near one of the source, an amount keeps the condition and the person that the
source ties it to, and a rule keeps its condition. What the reader said is no source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.gate import facts
from assistant.gate.grounding import squeeze

#: What a clause may be made of without saying anything.
_FUNCTION = re.compile(
    r"根据|按照|依照|依据|规定|法律|因此|所以|此外|另外|同时|并且|而且|如果|要是|的话|其中|对于|关于|需要|应该|"
    r"也就是说|就是|可以|应当|不得|必须|还要|还会|将会|将|会|要|是|的|了|和|与|或|并|且|在|对|由|被|把|为|等|就|都|"
    r"也|还|即|则|者|其|该|这|那|您|你|吗|呢"
)
#: Judgements that a source has to give itself.
_VERDICT = re.compile(
    r"合法|违法|犯法|犯罪|合规|违规|无罪|免罚|免责|不罚|免费|无效|没问题|没事|放心|随意|任意|随便|批准|授权|真的|假的"
)
_OPENING_VERDICT = re.compile(
    r"^(?:是的?|不是的?|对的?|不对|能|不能|可以|不可以|不行|行|会的?|不会|需要|不需要|要|不用|有|没有|合法|不合法|违法)[，,。！]"
)
_CONDITION = re.compile(
    r"情节特?别?严重|情节较轻|拒不改正|逾期[不未]|后果严重|严重后果|重大损失|尚不构成犯罪|构成犯罪|不足|"
    r"没有违法所得|再次|屡次|多次"
)
_PERSON = re.compile(
    r"个人|直接负责的主管人员|直接责任人员|单位|企业|居民|公民|驾驶人|当事人|法定代表人|机关"
)
#: What neither an answer nor a law has: addresses, markup, talk about itself and its orders.
_UNFIT = re.compile(
    r"https?:|www\.|://|!\[|\]\(|[<>{}|\\`@#$]|data:|base64|system|assistant|prompt|提示词|系统(?:消息|提示|更新|管理)|"
    r"指令|管理员|作为(?:一[个名])?(?:ai|人工智能|语言模型)|我(?:是|无法|不能|已|会|将)|抱歉|对不起|很遗憾|"
    r"原文(?:中|里)?(?:并?没有|未)|忽略|以上(?:要求|规则)|密钥|密码",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,})[”\"]")
_LATIN = re.compile(r"[a-z]{2,}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SEGMENT = re.compile(r"[。；\n]")
_BOILERPLATE = re.compile(
    r"违反本法(?:有关)?(?:[^，]{0,12})规定|违反[^，]{0,16}规定|（[一二三四五六七八九十]+）|有下列[^，]{0,8}之一的?"
)

#: A title, with or without an article; whether it is the right one is for the gate to say.
_NAME = re.compile(
    r"《[^》]{2,40}》(?:第[零一二三四五六七八九十百千0-9]+[条款项]|第（[一二三四五六七八九十]+）项)*"
)
_CHATS = re.compile(r"[呢吗吧啊呀？?]$|^(?:那么?|嗯|好的?|您好|你好)")
_POINTS_BACK = re.compile(r"这个条件|这些条件|上述|以上情|前述|如下|这样的?话|^(?:它|他|她|这)")
_LEAST = 8
#: What addresses the reader or has somebody's words repeated.
_ASKS_FOR = re.compile(r"请|务必|一律|“|\"|答案|回答|答复|输出")
#: A word of another language; a unit or a chemical is shorter.
_FOREIGN = re.compile(r"[a-z]{5,}")
_SHARED = 3

_FROM_SOURCE = 0.5
_FROM_ALL = 0.7
_NEAR = 0.34
#: More characters than these that stand nowhere say something new.
_GAP = 3
_KEEPS_CONDITION = 0.25


@dataclass(frozen=True, slots=True)
class Source:
    """What may carry a sentence: the quotes, and our reviewed lay wording of their articles."""

    quotes: str
    lay: str

    @property
    def words(self) -> str:
        """All words that a sentence may take."""
        return f"{self.quotes}\n{self.lay}"


@dataclass(frozen=True, slots=True)
class _Tied:
    """An amount with the condition and the person that stand before it."""

    amount: facts.Amount
    condition: str
    person: str


def is_fit(text: str, source: Source) -> bool:
    """Whether a sentence is a plain statement: no address, no markup, no foreign word or number."""
    squeezed = squeeze(source.quotes)
    return (
        not _UNFIT.search(text)
        and not text.rstrip("」”").endswith(("？", "?"))
        and set(_LATIN.findall(squeeze(text))) <= set(_LATIN.findall(squeezed))
        and set(_NUMBER.findall(squeeze(text))) <= set(_NUMBER.findall(squeezed))
        and all(squeeze(quoted) in squeezed for quoted in _QUOTED.findall(text))
        and all(verdict in squeezed for verdict in _VERDICT.findall(squeeze(text)))
    )


def is_faithful(text: str, source: Source, question: str, is_paraphrase: bool = False) -> bool:
    """Whether the sentence joins its facts as the source does.

    A paraphrase, which is shown as one, may use other words.
    """
    if not is_fit(text, source) or not says_enough(text):
        return False
    clauses = facts.clauses(text)
    near = 0.2 if is_paraphrase else _FROM_SOURCE
    for clause in clauses:
        if _share(clause, source.words) < near:
            return False
        if not is_paraphrase and _share(clause, f"{source.words}\n{question}") < _FROM_ALL:
            return False
        if not is_paraphrase and _longest_gap(clause, f"{source.words}\n{question}") > _GAP:
            return False
        if facts.acts(clause) and not _does_the_same(clause, text, source):
            return False
        if not _acts_by_right(clause, source.quotes):
            return False
    return _ties(_NAME.sub("", text), source.quotes)


def without_verdict(text: str) -> str:
    """The sentence without a yes or no at its beginning: no passage says that."""
    return _OPENING_VERDICT.sub("", text)


def trim(text: str, source: Source, keep_name: bool = True) -> str:
    """The sentence without what opens it and is not the source's: the reader's words.

    Without ``keep_name`` a source that is named at the beginning goes as well.
    """
    shorter = text
    while cut := re.search(r"[，,：:]", shorter):
        first = shorter[: cut.start()]
        is_name = _NAME.search(first) and not _content(_NAME.sub("", first))
        is_said = _share(first, source.words) >= _FROM_SOURCE and not _CHATS.search(first)
        if keep_name if is_name else is_said:
            break
        shorter = shorter[cut.end() :]
    return shorter


def says_enough(text: str) -> bool:
    """Whether a sentence stands by itself: it has a content, and points to nothing before it."""
    return len(_content(_NAME.sub("", text))) >= _LEAST and not _POINTS_BACK.search(text)


def answers(text: str, question: str) -> bool:
    """Whether a sentence from a text of unknown origin is about the question and orders nothing.

    A text that somebody added may be written for the model: it is quoted, but the model repeats
    only what speaks of what was asked.
    """
    foreign = set(_FOREIGN.findall(squeeze(text))) - set(_FOREIGN.findall(squeeze(question)))
    if foreign or _ASKS_FOR.search(text):
        return False
    own, asked = _content(text), _content(question)
    return sum(asked[i : i + 2] in own for i in range(len(asked) - 1)) >= _SHARED


def _content(text: str) -> str:
    return "".join(_HAN.findall(_FUNCTION.sub("", squeeze(text))))


def _share(clause: str, words: str) -> float:
    """The share of a clause's characters that stand in ``words`` beside the same neighbour.

    Words that say nothing do not count; a clause of nothing else has its full share.
    """
    found = _found(clause, words)
    return sum(found) / len(found) if found else 1.0


def _longest_gap(clause: str, words: str) -> int:
    """How many characters with a content, one after the other, stand nowhere in ``words``."""
    longest = gap = 0
    for is_found in _found(clause, words):
        gap = 0 if is_found else gap + 1
        longest = max(longest, gap)
    return longest


def _found(clause: str, words: str) -> list[bool]:
    """Of each character that has a content, whether it stands in ``words`` beside a neighbour."""
    clause, words = squeeze(_NAME.sub("", clause)), squeeze(words)
    counts = [bool(_HAN.match(character)) for character in clause]
    for match in _FUNCTION.finditer(clause):
        counts[match.start() : match.end()] = [False] * (match.end() - match.start())
    found = [False] * len(clause)
    for i in range(len(clause) - 1):
        if clause[i : i + 2] in words:
            found[i] = found[i + 1] = True
    return [f for f, c in zip(found, counts, strict=True) if c]


def _does_the_same(clause: str, text: str, source: Source) -> bool:
    """Whether a clause near in wording does what this one does, under the same condition."""
    wanted = facts.acts(clause)
    for segment in _segments(source.quotes):
        before = ""
        for other in facts.clauses(segment):
            is_near = _overlap(clause, other) >= _NEAR or _overlap(other, clause) >= 0.6
            if is_near and facts.acts(other) == wanted and _keeps(before, text, source):
                return True
            before += other + "，"
    return False


def _acts_by_right(clause: str, quotes: str) -> bool:
    """Whether an authority does here what it does in a clause near in wording."""
    names = facts.authorities(clause)
    beside = clause
    for name in names:
        beside = beside.replace(name, "")
    return not names or any(
        all(squeeze(name) in squeeze(other) for name in names) and _overlap(beside, other) >= _NEAR
        for other in facts.clauses(quotes)
    )


def _keeps(condition: str, text: str, source: Source) -> bool:
    """Whether the sentence tells the condition, in the source's words or our lay wording's."""
    condition = _BOILERPLATE.sub("", condition)
    if len(_HAN.findall(condition)) < 4:
        return True
    if _overlap(condition, text) >= _KEEPS_CONDITION:
        return True
    first = facts.clauses(text)[0]
    return len(first) >= 6 and _share(first, source.lay) >= _FROM_ALL


def _ties(text: str, quotes: str) -> bool:
    """Whether every amount stands under the condition and the person that the source gives it."""
    given = list(_tied(quotes))
    return all(
        any(
            tied.amount == other.amount
            and tied.condition == other.condition
            and (not tied.person or tied.person == other.person)
            for other in given
        )
        for tied in _tied(text)
    )


def _tied(text: str) -> Iterator[_Tied]:
    for segment in _segments(text):
        condition = person = ""
        for clause in facts.clauses(segment):
            for amount in facts.amounts(clause):
                named = _CONDITION.findall(clause)
                of = _PERSON.findall(clause)
                yield _Tied(amount, named[-1] if named else condition, of[-1] if of else person)
            condition = (_CONDITION.findall(clause) or [condition])[-1]
            person = (_PERSON.findall(clause) or [person])[-1]


def _segments(text: str) -> Sequence[str]:
    return [segment for segment in _SEGMENT.split(text) if segment.strip()]


def _overlap(own: str, other: str) -> float:
    """The share of the pairs of characters of ``own`` that stand in ``other``."""
    own, other = squeeze(own), squeeze(other)
    pairs = {own[i : i + 2] for i in range(len(own) - 1)}
    return sum(pair in other for pair in pairs) / max(1, len(pairs))
