"""A text of the user's, judged as of a day."""

from datetime import date

import pytest

from assistant.checking import Finding, Verdict, check_text
from corpus.catalog import Corpus

AFTER, BEFORE = date(2026, 11, 28), date(2026, 8, 1)


def found(text: str, corpus: Corpus, day: date = AFTER) -> list[Finding]:
    return list(check_text(text, corpus, day).findings)


def verdicts(text: str, corpus: Corpus, day: date = AFTER) -> list[Verdict]:
    return [finding.verdict for finding in found(text, corpus, day)]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("依据《大气污染防治法》第九十九条，责令改正。", AFTER, Verdict.REPEALED),
        ("依据《大气污染防治法》第九十九条，责令改正。", BEFORE, Verdict.STANDS),
        ("依据《生态环境法典》第一百七十六条，责令改正。", BEFORE, Verdict.NOT_YET),
        ("依据《生态环境法典》第一百七十六条，责令改正。", AFTER, Verdict.STANDS),
        ("依据《生态环境法典》第一千三百条，责令改正。", AFTER, Verdict.NO_PLACE),
        ("依据《生态环境法典》第一百七十六条第九款，责令改正。", AFTER, Verdict.NO_PLACE),
        ("依据《生态环境法典》第一百七十六条第（十）项，责令改正。", AFTER, Verdict.NO_PLACE),
        ("原《大气污染防治法》第九十九条的内容已由法典承接。", AFTER, Verdict.STANDS),
        ("《大气污染防治法》自2026年8月15日起废止。", AFTER, Verdict.STANDS),
        ("依据《某县井盖管理办法》第三条，责令改正。", AFTER, Verdict.NOT_HELD),
        ("依据新修订的《农业法》第八十条，责令改正。", AFTER, Verdict.NOT_YET),
        ("依据《农业法》（2026年修订）第八十条，责令改正。", AFTER, Verdict.NOT_YET),
        ("依据《农业法》第八十条，责令改正。", AFTER, Verdict.STANDS),
    ],
)
def test_a_citation(text: str, day: date, expected: Verdict, corpus: Corpus) -> None:
    assert verdicts(text, corpus, day)[0] is expected


def test_what_was_repealed_says_what_governs_now(corpus: Corpus) -> None:
    (finding,) = found("依据《水污染防治法》第八十二条处罚。", corpus)
    assert "2026年8月15日起废止" in finding.says
    assert finding.governed_by[0].startswith("中华人民共和国生态环境法典#")
    assert finding.instead.startswith("《生态环境法典》第")


def test_statutes_that_the_corpus_does_not_hold_are_read_from_the_package(corpus: Corpus) -> None:
    text = "《劳动合同法》第九十八条、《刑法》第十条；《劳动合同法》第九百条。"
    assert not corpus.versions("中华人民共和国劳动合同法")
    assert verdicts(text, corpus) == [Verdict.STANDS, Verdict.STANDS, Verdict.NO_PLACE]


def test_a_law_that_nothing_holds_any_more_is_known_to_be_repealed(corpus: Corpus) -> None:
    (finding,) = found("依据《合同法》第五十二条，合同无效。", corpus)
    assert finding.verdict is Verdict.REPEALED
    assert "《民法典》" in finding.says


def test_what_took_its_place_may_be_repealed_as_well(corpus: Corpus) -> None:
    (finding,) = found("依据《环境噪声污染防治法》第四十三条。", corpus)
    assert "2022年6月5日起废止" in finding.says
    assert "《生态环境法典》" in finding.says


def quoted(corpus: Corpus, key: str) -> str:
    article = corpus.article(key, AFTER)
    assert article is not None
    return article[1].text


def test_quotations(corpus: Corpus) -> None:
    words = quoted(corpus, "中华人民共和国水法#3").split("。")[0]
    changed = words.replace("属于", "归于")
    for said, expected in (
        (words, Verdict.STANDS),
        (changed, Verdict.REWORDED),
        ("河流的水由沿岸的村民自己分配使用", Verdict.NO_QUOTE),
    ):
        assert verdicts(f"《水法》第三条规定：“{said}”。", corpus)[1] is expected, said


def test_what_a_quotation_leaves_out(corpus: Corpus) -> None:
    words = quoted(corpus, "中华人民共和国水法#1")
    said = f"{words[:10]}……{words[-8:-1]}"
    assert verdicts(f"《水法》第一条规定：“{said}”。", corpus)[1] is Verdict.STANDS


