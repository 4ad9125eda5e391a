"""A word whose parts stand apart in a text."""

import pytest

from corpus.language import pieces, widen_marks


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("河道采砂", "河道内禁止采砂", ("河道", "采砂")),
        ("河道采砂", "违法河道采砂的", ("河道采砂",)),
        ("河道采砂", "河道管理", ()),
        ("采砂证", "采砂要有许可证", ()),
        ("危险废物转移", "转移危险废物的", ("危险废物", "转移")),
        ("城市河道采砂", "采砂的河道在城市", ("城市", "河道", "采砂")),
        ("", "河道", ("",)),
    ],
)
def test_the_fewest_parts(word: str, text: str, found: tuple[str, ...]) -> None:
    assert pieces(word, text) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("工地半夜施工,该找谁?", "工地半夜施工，该找谁？"),
        ("夜里10:30开工,罚3,000元(含税)", "夜里10:30开工，罚3,000元（含税）"),
        ("见 https://a.cn/b?c=1,好", "见 https://a.cn/b?c=1，好"),
        ("pH 6,9 的水", "pH 6,9 的水"),
        ("你好!?", "你好！？"),
    ],
)
def test_marks_are_as_wide_as_chinese_writes_them(text: str, shown: str) -> None:
    assert widen_marks(text) == shown
