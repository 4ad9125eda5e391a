"""What a question asks: checked, brought to one form, completed from the dialog."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.question.aspects import ASKS, Aspect, aspects_of
from assistant.question.places import other_place_in, strip_ours
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.errors import QuestionError
from corpus.language import (
    Correction,
    Reference,
    count_pairs,
    expand_ranges,
    fold,
    format_reference,
    parse_references,
    strip_control,
)
from corpus.types import Kind, Status

MAX_QUESTION = 500

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


#: Words that ask rather than say what about; they do not count as content of a question.
_ASKING = re.compile(
    r"请问|您好|你好|一下|到底|究竟|咱们|我们|你们|他们|我家|我|你|是不是|有没有|能不能|可不可以|"
    r"会不会|要不要|该不该|多少|怎么办|怎么样|怎么|如何|什么时候|什么|为什么|哪些|哪个|哪里|哪|"
    r"几个|几项|是否|可以|应该|需要|一个|这个|那个|这|那|吗|呢|吧|啊|呀|了|的|是|有|要|会|被|把|就|都|还|"
    r"在|也|和|给|让|说|听说|据说|知道|想|请|告诉|介绍|谁"
)

_LOCAL = re.compile(r"潍坊|市局|降碳|减污|扩绿|“?增长”?(?:部分|方面|这)|部署|重点任务")
_OF_A_CITY = re.compile(r"我市|全市|市里|咱市|本市|市委|市政府|俺市")

#: Asks which part of the policy text something stands in, or claims that it is one.
_STANDS_IN = re.compile(
    r"(?:放|列|写|排|归|算|分|划|搁|塞)(?:在|到|进|入|给|成)|属于|归属|归类|"
    r"(?:是|都是|在)“?(?:降碳|减污|扩绿|增长)”?"
    r"(?:这块|那块|部分|板块|方面|章节|一节|那?段)?(?:里|中|下)?面?(?:的|头|[,，。吧吗?？]|$)|"
    r"哪个?(?:部分|板块|主题|一?[块段节])"
)
#: Asks what a part says, whatever else it asks.
_PART_SAYS = re.compile(
    r"(?:降碳|减污|扩绿|增长)”?(?:这|那)?一?(?:块|部分|板块|方面|段|节|章节)?(?:里|中)?"
    r"(?:(?:说|讲|写|提)(?!的)|要|把|打算|准备)"
)
_LABELS = re.compile(
    r"“?(?:降碳|减污|扩绿|增长|总述)”?(?:这|那)?一?(?:块|部分|板块|方面|段|节|章节)?"
)
#: Labels of the policy text's parts that are everyday words as well.
_COMMON_LABELS = ("增长", "总述")

_DENIES = re.compile(r"没有|不用|不罚|不需要|不到|不止|不含")

_POINTING = re.compile(
    r"如果|要是|假如|情节|严重|具体|上面|刚才|前面|的话|简单|一点|点|它|他|这|那|还|更|再"
)
_OF_VALIDITY = re.compile(
    r"现在|目前|今天|还能用|还管用|施行|实施|生效|有效|废止|作废|过期|失效|算数|起效|开始|法律|新版|旧版|新的|出新|哪天|哪年|"
    r"什么时候|何时|日期|版本|修订|听说|到底|已经"
)
#: The law that an article is of where none is named.
CODE = "中华人民共和国生态环境法典"
_MOST_OF_A_RANGE = 6
_AHEAD = re.compile(
    r"以后|将来|明年|新法|新规|即将|新修订|新版|还没施行|尚未施行|还未施行|快要|2027"
)
_OWN_SUBJECT = 12


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question ready to be answered.

    ``text`` is the last turn, ``search_text`` what is searched for (the turn before added to a
    follow-up), ``subject`` the turn before alone; all are folded. ``content`` is what is asked
    about without the words that only ask, ``own_content`` the last turn's share of it.
    ``is_local`` tells that it uses words of the policy text's own, ``speaks_of_a_city`` that it may
    mean ours or any.
    """

    text: str
    search_text: str
    subject: str
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
    def only_tells(self) -> bool:
        """Whether the last turn tells something and asks nothing."""
        return not ASKS.search(self.text)

    @property
    def claims(self) -> bool:
        """Whether something is told, or put up to be confirmed."""
        return self.only_tells or Aspect.CONFIRM in self.aspects

    @property
    def asks_only_validity(self) -> bool:
        """Whether a title is named and nothing but its validity is asked for."""
        if Aspect.FORCE not in self.aspects or not self.references:
            return False
        rest = self.own_content
        for reference in sorted(self.references, key=lambda r: -r.start):
            if reference.start < reference.end <= len(self.text):
                rest = rest.replace(self.text[reference.start : reference.end], " ")
        return len(_WORD.findall(_OF_VALIDITY.sub("", rest))) < _OWN_SUBJECT

    @property
    def looks_ahead(self) -> bool:
        """Whether it may ask for a law that is not in force yet."""
        return bool(_AHEAD.search(self.search_text))

    @property
    def own_words(self) -> int:
        """How many characters the last turn has besides those that ask or point back."""
        return _own_words(self.own_content)

    @property
    def shown(self) -> str:
        """What the question was understood as, where that is more than what was typed."""
        is_more = self.is_follow_up or self.corrections
        shown = f"{self.subject} {self.text}".strip() if is_more else ""
        assumed = next((r for r in self.references if r.is_assumed), None)
        if assumed is None:
            return shown
        return f"{shown or self.text}（没有写明法律，按{format_reference(assumed)}查）"

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


