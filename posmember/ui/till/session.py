"""One member on the screen: the sections, and what follows from them. No widgets, no tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from posmember.domain.context import AccountStatus, Order, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.gift_cards import join_gift_cards
from posmember.domain.joining.join import account_of, join
from posmember.domain.joining.persons import Whose, same_person, whole_mobile, whose
from posmember.domain.member import Identity
from posmember.domain.profile import Person, Profile
from posmember.domain.rules.assess import (
    Standings,
    assess,
    assess_gift_cards,
    context_of,
    stand_all,
)
from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.calendar import next_change_at
from posmember.domain.rules.member import member_notices, member_reasons
from posmember.domain.values import EARLIEST, LATEST, moved
from posmember.domain.withheld import cards_without_numbers, is_by_phone, without_codes
from posmember.errors import MemberNotFoundError
from posmember.lookup.sections import Failed, Idle, Loaded, Loading, Section, SectionState
from posmember.lookup.service import Request
from posmember.lookup.units import UnitsSeen
from posmember.scanning.identifier import is_other_case
from posmember.scanning.nobody import Guess, guess
from posmember.ui.messages import other_case_text
from posmember.ui.till.panel_states import PanelStates, panel_states
from posmember.ui.till.telling import Telling, as_if_active, is_late
from posmember.ui.view.screen import Hint, Nobody, Severity, View

_A_MOMENT = timedelta(seconds=1)
"""Before it is over, what was just evaluated is rendered without a look at every date."""


class Session:
    """Collects the sections of one lookup and its refreshes, and makes the view of them.

    Args:
        store: this store.
        units: the setting for member-info's thresholds, and what members before proved.
        identifiers: what is looked up; empty while nobody is.
        run: the number of the lookup; 0 while nobody is looked up.
        shown: who was identified already; only what is theirs is taken.
        hides_after_phone: whether codes and stored value are kept back of a member who was found
            by a phone number.
    """

    def __init__(
        self,
        store: Store,
        units: UnitsSeen,
        identifiers: tuple[Identifier, ...] = (),
        run: int = 0,
        shown: Whose | None = None,
        *,
        hides_after_phone: bool = False,
    ) -> None:
        self._store = store
        self._units = units
        self._identifiers = identifiers
        self.run = run
        self._shown = shown
        self._hides_after_phone = hides_after_phone
        self._sections: dict[Section, SectionState] = dict.fromkeys(Section, Idle())
        self._profile = Profile()
        self._held: dict[Section, SectionState] = {}
        self._changed: set[Section] = set()
        self._assessed = self._profile, Order()
        self._assessment = Assessment()
        self._telling = Telling()
        self._standings, self._stood_at = Standings((), (), ()), EARLIEST
        self._stable = self._profile, EARLIEST, EARLIEST
        self._panels = PanelStates()
        self._found_by: Identifier | None = None
        self._theirs: Whose | None = None
        self.refreshing = False
        self.hint: Hint | None = None
        self.note: Hint | None = None

    @property
    def user_id(self) -> str:
        """The platform's user id of the member on the screen; "" while it is not known."""
        return self.person.user_id if self.person else ""

    @property
    def guess(self) -> Guess | None:
        """What was perhaps scanned or typed instead of a member's code; None where it found one."""
        asks_for_one = self._identifiers and self._found_by is None and self._shown is None
        return guess(self._identifiers[0].value) if asks_for_one else None

    @property
    def nobody(self) -> Nobody | None:
        """By what nobody was found; None while it is asked, and where it looks like a mistake."""
        states = self._sections.values()
        if self._shown is not None or any(isinstance(each, Loading | Loaded) for each in states):
            return None
        found_none = isinstance(self.member, Failed) and isinstance(
            self.member.error, MemberNotFoundError
        )
        if not found_none or self.guess is not None:
            return None
        return Nobody.PHONE if is_by_phone(self._identifiers[0]) else Nobody.CODE

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

        By the user id where it is known, as a member code may be good for a minute only. That
        number may be somebody else's member code, too: then by what found this member, and by
        their phone number.
        """
        person = self._current_profile().person
        if person is None or not person.user_id:
            return self._identifiers
        by_id = Identifier(IdentifierKind.USER_ID, person.user_id)
        mobile = whole_mobile(person.mobile)
        by_mobile = Identifier(IdentifierKind.MOBILE, mobile) if mobile else None
        ways = dict.fromkeys((by_id, self._found_by, by_mobile))
        return tuple(way for way in ways if way is not None)

    def request(self, order: Order) -> Request:
        """What to ask the platform for, for an order: the member on the screen, where one is."""
        person = self._current_profile().person
        self._theirs = whose(person, self._found_by) if person is not None else self._shown
        self._held.clear()
        return Request(self.identifiers, order.order_type, order.discount, self._theirs)

    @property
    def waiting(self) -> bool:
        """Whether a section has not been answered yet."""
        return any(isinstance(state, Loading) for state in self._sections.values())

    def holds_until(self, now: datetime) -> datetime | None:
        """Until when the verdicts of the last view hold, if they hold now; else None.

        The next view evaluates anew what does not hold. Aware, +08:00, both; a clock that was
        set back may have left the time that they were made for.
        """
        profile, _order = self._assessed
        assets = profile.assets()
        if not assets:
            return LATEST
        of, since, until = self._stable
        if of is not profile or not since <= self._stood_at < until:
            since, until = self._stood_at, next_change_at(assets, self._stood_at)
        if now < since and next_change_at(assets, now) > since:
            since = now  # a second or two back, and no boundary in between
        self._stable = profile, since, until
        return until if since <= now < until else None

    def take(self, section: Section, state: SectionState) -> None:
        """A section's next state in the first lookup."""
        if isinstance(state, Loaded) and self._found_by is None:
            self._found_by = state.found_by
            if is_other_case(self._identifiers, state.found_by):
                self.note = Hint(Severity.WARNING, other_case_text())
        self._sections[section] = state
        self._changed.add(section)

    def take_again(self, section: Section, state: SectionState) -> bool:
        """A section's next state in a refresh: what was loaded stays until there is better.

        What came is held until `settle`: one part of now beside another of before would tell of
        differences that are none; but that the account is frozen now is told at once. Where nobody
        was on the screen when it began, it is as a first lookup.

        Returns:
            Whether the state was taken; what is not this member's never is.
        """
        theirs = self._theirs
        if theirs is None:
            self.take(section, state)
            return True
        if isinstance(state, Loaded):
            if not same_person(theirs, state.whose):
                return False
            self._theirs = replace(theirs, user_id=theirs.user_id or state.whose.known_id)
        else:
            self._held.pop(section, None)
            if isinstance(self._sections[section], Loaded):
                return False
        if isinstance(state, Loading) or _tells_of_a_frozen_account(state):
            self.take(section, state)
        else:
            self._held[section] = state
        return True

    def settle(self) -> None:
        """The lookup or the refresh is over: let what was held of it take its place."""
        self.refreshing = False
        for section, state in self._held.items():
            self.take(section, state)
        self._held.clear()

    def give_up(self, state: Failed) -> None:
        """Let every section that is still waited for have failed: no answer will come."""
        self.settle()
        for section, before in self._sections.items():
            if isinstance(before, Loading):
                self.take(section, state)

    def view(self, order: Order, now: datetime) -> View:
        """What to show for an order; now is aware, +08:00, by the platform's clock.

        What has not changed since the last view is the same object, so that panels can tell.
        """
        profile = self._current_profile()
        self._assess(profile, order, now)
        panels = panel_states(self._sections, self.guess)
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
            assessment=self._telling.told(self._assessment, self._sections),
            nearly=self._telling.nearly(context_of(profile, self._store, order, now)),
            store=self._store,
            order=order,
            refreshing=self.refreshing,
            hint=self.hint or self.note,
            nobody=self.nobody,
        )

    def _current_profile(self) -> Profile:
        """The profile of what has arrived; a thousand coupons are joined only when they change."""
        if is_late(self._sections, Section.MEMBER):
            # No panel shows anything before member-info; joining now would be to do it twice.
            return self._profile
        info, listed = self._data(Section.MEMBER), self._data(Section.GIFT_CARDS) or ()
        if self._changed == {Section.GIFT_CARDS}:
            cards = join_gift_cards(info.gift_cards if info else (), listed)
            if self._profile.withheld:
                cards = cards_without_numbers(cards)
            self._profile = replace(self._profile, gift_cards=cards)
        elif self._changed:
            self._profile = join(
                info,
                self._data(Section.IDENTITY),
                listed,
                unit=self._units.setting,
                seen=self._units.proof,
                without_identity=self._without_identity(),
            )
            self._units.learn(self._profile)
            if self._hides_codes:
                self._profile = without_codes(self._profile)
        self._changed.clear()
        return self._profile

    @property
    def _hides_codes(self) -> bool:
        by = self._found_by
        return self._hides_after_phone and by is not None and is_by_phone(by)

    def _without_identity(self) -> AccountStatus:
        """What is to be said of the account where identity has told nothing of it."""
        late = is_late(self._sections, Section.IDENTITY)
        return AccountStatus.LATE if late else AccountStatus.FAILED

    def _assess(self, profile: Profile, order: Order, now: datetime) -> None:
        """Evaluate anew what the change touches, or the time that has passed."""
        before, for_order = self._assessed
        same_order, holds = order == for_order, self._holds(now)
        if profile is before and same_order and holds:
            return
        if not same_order or not holds:
            self._telling.stand_anew()
        # Not by the coupons alone: no coupons are the same object twice, of whomever.
        same_person = profile.person is before.person and profile.coupons is before.coupons
        if profile is not before and same_person and same_order and holds:
            self._assess_gift_cards(profile, order, now)
        else:
            if profile is not before or not holds:
                self._standings = stand_all(as_if_active(profile), self._store, now)
                self._stood_at = now
            likely = as_if_active(profile)
            self._assessment = assess(likely, self._store, order, now, self._standings)
        self._assessed = profile, order

    def _holds(self, now: datetime) -> bool:
        """Whether no verdict has moved on with the clock since all rules were asked."""
        profile, _order = self._assessed
        just_now = self._stood_at <= now < moved(self._stood_at, _A_MOMENT)
        if just_now and self._stable[0] is not profile:
            return True
        return self.holds_until(now) is not None

    def _assess_gift_cards(self, profile: Profile, order: Order, now: datetime) -> None:
        context = context_of(as_if_active(profile), self._store, order, now)
        cards = assess_gift_cards(profile.gift_cards, context)
        self._standings = replace(self._standings, gift_cards=cards)
        self._assessment = replace(
            self._assessment,
            gift_cards=cards,
            reasons=member_reasons(profile),  # cards that are all there is have a member, too
            notices=member_notices(profile),
        )

    def _data(self, section: Section) -> Any:
        state = self._sections[section]
        return state.data if isinstance(state, Loaded) else None


def _tells_of_a_frozen_account(state: SectionState) -> bool:
    if not isinstance(state, Loaded) or not isinstance(state.data, Identity):
        return False
    return account_of(state.data) is AccountStatus.FROZEN
