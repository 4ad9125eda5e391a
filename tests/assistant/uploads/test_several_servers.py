"""Several servers over one folder of uploads."""

import os
import time
from pathlib import Path

from assistant.uploads.files import UploadFiles


def test_what_one_works_on_another_leaves_alone(tmp_path: Path) -> None:
    here, there = UploadFiles(tmp_path), UploadFiles(tmp_path)
    with here.claimed("a1", "read") as is_ours:
        assert is_ours
        with there.claimed("a1", "read") as is_theirs:
            assert not is_theirs
        with there.claimed("a1", "change") as is_theirs, there.claimed("b2", "read") as also:
            assert is_theirs
            assert also
    with there.claimed("a1", "read") as is_theirs:
        assert is_theirs


def test_what_was_just_received_outlives_another_servers_start(tmp_path: Path) -> None:
    files = UploadFiles(tmp_path)
    for name in ("new", "old", "known"):
        files.keep_original(name, b"x")
    long_ago = time.time() - 7200
    for name in ("old", "known"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    with files.claimed("known", "read"):
        UploadFiles(tmp_path).remove_others({"known"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".claimed", "known", "new"]
