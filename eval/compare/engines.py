"""The engines side by side: extractive, scripted (well-behaved and not), a model on this machine.

    python -m eval.compare.engines [--count 36] [--local] [--no-scripted]
    python -m eval.compare.engines --local --no-scripted --kind dialog --follow-ups
    python -m eval.compare.engines --local --no-scripted --pairs --split

Every engine is asked the same questions, drawn evenly from the kinds of the dev and test split.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from assistant.llm import INVENTING, Behaviour, Engine, connect, scripted_server
from assistant.pipeline import Assistant
from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant, open_engine
from assistant.writing import AnswerWriter, BesideWriter, Uses
from eval.compare.bare import Bare, Timed, measure_bare
from eval.metrics import Question
from eval.report import Figures, measure
from eval.runner import Result, load_questions, run

#: The scripted models that are compared; the others only fail, which the tests show.
_SCRIPTED = (Behaviour.FAITHFUL, *INVENTING, Behaviour.BREAKS_LATE)
_SPLITS = ("dev", "test")
_HEADS = (
    *("引擎", "题数", "答对", "引文准确率", "无出处数字", "假引文/键", "引号不符", "拒答"),
    *("由模型写/摘取", "先出字", "答完", "token 进/出"),
)
_SEED = 7
_SHORT = 22


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one engine. Times are milliseconds, medians; tokens are means a question."""

    engine: str
    figures: Figures
    kinds: dict[str, Figures]
    written: int
    fell_back: int
    first_ms: float | None
    total_ms: float | None
    tokens_in: float
    tokens_out: float
    notes: dict[str, int] = field(default_factory=dict)
    bare: tuple[Bare, ...] = ()


def draw(count: int, questions: Sequence[Question]) -> list[Question]:
    """So many questions, evenly from every kind, always the same."""
    kinds: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.split in _SPLITS:
            kinds[question.category].append(question)
    for kind in sorted(kinds):
        random.Random(_SEED).shuffle(kinds[kind])  # noqa: S311 - a sample, no secret
    drawn: list[Question] = []
    for turn in range(count):
        for kind in sorted(kinds):
            if turn < len(kinds[kind]) and len(drawn) < count:
                drawn.append(kinds[kind][turn])
    return drawn


def pair(count: int, questions: Sequence[Question]) -> list[Question]:
    """So many sentences that ask two things: short questions about statutes, two by two."""
    short = [
        q
        for q in questions
        if q.split in _SPLITS and q.category == "law" and len(q.question) <= _SHORT and not q.turns
    ]
    random.Random(_SEED).shuffle(short)  # noqa: S311 - a sample, no secret
    return [
        Question(
            id=f"{one.id}+{other.id}",
            question=f"{one.question.rstrip('？?。')}？另外，{other.question}",
            gold=tuple(dict.fromkeys((one.gold[0], other.gold[0]))),
            also_ok=(*one.gold, *one.also_ok, *other.gold, *other.also_ok),
            all_required=True,
            expect="answer",
            category="two_part",
            must_include=(*one.must_include, *other.must_include),
        )
        for one, other in zip(short[: 2 * count : 2], short[1 : 2 * count : 2], strict=True)
    ]


def row(name: str, results: Sequence[Result], bare: Sequence[Bare] = ()) -> Row:
    """The figures of one engine's results."""
    answers = [r.answer for r in results if r.is_answered]
    kinds = dict.fromkeys(r.question.category for r in results)
    usage = [a.get("usage", {}) for a in answers]
    asked = [u for u in usage if u.get("calls")]
    notes: dict[str, int] = defaultdict(int)
    for answer in answers:
        notes[answer.get("note", "")] += 1
    notes.pop("", None)
    return Row(
        engine=name,
        figures=measure(results),
        kinds={k: measure([r for r in results if r.question.category == k]) for k in kinds},
        written=sum(a["engine"].startswith("llm:") for a in answers),
        fell_back=sum(not a["engine"].startswith("llm:") for a in answers),
        first_ms=_median([a["timings_ms"].get("first", a["timings_ms"]["total"]) for a in answers]),
        total_ms=_median([a["timings_ms"]["total"] for a in answers]),
        tokens_in=_mean([u["tokens_in"] for u in asked]),
        tokens_out=_mean([u["tokens_out"] for u in asked]),
        notes=dict(notes),
        bare=tuple(bare),
    )


