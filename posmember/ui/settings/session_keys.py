"""Open keys of one session: they need no keyring, and none of what keeps keys. No widgets."""

from __future__ import annotations

from collections.abc import Callable


class SessionKeys:
    """Open keys that were typed for this session alone: in memory, and nowhere else."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def keep(self, open_id: str, key: str) -> None:
        """Use a key until the program ends."""
        self._kept[open_id] = key

    def drop(self, open_id: str) -> None:
        """Use the keyring's own again."""
        self._kept.pop(open_id, None)

    def key_or(self, open_id: str, ask: Callable[[], str]) -> str:
        """The session's key, else what `ask` gives; raises what that does."""
        return self._kept.get(open_id) or ask()

    def holds(self, open_id: str) -> bool:
        """Return whether a key was typed for this session."""
        return open_id in self._kept
