"""What a question asks: checked, brought to one form, completed from the dialog."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Query
from corpus.catalog import Corpus
from corpus.errors import QuestionError
from corpus.references import Reference, parse_references
from corpus.spelling import Correction, count_pairs
from corpus.text import fold, strip_control
from corpus.types import Kind

MAX_QUESTION = 500

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


class Aspect(StrEnum):
    """What sort of thing is asked for."""

    QUANTITY = "quantity"
    DATE = "date"
    FORCE = "force"
    PENALTY = "penalty"
    LIST = "list"
    CONTENT = "content"
    TERM = "term"
    PERMISSION = "permission"
    CONFIRM = "confirm"
    COMPARE = "compare"
    SIMPLER = "simpler"
    WHO = "who"
    DEFINE = "define"


_ASPECTS = {
    Aspect.PENALTY: re.compile(
        r"罚|后果|责任|拘留|坐牢|犯法|违法吗|吊销|追究|赔多少|会怎么样|会怎样|[怎咋](?:么|样)?处[理置]|抓|"
        r"判[几多刑]|蹲|关[几多]|什么下场|封了|关门"
    ),
    Aspect.QUANTITY: re.compile(
        r"多少|几(?:个|项|家|条|张|天|年|次|户|处|倍|类|种|日|月|公里|吨|万)|多大|多高|多久|多长|"
        r"百分之|比例|比率|期限|金额|数量|指标值|几成"
    ),
    Aspect.DATE: re.compile(r"什么时候|哪一?年|哪一?天|几月|几号|何时|日期|截止"),
    Aspect.FORCE: re.compile(
        r"施行|生效|有效|废止|作废|过期|还能用|还管用|失效|实施了|算数|起效|开始实施|哪天(?:开始|起|算)|什么时候(?:开始|起算|实施)"
    ),
    Aspect.LIST: re.compile(
        r"哪些|哪几|有什么(?:措施|办法|要求|任务|安排)|都有什么|分别|列出|列举|包括什么|"
        r"什么情形|清单里|干什么|做什么|怎么做|怎么抓|如何|各是|各自|几样|啥招|几种|三种|归拢|汇总|都算"
    ),
    Aspect.CONTENT: re.compile(
        r"说了?什么|规定了?什么|内容|写了?什么|怎么说|怎么规定|原文|全文|讲什么|干些?啥|要紧的|概括"
    ),
    Aspect.TERM: re.compile(
        r"多久|多长时间|几(?:天|日|个?月|年|个工作日)|多少(?:天|日|年|个月)|期限|有效期|时限|什么时候前"
    ),
    Aspect.PERMISSION: re.compile(
        r"能不能|能否|可以|可不可以|行不行|行吗|成不成|成吗|准不准|让不让|允许|许不许|合法|违法|犯法|违规|"
        r"能.{1,12}[吗么嘛不]|算不算违|要不要|用不用|需不需要|是否需要|必须|非得"
    ),
    Aspect.CONFIRM: re.compile(
        r"对吧|是吧|对不对|是不是|没错吧|没记错|不是说|不是.{2,20}吗|听说|听人说|听人讲|没理解错|没背错|"
        r"没听错|吧[?。!]*$|就是.{2,20}对|搞错|核对|顶多|据说"
    ),
    Aspect.COMPARE: re.compile(r"区别|不同|一样吗|分别|各是|哪个更|比较|看情况|分情况|哪种情形"),
    Aspect.WHO: re.compile(
        r"谁|哪个(?:部门|单位|局|机关|衙门)|哪家|哪级|什么部门|哪一级|归.{0,6}管|找哪|向哪|往哪|去哪|"
        r"哪些部门|主管|主体|职责分工"
    ),
    Aspect.DEFINE: re.compile(
        r"什么叫|什么是|啥叫|啥是|是什么意思|是啥意思|定义|指的是|指什么|指啥|怎么理解|何为|含义|算不算|是啥$|是什么$|界定"
    ),
    Aspect.SIMPLER: re.compile(
        r"说?简单(?:点|些|一点)|通俗|大白话|说人话|白话|听不懂|没看懂|一句话"
    ),
}

#: Words that ask rather than say what about; they do not count as content of a question.
_ASKING = re.compile(
    r"请问|您好|你好|一下|到底|究竟|咱们|我们|你们|他们|我家|我|你|是不是|有没有|能不能|可不可以|"
    r"会不会|要不要|该不该|多少|怎么办|怎么样|怎么|如何|什么时候|什么|为什么|哪些|哪个|哪里|哪|"
    r"几个|几项|是否|可以|应该|需要|一个|这个|那个|这|那|吗|呢|吧|啊|呀|了|的|是|有|要|会|被|把|就|都|还|"
    r"在|也|和|给|让|说|听说|据说|知道|想|请|告诉|介绍|谁"
)

#: Names of the city say which text is meant; as words to search for they would drown the rest.
_CITY = re.compile(r"潍坊市?(?:生态环境局|环保局)?|我市|市里|咱市|本市")

_LOCAL = re.compile(r"潍坊|市局|降碳|减污|扩绿|“?增长”?(?:部分|方面|这)|部署|重点任务")
_OF_A_CITY = re.compile(r"我市|全市|市里|咱市|本市|市委|市政府|俺市")

#: Labels of the policy text's parts that are everyday words as well.
_COMMON_LABELS = ("增长", "总述")

_DENIES = re.compile(r"没有|不用|不罚|不需要|不到|不止|不含")

_FOLLOW_UP_START = re.compile(
    r"^(?:那|如果|要是|假如|它|这|其|还有|另外|再|具体|上面|刚才|前面|为什么|凭什么|多少|哪|几|谁|"
    r"依据|还|然后|对|反过来|罚|最|可(?!以|再生)|但|不过|不走|万一|他|她|太|照这|真要|反正|说)"
)
_FOLLOW_UP_MARK = re.compile(r"呢[?!]*$|的话|还不|还能|再加|又要|又罚|同样|这样")
_POINTING = re.compile(
    r"如果|要是|假如|情节|严重|具体|上面|刚才|前面|的话|简单|一点|点|它|他|这|那|还|更|再"
)
_SAYS_SOMETHING = 3
_OWN_SUBJECT = 12
_SHORT_TURN = 20


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question ready to be answered.

    ``text`` is the last turn, ``search_text`` what is searched for (the turn before added to a
    follow-up); both are folded. ``content`` is what is asked about without the words that only ask,
    ``own_content`` the last turn's share of it.
    ``is_local`` tells that it uses words of the policy text's own, ``speaks_of_a_city`` that it may
    mean ours or any.
    """

    text: str
    search_text: str
    content: str
    own_content: str
    references: tuple[Reference, ...]
    aspects: frozenset[Aspect]
    is_follow_up: bool
    is_local: bool
    speaks_of_a_city: bool
    theme: str | None
    corrections: tuple[Correction, ...] = ()

    @property
    def doubts(self) -> bool:
        """Whether the question denies rather than affirms (「不是……吗」「没记错吧」 affirm)."""
        return bool(_DENIES.search(self.text))

    @property
    def says_something(self) -> bool:
        """Whether the last turn has words of its own besides those that ask or point back."""
        return len(_WORD.findall(_POINTING.sub("", self.own_content))) >= _SAYS_SOMETHING

    @property
    def shown(self) -> str:
        """What the question was understood as, where that is more than what was typed."""
        return self.search_text if self.is_follow_up or self.corrections else ""

    @property
    def articles(self) -> tuple[Reference, ...]:
        """The articles that the question names, of titles that it names."""
        return tuple(r for r in self.references if r.key)

    @property
    def looked_up(self) -> Reference | None:
        """The first article that the question names, if it names one."""
        return next((r for r in self.references if r.article is not None), None)


