"""From the sections of a lookup to the state of each panel. Pure but for the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import AccountStatus
from posmember.domain.member import Identity, MemberInfo
from posmember.lookup.sections import Failed, Idle, Loaded, Loading, Section, SectionState
from posmember.scanning.nobody import Guess
from posmember.ui.messages import account_unknown_text, error_text
from posmember.ui.view.screen import PanelKind, PanelState

Sections = Mapping[Section, SectionState]
_EMPTY = PanelState(PanelKind.EMPTY)
_LOADING = PanelState(PanelKind.LOADING)


@dataclass(frozen=True, slots=True)
class PanelStates:
    """The state of each panel."""

    member: PanelState = _EMPTY
    balances: PanelState = _EMPTY
    coupons: PanelState = _EMPTY
    gift_cards: PanelState = _EMPTY


def panel_states(sections: Sections, guess: Guess | None = None) -> PanelStates:
    """What each panel can show of what has arrived, and which of its parts are missing.

    Args:
        guess: what the code looks like, to be said where nobody was found by it.
    """
    translate = QCoreApplication.translate
    no_member = translate("PanelStates", "会员信息没有查到")
    no_identity = translate("PanelStates", "会员识别没有查到")
    not_locked_checked = translate("PanelStates", "没有核对券是否锁定")
    no_list = translate("PanelStates", "礼品卡列表没有查到")
    lost_coupons = translate("PanelStates", "优惠券列表无法读取，请按 F5 刷新")
    lost_cards = translate("PanelStates", "礼品卡列表无法读取，请按 F5 刷新")
    info, identity = _data(sections[Section.MEMBER]), _data(sections[Section.IDENTITY])
    nobody = info is None and identity is None
    member = _panel(sections, Section.IDENTITY, no_member, no_identity, guess)
    return PanelStates(
        member=member,
        balances=member,
        coupons=_with_lost(
            _with_cut(
                _panel(sections, Section.IDENTITY, no_member, not_locked_checked, guess),
                sections[Section.MEMBER],
                sections[Section.IDENTITY],
            ),
            [data for data in (info, identity) if data is not None],
            "coupons",
            lost_coupons,
            waits=isinstance(sections[Section.IDENTITY], Loading),
        ),
        gift_cards=_with_lost(
            _with_cut(
                _with_unchecked(
                    _named(
                        _panel(sections, Section.GIFT_CARDS, no_member, no_list, guess),
                        "" if nobody else no_list,
                        sections[Section.GIFT_CARDS],
                    ),
                    nobody=nobody and isinstance(sections[Section.IDENTITY], Failed),
                ),
                sections[Section.MEMBER],
                sections[Section.GIFT_CARDS],
            ),
            [data for data in (info,) if data is not None],
            "gift_cards",
            lost_cards,
        ),
    )


def _named(panel: PanelState, what: str, section: SectionState) -> PanelState:
    """Say of a list that failed beside a member who is there what it is; "" is for nobody."""
    if not what or panel.kind is not PanelKind.FAILED or not isinstance(section, Failed):
        return panel
    return replace(panel, problems=(_missing(what, section),))


def _with_unchecked(panel: PanelState, *, nobody: bool) -> PanelState:
    """Say of cards that are all there is why they are to check: there is no member to say it of."""
    if not nobody or panel.kind is not PanelKind.LOADED:
        return panel
    return replace(panel, problems=(*panel.problems, account_unknown_text(AccountStatus.FAILED)))


def _with_cut(panel: PanelState, *sources: SectionState) -> PanelState:
    """Say so where a list was longer than is read: never as if that were all."""
    cut = any(isinstance(source, Loaded) and source.cut for source in sources)
    if not cut or panel.kind is not PanelKind.LOADED:
        return panel
    words = QCoreApplication.translate("PanelStates", "券或卡太多，没有全部列出")
    return replace(panel, problems=(*panel.problems, words))


def _with_lost(
    panel: PanelState,
    sources: Sequence[MemberInfo | Identity],
    name: str,
    words: str,
    *,
    waits: bool = False,
) -> PanelState:
    """Say so where a list came and nothing of it could be read: never as an empty one.

    Args:
        waits: whether another source, which may know what was lost, is still asked.
    """
    if not any(getattr(source, f"{name}_lost") for source in sources):
        return panel
    if not any(getattr(source, name) for source in sources):
        return _LOADING if waits else PanelState(PanelKind.FAILED, (words,))
    return replace(panel, problems=(*panel.problems, words))


def _panel(
    sections: Sections,
    second_section: Section,
    no_first: str,
    no_second: str,
    guess: Guess | None,
) -> PanelState:
    """A panel that lives on member-info and on one more section.

    It waits for member-info, so that nothing half known is shown for a moment; what the
    other section adds comes when it comes.
    """
    first, second = sections[Section.MEMBER], sections[second_section]
    if isinstance(first, Idle):
        return _EMPTY
    if isinstance(first, Loading):
        return _LOADING
    if isinstance(first, Loaded):
        problems = (_missing(no_second, second),) if isinstance(second, Failed) else ()
        return PanelState(PanelKind.LOADED, problems, first.at)
    if isinstance(second, Loaded):
        problems = (_missing(no_first, first),) if isinstance(first, Failed) else ()
        return PanelState(PanelKind.LOADED, problems, second.at)
    if isinstance(second, Loading):
        return _LOADING
    return PanelState(PanelKind.FAILED, _reasons(first, guess))


def _data(state: SectionState) -> Any:
    return state.data if isinstance(state, Loaded) else None


def _missing(what: str, state: Failed) -> str:
    sentence = QCoreApplication.translate("PanelStates", "{what}：{why}")
    return sentence.format(what=what, why=error_text(state.error).text)


def _reasons(state: SectionState, guess: Guess | None) -> tuple[str, ...]:
    return (error_text(state.error, guess).text,) if isinstance(state, Failed) else ()
