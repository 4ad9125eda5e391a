"""Starts a service on several machines, here on one, and kills each piece of it under load.

    python -m eval.bench.cluster --users 100 --minutes 5

Chroma, PostgreSQL, Redis, two assistants and nginx run on free ports of the loopback, over a folder
that is kept (``--folder``): the index is built there once. With ``--minutes 0`` they only run until
Ctrl+C. Each answer is compared with what a single process answers over an index of its own.
"""

import argparse
import asyncio
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles

from rich.console import Console

from assistant.api.keys import KeyStore
from assistant.pipeline import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_assistant
from eval.bench.bench import load_sample
from eval.bench.cluster.adding import Added, add_while_asked
from eval.bench.cluster.answers import expected
from eval.bench.cluster.limits import count_let_through
from eval.bench.cluster.load import Crowd, Failed, Seen
from eval.bench.cluster.processes import Cluster, running

_KEYS = 20
#: So long nothing is killed at the beginning, and at the end.
_FIRST_S = 15.0
_RECOVERY_S = 10.0
_console = Console(highlight=False, width=200)


@dataclass
class Killed:
    """A piece that was killed, and when it answered again (seconds of the clock of failures)."""

    name: str
    at: float
    ready: float = 0.0

    def failures(self, seen: Seen, until: float) -> list[Failed]:
        """What failed from then on until the next one was killed."""
        return [one for one in seen.failed if self.at <= one.ended < until]


def main() -> None:
    """Print what was seen; the exit status tells whether anything was wrong."""
    chosen = _chosen()
    # Whoever is told to end takes its servers along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    day, folder = date.today(), chosen.folder
    if not chosen.minutes:
        with _started(folder):
            _wait()
        return
    questions = load_sample()[:: max(1, 200 // chosen.questions)][: chosen.questions]
    wanted = expected(_single(), questions, day)
    _console.print(f"单进程答完 {len(wanted)} 问")
    folder.mkdir(parents=True, exist_ok=True)
    keys = [KeyStore(folder / "data").make(f"{time.time_ns()}-{i}") for i in range(_KEYS)]
    with _started(folder) as cluster:
        crowd = Crowd(cluster.address("nginx"), keys, wanted, chosen.think, day.isoformat())
        killed = _under_load(cluster, crowd, chosen)
        _tell(crowd.seen, killed)
        limits = count_let_through(cluster, keys[0])
        _console.print(f"限次：{json.dumps(limits)}")
        if chosen.add:
            _tell_added(add_while_asked(cluster, wanted, keys[1], day.isoformat()))
    sys.exit(_is_wrong(crowd.seen, killed))


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--think", type=float, default=30, help="seconds between two questions")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--folder", type=Path, default=Path("var/cluster"))
    parser.add_argument("--kill", nargs="+", help="only these pieces, by their names")
    parser.add_argument("--add", action="store_true", help="add a document afterwards")
    return parser.parse_args()


@contextmanager
def _started(folder: Path) -> Iterator[Cluster]:
    began = time.monotonic()
    with running(folder) as cluster:
        took = time.monotonic() - began
        _console.print(f"{took:.0f} 秒后都起来了：{cluster.address('nginx')}，日志在 {folder}/logs")
        yield cluster


def _under_load(cluster: Cluster, crowd: Crowd, chosen: argparse.Namespace) -> list[Killed]:
    """Let the crowd ask for so long, or longer until every piece was killed and is back."""
    killed: list[Killed] = []
    seconds, users = 60 * chosen.minutes, chosen.users
    names = chosen.kill or cluster.names
    killer = threading.Thread(target=_kill_all, args=(cluster, names, killed, seconds))
    end = time.monotonic() + seconds
    killer.start()
    asyncio.run(crowd.ask(users, lambda: time.monotonic() > end and not killer.is_alive()))
    return killed


def _single() -> Assistant:
    """An assistant in this process, over the index of the settings and Chroma's own files."""
    return build_assistant(load_settings(), lambda done, total: None)


def _wait() -> None:
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


def _kill_all(cluster: Cluster, names: Sequence[str], killed: list[Killed], seconds: float) -> None:
    """Each piece once, at equal distances, and the next one when it answers again; then so long
    that it is seen what becomes of the last one."""
    share = (seconds - 2 * _FIRST_S) / len(names)
    began = time.monotonic()
    for number, name in enumerate(names):
        time.sleep(max(0.0, began + _FIRST_S + number * share - time.monotonic()))
        one = Killed(name, time.monotonic())
        killed.append(one)
        cluster.kill(name)
        time.sleep(0.5)
        cluster.wait(name)
        one.ready = time.monotonic()
    time.sleep(_FIRST_S)


def _tell(seen: Seen, killed: list[Killed]) -> None:
    hundredths = quantiles(seen.taken, n=100) if len(seen.taken) > 1 else [0.0] * 99
    _console.print(
        f"答了 {len(seen.taken)} 次，答错 {len(seen.wrong)} 次 {seen.wrong[:5]}；"
        f"失败 {len(seen.failed)} 次，最后没有答成的页面提问 {seen.lost} 次；"
        f"p50 {hundredths[49]:.2f} 秒，p95 {hundredths[94]:.2f} 秒"
    )
    ends = [*(one.at for one in killed[1:]), float("inf")]
    for one, until in zip(killed, ends, strict=True):
        failures = one.failures(seen, until)
        last = max((f.ended for f in failures), default=one.at) - one.at
        outside = sum(f.began > one.ready for f in failures)
        told = sum(bool(f.says) for f in failures)
        _console.print(
            f"{one.name}：{one.ready - one.at:.1f} 秒后它自己又好了；失败 {len(failures)} 次"
            f"（一句话说明的 {told}，连接断的 {len(failures) - told}），"
            f"好了以后才开始而失败的 {outside}；最后一次失败在 {last:.1f} 秒"
        )
        for says in sorted({f"{f.by}：{f.says}" for f in failures if f.says}):
            _console.print(f"    {says}")
    before = [f for f in seen.failed if killed and f.ended < killed[0].at]
    _console.print(f"什么都没有停时失败 {len(before)} 次")


def _tell_added(added: Added) -> None:
    seen = "、".join(f"{name} {took:.1f} 秒" for name, took in added.seen_s.items())
    _console.print(
        f"添加一份文件：新索引 {added.built_s:.0f} 秒建好并换上，其后 {seen} 用上；"
        f"这期间答了 {added.asked} 问，既不是旧的也不是新的、或两台不一样的 {len(added.neither)} 问"
    )


def _is_wrong(seen: Seen, killed: list[Killed]) -> bool:
    ends = [*(one.at for one in killed[1:]), float("inf")]
    slow = any(
        f.ended - one.at > _RECOVERY_S
        for one, until in zip(killed, ends, strict=True)
        for f in one.failures(seen, until)
    )
    return bool(seen.wrong or seen.lost or slow)


if __name__ == "__main__":
    main()
