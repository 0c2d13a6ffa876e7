"""What is told of the screen to programs that have subscribed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from posmember.domain.masking import mask_code, mask_name, mask_phone
from posmember.domain.rules.reasons import Verdict
from posmember.link.framing import PROTOCOL
from posmember.lookup.sections import Loading, Section
from posmember.ui.view.screen import PanelKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from posmember.domain.profile import Profile
    from posmember.ui.view.screen import View

_STATES = {
    PanelKind.EMPTY: "nobody",
    PanelKind.LOADING: "loading",
    PanelKind.LOADED: "found",
    PanelKind.FAILED: "failed",
}


def screen_event(
    view: View | None, code: str, verdict: Verdict | None = None, *, masked: bool
) -> dict[str, Any]:
    """The event that tells of what is on the screen.

    Args:
        view: what is shown; None before anything was.
        code: the selected coupon's or card's, else the suggested one's; or "".
        verdict: of what has that code; None while it is being checked.
        masked: whether nothing of a person may be told, and no code.
    """
    told: dict[str, Any] = {"protocol": PROTOCOL, "event": "screen", "state": "nobody"}
    told |= {"member": None, "coupons": None, "gift_cards": None}
    told |= {"code": None, "verdict": None}
    if view is None or not view.run:
        return told
    told["state"] = _STATES[view.member_panel.kind]
    # What an answer that is under way could take back is not told.
    if view.coupons_panel.kind is PanelKind.LOADED and not view.checks_coupons:
        told["coupons"] = _counts(each.eligibility.verdict for each in view.assessment.coupons)
    if view.gift_cards_panel.kind is PanelKind.LOADED and not view.checks_gift_cards:
        cards = view.assessment.gift_cards
        told["gift_cards"] = _counts(each.eligibility.verdict for each in cards)
    if not masked:
        told["member"] = _member(view.profile)
        told["code"] = code or None
        told["verdict"] = verdict.value if code and verdict is not None else None
    if isinstance(view.sections[Section.MEMBER], Loading):
        told["state"] = "loading"
    return told


def _counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counted = Counter(verdicts)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def _member(profile: Profile) -> dict[str, Any] | None:
    person = profile.person
    if person is None:
        return None
    return {
        "id": None if profile.withheld else person.user_id or None,
        "name": mask_name(person.name),
        "mobile": mask_phone(person.mobile),
        "tier": person.tier.name,
        "card_number": "" if profile.withheld else mask_code(person.card_number),
    }
