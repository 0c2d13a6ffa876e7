"""One member on the screen: the sections, and what follows from them. No widgets, no tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from posmember.domain.context import Order, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.gift_cards import join_gift_cards
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.profile import Person, Profile
from posmember.domain.rules.assess import (
    Standings,
    assess,
    assess_gift_cards,
    context_of,
    stand_all,
)
from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.eligibility import next_change_at
from posmember.domain.values import CHINA
from posmember.lookup.sections import Failed, Idle, Loaded, Loading, Section, SectionState
from posmember.ui.till.panel_states import PanelStates, panel_states
from posmember.ui.view.screen import Hint, View

_LONG_AGO = datetime.min.replace(tzinfo=CHINA)


class Session:
    """Collects the sections of one lookup and its refreshes, and makes the view of them.

    Args:
        store: this store.
        unit: the profile's setting for member-info's thresholds.
        identifiers: what is looked up; empty while nobody is.
        run: the number of the lookup; 0 while nobody is looked up.
    """

    def __init__(
        self,
        store: Store,
        unit: MinSpendUnit,
        identifiers: tuple[Identifier, ...] = (),
        run: int = 0,
    ) -> None:
        self._store = store
        self._unit = unit
        self._identifiers = identifiers
        self.run = run
        self._sections: dict[Section, SectionState] = dict.fromkeys(Section, Idle())
        self._profile = Profile()
        self._changed: set[Section] = set()
        self._assessed = self._profile, Order()
        self._assessment = Assessment()
        self._standings, self._stood_at = Standings((), (), ()), _LONG_AGO
        self._stable = self._profile, _LONG_AGO, _LONG_AGO
        self._panels = PanelStates()
        self._found_by: Identifier | None = None
        self.refreshing = False
        self.hint: Hint | None = None
        self.note: Hint | None = None

    @property
    def user_id(self) -> str:
        """The platform's user id of the member on the screen; "" while it is not known."""
        return self.person.user_id if self.person else ""

    @property
    def person(self) -> Person | None:
        """Who is on the screen; None while nobody is known."""
        return self._current_profile().person

    @property
    def member(self) -> SectionState:
        """The state of the member section."""
        return self._sections[Section.MEMBER]

    @property
    def found_by(self) -> Identifier | None:
        """The identifier that the member was found by in the first lookup."""
        return self._found_by

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What to ask the platform by when the member is asked for again.

        By the user id where it is known: a member code may be good for a minute only.
        """
        if self.user_id:
            return (Identifier(IdentifierKind.USER_ID, self.user_id),)
        return self._identifiers

    @property
    def waiting(self) -> bool:
        """Whether a section has not been answered yet."""
        return any(isinstance(state, Loading) for state in self._sections.values())

    def next_change_at(self, now: datetime) -> datetime:
        """When a verdict may move on with the clock; aware, +08:00."""
        profile = self._current_profile()
        of, since, until = self._stable
        if of is not profile or not since <= now < until:
            self._stable = profile, now, next_change_at(profile.assets(), now)
        return self._stable[2]

    def move_on(self) -> None:
        """Have everything evaluated anew at the next view, as time has passed."""
        self._assessed = Profile(), Order()

    def take(self, section: Section, state: SectionState) -> None:
        """A section's next state in the first lookup."""
        if isinstance(state, Loaded) and self._found_by is None:
            self._found_by = state.found_by
        self._sections[section] = state
        self._changed.add(section)

    def take_again(self, section: Section, state: SectionState) -> bool:
        """A section's next state in a refresh: what was loaded stays until there is better.

        Returns:
            Whether the state was taken.
        """
        if isinstance(self._sections[section], Loaded) and not isinstance(state, Loaded):
            return False
        if isinstance(state, Loaded) and self._is_someone_else(state.data):
            return False
        self.take(section, state)
        return True

    def give_up(self, state: Failed) -> None:
        """Let every section that is still waited for have failed: no answer will come."""
        self.refreshing = False
        for section, before in self._sections.items():
            if isinstance(before, Loading):
                self.take(section, state)

    def view(self, order: Order, now: datetime) -> View:
        """What to show for an order; now is aware, +08:00, by the platform's clock.

        What has not changed since the last view is the same object, so that panels can tell.
        """
        profile = self._current_profile()
        self._assess(profile, order, now)
        panels = panel_states(self._sections)
        if panels != self._panels:
            self._panels = panels
        return View(
            now=now,
            run=self.run,
            sections=dict(self._sections),
            member_panel=self._panels.member,
            balances_panel=self._panels.balances,
            coupons_panel=self._panels.coupons,
            gift_cards_panel=self._panels.gift_cards,
            profile=profile,
            assessment=self._assessment,
            store=self._store,
            order=order,
            refreshing=self.refreshing,
            hint=self.hint or self.note,
        )

    def _current_profile(self) -> Profile:
        """The profile of what has arrived; a thousand coupons are joined only when they change."""
        if isinstance(self._sections[Section.MEMBER], Loading):
            # No panel shows anything before member-info; joining now would be to do it twice.
            return self._profile
        info, listed = self._data(Section.MEMBER), self._data(Section.GIFT_CARDS) or ()
        if self._changed == {Section.GIFT_CARDS}:
            cards = join_gift_cards(info.gift_cards if info else (), listed)
            self._profile = replace(self._profile, gift_cards=cards)
        elif self._changed:
            self._profile = join(info, self._data(Section.IDENTITY), listed, unit=self._unit)
        self._changed.clear()
        return self._profile

    def _assess(self, profile: Profile, order: Order, now: datetime) -> None:
        """Evaluate anew what the change touches."""
        before, for_order = self._assessed
        if profile is before and order == for_order:
            return
        # Not by the coupons alone: no coupons are the same object twice, of whomever.
        same_person = profile.person is before.person and profile.coupons is before.coupons
        if profile is not before and same_person and order == for_order:
            self._assess_gift_cards(profile, order, now)
        else:
            if profile is not before or not self._stands(now):
                self._standings, self._stood_at = stand_all(profile, self._store, now), now
            self._assessment = assess(profile, self._store, order, now, self._standings)
        self._assessed = profile, order

    def _stands(self, now: datetime) -> bool:
        """Whether no verdict has moved on with the clock since all rules were asked."""
        return self._stood_at <= now < self.next_change_at(self._stood_at)

    def _assess_gift_cards(self, profile: Profile, order: Order, now: datetime) -> None:
        context = context_of(profile, self._store, order, now)
        cards = assess_gift_cards(profile.gift_cards, context)
        self._standings = replace(self._standings, gift_cards=cards)
        self._assessment = replace(self._assessment, gift_cards=cards)

    def _data(self, section: Section) -> Any:
        state = self._sections[section]
        return state.data if isinstance(state, Loaded) else None

    def _is_someone_else(self, data: object) -> bool:
        """Whether a refresh came back with another member than the one on the screen."""
        if not isinstance(data, MemberInfo | Identity):
            return False
        return bool(self.user_id and data.user_id and data.user_id != self.user_id)
