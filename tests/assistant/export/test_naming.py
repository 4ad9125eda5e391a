"""What files that are taken out are called, and what their properties say."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from assistant.export import Exchange, check_name, memo_name, to_docx
from assistant.types import Answer, Audience, Outcome
from corpus.catalog import Corpus

DAY = date(2026, 11, 30)
ANSWER = Answer(
    id="",
    question="问",
    sentences=(),
    outcome=Outcome.DECLINED,
    citations=(),
    as_of=DAY,
    engine="extractive",
    timings_ms={},
)


def asked(question: str) -> Exchange:
    return Exchange(question, replace(ANSWER, question=question), Audience.PUBLIC)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("河边能不能洗车?", "备忘录-河边能不能洗车-2026-11-30.docx"),
        ("../..\\a:b*c|<河>\n边", "备忘录-abc河边-2026-11-30.docx"),
        ("？！", "备忘录-问答-2026-11-30.docx"),
        ("一二三四五六七八九十一二三四五六", "备忘录-一二三四五六七八九十一二三四-2026-11-30.docx"),
    ],
)
def test_a_memo_is_called_by_its_question(question: str, name: str) -> None:
    assert memo_name([asked(question)], DAY, "docx") == name
    assert re.fullmatch(r"[\w.-]+", name)


def test_several_tell_how_many() -> None:
    several = [asked("河边洗车"), asked("罚多少")]
    assert memo_name(several, DAY, "md") == "备忘录-河边洗车等2问-2026-11-30.md"


def test_a_checked_draft_is_called_by_its_file_or_its_beginning() -> None:
    assert check_name("通 知.docx", "一", DAY, "docx") == "核验-通知-2026-11-30.docx"
    text = "\n　\n关于整治的通知\n第二行"
    assert check_name("-.txt", text, DAY, "xlsx") == "核验-关于整治的通知-2026-11-30.xlsx"


@pytest.mark.parametrize(
    ("authority", "page", "author"), [("某局", "某页", "某局"), ("", "某页", "某页")]
)
def test_the_memo_s_properties(authority: str, page: str, author: str) -> None:
    content = to_docx([asked("河边能\n洗车吗")], Corpus([]), DAY, authority, page)
    facts = docx.Document(BytesIO(content)).core_properties
    assert (facts.title, facts.author, facts.language) == ("河边能 洗车吗", author, "zh-CN")
    company = ZipFile(BytesIO(content)).read("docProps/app.xml").decode()
    assert f"<Company>{author}</Company>" in company


def test_what_it_was_called_counts_more_than_how_the_question_begins() -> None:
    story = asked("您好，我是一家小厂的厂长。")
    assert memo_name([story], DAY, "md", "换证/咨询") == "备忘录-换证咨询-2026-11-30.md"
    assert memo_name([story], DAY, "md", "？？").startswith("备忘录-您好我是一家小厂")
