"""Keys of programs that may ask: made and revoked by name, kept only as hashes."""

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from pathlib import Path

from filelock import FileLock

from corpus.errors import OptionError

_FILE = "api_keys.json"
_PREFIX = "eco_"
_BYTES = 32
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key by its name; ``hashed`` is SHA-256 (a key is 256 random bits, so that no slower hash is
    needed)."""

    name: str
    hashed: str
    made: str


class KeyStore:
    """The keys in a file of ``folder``; read anew for every question, so that a revoked one ends at
    once."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def keys(self) -> list[ApiKey]:
        """All of them, oldest first; OptionError where the file cannot be read."""
        if not self._path.exists():
            return []
        try:
            rows = json.loads(self._path.read_text("utf-8"))
            return [ApiKey(row["name"], row["hashed"], row["made"]) for row in rows]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OptionError(f"密钥文件 {self._path} 读不懂，请恢复或删去它。") from error

    @property
    def is_used(self) -> bool:
        """Whether a key was ever made: from then on nobody may ask without one, also when all are
        revoked."""
        return self._path.exists()

    def make(self, name: str) -> str:
        """A new key of this name; it is shown this once. OptionError where the name is taken."""
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise OptionError(f"密钥的名字要有 1 到 {_LONGEST_NAME} 个字，请换一个。")
        key = _PREFIX + secrets.token_urlsafe(_BYTES)
        with self._lock():
            kept = self.keys()
            if any(one.name == name for one in kept):
                raise OptionError(f"已有叫“{name}”的密钥，请换个名字，或先撤销它。")
            self._write([*kept, ApiKey(name, _hash(key), date.today().isoformat())])
        return key

    def revoke(self, name: str) -> None:
        """End a key; OptionError where there is none of this name."""
        with self._lock():
            kept = self.keys()
            left = [one for one in kept if one.name != name]
            if len(left) == len(kept):
                raise OptionError(f"没有叫“{name}”的密钥，请用 ecopolicy keys list 查看。")
            self._write(left)

    def name_of(self, key: str) -> str | None:
        """Whose key it is; None for none."""
        hashed = _hash(key)
        return next((k.name for k in self.keys() if compare_digest(k.hashed, hashed)), None)

    def _lock(self) -> FileLock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self._path.with_name(self._path.name + ".lock"))

    def _write(self, keys: list[ApiKey]) -> None:
        rows = [{"name": k.name, "hashed": k.hashed, "made": k.made} for k in keys]
        new = self._path.with_name(self._path.name + ".new")
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(file, "w", encoding="utf-8") as out:
            json.dump(rows, out, ensure_ascii=False, indent=1)
        new.replace(self._path)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
