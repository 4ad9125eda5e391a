from dataclasses import replace
from datetime import date, timedelta
from html import escape

from assistant.checking import check_text, compare
from assistant.ui.checking import render_report
from assistant.ui.library import render_comparison
from assistant.ui.library.comparison import render_comparison_form
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
HOSTILE = "<img src=x onerror=alert(1)>"


def report(text: str, corpus: Corpus) -> str:
    return render_report(check_text(text, corpus, DAY))


def test_every_place_is_marked_and_told(corpus: Corpus) -> None:
    page = report("依据《大气污染防治法》第九十九条和《水法》第三条。", corpus)
    assert page.count('class="wrong" href="#f0"') == 1
    assert 'id="f0"' in page
    assert 'class="fine" href="#f1"' in page
    assert "有 1 处要改，0 处没有核对，1 处没有发现出入。" in page
    assert "source?key=" in page


def test_what_is_given_is_only_text(corpus: Corpus) -> None:
    page = report(f"{HOSTILE}《水法》第九百条{HOSTILE}《{HOSTILE}办法》", corpus)
    assert HOSTILE not in page
    assert escape(HOSTILE) in page


def test_nothing_found_and_nothing_wrong(corpus: Corpus) -> None:
    assert "没有找到" in report("今天天气很好。", corpus)
    assert "找到的 1 处引用都核对过" in report("《水法》第三条。", corpus)


def test_a_comparison(corpus: Corpus) -> None:
    found = compare(corpus, "农业法", date(2026, 11, 1), date(2027, 2, 1))
    page = render_comparison(found)
    assert page.count("<li ") == len(found.differences)
    assert "<ins>" in page
    assert "<del>" in page
    same = compare(corpus, "水法", date(2026, 1, 1), date(2026, 2, 1))
    assert "没有不同" in render_comparison(same)


def test_what_was_rewritten_stands_one_under_the_other(corpus: Corpus) -> None:
    found = compare(corpus, "大气污染防治法", date(2026, 8, 14), date(2026, 11, 1))
    rewritten = [one for one in found.differences if one.is_rewritten]
    assert 10 < len(rewritten) < len(found.differences) / 2
    page = render_comparison(replace(found, differences=tuple(rewritten)))
    assert page.count("<blockquote") == 2 * len(rewritten)
    assert "<ins>" not in page
    few = render_comparison(replace(found, differences=found.differences[:3]))
    assert ('name="cards"' in page, 'name="cards"' in few) == (True, False)


def test_the_form_offers_what_changed(corpus: Corpus) -> None:
    form = render_comparison_form(corpus, DAY)
    assert "大气污染防治法" in form
    assert "水土保持法" not in form
    assert (date(2026, 8, 15) - timedelta(days=1)).isoformat() in form
    assert render_comparison_form(Corpus([]), DAY) == ""