def check_question(question: str) -> str:
    """Return the question without surrounding space and invisible marks; QuestionError if unfit."""
    if _CONTROL.search(question):
        raise QuestionError("问题里有控制字符，请删去后用普通文字再问一次。")
    cleaned = strip_control(question).strip()
    if not cleaned:
        raise QuestionError("问题是空的，请写出想问的事，例如“污染防治重点任务有多少项？”")
    if len(cleaned) > MAX_QUESTION:
        raise QuestionError(
            f"问题有 {len(cleaned)} 个字，超过了 {MAX_QUESTION} 个字的上限，请缩短后再问。"
        )
    if not _WORD.search(cleaned):
        raise QuestionError("问题里只有标点或符号，请用文字写出想问的事。")
    return cleaned


def understand(query: Query, corpus: Corpus) -> Understanding:
    """Check the question and find out what it asks; QuestionError where it is unfit."""
    text, corrections = corpus.speller.correct(fold(check_question(query.question)))
    references = tuple(parse_references(text, corpus.names))
    aspects = _aspects(text)
    follow_up = bool(query.history) and _is_follow_up(text, references)
    search_text = text
    if follow_up:
        earlier = _subject(query.history, corpus)
        search_text = f"{earlier} {text}"
        references = references or tuple(parse_references(earlier, corpus.names))
        aspects = aspects - {Aspect.SIMPLER} or aspects | _aspects(earlier)
    return Understanding(
        text=text,
        search_text=_CITY.sub(" ", search_text).strip() or search_text,
        content=_content(text, search_text),
        own_content=_ASKING.sub(" ", text),
        references=references,
        aspects=aspects,
        is_follow_up=follow_up,
        is_local=bool(_LOCAL.search(search_text)) or _has_local_words(search_text, corpus),
        speaks_of_a_city=bool(_OF_A_CITY.search(search_text)),
        theme=_theme(text, corpus),
        corrections=corrections,
    )


