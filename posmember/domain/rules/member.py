"""What is to check of a member, and to know: said once, not once an asset (RULES, notices)."""

from __future__ import annotations

from posmember.domain.context import AccountStatus
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Profile
from posmember.domain.rules.notices import Notices
from posmember.domain.rules.reasoning import NONE, Reasons, one
from posmember.domain.rules.reasons import Notice, NoticeCode, ReasonCode


def member_reasons(profile: Profile) -> Reasons:
    """An account that is not known, and why; it makes every asset one to check."""
    if _nobody(profile) or profile.account.known:
        return NONE
    return one(ReasonCode.VALUE_UNKNOWN, field="account", state=profile.account.value)


def member_notices(profile: Profile) -> Notices:
    """NEEDS_PASSWORD for the stored value, ACCOUNT_UNCHECKED.

    Nothing is said of an account that identity is still being asked about.
    """
    found: Notices = ()
    person = profile.person
    if person is not None and person.password_enabled and _has_stored_value(profile):
        found += (Notice(NoticeCode.NEEDS_PASSWORD),)
    unchecked = profile.account in (AccountStatus.FAILED, AccountStatus.UNREADABLE)
    if unchecked and not _nobody(profile):
        found += (Notice(NoticeCode.ACCOUNT_UNCHECKED, {"state": profile.account.value}),)
    return found


def _nobody(profile: Profile) -> bool:
    return profile.person is None and not profile.gift_cards


def _has_stored_value(profile: Profile) -> bool:
    balances = profile.balances
    told = (balances.total, balances.principal, balances.bonus)
    return any(isinstance(amount, Money) and amount > ZERO for amount in told)
