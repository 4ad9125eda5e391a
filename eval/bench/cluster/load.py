"""A hundred people who ask, over the interface and on the page, each from an address of his own."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from eval.bench.cluster.answers import Answer, is_same, of_page

_ASK = "/engine/gradio_api/call/ask"
_TIMEOUT_S = 90.0
#: Every so many people use the page, the others the interface.
_PAGE = 4
#: As the page does where the connection was lost.
_AGAIN_S = (1.0, 2.0, 4.0, 8.0, 15.0)


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that came to nothing, from its beginning to its end (seconds of a clock that does
    not go back). ``says`` is the sentence that came, empty where the connection was lost."""

    began: float
    ended: float
    by: str
    says: str


@dataclass
class Seen:
    """What was seen: seconds of answers, wrong ones, what failed."""

    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    lost: int = 0


class Crowd:
    """So many people, each asking again and again with a pause for thought between, as long as it
    takes on average ``think_s``. ``expected`` has the answers that are right."""

    def __init__(
        self,
        address: str,
        keys: Sequence[str],
        expected: Mapping[str, Answer],
        think_s: float,
        day: str,
    ) -> None:
        self._address = address
        self._keys = keys
        self._expected = expected
        self._think_s = think_s
        self._day = day
        self.seen = Seen()

    async def ask(self, people: int, is_over: Callable[[], bool]) -> None:
        """Let them ask until it is over; then each waits for the answer under way."""
        await asyncio.gather(*(self._live(number, is_over) for number in range(people)))

    async def _live(self, number: int, is_over: Callable[[], bool]) -> None:
        drawn = random.Random(number)  # noqa: S311 - who asks what is no secret
        # Every address of 127/8 is this machine: nginx sees as many clients as there are people.
        here = httpx.AsyncHTTPTransport(
            local_address=f"127.0.{1 + number // 200}.{1 + number % 200}"
        )
        async with httpx.AsyncClient(
            base_url=self._address, transport=here, timeout=_TIMEOUT_S
        ) as client:
            await asyncio.sleep(drawn.uniform(0, self._think_s))
            while not is_over():
                question = drawn.choice(list(self._expected))
                if number % _PAGE:
                    await self._over_interface(
                        client, question, self._keys[number % len(self._keys)]
                    )
                else:
                    await self._on_page(client, question)
                await asyncio.sleep(drawn.uniform(0.5, 1.5) * self._think_s)

    async def _over_interface(self, client: httpx.AsyncClient, question: str, key: str) -> None:
        began = time.monotonic()
        try:
            reply = await client.post(
                "/v1/ask",
                json={"question": question, "as_of": self._day},
                headers={"Authorization": f"Bearer {key}"},
            )
            if reply.is_success:
                self._judge(question, reply.json(), began)
            else:
                self._fail(began, "interface", _sentence(reply.text))
        except httpx.HTTPError:
            self._fail(began, "interface", "")

    async def _on_page(self, client: httpx.AsyncClient, question: str) -> None:
        """As the page's script: where the connection is lost it asks again, and nothing is lost."""
        first = time.monotonic()
        for attempt in range(20):
            began = time.monotonic()
            try:
                if await self._once(client, question, first):
                    return
                self._fail(began, "page", "")
            except (httpx.HTTPError, ValueError, KeyError):
                self._fail(began, "page", "")
            await asyncio.sleep(_AGAIN_S[min(attempt, len(_AGAIN_S) - 1)])
        self.seen.lost += 1

    async def _once(self, client: httpx.AsyncClient, question: str, first: float) -> bool:
        """Whether it came to its end: an answer, or a sentence that says why there is none."""
        began = time.monotonic()
        given = {"data": [question, "public", self._day, "{}"]}
        taken = await client.post(_ASK, json=given)
        if not taken.is_success:
            return False
        html = ""
        async with client.stream("GET", f"{_ASK}/{taken.json()['event_id']}") as stream:
            name = ""
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    name = line[len("event: ") :]
                elif line.startswith("data: ") and name == "generating":
                    html = json.loads(line[len("data: ") :])[0]["html"]
                elif name == "complete":
                    break
            else:
                return False
        answer = of_page(html)
        if answer is None:
            self._fail(began, "page", "the page says why")
        else:
            self._judge(question, answer, first)
        return True

    def _judge(self, question: str, answer: Answer, began: float) -> None:
        self.seen.taken.append(time.monotonic() - began)
        if not is_same(answer, self._expected[question]):
            self.seen.wrong.append(question)

    def _fail(self, began: float, by: str, says: str) -> None:
        self.seen.failed.append(Failed(began, time.monotonic(), by, says))


def _sentence(text: str) -> str:
    """The Chinese sentence of a refusal, empty where there is none."""
    try:
        told = json.loads(text)
        text = str(told.get("detail") or told.get("error", {}).get("message", ""))
    except (ValueError, AttributeError):
        pass
    line = text.strip()
    return line if any("\u4e00" <= letter <= "\u9fff" for letter in line) else ""
