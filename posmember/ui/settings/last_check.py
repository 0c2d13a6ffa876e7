"""The connection check that ran last in this window, for whoever helps from afar. No widgets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from posmember.domain.values import CHINA

if TYPE_CHECKING:
    from posmember.errors import PosMemberError
    from posmember.lookup.check import Finding
    from posmember.lookup.doctor import Line


class LastCheck:
    """What came of it; nothing where none ran."""

    def __init__(self) -> None:
        self.began: datetime | None = None
        """When; None where none ran."""
        self.findings: list[Finding] = []
        self.lines: list[Line] = []
        """What a doctor tells of it; see `posmember.lookup.doctor`."""
        self.error: PosMemberError | None = None
        """Why it could not begin."""

    def begin(self) -> None:
        """Know that a check begins: what came of the one before is of no use."""
        self.began, self.findings, self.lines = datetime.now(CHINA), [], []
        self.error = None