def render(rows: Sequence[Row]) -> str:
    """The tables, in Markdown."""
    lines = [f"| {' | '.join(_HEADS)} |", "| --- " * len(_HEADS) + "|"]
    for r in rows:
        f = r.figures
        lines.append(
            f"| {r.engine} | {f.count} | {f.passed:.2f} | {_share(f.citation_precision)} | "
            f"{f.loose_numbers} | {f.false_quotes}/{f.phantom_keys} | {f.loose_quotes} | "
            f"{f.count - r.written - r.fell_back} | {r.written}/{r.fell_back} | "
            f"{_seconds(r.first_ms)} | {_seconds(r.total_ms)} | "
            f"{r.tokens_in:.0f}/{r.tokens_out:.0f} |"
        )
    kinds = list(dict.fromkeys(kind for r in rows for kind in r.kinds))
    lines += ["", f"| 答对率 | {' | '.join(kinds)} |", "| --- " * (len(kinds) + 1) + "|"]
    for r in rows:
        cells = (
            f"{r.kinds[k].passed:.2f}（{r.kinds[k].count}）" if k in r.kinds else "—" for k in kinds
        )
        lines.append(f"| {r.engine} | {' | '.join(cells)} |")
    for r in rows:
        if r.bare:
            lines += [
                "",
                f"{r.engine} 与同一服务器裸用（同样的提示，中位数）：",
                *_bare_lines(r.bare),
            ]
    return "\n".join(lines)


def _bare_lines(bare: Sequence[Bare]) -> Iterator[str]:
    def middle(pick: Callable[[Bare], float | None]) -> float | None:
        return _median([v for b in bare if (v := pick(b)) is not None])

    token, bare_token = middle(lambda b: b.ours_token_ms), middle(lambda b: b.bare_token_ms)
    yield (
        f"- 第一个 token：经过本项目 {_seconds(token)}，裸用 {_seconds(bare_token)}，"
        f"各题之比的中位数 {_ratio(middle(lambda b: b.token_ratio))}"
    )
    first, sentence = middle(lambda b: b.ours_first_ms), middle(lambda b: b.bare_sentence_ms)
    yield (
        f"- 读者先看到的字：{_seconds(first)}；裸用写完第一句：{_seconds(sentence)}，"
        f"各题之比的中位数 {_ratio(middle(lambda b: b.first_ratio))}"
    )


def evaluate(
    name: str,
    assistant: Assistant,
    engine: Engine | None,
    questions: Sequence[Question],
    uses: Uses,
    is_beside: bool | None = None,
) -> Row:
    """Ask one engine all questions; the bare server is measured where it is a local one.

    A local model writes beside the extractive answer, unless ``is_beside`` says otherwise.
    """
    if engine is None:
        return row(name, run(assistant, questions, date.today()))
    timed = Timed.of(engine)
    is_local = engine.keep is not None
    writer = BesideWriter if (is_local if is_beside is None else is_beside) else AnswerWriter
    writing = assistant.with_writer(writer(timed, uses))
    results = run(writing, questions, date.today())
    return row(name, results, measure_bare(timed, results) if is_local else ())


def compare(settings: Settings, options: argparse.Namespace) -> list[Row]:
    """All engines over the same questions."""
    plain = build_assistant(
        settings.model_copy(update={"llm_model": "", "llm_base_url": ""}), _silent
    )
    known = [q for q in load_questions() if options.kind in (None, q.category)]
    questions = pair(options.count, known) if options.pairs else draw(options.count, known)
    uses = Uses(options.follow_ups, options.split)
    rows = [evaluate("extractive", plain, None, questions, uses)]
    with scripted_server() as server:
        for behaviour in () if options.no_scripted else _SCRIPTED:
            engine = connect(behaviour.value, server.base_url, server.key, timeout_s=20)
            rows.append(evaluate(behaviour.value, plain, engine, questions, uses))
            _say(f"{behaviour.value}\n")
    if options.local:
        settings = settings.model_copy(update={"llm_model": settings.llm_model or "local"})
        if local := open_engine(settings):
            rows.append(evaluate(f"llm:{local.name}", plain, local, questions, uses))
    return rows


def main() -> None:
    """Print the tables and write them with the figures."""
    parser = argparse.ArgumentParser(description="各引擎在同一批题上的成绩")
    parser.add_argument("--count", type=int, default=36, help="题数")
    parser.add_argument("--local", action="store_true", help="也跑本机模型（慢）")
    parser.add_argument("--no-scripted", action="store_true", help="不跑按剧本的模型")
    parser.add_argument("--kind", help="只用这一类题，如 dialog")
    parser.add_argument("--pairs", action="store_true", help="把两道短题并成一句来问")
    parser.add_argument("--follow-ups", action="store_true", help="追问由模型改写")
    parser.add_argument("--split", action="store_true", help="一句两问由模型拆开")
    parser.add_argument("--out", type=Path, default=Path("var/eval"), help="写到的文件夹")
    options = parser.parse_args()
    rows = compare(load_settings(), options)
    options.out.mkdir(parents=True, exist_ok=True)
    text = render(rows)
    (options.out / "engines.md").write_text(f"{text}\n", "utf-8")
    figures = json.dumps([asdict(r) for r in rows], ensure_ascii=False, indent=1)
    (options.out / "engines.json").write_text(f"{figures}\n", "utf-8")
    _say(f"{text}\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _silent(done: int, total: int) -> None:
    """Report nothing."""


def _median(values: Sequence[float]) -> float | None:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _seconds(milliseconds: float | None) -> str:
    return "—" if milliseconds is None else f"{milliseconds / 1000:.2f} 秒"


def _ratio(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
