"""Every error class: its exit code, and one line in two languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from posmember import errors
from posmember.cli.exits import Exit, exit_code, explain, fail
from posmember.cli.wechat.words import explain_card
from posmember.domain.values import CHINA
from tests.fakes.wechat_errors import ALONE, all_classes

P = errors.ConnectionProblem
CASES: list[tuple[errors.PosMemberError, Exit, str]] = [
    (errors.ConfigError("platform.open_id is missing"), Exit.WRONG_USE, "platform.open_id"),
    (errors.NotSetUpError("no configuration file"), Exit.WRONG_USE, "no configuration file"),
    (errors.KeyMissingError("none is stored"), Exit.KEYS_REFUSED, "set-open-key"),
    (errors.CredentialError("no key"), Exit.KEYS_REFUSED, "set-open-key"),
    (errors.KeyringLockedError("none"), Exit.KEYS_REFUSED, "没有解锁"),
    (errors.KeyringSilentError("no answer"), Exit.KEYS_REFUSED, "请解锁后再试"),
    (
        errors.SecretRejectedError("x", problem=errors.SecretProblem.WRONG),
        Exit.NOT_FOUND,
        "do not match",
    ),
    (errors.SecretRejectedError("x", problem=errors.SecretProblem.LOCKED), Exit.OTHER, "locked"),
    (errors.SecretRejectedError("x", problem=errors.SecretProblem.FROZEN), Exit.OTHER, "frozen"),
    (errors.ApiConnectionError("cut"), Exit.NO_CONNECTION, "连不上平台"),
    (errors.ApiTimeoutError("late"), Exit.NO_CONNECTION, "没有及时回答"),
    (errors.ApiStatusError("", status=401), Exit.KEYS_REFUSED, "HTTP 401"),
    (errors.ApiStatusError("", status=403), Exit.KEYS_REFUSED, "HTTP 403"),
    (errors.ApiStatusError("", status=500), Exit.NO_CONNECTION, "HTTP 500"),
    (errors.ApiStatusError("", status=599), Exit.NO_CONNECTION, "HTTP 599"),
    (errors.ApiStatusError("", status=499), Exit.OTHER, "HTTP 499"),
    (errors.ApiStatusError("", status=302), Exit.OTHER, "HTTP 302"),
    (errors.ApiStatusError("", status=403, is_page=True), Exit.NO_CONNECTION, "网关返回 HTTP 403"),
    (errors.ApiStatusError("", status=502, is_page=True), Exit.NO_CONNECTION, "网关返回 HTTP 502"),
    (errors.MemberNotFoundError("none"), Exit.NOT_FOUND, "没有找到会员"),
    (errors.OtherMemberError("no"), Exit.OTHER, "另一位会员,没有显示"),
    (errors.SignatureRejectedError("no"), Exit.KEYS_REFUSED, "posmember doctor"),
    (errors.RateLimitedError("busy", retry_after=3), Exit.NO_CONNECTION, "平台繁忙"),
    (errors.ApiBusinessError("no"), Exit.OTHER, "平台拒绝了请求"),
    (errors.ApiResponseError("html", path="$.data"), Exit.OTHER, "$.data"),
    (errors.ApiError("odd"), Exit.OTHER, "平台拒绝了请求"),
]


def test_no_class_is_forgotten() -> None:
    """Those of membership cards are `test_wechat_words`'s, and no lookup brings them."""
    tested = {type(error) for error, _code, _words in CASES}
    assert tested == all_classes() - {errors.PosMemberError} - ALONE


@pytest.mark.parametrize(("error", "code", "words"), CASES)
def test_codes_and_words(error: errors.PosMemberError, code: Exit, words: str) -> None:
    assert exit_code(error) is code
    line = explain(error)
    assert words in line
    assert " / " in line
    assert "\n" not in line


@pytest.mark.parametrize("problem", errors.ConnectionProblem)
@pytest.mark.parametrize("explained", [explain, explain_card])
def test_each_problem_of_the_network_is_said_as_such(
    problem: errors.ConnectionProblem, explained: Callable[[errors.PosMemberError], str]
) -> None:
    shown = datetime(1970, 1, 1, 8, 3, tzinfo=CHINA)
    error = errors.ApiConnectionError("x", problem=problem, own_time=shown)
    assert exit_code(error) is Exit.NO_CONNECTION
    line = explained(error)
    assert " / " in line
    assert "{" not in line
    says_no_more = line == explained(errors.ApiConnectionError("x"))
    assert says_no_more is (problem in (P.NO_CONNECTION, P.NO_ANSWER))
    assert ("1970-01-01" in line) is (problem in (P.CLOCK, P.CERTIFICATE_EXPIRED))


def test_no_two_problems_of_the_network_are_said_alike() -> None:
    told = {explain(errors.ApiConnectionError("x", problem=problem)) for problem in P}
    assert len(told) == len(P) - 1  # no connection and no answer are


def test_what_support_asks_for_follows() -> None:
    error = errors.ApiBusinessError(
        "refused", code="40300", request_id="r-1", platform_message="该门店未开通此功能"
    )
    assert explain(error).endswith("[40300 该门店未开通此功能 r-1]")


def test_the_message_for_the_log_is_not_for_people() -> None:
    assert "secret detail" not in explain(errors.ApiConnectionError("secret detail"))


@pytest.mark.parametrize(
    "words", ["one\ntwo", "one\r\n\ttwo", "one\x1b[31m \x00two", "one\u2028two"]
)
def test_a_failure_is_one_line_whatever_it_says(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fail(words, Exit.OTHER) is Exit.OTHER
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("posmember: one")
    assert captured.err.endswith("two\n")
    assert len(captured.err.splitlines()) == 1
    assert captured.err[:-1].isprintable()


def test_the_codes_are_public() -> None:
    assert {code.name: int(code) for code in Exit} == {
        "FOUND": 0,
        "WRONG_USE": 2,
        "NOT_FOUND": 3,
        "NO_CONNECTION": 4,
        "KEYS_REFUSED": 5,
        "OTHER": 6,
    }
