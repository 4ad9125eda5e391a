"""An article that is there, but speaks of other things than the sentence that cites it."""

from datetime import date

import pytest

from assistant.checking import Finding, Verdict, check_text
from assistant.ui.checking import render_report
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)


def first(text: str, corpus: Corpus) -> Finding:
    return check_text(text, corpus, DAY).findings[0]


@pytest.mark.parametrize(
    ("text", "nearer"),
    [
        (
            "该公司在饮用水水源保护区内设置排污口，依据《水法》第六十九条，责令限期拆除。",
            "中华人民共和国水法#67",
        ),
        (
            "将危险废物交给没有许可证的个人处置，违反了《生态环境法典》第一百七十六条。",
            "中华人民共和国生态环境法典#1175",
        ),
    ],
)
def test_a_sentence_that_speaks_of_another_article(text: str, nearer: str, corpus: Corpus) -> None:
    finding = first(text, corpus)
    assert finding.verdict is Verdict.DOUBT
    assert not finding.verdict.is_wrong
    assert "更像" in finding.says
    assert "请核对" in finding.says
    assert finding.keys[-1] == nearer


@pytest.mark.parametrize(
    "text",
    [
        "该公司在饮用水水源保护区内设置排污口，依据《水法》第六十七条，责令限期拆除。",
        "请认真学习《水法》第六十九条。",
        # The article of the duty and that of the fine are cited together.
        "在饮用水水源保护区内设置排污口，违反《水法》第三十四条，依据《水法》第六十七条处罚。",
        # What another text says is no witness.
        "依据《水法》第六十九条和《行政处罚法》第七十三条，不服可以申请行政复议、提起行政诉讼。",
    ],
)
def test_a_citation_that_may_well_be_meant(text: str, corpus: Corpus) -> None:
    report = check_text(text, corpus, DAY)
    assert not report.doubtful


def test_what_is_there_is_not_called_right(corpus: Corpus) -> None:
    finding = first("请认真学习《水法》第六十九条。", corpus)
    assert finding.label == "条文在，当天有效"
    assert "没有看" in finding.says
    assert "无误" not in render_report(check_text("请认真学习《水法》第六十九条。", corpus, DAY))


def test_a_doubt_is_counted_by_itself(corpus: Corpus) -> None:
    text = "将危险废物交给没有许可证的个人处置，违反了《生态环境法典》第一百七十六条。"
    assert "有 0 处要改，1 处像是引错了条" in render_report(check_text(text, corpus, DAY))
