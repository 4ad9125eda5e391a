"""A sentence that the reader has had already is not written again."""

import pytest

from assistant.types import DraftSentence, Evidence
from assistant.writing.beside.repetition import repeats
from corpus.catalog import Corpus
from tests.records import make_article, make_document

TEXT = "排污单位应当依照规定取得排污许可证，未取得排污许可证的，不得排放污染物。"
LONG = "违反规定，有下列行为之一的，由主管部门责令改正，处二万元以上五万元以下的罚款；" * 4
DOCUMENT = make_document(make_article(1, TEXT), make_article(2, LONG))
CORPUS = Corpus([DOCUMENT])
TOLD = "没有取得排污许可证就排放污染物，是不允许的。"


def quote(number: int = 1, start: int = 0, end: int | None = None) -> DraftSentence:
    article = DOCUMENT.articles[number - 1]
    piece = Evidence(DOCUMENT.id, article.key, start, end or len(article.text))
    return DraftSentence(f"「{article.text}」", (piece,))


def is_repeated(text: str, told: str = "", *quotes: DraftSentence) -> bool:
    return repeats(text, (DraftSentence(told),) if told else (), quotes, CORPUS)


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        TOLD.replace("，", ", "),
        " ".join(TOLD),
        TOLD.replace("许可证", "許可證"),
        TOLD.removesuffix("，是不允许的。") + "。",
        f"{TOLD}对吧。",
    ],
)
def test_what_was_told_is_not_told_again(text: str) -> None:
    assert is_repeated(text, TOLD)


@pytest.mark.parametrize(
    "text", ["罚款二万元以上五万元以下。", "许可证的有效期是五年。", "由主管部门责令改正。"]
)
def test_what_is_new_is_told(text: str) -> None:
    assert not is_repeated(text, TOLD)
    assert not is_repeated(text, TOLD, quote())


@pytest.mark.parametrize("text", [TEXT, TEXT.rstrip("。"), TEXT.replace("，", "；")])
def test_a_quote_is_not_written_out_again(text: str) -> None:
    assert is_repeated(text, "", quote())


def test_a_part_of_a_long_quote_is_an_answer_in_short() -> None:
    assert not is_repeated("处二万元以上五万元以下的罚款。", "", quote(2))


def test_only_what_is_quoted_of_an_article_counts() -> None:
    half = TEXT.index("，") + 1
    assert is_repeated(TEXT[:half], "", quote(1, 0, half))
    assert not is_repeated(TEXT[half:], "", quote(1, 0, half))


def test_a_quote_within_other_words_is_more_than_the_quote() -> None:
    text = f"{TEXT}另外，许可证的有效期是五年，期满前六十日可以申请延续，逾期不再办理延续手续。"
    assert not is_repeated(text, "", quote())


def test_any_of_several_quotes_may_be_the_one() -> None:
    assert is_repeated(TEXT, TOLD, quote(2), quote(1))
