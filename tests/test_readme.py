"""The README stays true: its settings are the program's settings."""

from pathlib import Path

from assistant.settings import Settings


def test_every_setting_is_described(repository: Path) -> None:
    readme = (repository / "README.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`ECOPOLICY_{name.upper()}`" in readme
        assert field.description
        assert field.description in readme
