"""A sandbox whose clock stands still, and somebody to call it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from posmember.sandbox.app import Sandbox
from posmember.sandbox.members.all import build_members
from posmember.sandbox.records import MemberRecord
from posmember.sandbox.wechat.cards import build_cards
from posmember.sandbox.wechat.records import CardRecord
from tests.unit.sandbox.caller import NOON, Caller, caller_of
from tests.unit.sandbox.wechat.caller import Clock, WechatTill


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(now=lambda: NOON)


@pytest.fixture
def caller(sandbox: Sandbox) -> Caller:
    return caller_of(sandbox)


@pytest.fixture(scope="session")
def members() -> tuple[MemberRecord, ...]:
    return build_members(datetime.fromtimestamp(NOON, UTC))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def till(clock: Clock) -> WechatTill:
    return WechatTill(Sandbox(now=clock), clock)


@pytest.fixture(scope="session")
def cards() -> tuple[CardRecord, ...]:
    return build_cards(datetime.fromtimestamp(NOON, UTC))
