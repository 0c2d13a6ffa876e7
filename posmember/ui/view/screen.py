"""What the window shows, as one value: the controller makes it, the panels only render it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from posmember.domain.context import Context, Order, Store
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import context_of
from posmember.domain.rules.assessment import Assessment, Suggestion
from posmember.lookup.sections import Idle, Loading, Section, SectionState
from posmember.ui.view.wechat import WechatView

_IDLE = Idle()


class Severity(StrEnum):
    """How a line to the cashier is meant."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Hint:
    """One line to the cashier: what happened and what to do. Never modal.

    Args:
        support_code: the 问题编号 that the log holds too, or "".
        answers: what the cashier may answer where it is a question, the likelier one first;
            it does not wait: the next scan simply goes on.
    """

    severity: Severity
    text: str
    support_code: str = ""
    answers: tuple[str, ...] = ()


class PanelKind(StrEnum):
    """The state of one panel."""

    EMPTY = "empty"
    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PanelState:
    """A panel's state, made of the sections it needs.

    Args:
        problems: for FAILED why; for LOADED what is missing from a part that failed. Each is
            the cashier's words, ready to show.
        at: for LOADED when; aware, +08:00.
    """

    kind: PanelKind = PanelKind.EMPTY
    problems: tuple[str, ...] = ()
    at: datetime | None = None


class Nobody(StrEnum):
    """By what nobody was found, where it is no slip of the finger."""

    PHONE = "phone"
    """A phone number: whose it is may become a member."""
    CODE = "code"
    """Anything else: another chain's code, perhaps."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything the window shows of one lookup.

    Args:
        run: the number of the lookup; 0 while nothing was looked up.
        sections: the state of each part.
        nearly: what becomes usable by the least, beside what is suggested.
        store, order: what verdicts were made for.
        now: when verdicts were made; aware, +08:00.
        refreshing: whether the platform is being asked again in the background.
        hint: a line to the cashier, or None.
        nobody: by what nobody was found, when all was tried; None where that is not so.
        wechat: 微信会员卡; None where WeChat Pay is not set up.
    """

    now: datetime
    run: int = 0
    sections: Mapping[Section, SectionState] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(Section, _IDLE))
    )
    member_panel: PanelState = PanelState()
    balances_panel: PanelState = PanelState()
    coupons_panel: PanelState = PanelState()
    gift_cards_panel: PanelState = PanelState()
    profile: Profile = Profile()
    assessment: Assessment = Assessment()
    nearly: Suggestion | None = None
    store: Store = Store()
    order: Order = Order()
    refreshing: bool = False
    hint: Hint | None = None
    nobody: Nobody | None = None
    wechat: WechatView | None = None

    @property
    def context(self) -> Context:
        """What verdicts were made in, for what is asked of the rules only when it is shown."""
        return context_of(self.profile, self.store, self.order, self.now)

    @property
    def checks_coupons(self) -> bool:
        """Whether an answer that the coupons' verdicts need is under way."""
        return isinstance(self.sections[Section.IDENTITY], Loading)

    @property
    def checks_gift_cards(self) -> bool:
        """Whether an answer that the gift cards' verdicts need is under way."""
        return self.checks_coupons or isinstance(self.sections[Section.GIFT_CARDS], Loading)
