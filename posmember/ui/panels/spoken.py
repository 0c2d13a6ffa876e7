"""Who was found and what they can use, each told once a lookup to who does not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posmember.ui.view.screen import PanelState, View


class Spoken:
    """Words for the views of one lookup after the other.

    What an answer that is under way could take back is not told yet.
    """

    def __init__(self) -> None:
        self._kind = "empty"
        self._is_frozen = self._counts_due = False

    def of(self, view: View) -> str:
        """Return what a view has to tell that was not told yet, or ""."""
        kind = view.member_panel.kind.value
        before, self._kind = self._kind, kind
        if kind != "loaded" or not view.run:
            self._is_frozen = self._counts_due = False
            return ""
        told = []
        if kind != before:
            self._counts_due = True
            told.append(_found(view))
        told.append(self._frozen(view))
        if self._counts_due and not view.checks_gift_cards:
            self._counts_due = False
            told += [_usable(view), *_missing(view)]
        return "，".join(filter(None, told))

    def _frozen(self, view: View) -> str:
        from posmember.domain.context import AccountStatus
        from posmember.ui.messages import frozen_text

        before, self._is_frozen = self._is_frozen, view.context.account is AccountStatus.FROZEN
        return frozen_text() if self._is_frozen and not before else ""


def _found(view: View) -> str:
    from posmember.domain.masking import mask_name
    from posmember.ui.messages import found_text, one_line

    person = view.profile.person
    if person is None:
        return found_text("", "")
    return found_text(mask_name(one_line(person.name)), one_line(person.tier.name))


def _usable(view: View) -> str:
    from posmember.ui.messages import usable_text

    found = view.assessment
    coupons = [each.eligibility.verdict.value for each in found.coupons]
    gift_cards = [each.eligibility.verdict.value for each in found.gift_cards]
    return usable_text(
        _count(view.coupons_panel, coupons), _count(view.gift_cards_panel, gift_cards)
    )


def _missing(view: View) -> list[str]:
    """What parts could not be loaded, in words; what several lack is told once."""
    panels = (view.coupons_panel, view.gift_cards_panel)
    return list(dict.fromkeys(text for panel in panels for text in panel.problems))


def _count(panel: PanelState, verdicts: list[str]) -> int | None:
    """How many are usable; None where a part of them is missing."""
    whole = panel.kind.value == "loaded" and not panel.problems
    return verdicts.count("usable") if whole else None
