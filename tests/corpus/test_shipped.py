"""What is shipped is what was shipped, and damage to it is told in one sentence."""

import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.wiring import open_workspace
from corpus.errors import ShippedError
from corpus.shipped import check_shipped, check_signature, write_sums

SUMS = "corpus/shipped.sha256"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    kept = ("index/data/vectors.npz", "assistant/dialog/model.json")
    others = ("corpus/text.toml", "corpus/collections/facts.json", "assistant/ui/script/words.json")
    for name in (*kept, *others):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)
    assert write_sums(tmp_path) == len(kept)
    return tmp_path


def test_the_repository_s_checksums_are_of_its_files(repository: Path) -> None:
    """After a fit they are written anew: python -m corpus.shipped."""
    check_shipped(repository)


def test_no_file_of_weights_is_left_out(repository: Path) -> None:
    listed = {line.split()[1] for line in (repository / SUMS).read_text("utf-8").splitlines()}
    for loaded in ("matters/always.json", "matters/model.json", "redacting/likeness.json"):
        assert f"assistant/{loaded}" in listed
    here = {
        path.relative_to(repository).as_posix() for path in repository.glob("assistant/*/*.json")
    }
    assert here <= listed


def test_anybody_can_check_them(root: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum")
    subprocess.run([program, "--check", "--strict", SUMS], cwd=root, check=True)


@pytest.mark.parametrize("name", ["index/data/vectors.npz", "assistant/dialog/model.json"])
@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda p: p.write_bytes(b""), lambda p: p.write_bytes(p.read_bytes()[1:])]
)
def test_damage_is_told(root: Path, name: str, harm: object) -> None:
    harm(root / name)  # type: ignore[operator]
    with pytest.raises(ShippedError, match=f"^随程序带来的 {name} 不是发布时的内容"):
        check_shipped(root)


@pytest.mark.parametrize("text", ["", "nonsense"])
def test_a_list_that_says_nothing_is_damage(root: Path, text: str) -> None:
    (root / SUMS).write_text(text, "utf-8")
    with pytest.raises(ShippedError):
        check_shipped(root)


@pytest.fixture
def signers(root: Path, repository: Path) -> Path:
    if shutil.which("ssh-keygen") is None or shutil.which("make") is None:
        pytest.skip("no ssh-keygen or no make")
    signers, key = root / "signers", _key(root / "key")
    signers.write_text(f"publisher {key}")
    make = ["make", "-s", "-f", repository / "Makefile", "sign", f"KEY={root / 'key'}"]
    subprocess.run(make, cwd=root, check=True)
    return signers


def _key(path: Path) -> str:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path.with_suffix(".pub").read_text("ascii")


def test_the_list_is_signed_and_the_signature_verified(
    root: Path, signers: Path, repository: Path
) -> None:
    make = ["make", "-s", "-f", repository / "Makefile", "verify-signature", f"SIGNERS={signers}"]
    assert subprocess.run(make, cwd=root).returncode == 0
    check_signature(signers, root)
    (root / SUMS).write_text("0  index/data/vectors.npz\n", "utf-8")
    assert subprocess.run(make, cwd=root).returncode != 0
    with pytest.raises(ShippedError, match=r"^随程序带来的向量和权重没有通过验签"):
        check_signature(signers, root)


def test_another_s_signature_is_none(root: Path, signers: Path) -> None:
    signers.write_text(f"publisher {_key(root / 'other')}")
    with pytest.raises(ShippedError, match="没有通过验签"):
        check_signature(signers, root)


@pytest.mark.parametrize("name", ["signers", f"{SUMS}.sig"])
def test_a_signature_that_cannot_be_verified_is_told(root: Path, signers: Path, name: str) -> None:
    (root / name).unlink()
    with pytest.raises(ShippedError, match=f"没有文件 {root / name}；"):
        check_signature(signers, root)


def test_without_the_program_that_verifies_nothing_is_believed(
    root: Path, signers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ShippedError, match="请先安装 openssh"):
        check_signature(signers, root)


def test_an_unsigned_program_does_not_start_where_signers_are_set(tmp_path: Path) -> None:
    (tmp_path / "signers").write_text("publisher ssh-ed25519 AAAA\n")
    with pytest.raises(ShippedError, match=r"shipped\.sha256\.sig"):
        open_workspace(Settings(signers=tmp_path / "signers", data_dir=tmp_path))
