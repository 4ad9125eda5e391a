"""Settings: from the environment before the file, and wrong ones are named."""

import re
from pathlib import Path

import pytest

from assistant.settings import Settings, contrast, load_settings
from assistant.types import Audience
from corpus.errors import OptionError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "ecopolicy.toml").write_text(text, "utf-8")


def test_the_file_sets_and_the_environment_sets_it_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    write(
        folder,
        """
        title = "某市生态环境问答"
        authority = "某市生态环境局"
        accent = "#1f4f8c"
        audiences = ["staff", "public", "staff"]
        requests_per_minute = 5
        staff = '[{"name": "一二三"}]'
        [[hotlines]]
        number = "0536-12345"
        name = "服务热线"
        """,
    )
    settings = load_settings()
    assert settings.title == "某市生态环境问答"
    assert settings.audiences == (Audience.STAFF, Audience.PUBLIC)
    assert settings.hotlines[0].number == "0536-12345"
    assert "一二三" in settings.staff.get_secret_value()
    assert "一二三" not in repr(settings)
    monkeypatch.setenv("ECOPOLICY_REQUESTS_PER_MINUTE", "7")
    monkeypatch.setenv("ECOPOLICY_AUDIENCES", '["enterprise"]')
    assert load_settings().requests_per_minute == 7
    assert load_settings().audiences == (Audience.ENTERPRISE,)


def test_without_a_file_no_staff_are_given_and_no_question_is_kept(folder: Path):
    assert load_settings().staff.get_secret_value() == ""
    assert load_settings().keep_questions_days == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel = '错'", "titel 不是设置项"),
        ("title = ", "读不懂"),
        ("threads = 0", "设置 threads（环境变量 ECOPOLICY_THREADS）的值不对"),
        ("accent = 'green'", "设置 accent"),
        ("accent = '#eeeeee'", "设置 accent"),
        ("accent_dark = '#113322'", "设置 accent_dark"),
        ("audiences = []", "设置 audiences"),
        ("[[hotlines]]\nnumber = 'javascript:'\nname = '坏'", "设置 hotlines"),
        ("max_question = 5000", "设置 max_question"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, text: str, told: str):
    write(folder, text)
    with pytest.raises(OptionError, match=re.escape(told)):
        load_settings()


def test_a_list_in_the_environment_that_is_none_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ECOPOLICY_AUDIENCES", "public,staff")
    with pytest.raises(OptionError, match="JSON"):
        load_settings()


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_default_colours_can_be_read():
    assert contrast(Settings().accent, "#ffffff") >= 4.5
    assert contrast(Settings().accent_dark, "#10231b") >= 4.5
