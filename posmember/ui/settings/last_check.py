"""The connection check that ran last in this window, for whoever helps from afar. No widgets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from posmember.domain.values import CHINA

if TYPE_CHECKING:
    from posmember.errors import PosMemberError
    from posmember.lookup.check import Finding


class LastCheck:
    """What came of it; nothing where none ran."""

    def __init__(self) -> None:
        self.began: datetime | None = None
        """When; None where none ran."""
        self.findings: list[Finding] = []
        self.error: PosMemberError | None = None
        """Why it could not begin."""

    def begin(self) -> None:
        """Know that a check begins: what came of the one before is of no use."""
        self.began, self.findings, self.error = datetime.now(CHINA), [], None

    def take(self, finding: Finding) -> None:
        """Take what came of a step."""
        self.findings.append(finding)
