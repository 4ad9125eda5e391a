"""Which current article is meant where a repealed one became several."""

from datetime import date
from io import BytesIO

import docx
import pytest

from assistant.checking import Finding, Verdict, check_text
from assistant.export import to_commented_docx
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)


def repealed(text: str, corpus: Corpus) -> Finding:
    findings = check_text(text, corpus, DAY).findings
    return next(f for f in findings if f.verdict is Verdict.REPEALED)


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("该公司超标排放大气污染物，违反了《大气污染防治法》第九十九条。", "一千一百零七"),
        ("依据《大气污染防治法》第九十九条第（二）项，责令改正。", "一千一百零七"),
        ("该厂私设暗管排放废水，依据《水污染防治法》第八十三条处罚。", "一千一百零八"),
        ("废水未经预处理排入园区污水厂，见《水污染防治法》第八十三条。", "一千一百四十"),
        ("监测设备未与我局联网，依据《大气污染防治法》第一百条处罚。", "一千零八十六"),
        ("擅自移动空气监测设施的，按《大气污染防治法》第一百条处理。", "一千零九十三"),
        ("该单位伪造土壤监测数据，依据《土壤污染防治法》第八十六条。", "一千零八十八"),
        ("在河里清洗农药罐车，依据《水污染防治法》第八十五条处罚。", "一千一百三十六"),
        ("医院不让执法人员检查，见《放射性污染防治法》第四十九条。", "一千二百二十九"),
        ("砂土露天堆放不覆盖，依据《大气污染防治法》第一百一十七条处罚。", "一千一百三十"),
        ("古树名木依照《环境保护法》第二十九条保护。", "七百零五"),
        ("商品过度包装，违反了《清洁生产促进法》第二十条。", "九百七十三"),
        ("该公司超总量排放水污染物，依据《水污染防治法》第八十三条。", "一千一百零七"),
        ("超过许可排放浓度排污，依据《大气污染防治法》第九十九条。", "一千一百零三"),
    ],
)
def test_the_article_that_the_sentence_speaks_of(text: str, article: str, corpus: Corpus) -> None:
    finding = repealed(text, corpus)
    assert finding.instead == f"《生态环境法典》第{article}条"
    assert finding.governed_by[0].split("#")[0].endswith("生态环境法典")
    assert not finding.choice


@pytest.mark.parametrize(
    "text",
    [
        "依据《大气污染防治法》第九十九条，责令改正，处十万元以上一百万元以下的罚款。",
        "该厂虽已取得排污许可证，但超标排放，依据《大气污染防治法》第九十九条处罚。",
        "依据《固体废物污染环境防治法》第一百零二条处十万元罚款。",
        "认真学习《环境保护法》第六十三条。",
    ],
)
def test_a_choice_that_the_draft_leaves_open_stays_the_writers(text: str, corpus: Corpus) -> None:
    finding = repealed(text, corpus)
    assert not finding.instead
    assert finding.choice.count("（") == len(finding.governed_by) > 1
    assert finding.choice.count("或者第") == len(finding.governed_by) - 1
    assert "从稿子里看不出是哪一种，请按情形选用" in finding.says
    report = check_text(text, corpus, DAY)
    made = docx.Document(BytesIO(to_commented_docx(report, None, is_replaced=True)))
    assert "w:del " not in made.element.xml
    assert any(finding.choice in comment.text for comment in made.comments)


def test_the_line_tells_what_the_sentence_does_not(corpus: Corpus) -> None:
    text = "你公司未取得排污许可证排放污水。依据《水污染防治法》第八十三条，作出处罚。"
    assert repealed(text, corpus).instead == "《生态环境法典》第一千一百零二条"


def test_of_two_old_articles_each_is_replaced(corpus: Corpus) -> None:
    text = "超标排放大气污染物的，见《大气污染防治法》第十八条、第九十九条。"
    found = [f for f in check_text(text, corpus, DAY).findings if f.verdict is Verdict.REPEALED]
    assert found[-1].instead == "《生态环境法典》第一千一百零七条"
