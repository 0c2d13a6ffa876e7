"""What can be told at once, and what not before an answer is there. No widgets.

While identity or the list of gift cards is still asked, the verdicts that need them are not
known: they are neutral, and their rows stand where they will stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from posmember.domain.context import AccountStatus, Context
from posmember.domain.profile import Profile
from posmember.domain.rules.assessment import (
    AssessedBenefitCard,
    AssessedCoupon,
    AssessedGiftCard,
    Assessment,
    Suggestion,
)
from posmember.domain.rules.reasons import VERDICT_RANK, Eligibility, Verdict
from posmember.domain.rules.suggestion import suggest
from posmember.lookup.sections import Loading, Section, SectionState
from posmember.ui.models.grouping import are_alike, grouped

A = TypeVar("A", AssessedCoupon, AssessedGiftCard)
_NOT_KNOWN = Eligibility(Verdict.CHECK)


class Telling:
    """Makes of an assessment what may be told of it, and keeps rows in their places."""

    def __init__(self) -> None:
        self._of: tuple[Assessment, bool, bool] | None = None
        self._told = Assessment()
        self._keeps_coupons = self._keeps_cards = False
        self._near: tuple[Assessment, Suggestion | None] | None = None

    def stand_anew(self) -> None:
        """Let rows stand by their verdicts again: the order or the clock has moved on."""
        self._keeps_coupons = self._keeps_cards = False

    def told(self, assessment: Assessment, sections: Mapping[Section, SectionState]) -> Assessment:
        """The assessment without what an answer that is under way could take back.

        Rows that were told of before their verdicts were known stay where they are. What is
        the same as before is the same object.
        """
        no_account = is_late(sections, Section.IDENTITY)
        no_list = no_account or is_late(sections, Section.GIFT_CARDS)
        of = self._of
        if of is not None and of[0] is assessment and of[1:] == (no_account, no_list):
            return self._told
        self._of = assessment, no_account, no_list
        if of is not None:
            self._keep_what_turns_late(account=no_account > of[1], listed=no_list > of[2])
        same = of is not None and of[0].coupons is assessment.coupons and of[1] is no_account
        coupons = self._told.coupons if same else by_what_helps(assessment)
        cards = assessment.gift_cards
        if self._keeps_coupons and not same:
            coupons = split_last(in_places(coupons, self._told.coupons), self._told.coupons)
        if self._keeps_cards and cards is not self._told.gift_cards:
            cards = in_places(cards, self._told.gift_cards)
        self._keeps_coupons, self._keeps_cards = (
            self._keeps_coupons or no_account,
            self._keeps_cards or no_list,
        )
        whole = replace(assessment, coupons=coupons, gift_cards=cards)
        self._told = _known_only(whole, no_account=no_account, no_list=no_list)
        return self._told

    def _keep_what_turns_late(self, *, account: bool, listed: bool) -> None:
        """Leave rows where they are told already, though what they tell is asked for again."""
        self._keeps_coupons |= account and bool(self._told.coupons)
        self._keeps_cards |= listed and bool(self._told.gift_cards)

    def nearly(self, context: Context) -> Suggestion | None:
        """What becomes usable by the least, besides what is usable now; None for nothing."""
        told = self._told
        if self._near is None or self._near[0] is not told:
            self._near = told, _nearly_usable(told, context)
        return self._near[1]


def as_if_active(profile: Profile) -> Profile:
    """The profile as it most likely is: so that rows stand where they will stay."""
    if profile.account is not AccountStatus.LATE:
        return profile
    person = profile.person
    if person is not None:
        person = replace(person, account=AccountStatus.ACTIVE)
    return replace(profile, person=person, account=AccountStatus.ACTIVE)


def by_what_helps(assessment: Assessment) -> tuple[AssessedCoupon, ...]:
    """Coupons as they came, but inside a verdict what helps most first: the suggested one."""
    suggested = assessment.suggestion.coupon if assessment.suggestion is not None else None

    def helps(each: AssessedCoupon) -> tuple[int, bool, int]:
        verdict = each.eligibility.verdict
        counts = each.saving is not None and verdict is not Verdict.NOT_USABLE
        saves = each.saving.fen if counts and each.saving is not None else 0
        return VERDICT_RANK[verdict], each.coupon is not suggested, -saves

    return tuple(sorted(assessment.coupons, key=helps))


def is_late(sections: Mapping[Section, SectionState], section: Section) -> bool:
    """Whether a section is still asked for."""
    return isinstance(sections[section], Loading)


def in_places(assets: Sequence[A], before: Sequence[A]) -> tuple[A, ...]:
    """Let assets stand where they stood before, in the order of then; new ones at the end."""
    places = {_own_id(each): place for place, each in enumerate(before)}
    return tuple(sorted(assets, key=lambda each: places.get(_own_id(each), len(places))))


def split_last(
    coupons: Sequence[AssessedCoupon], before: Sequence[AssessedCoupon]
) -> tuple[AssessedCoupon, ...]:
    """Let what was one row of several and is no longer alike stand at the end.

    In the row's place stays what can be used the soonest, so that no row below it moves.
    """
    rows = [row for row in grouped(before) if len(row) > 1]
    row_of = {_own_id(each): number for number, row in enumerate(rows) for each in row}
    stays: dict[int, AssessedCoupon] = {}
    for each in coupons:
        row = row_of.get(_own_id(each), -1)
        first = stays.setdefault(row, each)
        if _rank(each) < _rank(first):
            stays[row] = each
    kept: list[AssessedCoupon] = []
    split: list[AssessedCoupon] = []
    for each in coupons:
        row = row_of.get(_own_id(each), -1)
        stands = row < 0 or are_alike(stays[row], each)
        (kept if stands else split).append(each)
    return (*kept, *split)


def _rank(assessed: AssessedCoupon) -> int:
    return VERDICT_RANK[assessed.eligibility.verdict]


def _known_only(whole: Assessment, *, no_account: bool, no_list: bool) -> Assessment:
    cards = _neutral_cards(whole.gift_cards) if no_list else whole.gift_cards
    if not no_account:
        return replace(whole, gift_cards=cards)
    benefits = [AssessedBenefitCard(each.card, _NOT_KNOWN) for each in whole.benefit_cards]
    return Assessment(
        coupons=tuple([AssessedCoupon(each.coupon, _NOT_KNOWN) for each in whole.coupons]),
        gift_cards=cards,
        benefit_cards=tuple(benefits),
        notices=whole.notices,  # that stored value takes a password does not hang on the account
    )


def _nearly_usable(assessment: Assessment, context: Context) -> Suggestion | None:
    suggested = assessment.suggestion
    if suggested is None or suggested.remedy is not None:
        return None
    rest = [each for each in assessment.coupons if each.eligibility.verdict is not Verdict.USABLE]
    return suggest(rest, context)


def _neutral_cards(cards: Sequence[AssessedGiftCard]) -> tuple[AssessedGiftCard, ...]:
    return tuple([AssessedGiftCard(each.card, _NOT_KNOWN) for each in cards])


def _own_id(assessed: AssessedCoupon | AssessedGiftCard) -> str:
    asset = assessed.coupon if isinstance(assessed, AssessedCoupon) else assessed.card
    return asset.own_id
