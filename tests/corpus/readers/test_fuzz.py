"""A short run of the fuzzing of each reader, the same each time; ``make fuzz`` is the long one."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from corpus.collections import parse_matters, read_collection
from corpus.errors import CollectionError, CorpusError, DocumentError
from corpus.readers.document import read_plain
from tests.corpus.readers.fuzzing.checking import check, check_refusal
from tests.corpus.readers.fuzzing.mutating import archived, parts_of
from tests.corpus.readers.fuzzing.seeds import READERS, printed_file, sheet_file, word_file


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("reader", READERS)
def test_a_whole_document_or_one_sentence_comes_of_it(reader: str, tmp_path: Path) -> None:
    suffix, strategy = READERS[reader]
    path = tmp_path / f"given{suffix}"

    @settings(
        max_examples=8,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy())
    def read(data: bytes) -> None:
        path.write_bytes(data)
        check(path)

    read()


ARTICLES = "第一条 甲乙。\n第二条 甲乙。\n第三条 甲乙。\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("item.txt", f"{ARTICLES}（{'一' * 5000}）丙。\n"),
        ("label.txt", f"{ARTICLES}第{'9' * 5000}条 丙。\n"),
        ("tables.html", "<body>" + "<table><tr><td>甲<td>乙<tr><td>丙<td>丁<tr><td>戊" * 300),
        ("tables.md", f"{ARTICLES}\n<table><tr><td>甲" + "<table><tr><td>甲" * 300),
        ("links.html", "<body>" + "<div>甲<a>乙</a>" * 2000),
        ("frames.html", "<body>" + '<div class="news_content">甲' * 3000),
        ("bars.html", f"<body><p>{'甲乙。' * 99}" + '<div class="share">丙' * 500),
        ("dots.txt", f"{ARTICLES}{'.' * 20_000}丙\n"),
        ("brackets.md", ARTICLES + "[" * 3000),
    ],
)
def test_what_took_long_or_raised_does_not(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    check(path)


def changed_word(part: str, old: str, new: str) -> bytes:
    parts = parts_of(word_file())
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    return archived(parts)


@pytest.mark.parametrize("value", ["x", "-5", "99999999", "", "1.0"])
@pytest.mark.parametrize(
    ("part", "old"),
    [
        ("word/document.xml", '<w:gridSpan w:val="2"/>'),
        ("word/document.xml", '<w:ilvl w:val="0"/>'),
        ("word/numbering.xml", '<w:start w:val="1"/>'),
        ("word/numbering.xml", 'w:ilvl="0"'),
    ],
)
def test_an_odd_number_in_a_word_file_costs_no_text(
    part: str, old: str, value: str, tmp_path: Path
) -> None:
    path = tmp_path / "odd.docx"
    path.write_bytes(changed_word(part, old, old.replace(old.split('"')[1], value)))
    check(path)
    assert "养鸭" in read_plain(path.name, path.read_bytes())


@pytest.mark.parametrize("value", ["-5", "99999999"])
def test_a_row_of_a_word_table_begins_within_it(value: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.docx"
    before = f'<w:tr><w:trPr><w:gridBefore w:val="{value}"/></w:trPr>'
    path.write_bytes(changed_word("word/document.xml", "<w:tr>", before))
    check(path)
    assert "总磷" in read_plain(path.name, path.read_bytes())


@pytest.mark.parametrize("number", ["1e400", "1e30", "-1e29", "1e-300"])
def test_a_number_of_any_size_stands_on_a_sheet(number: str, tmp_path: Path) -> None:
    parts = parts_of(sheet_file())
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<v>0.125</v>" in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>0.125</v>", f"<v>{number}</v>".encode())
    path = tmp_path / "odd.xlsx"
    path.write_bytes(archived(parts))
    check(path)
    assert "总磷" in read_plain(path.name, path.read_bytes())


def test_a_letter_far_outside_of_the_page_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.pdf"
    printed = printed_file()
    assert b" Tm " in printed
    path.write_bytes(printed.replace(b"BT 1 0 0 1 ", b"BT 1 0 99999999 1 ", 1))
    assert path.read_bytes() != printed
    tracemalloc.start()
    check(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 300 * 2**20


def test_a_fault_of_our_own_is_told_from_a_broken_file() -> None:
    refused = DocumentError("文件已损坏，请重新取得。")
    check_refusal(refused)
    with pytest.raises(AssertionError):
        check_refusal(DocumentError("not Chinese。"))
    with pytest.raises(AssertionError):
        check_refusal(DocumentError("文件已损坏，\n请重新取得。"))


@pytest.mark.parametrize(
    "text",
    [
        f'kind = "policy"\n{"issuer" * 90} = "x"\n',
        'kind = "policy"\n"a\\nb" = "x"\n',
        f"kind = {'[' * 3000}{']' * 3000}\n",
        f"kind = 'statute'\n[cut]\npart = '{'(' * 3000}{')' * 3000}'\n",
        "kind = 'statute'\n[cut]\npart = 'a{99999999999}'\n",
    ],
)
def test_a_collection_file_is_refused_in_one_short_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text(text, "utf-8")
    with pytest.raises(CollectionError) as refused:
        read_collection(tmp_path)
    check_refusal(refused.value)


@pytest.mark.parametrize(
    "text", [f"matter = {'[' * 3000}{']' * 3000}", f"[[matter]]\n{'a' * 900} = 1\n"]
)
def test_a_file_of_matters_is_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(CorpusError) as refused:
        parse_matters(text, "x.toml")
    check_refusal(refused.value)