def _content(text: str, search_text: str) -> str:
    """A follow-up of a few words says too little by itself which part of an article is meant."""
    own = _ASKING.sub(" ", text)
    says_enough = len(_WORD.findall(own)) >= _OWN_SUBJECT // 2
    return own if says_enough else _ASKING.sub(" ", search_text)


def _aspects(text: str) -> frozenset[Aspect]:
    return frozenset(aspect for aspect, pattern in _ASPECTS.items() if pattern.search(text))


def _has_local_words(text: str, corpus: Corpus) -> bool:
    pairs, figures = corpus.local_words
    return not pairs.isdisjoint(count_pairs([text])) or any(f in text for f in figures)


def _theme(text: str, corpus: Corpus) -> str | None:
    """The key of the policy paragraph, where the question names exactly one theme."""
    policy = next((d for d in corpus.documents if d.kind is Kind.POLICY), None)
    named = [a.key for a in policy.articles if _names_theme(text, a.label)] if policy else []
    return named[0] if len(named) == 1 else None


def _names_theme(text: str, label: str) -> bool:
    """「增长」 is part of other words (稳增长, 增长率) that name no theme."""
    if label not in _COMMON_LABELS:
        return label in text
    return bool(
        re.search(
            rf"[“\"「『]{label}[”\"」』]|(?<![\u4e00-\u9fff]){label}(?:方面|部分|[这那]?一?[块板])",
            text,
        )
        or re.search(rf"{label}(?:方面|部分|[这那]一?块|板块)", text)
        or re.search(rf"(?:扩绿|减污|降碳)[、和与,跟]?{label}", text)
    )


def _subject(history: tuple[str, ...], corpus: Corpus) -> str:
    """The turn that a follow-up leans on, with the follow-ups since."""
    turns: list[str] = []
    for turn in reversed(history):
        text = fold(turn)
        turns.append(text)
        if not _is_follow_up(text, tuple(parse_references(text, corpus.names))):
            break
    return " ".join(reversed(turns))


def _is_follow_up(text: str, references: tuple[Reference, ...]) -> bool:
    """A short turn or one that points back leans on the turn before, unless it names an article."""
    if any(r.key for r in references):
        return False
    words = "".join(_WORD.findall(_ASKING.sub("", text)))
    if len(words) < _OWN_SUBJECT // 2 or _FOLLOW_UP_START.match(text):
        return True
    return len(text) <= _SHORT_TURN and bool(_FOLLOW_UP_MARK.search(text))
