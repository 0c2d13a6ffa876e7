"""What came of a lookup, in counts: for the log, so with nothing of a member in it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.ui.view.screen import View

_VERDICTS = {Verdict.USABLE: "usable", Verdict.CHECK: "check", Verdict.NOT_USABLE: "not usable"}


PAINTED_S = 0.1
"""After so long the answer is painted, and there is time for what the cashier does not wait for."""


def log_verdicts_later(log: logging.Logger, run: int, view: View) -> None:
    """Log what came of a lookup or a refresh, once it is painted; nobody found is not logged.

    Args:
        run: the lookup's number.
    """
    if view.profile.person is not None and log.isEnabledFor(logging.INFO):
        loop = asyncio.get_running_loop()
        loop.call_later(PAINTED_S, _log_verdicts, log, run, view.assessment)


def _log_verdicts(log: logging.Logger, run: int, assessment: Assessment) -> None:
    log.info("lookup %d evaluated: %s", run, tally(assessment))


def tally(assessment: Assessment) -> str:
    """Count verdicts and reason codes: ``2 coupons (1 usable, 1 not usable), ...; USED 1``."""
    kinds = {
        "coupons": [each.eligibility for each in assessment.coupons],
        "gift cards": [each.eligibility for each in assessment.gift_cards],
        "benefit cards": [each.eligibility for each in assessment.benefit_cards],
    }
    counted = ", ".join(_verdicts(name, found) for name, found in kinds.items())
    codes = Counter(
        reason.code for each in chain.from_iterable(kinds.values()) for reason in each.reasons
    )
    codes.update(reason.code for reason in assessment.reasons)
    reasons = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    return f"{counted}; {reasons or 'no reasons'}"


def _verdicts(name: str, found: Sequence[Eligibility]) -> str:
    verdicts = Counter(each.verdict for each in found)
    counts = ", ".join(
        f"{verdicts[verdict]} {word}" for verdict, word in _VERDICTS.items() if verdicts[verdict]
    )
    return f"{len(found)} {name} ({counts})" if counts else f"0 {name}"
