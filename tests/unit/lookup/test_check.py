"""The check of the connection: each step is told once, in its order, and what it hangs on."""

from __future__ import annotations

import asyncio

import pytest

from posmember.api.qimai.signing import SignKeys
from posmember.api.qimai.wire import Credentials
from posmember.errors import (
    ApiBusinessError,
    ApiConnectionError,
    ApiResponseError,
    ApiStatusError,
    ClockRejectedError,
    ConnectionProblem,
    PosMemberError,
    RateLimitedError,
    SignatureRejectedError,
)
from posmember.lookup.check import NOBODY, Finding, Outcome, Step, check_platform
from posmember.sandbox.account import GRANT_CODE, OPEN_ID
from posmember.sandbox.app import Sandbox
from tests.fakes.sandbox_client import SANDBOX_CREDENTIALS, SandboxClient

ALL_GOOD = dict.fromkeys(Step, "good")
CONNECTED = {Step.NAME: "good", Step.TLS: "good", Step.CLOCK: "good"}


def findings(
    sandbox: Sandbox,
    *,
    has_store: bool = True,
    spelling: SignKeys = SignKeys.CAMEL,
    credentials: Credentials = SANDBOX_CREDENTIALS,
) -> list[Finding]:
    async def check() -> list[Finding]:
        async with SandboxClient(sandbox, spelling=spelling, credentials=credentials) as client:
            platform = client.platform if has_store else client.platform.without_store()
            found = check_platform(platform, client.clock, spelling, has_store=has_store)
            return [finding async for finding in found]

    found = asyncio.run(check())
    assert [finding.step for finding in found] == list(Step), "each once, in its order"
    return found


def outcomes(sandbox: Sandbox, *, has_store: bool) -> dict[Step, str]:
    found = findings(sandbox, has_store=has_store)
    return {finding.step: finding.outcome.value for finding in found}


def of(step: Step, found: list[Finding]) -> Finding:
    return next(finding for finding in found if finding.step is step)


def test_all_is_well() -> None:
    sandbox = Sandbox()
    found = findings(sandbox)
    assert {finding.step: finding.outcome.value for finding in found} == ALL_GOOD
    assert of(Step.KEYS, found).spelling is SignKeys.CAMEL
    assert [call.api for call in sandbox.calls] == ["member_info", "identity", "gift_cards"]


def test_nobody_is_looked_up() -> None:
    sandbox = Sandbox()
    findings(sandbox)
    values = [str(value) for call in sandbox.calls for value in call.params.values()]
    assert NOBODY.value in values
    assert not any(value.startswith(("qm", "138")) for value in values)


def test_without_a_store_that_is_said() -> None:
    assert outcomes(Sandbox(), has_store=False) == {**ALL_GOOD, Step.STORE: "note"}


def test_the_other_spelling_is_found_and_used_on() -> None:
    found = findings(Sandbox(v2_sign_keys="pascal"))
    assert of(Step.KEYS, found).spelling is SignKeys.PASCAL
    assert {finding.outcome for finding in found} == {Outcome.GOOD}


def test_a_wrong_key() -> None:
    wrong = Credentials(OPEN_ID, GRANT_CODE, "another-key")
    found = findings(Sandbox(), credentials=wrong)
    assert [finding.outcome.value for finding in found] == [
        *("good", "good", "good", "failed"),
        *["not_tried"] * 4,
    ]
    assert isinstance(of(Step.KEYS, found).error, SignatureRejectedError)


@pytest.mark.parametrize("offset_s", [900, -900])
def test_a_clock_that_is_off_is_told_and_works(offset_s: int) -> None:
    found = findings(Sandbox(clock_offset_s=offset_s))
    clock = of(Step.CLOCK, found)
    assert clock.outcome is Outcome.NOTE
    assert abs(clock.offset_s - offset_s) <= 2
    assert {finding.outcome for finding in found if finding.step is not Step.CLOCK} == {
        Outcome.GOOD
    }


