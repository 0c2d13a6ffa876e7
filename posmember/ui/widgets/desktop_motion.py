"""Whether a Linux desktop asks for less motion: asked over its message bus.

Qt's own hints know nothing of it there. The desktop portal speaks for GNOME, KDE and others, and
tells each change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from posmember.ui.message_bus import Bus, session_bus

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_SETTINGS: Final = "org.freedesktop.portal.Settings"
_CHANGED: Final = "SettingChanged"
_BEGINS_AFTER_MS: Final = 2_000

_ASKS: Final[Mapping[tuple[str, str], Callable[[Any], bool]]] = {
    ("org.freedesktop.appearance", "reduced-motion"): lambda value: int(value) == 1,
    ("org.gnome.desktop.interface", "enable-animations"): lambda value: value is False,
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): lambda value: float(value) == 0.0,
}
"""What a desktop may set, and when that asks for less."""


class DesktopMotion(QObject):
    """Asks once, and then listens, until it is stopped.

    Args:
        after_ms: milliseconds to wait before: what it imports is not to slow the first lookup down.
    """

    def __init__(self, after_ms: int = _BEGINS_AFTER_MS) -> None:
        super().__init__()
        self._asked: dict[tuple[str, str], bool] = {}
        self._bus = Bus(session_bus(), self)
        self._bus.heard.connect(self._hear)
        self._begins = QTimer(self)
        self._begins.setSingleShot(True)
        self._begins.setInterval(after_ms)
        self._begins.timeout.connect(self._ask)

    @property
    def is_listening(self) -> bool:
        """Whether there is a bus; it may have been silent up to now."""
        return self._bus.is_open

    def is_reduced(self) -> bool:
        """Whether any setting that is known by now asks for less motion."""
        return any(self._asked.values())

    def start(self) -> None:
        """Begin to ask; returns at once."""
        self._begins.start()

    def stop(self) -> None:
        """Ask and listen no more."""
        self._begins.stop()
        self._bus.close()

    def note(self, namespace: str, key: str, value: object) -> None:
        """Take note of one setting; what it may mean is unknown of most."""
        asks = _ASKS.get((namespace, key))
        if asks is None:
            return
        try:
            self._asked[namespace, key] = asks(value)
        except (TypeError, ValueError):
            self._asked.pop((namespace, key), None)

    def _ask(self) -> None:
        self._bus.open()
        # Before the question: what changes meanwhile comes behind the answer.
        self._bus.listen(sender=_NAME, interface=_SETTINGS, member=_CHANGED)
        namespaces = sorted({namespace for namespace, _key in _ASKS})
        self._bus.call(_PATH, _SETTINGS, _NAME, "ReadAll", "as", (namespaces,), self._take)

    def _take(self, answer: tuple[Any, ...] | None) -> None:
        if answer is None:
            return
        (told,) = answer
        for namespace, settings in told.items():
            for key, (_signature, value) in settings.items():
                self.note(namespace, key, value)

    def _hear(self, _path: str, interface: str, member: str, body: tuple[Any, ...]) -> None:
        if (interface, member) == (_SETTINGS, _CHANGED) and len(body) == 3:
            namespace, key, (_signature, value) = body
            self.note(namespace, key, value)
