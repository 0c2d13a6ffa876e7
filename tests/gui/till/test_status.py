"""The status tells the truth: any answer is a connection, whatever it says."""

from __future__ import annotations

import pytest

from posmember.errors import (
    ApiBusinessError,
    ApiConnectionError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    ConfigError,
    CredentialError,
    PosMemberError,
    SignatureRejectedError,
)
from posmember.ui.till.next_change import OwnClock
from posmember.ui.till.status import Status


class Shown:
    def __init__(self) -> None:
        self.connections: list[tuple[bool | None, int | None]] = []
        self.clocks: list[tuple[bool | None, int]] = []

    def set_connection(self, ok: bool | None, ms: int | None) -> None:
        self.connections.append((ok, ms))

    def set_clock(self, corrected: bool | None, offset_s: int) -> None:
        self.clocks.append((corrected, offset_s))


@pytest.mark.parametrize(
    ("error", "connected"),
    [
        (ApiConnectionError("x"), False),
        (ApiTimeoutError("x"), False),
        (ApiStatusError("x", status=502), True),
        (ApiStatusError("x", status=401), True),
        (ApiBusinessError("x"), True),
        (SignatureRejectedError("x"), True),
        (ApiResponseError("x", path="a"), True),
    ],
)
def test_an_answer_is_a_connection(error: PosMemberError, connected: bool) -> None:
    shown = Shown()
    Status(shown, OwnClock).failed(error)
    assert shown.connections == [(connected, None)]


@pytest.mark.parametrize("error", [ConfigError("x"), CredentialError("x")])
def test_what_asked_nobody_tells_nothing_of_the_network(error: PosMemberError) -> None:
    shown = Shown()
    Status(shown, OwnClock).failed(error)
    assert shown.connections == []


def test_an_answer_tells_how_long_it_took_and_what_time_it_is() -> None:
    shown = Shown()
    Status(shown, OwnClock).answered(86)
    assert shown.connections == [(True, 86)]
    assert shown.clocks == [(False, 0)]
