"""Where a setting comes from, which ones there are, and what they may be."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import Settings, contrast, describe_settings, load_settings
from assistant.types import Audience
from corpus.errors import OptionError
from tests.records import patient

colours = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder where the program is started."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def toml(folder: Path, text: str) -> None:
    (folder / "ecopolicy.toml").write_text(text, "utf-8")


def dotenv(folder: Path, text: str) -> None:
    (folder / ".env").write_text(text, "utf-8")


def refused(name: str) -> Any:
    told = re.escape(f"设置 {name}（环境变量 ECOPOLICY_{name.upper()}）的值不对")
    return pytest.raises(OptionError, match=told)


@pytest.mark.parametrize(
    ("sources", "threads"),
    [("", 2), ("toml", 3), ("dotenv", 4), ("env", 5), ("toml dotenv", 4), ("toml env", 5),
     ("dotenv env", 5), ("toml dotenv env", 5)],
)  # fmt: skip
def test_the_environment_comes_before_dotenv_and_that_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sources: str, threads: int
) -> None:
    if "toml" in sources:
        toml(folder, "threads = 3")
    if "dotenv" in sources:
        dotenv(folder, "ECOPOLICY_THREADS=4")
    if "env" in sources.split():
        monkeypatch.setenv("ECOPOLICY_THREADS", "5")
    assert load_settings().threads == threads


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("thread = 3", "thread"),
        ("Threads = 3", "Threads"),
        ("threads = 3\nauthorty = '某局'", "authorty"),
        ("[page]\nthreads = 3", "page"),
        ("ECOPOLICY_THREADS = 3", "ECOPOLICY_THREADS"),
    ],
)
def test_an_unknown_name_in_the_file_is_told(folder: Path, text: str, name: str) -> None:
    toml(folder, text)
    with pytest.raises(OptionError, match=rf"ecopolicy\.toml 里的 {name} 不是设置项"):
        load_settings()


@pytest.mark.parametrize(
    "content", [b"threads", b"= 3", b"threads = 3\nthreads = 4", b"a = '\xff'"]
)
def test_a_file_that_is_no_toml_is_told(folder: Path, content: bytes) -> None:
    (folder / "ecopolicy.toml").write_bytes(content)
    with pytest.raises(OptionError, match=r"设置文件 ecopolicy\.toml 读不懂"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("threads", "64", 64),
        ("llm_structured", "false", False),
        ("answer_seconds", "2.5", 2.5),
        ("documents_dir", "/srv/文件", Path("/srv/文件")),
        ("audiences", '["staff", "public", "staff"]', (Audience.STAFF, Audience.PUBLIC)),
        ("accent", "#123ABC", "#123ABC"),
    ],
)
def test_the_environment_is_read_by_the_kind_of_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, given: str, value: object
) -> None:
    monkeypatch.setenv(f"ECOPOLICY_{name.upper()}", given)
    assert getattr(load_settings(), name) == value


@pytest.mark.parametrize("name", ["chroma_server", "reranker"])
def test_an_empty_line_means_none(folder: Path, name: str) -> None:
    dotenv(folder, f"ECOPOLICY_{name.upper()}=\n")
    assert getattr(load_settings(), name) is None


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("threads", 1, 64),
        ("max_question", 20, 2000),
        ("requests_per_minute", 1, 10_000),
        ("workers", 1, 64),
        ("queue_size", 0, 10_000),
        ("answer_seconds", 1, 600),
        ("llm_evidence_tokens", 100, 100_000),
    ],
)
def test_a_number_has_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, lowest: int, highest: int
) -> None:
    for number in (lowest, highest):
        monkeypatch.setenv(f"ECOPOLICY_{name.upper()}", str(number))
        assert getattr(load_settings(), name) == number
    for number in (lowest - 1, highest + 1):
        monkeypatch.setenv(f"ECOPOLICY_{name.upper()}", str(number))
        with refused(name):
            load_settings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("threads", "threads = 'many'"),
        ("threads", "threads = 2.5"),
        ("audiences", "audiences = ['king']"),
        ("audiences", "audiences = 'staff'"),
        ("accent", "accent = '#12345'"),
        ("accent", "accent = 'red; }'"),
        ("accent_dark", "accent_dark = ''"),
        ("llm_timeout_s", "llm_timeout_s = 0"),
        ("authority", f"authority = '{'长' * 41}'"),
        ("hotlines", "[[hotlines]]\nnumber = '12345'\nname = ''"),
        ("hotlines", "[[hotlines]]\nnumber = '12345 '\nname = '热线'"),
        ("hotlines", "[[hotlines]]\nnumber = '-12345'\nname = '热线'"),
        ("hotlines", "[[hotlines]]\nname = '热线'"),
        ("hotlines", "hotlines = '12345'"),
    ],
)
def test_a_value_that_is_wrong_is_told_by_name(folder: Path, name: str, text: str) -> None:
    toml(folder, text)
    with refused(name):
        load_settings()


@pytest.mark.parametrize("number", ["12345", "0536-12345", "110", "0536-1234567-89"])
def test_a_telephone_number_is_digits_and_hyphens(folder: Path, number: str) -> None:
    toml(folder, f"[[hotlines]]\nnumber = '{number}'\nname = '热线'")
    (hotline,) = load_settings().hotlines
    assert (hotline.number, hotline.name) == (number, "热线")


@pytest.mark.parametrize(
    ("name", "readable", "unreadable"),
    [("accent", "#767676", "#777777"), ("accent_dark", "#858b88", "#7f8582")],
)
def test_an_accent_has_to_be_readable(
    folder: Path, name: str, readable: str, unreadable: str
) -> None:
    ground = {"accent": "#ffffff", "accent_dark": "#1b211e"}[name]
    assert contrast(readable, ground) >= 4.5 > contrast(unreadable, ground)
    toml(folder, f"{name} = '{readable}'")
    assert getattr(load_settings(), name) == readable
    toml(folder, f"{name} = '{unreadable}'")
    with refused(name):
        load_settings()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#767676", "#ffffff", 4.54),
        ("#FFFF00", "#000000", 19.56),
        ("#008000", "#FFFFFF", 5.14),
    ],
)
def test_contrast_is_as_published(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@patient
@given(colours, colours)
def test_contrast_does_not_know_which_is_in_front(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21.0001
    assert contrast(one, one) == 1


def test_every_setting_has_a_row_in_the_table() -> None:
    rows = [row.split(" | ") for row in describe_settings().splitlines()[2:]]
    assert [row[0] for row in rows] == [f"| `{name}`" for name in Settings.model_fields]
    for name, row in zip(Settings.model_fields, rows, strict=True):
        assert row[1] == f"`ECOPOLICY_{name.upper()}`"
        assert re.search("[\u4e00-\u9fff]", row[3])
