"""What this till has seen proven of the unit that member-info writes thresholds in.

Kept in memory for as long as the program runs, and nothing of any member with it: two numbers.
"""

from __future__ import annotations

import logging

from posmember.domain.coupon import NOTHING_PROVEN, UnitProof
from posmember.domain.joining.join import proof_of
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.profile import Profile

_log = logging.getLogger(__name__)


class UnitsSeen:
    """Learns from members whose coupons prove it, for those whose coupons do not.

    Args:
        setting: the configuration's, where there is one: then nothing is learnt.
    """

    def __init__(self, setting: MinSpendUnit | None = None) -> None:
        self.setting = setting or MinSpendUnit.AUTO
        self.proof: UnitProof = NOTHING_PROVEN

    def learn(self, profile: Profile) -> None:
        """Add what a member's coupons prove, and propose the setting once one unit is proven.

        The proposal goes to the log, for support and store IT: nothing is set by itself.
        """
        if self.setting is not MinSpendUnit.AUTO:
            return
        before = self.proof.in_yuan
        self.proof += proof_of(profile)
        proven = self.proof.in_yuan
        if proven is before:
            return
        if proven is None:
            _log.info("thresholds of coupons are proven to be in fen and in yuan; no unit is set")
            return
        unit = MinSpendUnit.YUAN if proven else MinSpendUnit.FEN
        _log.info(
            'thresholds of coupons are proven to be in %s; [platform] min_amount_use_unit = "%s"'
            " would settle the others",
            *(unit, unit),
        )
