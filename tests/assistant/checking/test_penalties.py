"""Single fines, multiples and days of detention against what the cited articles allow."""

from datetime import date

import pytest

from assistant.checking import Finding, Verdict, check_text
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
CODE = "《生态环境法典》"


def of(words: str, text: str, corpus: Corpus) -> Finding:
    findings = check_text(text, corpus, DAY).findings
    return next(f for f in findings if f.text == words)


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        # One range.
        ("二十万元", "依据《水法》第六十九条，决定处二十万元罚款。", Verdict.FIGURE),
        ("八万元", "依据《水法》第六十九条，决定处八万元罚款。", Verdict.STANDS),
        ("80,000元", "依据《水法》第六十九条，罚款人民币80,000元。", Verdict.STANDS),
        ("捌拾万元", "依据《水法》第六十九条，处罚款人民币捌拾万元整。", Verdict.FIGURE),
        # Ranges of several cases: one of them is enough.
        ("1500万元", "依据《安全生产法》第一百一十四条，处1500万元罚款。", Verdict.STANDS),
        ("3000万元", "依据《安全生产法》第一百一十四条，处3000万元罚款。", Verdict.FIGURE),
        # One for a case that the draft does not speak of is none.
        ("五万元", f"超标排放废气，依据{CODE}第一千一百零七条，处五万元罚款。", Verdict.FIGURE),
        ("五万元", f"厂界噪声超标，依据{CODE}第一千一百零七条，处五万元罚款。", Verdict.STANDS),
        # Days of detention.
        ("三日", f"依据{CODE}第一千一百零二条，对厂长处三日拘留。", Verdict.FIGURE),
        ("12日", f"依据{CODE}第一千一百零二条，对厂长行政拘留12日。", Verdict.STANDS),
        # In a list below, in a later sentence.
        (
            "九十万元",
            "依据《水法》第六十九条，决定如下：\n1.改正；\n2.罚款九十万元。",
            Verdict.FIGURE,
        ),
        ("九十万元", "依据《水法》第六十九条查处。现处罚款九十万元。", Verdict.FIGURE),
    ],
)
def test_a_penalty(words: str, text: str, expected: Verdict, corpus: Corpus) -> None:
    assert of(words, text, corpus).verdict is expected


@pytest.mark.parametrize(
    "text",
    [
        # No amount there; shares of a value; several fines in one; below the least by mitigation.
        "违反了《水法》第三十七条，处五万元罚款。",
        "依据《循环经济促进法》第三条，罚款五万元。",
        "依据《水法》第六十九条，合计罚款五十万元。",
        "依据《水法》第六十九条，减轻处罚，罚款一万元。",
        "现予结案。\n认真学习《水法》。\n决定罚款五万元。",
    ],
)
def test_what_can_not_be_compared_is_not_called_sound(text: str, corpus: Corpus) -> None:
    report = check_text(text, corpus, DAY)
    assert [f.verdict for f in report.findings if f.text.endswith("万元")] == [Verdict.NOT_COMPARED]
    assert not report.wrong


@pytest.mark.parametrize(
    "text",
    [
        "该公司去年曾被处九十万元罚款，依据《水法》第六十九条从重处罚。",
        "《水法》第六十九条施行后，请在十五日内缴纳罚款九十万元。",
        "依据《水法》第六十九条，处二万元以上十万元以下罚款。",
    ],
)
def test_what_is_told_of_before_or_as_a_range_is_no_penalty(text: str, corpus: Corpus) -> None:
    report = check_text(text, corpus, DAY)
    assert not report.wrong
    assert not any(f.verdict is Verdict.NOT_COMPARED for f in report.findings)


def test_the_words_of_the_article_are_told(corpus: Corpus) -> None:
    finding = of("二十万元", "依据《水法》第六十九条，处二十万元罚款。", corpus)
    assert finding.says == "《水法》第六十九条的罚款是二万元以上十万元以下，没有二十万元。"
