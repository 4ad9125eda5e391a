"""The bars: that they are as high as the counts, and can be read without seeing them."""

from datetime import date, timedelta
from xml.etree import ElementTree

from assistant.records import bars
from tests.records import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 11, 2)


def parse(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def heights(drawn: str) -> list[list[float]]:
    """Of each day the heights of its parts."""
    days = [g for g in parse(drawn).iter(f"{SVG}g") if g.find(f"{SVG}title") is not None]
    return [[float(r.get("height", "0")) for r in day.findall(f"{SVG}rect")] for day in days]


def test_heights_are_as_the_counts_and_empty_days_are_empty():
    counts = {FIRST: {"作答": 6, "拒答": 3}, FIRST + timedelta(days=2): {"作答": 0, "拒答": 9}}
    first, second, third = heights(bars(counts))
    assert second == []
    assert first[0] / first[1] == 2
    assert abs(sum(first) - third[0]) < 0.2


def test_it_is_told_in_words():
    drawn = parse(bars({FIRST: {"作答": 6, "拒答": 3}}, "每天问了多少", "week"))
    told = drawn.findtext(f"{SVG}desc")
    assert told is not None
    assert "作答 6，拒答 3" in told
    assert "2026-11-02，9 次" in told
    ids = {drawn.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")}
    assert set(drawn.get("aria-labelledby", "").split()) == ids
    assert drawn.get("role") == "img"


def test_colours_are_the_pages():
    drawn = bars({FIRST: {"作答": 1, "存疑": 1, "拒答": 1}})
    assert "#" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert all(f"var(--series-{n}," in drawn for n in (1, 2, 3))


def test_nothing_asked_is_told_so():
    drawn = parse(bars({}))
    assert drawn.findtext(f"{SVG}desc") == "这段时间没有记录。"


def test_a_year_has_a_few_dates_only():
    drawn = parse(bars({FIRST + timedelta(days=i): {"作答": i % 7} for i in range(365)}))
    dates = [t for t in drawn.iter(f"{SVG}text") if t.get("y") == "214"]
    assert 4 <= len(dates) <= 8


def test_words_are_words():
    drawn = bars({FIRST: {HOSTILE: 2}}, HOSTILE, HOSTILE)
    assert "<script" not in drawn
    assert parse(drawn).findtext(f"{SVG}title") == HOSTILE


def test_all_counts_fit_under_the_axis():
    for most in (1, 2, 3, 9, 10, 11, 99, 100, 101, 4001, 123_456):
        ((height,),) = heights(bars({FIRST: {"作答": most}}))
        assert 0 < height <= 168
