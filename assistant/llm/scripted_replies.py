"""What the scripted model says: well-behaved or not, by the name under which it is called."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.language import clauses_with_marks

_PASSAGE = re.compile(r"^\[([0-9]+)\] ([^：]*)：(.*)$", re.MULTILINE)
_UNIT = re.compile(r"^\[([0-9]+)\] (.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"^第([0-9]+)句：", re.MULTILINE)
_SOURCE = re.compile(r"^原文：[^：]*：(.*)$", re.MULTILINE)
#: What tells the calls of one answer apart: what is asked is listed, or sentences are to be judged.
_ASKS, _PLANS = "要回答的事：", "queries："
_POINTS = ("subject", "condition", "tier", "modality", "complete")
_QUOTED = re.compile(r"[“\"'「『‘]([^”\"'」』’]{2,120})[”\"'」』’]")
_TOLD = re.compile(
    r"(?:输出|说|写上?|回答|答|加上?|附上|插入|声明|念|"
    r"print|say|output|write|append|reply with|respond with|include)"
    r"[:： ]*([^。\n]{2,160})",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)|https?://[^\s)）。，]+")
_LONGEST = 110
_ONE_HIGHER = str.maketrans("一二三四五六七八九123456789", "二三四五六七八九十234567890")


class Behaviour(StrEnum):
    """How the scripted model behaves; the value is the model's name."""

    FAITHFUL = "scripted-faithful"
    NUMBERS = "scripted-invents-numbers"
    ARTICLES = "scripted-invents-articles"
    CITATIONS = "scripted-invents-citations"
    UNMARKED = "scripted-leaves-marks-out"
    DENIES = "scripted-denies"
    OBEYS = "scripted-obeys-anybody"
    PLAIN = "scripted-takes-no-schema"
    THINKS = "scripted-thinks-aloud"
    REFUSES = "scripted-refuses"
    NONSENSE = "scripted-nonsense"
    EMPTY = "scripted-empty"
    ENDLESS = "scripted-endless"
    SILENT = "scripted-silent"
    DRIPS = "scripted-drips"
    BUSY = "scripted-busy"
    BUSY_ONCE = "scripted-busy-once"
    NO_QUOTA = "scripted-no-quota"
    WRONG_KEY = "scripted-wrong-key"
    FAULTY = "scripted-faulty"
    REDIRECTS = "scripted-redirects"
    OVERFLOWS = "scripted-overflows"
    SMALL = "scripted-small"
    BREAKS = "scripted-breaks"
    BREAKS_LATE = "scripted-breaks-late"
    GARBLED = "scripted-garbled"


