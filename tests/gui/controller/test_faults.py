"""Every fault of the sandbox at every API: the panels that needed it say so, the others stay."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.api import retries
from posmember.api.qimai import transport
from posmember.cli.demo import settings_for
from posmember.lookup.backend import Backend
from posmember.lookup.sections import Failed, Loaded, Section
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.faults import FaultKind
from posmember.sandbox.server import RunningSandbox
from posmember.ui.messages import error_text
from posmember.ui.view.screen import PanelKind, View
from tests.fakes.patience import no_patience_with
from tests.gui.driving import desk, hint_text, on_qasync, texts, until

FOUND = "found"
NOBODY = errors.MemberNotFoundError
UNREADABLE = errors.ApiResponseError
REFUSED = errors.ApiBusinessError

# What each fault makes of the section of member-info, identity and the gift-card list.
OUTCOMES: dict[str, tuple[object, object, object]] = {
    "http204": (errors.ApiStatusError,) * 3,
    "http302": (errors.ApiConnectionError,) * 3,
    "http401": (errors.ApiStatusError,) * 3,
    "http404": (errors.ApiStatusError,) * 3,
    "http429": (errors.RateLimitedError,) * 3,
    "http500": (errors.ApiStatusError,) * 3,
    "http503": (errors.ApiStatusError,) * 3,
    "slow50": (FOUND,) * 3,
    "timeout": (errors.ApiTimeoutError,) * 3,
    "cut": (errors.ApiConnectionError,) * 3,
    "html": (errors.ApiConnectionError,) * 3,
    "not_json": (UNREADABLE,) * 3,
    "truncated": (UNREADABLE,) * 3,
    "wrong_types": (FOUND,) * 3,
    # Nothing where a member should be is nobody; no gift cards are none.
    "empty_list": (NOBODY, NOBODY, FOUND),
    "empty_object": (NOBODY, NOBODY, FOUND),
    "null": (NOBODY, NOBODY, FOUND),
    "not_found": (NOBODY, NOBODY, FOUND),
    "refused": (REFUSED,) * 3,
    "system_error": (REFUSED,) * 3,
    "rate_limited": (errors.RateLimitedError,) * 3,
    "busy": (errors.RateLimitedError,) * 3,
    "bad_signature": (errors.SignatureRejectedError,) * 3,
    "huge": (UNREADABLE,) * 3,
    "deep": (UNREADABLE,) * 3,
}
APIS = {
    "member_info": Section.MEMBER,
    "identity": Section.IDENTITY,
    "gift_cards": Section.GIFT_CARDS,
}
CASES = [
    pytest.param(fault, api, outcome, id=f"{api}={fault}")
    for fault, outcomes in OUTCOMES.items()
    for api, outcome in zip(APIS, outcomes, strict=True)
]


@pytest.fixture(scope="module")
def served() -> Iterator[RunningSandbox]:
    """A sandbox in a thread of this process."""
    with RunningSandbox() as running:
        yield running


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_DELAY_S", 0.001)
    monkeypatch.setattr(retries, "MAX_RETRY_AFTER_S", 0.0)


def test_no_kind_of_fault_is_forgotten() -> None:
    assert {fault.rstrip("0123456789") for fault in OUTCOMES} == {*FaultKind}


@dataclass(frozen=True)
class Shown:
    """What was on the screen in the end."""

    view: View
    hint: str
    texts: tuple[str, ...]


def played(qapp: QApplication, served: RunningSandbox, *faults: str) -> Shown:
    """Scan the first member with faults in force; returns what is on the screen then."""
    sandbox = served.sandbox
    sandbox.clear_faults()
    for fault in faults:
        sandbox.add_fault(fault)
    settings = settings_for(served.base_url)
    settings = replace(settings, platform=replace(settings.platform, timeout_s=8))

    async def play() -> Shown:
        backend: asyncio.Future[Backend] = asyncio.get_running_loop().create_future()
        backend.set_result(Backend(settings, OPEN_KEY))
        async with desk(backend=backend, settings=settings) as at:
            at.controller.scan("qm0000001")
            await until(lambda: not at.controller._lookups.running, "the lookup to end")
            await at.rendered()
            return Shown(at.view, hint_text(at.window), tuple(texts(at.window)))

    return on_qasync(qapp, play)


@pytest.mark.parametrize(("fault", "api", "outcome"), CASES)
def test_a_fault_of_one_api(
    qapp: QApplication,
    served: RunningSandbox,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    api: str,
    outcome: object,
) -> None:
    if fault == "timeout":
        no_patience_with(monkeypatch, transport, api)
    at = played(qapp, served, f"{api}={fault}")
    view, section = at.view, APIS[api]
    for other in set(Section) - {section}:
        assert isinstance(view.sections[other], Loaded), other
    state = view.sections[section]
    panels = {
        "member": view.member_panel,
        "balances": view.balances_panel,
        "coupons": view.coupons_panel,
        "gift_cards": view.gift_cards_panel,
    }
    concerned = {
        Section.MEMBER: {*panels},
        Section.IDENTITY: {"member", "balances", "coupons"},
        Section.GIFT_CARDS: {"gift_cards"},
    }[section]
    if fault == "wrong_types":  # answered, but some of it cannot be read: a lost list is told
        assert isinstance(state, Loaded)
        assert state.unreadable
        troubled = {name for name, panel in panels.items() if panel.problems}
        assert troubled <= {"coupons", "gift_cards"}
        return
    assert {panel.kind for panel in panels.values()} == {PanelKind.LOADED}
    if outcome == FOUND:
        assert isinstance(state, Loaded)
        assert not any(panel.problems for panel in panels.values())
        assert view.hint is None
        assert not state.unreadable
        return
    assert isinstance(state, Failed)
    assert type(state.error) is outcome
    words = error_text(state.error).text
    for name, panel in panels.items():
        assert bool(panel.problems) is (name in concerned), name
        assert all(words in problem for problem in panel.problems)
    assert words in at.hint


@pytest.mark.parametrize("fault", [fault for fault in OUTCOMES if fault != "timeout"])
def test_a_fault_of_all_apis_is_no_exception(
    qapp: QApplication, served: RunningSandbox, fault: str
) -> None:
    at = played(qapp, served, f"all={fault}")
    outcomes = OUTCOMES[fault]
    if outcomes[0] == FOUND:
        assert at.view.member_panel.kind is PanelKind.LOADED
        return
    state = at.view.sections[Section.MEMBER]
    assert isinstance(state, Failed)
    assert type(state.error) is outcomes[0]
    assert at.view.member_panel.kind is PanelKind.FAILED
    assert error_text(state.error).text in at.hint


def test_a_fault_that_passes_is_not_noticed(qapp: QApplication, served: RunningSandbox) -> None:
    at = played(qapp, served, "member_info=http503:2", "identity=cut:1", "gift_cards=http502:1")
    states = at.view.sections.values()
    failed = [(state.error, state.error.__cause__) for state in states if isinstance(state, Failed)]
    assert failed == []
    assert at.view.hint is None


def test_without_faults_everything_is_there(qapp: QApplication, served: RunningSandbox) -> None:
    at = played(qapp, served)
    assert len(at.view.assessment.coupons) == 10
    assert len(at.view.assessment.gift_cards) == 3
    assert not [text for text in at.texts if "没有查到" in text]