@pytest.mark.parametrize(
    ("step", "api"), [(Step.IDENTITY, "identity"), (Step.GIFT_CARDS, "gift_cards")]
)
def test_an_operation_without_permission(step: Step, api: str) -> None:
    found = findings(Sandbox(faults=[f"{api}=refused"]))
    assert {f.step for f in found if f.outcome is Outcome.FAILED} == {step}
    assert of(step, found).error is not None


def test_member_info_without_permission_is_not_the_stores_fault() -> None:
    found = findings(Sandbox(faults=["member_info=refused"]))
    assert {f.step for f in found if f.outcome is Outcome.FAILED} == {Step.MEMBER_INFO}
    assert of(Step.STORE, found).outcome is Outcome.NOT_TRIED


class _Asked:
    """A platform whose member-info raises what the test says, with and without a store."""

    def __init__(self, error: PosMemberError | None, without: PosMemberError | None) -> None:
        self._error, self._without = error, without

    def without_store(self) -> _Asked:
        return _Asked(self._without, self._without)

    def spelled(self, _spelling: SignKeys) -> _Asked:
        return self

    async def member_info(self, *_of: object, **_how: object) -> None:
        if self._error is not None:
            raise self._error

    async def identity(self, _subject: object) -> None: ...

    async def gift_cards(self, _user_id: str) -> None: ...


def told(error: PosMemberError, without: PosMemberError | None) -> dict[Step, str]:
    from posmember.api.clock import PlatformClock

    async def check() -> list[Finding]:
        platform = _Asked(error, without)
        found = check_platform(platform, PlatformClock(), SignKeys.CAMEL, has_store=True)  # type: ignore[arg-type]
        return [finding async for finding in found]

    found = asyncio.run(check())
    assert [finding.step for finding in found] == list(Step)
    return {finding.step: finding.outcome.value for finding in found}


def failed(found: dict[Step, str]) -> list[Step]:
    return [step for step, outcome in found.items() if outcome == "failed"]


def test_a_store_that_the_platform_does_not_know() -> None:
    found = told(ApiBusinessError("refused", platform_message="门店不存在"), None)
    assert failed(found) == [Step.STORE]
    assert found[Step.MEMBER_INFO] == "good"


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (ConnectionProblem.NAME_UNKNOWN, Step.NAME),
        (ConnectionProblem.NO_CONNECTION, Step.TLS),
        (ConnectionProblem.CERTIFICATE_UNTRUSTED, Step.TLS),
        (ConnectionProblem.LOGIN, Step.TLS),
        (ConnectionProblem.PROXY_LOGIN, Step.TLS),
        (ConnectionProblem.CLOCK, Step.CLOCK),
    ],
)
def test_no_answer_is_told_where_it_broke_off(problem: ConnectionProblem, step: Step) -> None:
    error = ApiConnectionError("no answer", problem=problem)
    found = told(error, error)
    steps = list(Step)
    assert failed(found) == [step]
    good = [] if step is Step.NAME else [Step.NAME]
    assert [each for each in steps if found[each] == "good"] == good
    assert {found[each] for each in steps if each not in (step, *good)} == {"not_tried"}


def test_a_refused_clock_has_a_connection() -> None:
    error = ClockRejectedError("refused", offset_s=7200)
    found = told(error, error)
    assert failed(found) == [Step.CLOCK]
    assert (found[Step.NAME], found[Step.TLS], found[Step.KEYS]) == ("good", "good", "not_tried")


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (ApiStatusError("502", status=502), Step.TLS),
        (ApiResponseError("no JSON", path="$"), Step.KEYS),
        (RateLimitedError("too many"), Step.KEYS),
        (SignatureRejectedError("no"), Step.KEYS),
    ],
    ids=["a gateway", "no JSON", "too many calls", "the keys"],
)
def test_what_proves_nothing_of_the_keys(error: PosMemberError, step: Step) -> None:
    found = told(error, error)
    assert failed(found) == [step]
    assert found[Step.STORE] == "not_tried"
