"""A document is added while the servers answer: how soon each is on the new index."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from eval.bench.cluster.answers import Answer, is_same
from eval.bench.cluster.processes import Cluster

_SERVERS = ("assistant-1", "assistant-2")
_TITLE = "蜂场登记试行办法"
#: With fewer articles a text is one of paragraphs.
_TEXT = f"""{_TITLE}
（2024年1月2日某市人民政府公布）
第一条 蜂场应当在每年三月登记。
第二条 登记不收费。
第三条 本办法自2024年2月1日起施行。
"""
_KEY, _ASKED = f"{_TITLE}#1", f"《{_TITLE}》第一条怎么规定的"
_PATIENCE_S = 900.0
#: A key may ask so often only.
_PAUSE_S = 2.0


@dataclass
class Added:
    """What was seen: seconds that the new index took, then seconds until each server was on it;
    questions answered meanwhile, and those whose answer is neither the old nor the new one."""

    built_s: float = 0.0
    seen_s: dict[str, float] = field(default_factory=dict)
    asked: int = 0
    neither: list[str] = field(default_factory=list)


def add_while_asked(cluster: Cluster, expected: Mapping[str, Answer], key: str, day: str) -> Added:
    """Add a document, ask both servers until both answer from it, then take it out again."""
    found, given = Added(), cluster.folder / f"{_TITLE}.txt"
    given.write_text(_TEXT, "utf-8")
    state = cluster.folder / "data" / "index" / "state.json"
    before, started, switched = state.read_bytes(), time.monotonic(), 0.0
    builder = _run(cluster, ["corpus", "add", str(given)])
    meanwhile: list[tuple[str, Answer]] = []
    questions = list(expected)
    with httpx.Client(timeout=120, headers={"Authorization": f"Bearer {key}"}) as client:
        while len(found.seen_s) < len(_SERVERS):
            if time.monotonic() - started > _PATIENCE_S:
                raise TimeoutError(_TITLE)
            if not switched and state.read_bytes() != before:
                switched = time.monotonic()
                found.built_s = switched - started
            for name in _SERVERS:
                address = cluster.address(name)
                if switched and name not in found.seen_s and _has_it(client, address, day):
                    found.seen_s[name] = time.monotonic() - switched
                question = questions[found.asked % len(questions)]
                meanwhile.append((question, _ask(client, address, question, day)))
                found.asked += 1
            time.sleep(_PAUSE_S)
        builder.wait()
        new = {q: [_ask(client, cluster.address(n), q, day) for n in _SERVERS] for q in questions}
    found.neither = _neither(meanwhile, expected, new)
    _run(cluster, ["corpus", "remove", _TITLE]).wait()
    return found


def _neither(
    meanwhile: Sequence[tuple[str, Answer]],
    old: Mapping[str, Answer],
    new: Mapping[str, Sequence[Answer]],
) -> list[str]:
    """Questions whose answer was neither; and those that the servers answer in two ways."""
    wrong = [q for q, a in meanwhile if not (is_same(a, old[q]) or is_same(a, new[q][0]))]
    return wrong + [q for q, (one, other) in new.items() if not is_same(one, other)]


def _has_it(client: httpx.Client, address: str, day: str) -> bool:
    return any(c["key"] == _KEY for c in _ask(client, address, _ASKED, day)["citations"])


def _ask(client: httpx.Client, address: str, question: str, day: str) -> Answer:
    reply = client.post(f"{address}/v1/ask", json={"question": question, "as_of": day})
    reply.raise_for_status()
    answer: Answer = reply.json()
    return answer


def _run(cluster: Cluster, words: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-m", "assistant", *words],
        env=cluster.environment("builder"),
        stdout=subprocess.DEVNULL,
    )
