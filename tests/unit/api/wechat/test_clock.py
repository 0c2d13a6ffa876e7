"""A till whose clock is off: learnt from a refusal, signed again, or said to the cashier."""

from __future__ import annotations

from email.utils import formatdate

import httpx
import pytest

from posmember.errors import (
    AnswerOldError,
    AnswerUntrustedError,
    ApiStatusError,
    ClockRejectedError,
    SignatureRejectedError,
)
from tests.fakes.network import NOON
from tests.fakes.wechat import Till, answer, refusal, unsigned


def refused(at: float | None) -> httpx.Response:
    """HTTP 401 with the platform's time, which nobody signs as nobody was known."""
    headers = {} if at is None else {"date": formatdate(at, usegmt=True)}
    return unsigned(401, refusal("SIGN_ERROR", "签名错误"), **headers)


@pytest.mark.parametrize("off", [301, 600, 86_400])
async def test_a_slow_clock_is_corrected_and_the_call_signed_again(off: int) -> None:
    """An answer signed later than the till's clock proves that the clock is slow."""
    till = Till(refused(NOON + off), answer({"a": 1}, at=NOON + off))
    assert await till.call() == {"a": 1}
    first, second = (int(header["timestamp"]) for header in till.signed)
    assert (first, second) == (int(NOON), int(NOON) + off)
    assert len({header["nonce"] for header in till.signed}) == 2
    assert till.clock.offset_s in (off, off + 1)


@pytest.mark.parametrize("off", [-301, -600, -3600, -86_400])
async def test_a_fast_clock_signs_again_but_no_old_answer_becomes_a_new_one(off: int) -> None:
    """Whether the clock is fast or the answer old, nobody signed who says so."""
    till = Till(refused(NOON + off), answer({"secret": 1}, at=NOON + off))
    error = await till.error()
    assert isinstance(error, AnswerOldError)
    assert error.offset_s == off
    assert [int(header["timestamp"]) - int(NOON) for header in till.signed] == [0, off]


@pytest.mark.parametrize("off", [600, -600])
async def test_a_change_is_not_signed_again_as_nobody_signed_its_refusal(off: int) -> None:
    till = Till(refused(NOON + off))
    error = await till.error("PATCH")
    assert type(error) is AnswerUntrustedError
    assert (error.code, error.is_refusal) == ("SIGN_ERROR", False)
    assert len(till.requests) == 1


async def test_a_change_that_the_platform_refused_for_its_time_is_signed_again() -> None:
    date = {"date": formatdate(NOON + 600, usegmt=True)}
    signed = answer(refusal("SIGN_ERROR"), 401, at=NOON + 600, headers=date)
    till = Till(signed, answer({"a": 1}, at=NOON + 600))
    assert await till.call("PATCH") == {"a": 1}
    assert len(till.requests) == 2


async def test_a_page_of_401_without_the_platforms_code_teaches_no_time() -> None:
    page = unsigned(401, b"<html>", date=formatdate(NOON - 3600, usegmt=True))
    till = Till(page)
    assert type(await till.error()) is ApiStatusError
    assert not till.clock.calibrated


async def test_the_time_is_kept_for_the_calls_after_it() -> None:
    till = Till(refused(NOON + 600), *[answer(at=NOON + 600) for _ in range(2)])
    await till.call()
    await till.call()
    assert [int(header["timestamp"]) - int(NOON) for header in till.signed] == [0, 600, 600]


async def test_after_the_correction_an_answer_by_the_old_time_is_old() -> None:
    till = Till(refused(NOON + 600), answer({"a": 1}, at=NOON))
    assert str(await till.error()) == "old, or seen before"


@pytest.mark.parametrize("off", [600, -600])
async def test_refused_still_says_how_far_the_clock_is_off(off: int) -> None:
    till = Till(refused(NOON + off), refused(NOON + off))
    error = await till.error()
    assert isinstance(error, ClockRejectedError)
    assert error.offset_s in (off, off + 1)
    assert error.code == "SIGN_ERROR"
    assert str(error) == "refused with HTTP 401 SIGN_ERROR"


async def test_a_clocks_error_keeps_all_that_a_refusal_says() -> None:
    said = refusal("SIGN_ERROR", "时间戳有误")
    headers = {"date": formatdate(NOON + 600, usegmt=True), "Request-ID": "08F"}
    signed = [answer(said, 401, at=NOON + 600, headers=headers) for _ in range(2)]
    error = await Till(*signed).error()
    assert isinstance(error, ClockRejectedError)
    assert (error.request_id, error.platform_message) == ("08F", "时间戳有误")
    assert isinstance(error.__cause__, SignatureRejectedError)


@pytest.mark.parametrize("at", [None, NOON, NOON + 1], ids=["no date", "the same", "a second"])
async def test_with_the_right_clock_it_is_the_key_and_told_at_once(at: float | None) -> None:
    error = await Till(refused(at)).error()
    assert type(error) is SignatureRejectedError
    assert error.__cause__ is None  # and above all not itself, which nothing could print


@pytest.mark.parametrize("date", ["", "now", "Sat, 99 Nov 2026 04:00:00 GMT"])
async def test_a_date_that_is_none_teaches_nothing(date: str) -> None:
    till = Till(unsigned(401, refusal("SIGN_ERROR"), date=date))
    assert type(await till.error()) is SignatureRejectedError
    assert not till.clock.calibrated


@pytest.mark.parametrize(
    ("off", "kind"), [(290, SignatureRejectedError), (310, ClockRejectedError)]
)
async def test_within_five_minutes_the_clock_is_not_to_blame(
    off: int, kind: type[SignatureRejectedError]
) -> None:
    """It is tried again with the better time, but then it is not the clock."""
    till = Till(refused(NOON + off), refused(NOON + off))
    error = await till.error()
    assert type(error) is kind
    assert error.__cause__ is not error


async def test_a_platform_whose_clock_jumps_is_not_followed_for_ever() -> None:
    till = Till(*[refused(NOON + 1000 * jump) for jump in range(1, 4)])
    assert isinstance(await till.error(), ClockRejectedError)
    assert len(till.requests) == 3


@pytest.mark.parametrize("status", [200, 400, 403, 404, 500])
async def test_no_other_answer_teaches_the_time(status: int) -> None:
    """A hotspot's page has a date, too."""
    till = Till(unsigned(status, b"<html>", date=formatdate(NOON + 600, usegmt=True)))
    await till.error()
    assert not till.clock.calibrated


async def test_signing_again_has_no_share_in_other_tries() -> None:
    till = Till(unsigned(503), refused(NOON + 600), answer({"a": 1}, at=NOON + 600))
    assert await till.call() == {"a": 1}


async def test_a_change_that_is_lost_after_the_correction_is_not_sent_once_more() -> None:
    date = {"date": formatdate(NOON + 600, usegmt=True)}
    signed = answer(refusal("SIGN_ERROR"), 401, at=NOON + 600, headers=date)
    till = Till(signed, unsigned(503))
    assert type(await till.error("PATCH")) is ApiStatusError
    assert len(till.requests) == 2
