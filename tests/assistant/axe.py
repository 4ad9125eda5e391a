"""axe-core: what it finds serious on a page."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

_AXE = "axe-core@4.14.1"
#: Gives the violations that are serious or critical, a line each.
AXE_RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 200)).join(" | ")}`);
}"""


def fetch_axe(repository: Path) -> str:
    """axe-core from npm; fetched once, kept beside what the program makes."""
    folder = repository / "var" / "npm"
    script = folder / f"{_AXE}.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no npm on this machine")
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            [npm, "pack", "--silent", _AXE], cwd=folder, check=True, capture_output=True, text=True
        )
        archive = folder / packed.stdout.split()[-1]
        with tarfile.open(archive) as tar:
            member = tar.extractfile("package/axe.min.js")
            assert member
            script.write_bytes(member.read())
        archive.unlink()
    return script.read_text("utf-8")