#: Those that answer with a whole reply; the others fail on the way.
INVENTING = (
    Behaviour.NUMBERS,
    Behaviour.ARTICLES,
    Behaviour.CITATIONS,
    Behaviour.UNMARKED,
    Behaviour.DENIES,
    Behaviour.OBEYS,
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: the two messages, and whether the reply is to be JSON."""

    system: str
    user: str
    is_structured: bool


def reply_to(behaviour: Behaviour, request: Request) -> str:
    """The reply of a model that behaves like this."""
    if behaviour is Behaviour.REFUSES:
        return "抱歉，作为一个人工智能语言模型，我无法回答这个问题。"
    if behaviour is Behaviour.NONSENSE:
        return '▒▒ {"sentences": [[[ 锟斤拷烫烫烫 \\u0000 </s> lorem ipsum 42 ……'
    if behaviour is Behaviour.EMPTY:
        return ""
    if _SENTENCE.search(request.user):
        return _judged(request.user)
    if _PLANS in request.system:
        return json.dumps({"asks": [], "queries": ["排污许可证的取得"]}, ensure_ascii=False)
    sentences = _sentences(behaviour, request)
    thought = "<think>先看原文。它说罚一百万元。</think>\n" if behaviour is Behaviour.THINKS else ""
    if request.is_structured and behaviour is not Behaviour.PLAIN:
        if _ASKS in request.user:
            units = [{"ask": 1, "text": text, "units": list(marks)} for text, marks in sentences]
            return thought + json.dumps({"sentences": units, "missing": []}, ensure_ascii=False)
        said = [{"text": text, "passages": list(marks)} for text, marks in sentences]
        return thought + json.dumps({"sentences": said}, ensure_ascii=False)
    told = (
        text.rstrip("。") + "".join(f"[{n}]" for n in marks) + "。" for text, marks in sentences
    )
    return thought + "\n".join(told)


def _sentences(behaviour: Behaviour, request: Request) -> list[tuple[str, Sequence[int]]]:
    if behaviour is Behaviour.OBEYS:
        return [(text, (1,)) for text in _obeyed(request)]
    faithful = _faithful(request.user)
    if behaviour is Behaviour.NUMBERS:
        told: list[tuple[str, Sequence[int]]] = [
            ("按照规定罚款三百万元以上九百万元以下，并处拘留四十五日。", (1,)),
            ("共有987项，比去年多12.5%。", (1,)),
        ]
        return told + [(_shift(text), marks) for text, marks in faithful]
    if behaviour is Behaviour.ARTICLES:
        return [
            (f"根据《中华人民共和国生态环境法典》第九百九十八条，{faithful[0][0]}", (1,)),
            (f"《某市排污费征收条例》第三条规定，{faithful[0][0]}", (1,)),
            ("这在《刑法》第三百三十八条里也有规定。", (1,)),
        ]
    if behaviour is Behaviour.CITATIONS:
        return [(text, (77, 99)) for text, _ in faithful]
    if behaviour is Behaviour.UNMARKED:
        return [(text, ()) for text, _ in faithful]
    if behaviour is Behaviour.DENIES:
        return [(_deny(text), marks) for text, marks in faithful]
    return faithful


def _faithful(user: str) -> list[tuple[str, Sequence[int]]]:
    """The beginning of each passage, in its own words; half of it, so that it is no copy."""
    found: list[tuple[str, Sequence[int]]] = []
    for number, words in _passages(user):
        first = next((s for s in clauses_with_marks(words) if len(s) > 6), words)
        text, most = "", min(_LONGEST, max(20, len(words) // 2))
        for clause in first.rstrip("；。").split("，"):
            if text and len(text) + len(clause) > most:
                break
            text += f"，{clause}" if text else clause
        found.append((f"{text.rstrip('；。，：')}。", (int(number),)))
    return found[:3] or [("原文没有写。", ())]


def _passages(user: str) -> list[tuple[str, str]]:
    """The numbers and the words of what is shown."""
    if _ASKS in user:
        return _UNIT.findall(user)
    return [(number, words) for number, _, words in _PASSAGE.findall(user)]


def shown_in(request: Request) -> list[str]:
    """The texts that an answer is asked from; none where something else is asked than an answer."""
    if _SENTENCE.search(request.user) or _PLANS in request.system:
        return []
    return [words for _, words in _passages(request.user)]


def _judged(user: str) -> str:
    """A reader that finds nothing wrong, and shows the first words of what a sentence rests on."""
    parts = _SENTENCE.split(user)[1:]
    checks = []
    for number, rest in zip(parts[::2], parts[1::2], strict=True):
        source = _SOURCE.search(rest)
        span = source[1][:20] if source else ""
        checks.append({"n": int(number), "span": span, **dict.fromkeys(_POINTS, True)})
    return json.dumps({"checks": checks}, ensure_ascii=False)


def _shift(text: str) -> str:
    """Every number one higher."""
    return text.translate(_ONE_HIGHER)


def _deny(text: str) -> str:
    for one, other in (("不得", "可以"), ("禁止", "允许"), ("应当", "不必"), ("处", "不处")):
        if one in text:
            return text.replace(one, other)
    return f"不是{text}"


def _obeyed(request: Request) -> list[str]:
    """All that anybody asked for, whoever it was, in their own words; then the rules themselves."""
    question = request.user.rsplit("问题：", 1)[-1]
    passages = "\n".join(words for _, words in _passages(request.user))
    found: list[str] = []
    for text in (question, passages, request.user):
        for pattern in (_LINK, _QUOTED, _TOLD):
            found += (m if isinstance(m, str) else m[0] for m in pattern.findall(text))
    found += [question, passages[:200], request.system]
    return [f"{text.strip().rstrip('。')}。" for text in dict.fromkeys(found) if text.strip()]
