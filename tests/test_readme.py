"""The README stays true: its settings are the program's settings."""

from pathlib import Path

from assistant.settings import Settings, describe_settings


def test_every_setting_is_described(repository: Path) -> None:
    readme = (repository / "README.md").read_text("utf-8")
    assert all(field.description for field in Settings.model_fields.values())
    assert describe_settings() in readme, "refresh the table with `make readme`"
