"""A credential store in a file, for processes that run at the same time: as slow as a keyring."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

SLOW_S = 0.002
"""What a keyring's call takes at the least: long enough for two to come between each other."""


class FileStore:
    """Keeps secrets in a file; a change is whole or not at all, and nobody waits for another."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str | None:
        time.sleep(SLOW_S)
        return self._read().get(name)

    def set(self, name: str, secret: str) -> None:
        time.sleep(SLOW_S)
        self._write({**self._read(), name: secret})

    def delete(self, name: str) -> None:
        time.sleep(SLOW_S)
        self._write({key: kept for key, kept in self._read().items() if key != name})

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        kept: dict[str, str] = json.loads(self._path.read_text())
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        own = self._path.with_suffix(f".{os.getpid()}")
        own.write_text(json.dumps(kept))
        own.replace(self._path)
