"""What settings and the machine's policy mean for scans and members: the terms of a till's work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from posmember.domain.context import Store
from posmember.lookup.units import UnitsSeen
from posmember.scanning.profile import CodeProfile
from posmember.settings.declared import PHONE_LOOKUP, PhoneLookup
from posmember.settings.policy import NO_POLICY
from posmember.ui.messages import clear_text_warning, in_lines
from posmember.ui.till.intake import Intake
from posmember.ui.till.reception import Reception
from posmember.ui.till.session import Session
from posmember.ui.wording.connections import ignored_policy_warning

if TYPE_CHECKING:
    from posmember.domain.identifier import Identifier
    from posmember.settings.config import Settings


def reception_for(
    settings: Settings | None, knows: Callable[[Identifier], bool] | None = None
) -> Reception:
    """What takes scans by these settings; None is that there are none.

    Args:
        knows: in training mode, whom alone it may look up; see `CodeProfile`.
    """
    profile = CodeProfile(settings.scanner.url_pattern if settings else None, knows)
    return Reception(Intake(profile), _phone_lookup(settings))


def sessions_for(settings: Settings | None) -> Callable[..., Session]:
    """What makes a member's session by these settings; None is that there are none."""
    return partial(
        Session,
        settings.store if settings else Store(),
        UnitsSeen(settings.platform.min_amount_use_unit if settings else None),
        hides_after_phone=_phone_lookup(settings) is PhoneLookup.MASKED,
    )


def lasting_warning(settings: Settings) -> str:
    """A line that stays visible by these settings; "" for none."""
    said = [clear_text_warning()] if settings.platform.clear_text else []
    if settings.policy.ignored:
        said.append(ignored_policy_warning(len(settings.policy.ignored)))
    return in_lines(*said)


def _phone_lookup(settings: Settings | None) -> PhoneLookup:
    found: PhoneLookup = (settings.policy if settings else NO_POLICY).value(PHONE_LOOKUP)
    return found