def test_the_difference_of_a_quotation_is_shown(corpus: Corpus) -> None:
    words = quoted(corpus, "中华人民共和国水法#3").split("。")[0]
    finding = found(f"《水法》第三条规定：“{words.replace('属于', '归于')}”。", corpus)[1]
    assert finding.source in quoted(corpus, "中华人民共和国水法#3")
    assert "".join(change.before for change in finding.changes) == finding.source
    assert "".join(change.after for change in finding.changes) == finding.text
    assert any(c.is_change and "归" in c.after for c in finding.changes)


def test_a_slogan_behind_a_citation_is_no_quotation(corpus: Corpus) -> None:
    text = "认真执行《水法》第三条，请各镇盯住“一河一策、一湖一档”工作。"
    assert verdicts(text, corpus) == [Verdict.STANDS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《行政处罚法》第三十六条规定，二年内未被发现的，不再给予行政处罚。", []),
        (
            "《行政处罚法》第三十六条规定，三年内未被发现的，不再给予行政处罚。",
            [Verdict.FIGURE],
        ),
        ("《行政处罚法》第三十六条规定，2年内未被发现的，不再给予行政处罚。", []),
        ("依据《行政处罚法》第三十六条，我局已罚4万元，30日内缴清。", []),
        ("依据《行政处罚法》第三十六条，于2026年3月1日立案。", []),
    ],
)
def test_amounts(text: str, expected: list[Verdict], corpus: Corpus) -> None:
    assert [v for v in verdicts(text, corpus) if v.is_wrong] == expected


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("《行政复议法》第二十条规定，由公安机关决定。", True),
        # Both act in the article: each does what is its own, alone or together with others.
        ("第七百六十条规定，农村宅基地改革和管理由国务院自然资源主管部门负责。", True),
        ("第七百六十条规定，农村宅基地改革和管理由国务院农业农村主管部门负责。", False),
        ("第二百零九条规定，由生态环境主管部门会同市场监督管理部门监督检查锅炉。", False),
        ("第四百五十一条规定，向农业农村主管部门、林业草原主管部门报告。", False),
        ("第四百五十一条规定，向城镇排水主管部门报告。", True),
        ("《消防法》第四条规定，由国务院应急管理部门对全国的消防工作实施监督管理。", False),
    ],
)
def test_an_authority(text: str, is_wrong: bool, corpus: Corpus) -> None:
    text = f"《生态环境法典》{text}" if text.startswith("第") else text
    assert (Verdict.AUTHORITY in verdicts(text, corpus)) is is_wrong


def test_articles_of_the_drafts_own(corpus: Corpus) -> None:
    text = "第一条 为了防尘。\n第二条 本办法适用于本市。\n第三条 违反本办法第九条的，从重处罚。"
    (finding,) = found(text, corpus)
    assert finding.verdict is Verdict.NO_PLACE
    assert finding.text == "本办法第九条"


def test_every_finding_stands_where_it_says(corpus: Corpus) -> None:
    text = "一、《水法》第三条。\n二、《大气污染防治法》第九十九条，处十万元以上二十万元以下罚款。"
    for finding in found(text, corpus):
        assert text[finding.start : finding.end] == finding.text


def test_a_hundred_pages_take_seconds(corpus: Corpus) -> None:
    from time import perf_counter

    page = "依据《大气污染防治法》第九十九条，处十万元以上一百万元以下的罚款。" * 4
    page += "生态环境保护工作取得积极进展，各项任务有序推进。" * 30
    start = perf_counter()
    report = check_text("\n".join([page] * 100), corpus, AFTER)
    assert len(report.wrong) == 400
    assert perf_counter() - start < 20


def test_nothing_cited(corpus: Corpus) -> None:
    assert check_text("今天天气很好。", corpus, AFTER).findings == ()


def test_words_of_another_article_are_said_to_stand_there(corpus: Corpus):
    """Liability articles are alike: what another one says to the letter is no wording of this
    one, and the fine is not judged by the wrong one."""
    text = (
        "依据《生态环境法典》第一千一百一十二条“违反本法规定，未依法取得排污许可证排放污染物的，"
        "由生态环境主管部门责令改正，处二十万元以上一百万元以下的罚款”的规定，"
        "决定对你单位罚款二十五万元。"
    )
    findings = found(text, corpus)
    (quoted,) = (f for f in findings if f.verdict is Verdict.NO_QUOTE)
    assert "这句话在第一千一百零二条" in quoted.says
    assert quoted.instead == ""
    assert not [f.says for f in findings if "没有二十五万元" in f.says]
    right = found(text.replace("一百一十二条", "一百零二条"), corpus)
    assert [f.says for f in right if f.verdict.is_wrong] == []