def understand(query: Query, corpus: Corpus, earlier: str = "") -> Understanding:
    """Check the question and find out what it asks; QuestionError where it is unfit.

    ``earlier`` is what was talked about in the dialog where the question leans on that.
    """
    typed = fold(check_question(query.question))
    text, corrections = corpus.speller.correct(typed)
    if other_place_in(typed) != other_place_in(text):
        # 威海 sounds like 围海, and is no mistake.
        text, corrections = typed, ()
    references = _references(text, corpus, bool(query.history))
    aspects = aspects_of(text)
    search_text = text
    theme = _theme(text, corpus)
    if theme and _STANDS_IN.search(text) and not _PART_SAYS.search(text):
        theme, search_text = None, _LABELS.sub(" ", text)
    if earlier:
        search_text = f"{earlier} {search_text}"
        references = references or _carried(earlier, aspects, query.as_of, corpus)
        aspects = aspects - {Aspect.SIMPLER} or aspects | aspects_of(earlier)
    return Understanding(
        text=text,
        search_text=strip_ours(search_text),
        subject=earlier,
        content=_content(strip_ours(text), strip_ours(search_text)),
        own_content=_ASKING.sub(" ", strip_ours(text)),
        references=references,
        aspects=aspects,
        is_follow_up=bool(earlier),
        is_local=bool(_LOCAL.search(f"{earlier} {text}")) or _has_local_words(search_text, corpus),
        speaks_of_a_city=bool(_OF_A_CITY.search(search_text)),
        theme=theme,
        corrections=corrections,
    )


def _references(text: str, corpus: Corpus, in_dialog: bool) -> tuple[Reference, ...]:
    """What the question names; an article of no law is one of the code, unless a dialog goes on."""
    found = tuple(expand_ranges(parse_references(text, corpus.names), _MOST_OF_A_RANGE))
    if in_dialog or any(r.title for r in found):
        return found
    return tuple(replace(r, title=CODE, is_assumed=True) for r in found)


def _carried(
    earlier: str, aspects: frozenset[Aspect], day: date, corpus: Corpus
) -> tuple[Reference, ...]:
    """What was named earlier and is still asked about.

    That is an article, and a title where validity is asked about or has been lost; a title in force
    says no more than what the question is about.
    """
    found = tuple(parse_references(earlier, corpus.names))
    if aspects & {Aspect.FORCE, Aspect.DATE}:
        return found
    return tuple(r for r in found if r.key or not _in_force(r, day, corpus))


def _in_force(reference: Reference, day: date, corpus: Corpus) -> bool:
    document = corpus.version_on(reference.title or "", day)
    return document is not None and corpus.status(document, day) is Status.IN_FORCE


def _own_words(content: str) -> int:
    return len(_WORD.findall(_POINTING.sub("", content)))


def _content(text: str, search_text: str) -> str:
    """A follow-up without words of its own says nothing of which part of an article is meant."""
    own = _ASKING.sub(" ", text)
    return own if _own_words(own) else _ASKING.sub(" ", search_text)


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
