"""What a support bundle is gathered from in the window. No widgets."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from posmember.domain.values import CHINA
from posmember.errors import PosMemberError
from posmember.log.exceptions import summary
from posmember.lookup.support import Entries, support_entries
from posmember.ui.settings.examining import Examined
from posmember.ui.settings.last_check import LastCheck
from posmember.ui.till.failures import log_bug

if TYPE_CHECKING:
    from posmember.lookup.desk import Opened
    from posmember.settings.config import Settings
    from posmember.ui.settings.place import SetupPlace
    from posmember.ui.settings.session_keys import SessionKeys

    Loaded = tuple[Settings, Callable[[], str], Callable[[], Opened]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SupportSource:
    """Where it comes from.

    Args:
        load: see `posmember.app.run`.
        keys: open keys of this session alone.
        may_check: whether the connection may be checked: not in training mode, which opens none.
        last: the check that ran last, here or in the settings.
        place: gives where the till is set up, or None.
    """

    load: Callable[[], Loaded]
    keys: SessionKeys
    may_check: bool = True
    last: LastCheck = field(default_factory=LastCheck)
    place: Callable[[], SetupPlace | None] = lambda: None

    def to_check(self) -> Examined:
        """What is checked, as it is kept. Raises PosMemberError."""
        settings, open_key, _desk = self.load()
        open_id, place = settings.platform.open_id, self.place()
        return Examined(
            settings,
            lambda: self.keys.key_or(open_id, open_key),
            place.noted_wechat if place is not None else lambda: None,
            self.keys.holds(open_id),
        )

    def gather(self, now: datetime | None = None) -> Entries:
        """The files of a bundle: whatever fails is told in it. To be called in a thread."""
        settings, problem = None, ""
        try:
            settings = self.load()[0]
        except PosMemberError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 - what is wrong is just what is to be told
            problem = f"{summary(error)} {log_bug(_log, error, 'reading the settings')}"
        if self.last.error is not None:
            problem = "; ".join(filter(None, (problem, f"not checked: {self.last.error}")))
        last, now = self.last, now or datetime.now(CHINA)
        findings, lines = tuple(last.findings), tuple(last.lines)
        return support_entries(settings, problem, findings, now, last.began, lines)
