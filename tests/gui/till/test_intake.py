"""Doubles, several codes of one burst, and what to try next."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.identifier import Classification, Problem
from posmember.scanning.profile import CodeProfile, compile_url_pattern
from posmember.ui.till.intake import DOUBLE_S, Intake

MEMBER, ANOTHER, THIRD = "qm0000001", "qm0000002", "VIP880001"
PRODUCT = "6901234567892"
URL = "https://weixin.qq.com/r/abc"
PAYMENT = "134567890123456789"
ALIPAY_USER = "2088000000000001"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(clock: Clock) -> Intake:
    return Intake(clock=clock)


def value(found: Classification | None) -> str | None:
    return found.identifiers[0].value if found and found.identifiers else None


# --- doubles -----------------------------------------------------------------------------------


def test_nothing_is_a_double_of_nothing(intake: Intake) -> None:
    assert not intake.is_double(MEMBER, in_flight=False)
    assert not intake.is_double("", in_flight=True)


@pytest.mark.parametrize(
    ("after_s", "in_flight", "is_double"),
    [
        (0.0, False, True),
        (DOUBLE_S - 0.001, False, True),
        (DOUBLE_S, False, False),
        (60.0, False, False),
        (60.0, True, True),
    ],
)
def test_the_same_code(
    intake: Intake, clock: Clock, after_s: float, in_flight: bool, is_double: bool
) -> None:
    intake.begin(MEMBER, None)
    clock.now_s += after_s
    assert intake.is_double(MEMBER, in_flight=in_flight) is is_double


def test_a_double_makes_the_time_no_longer(intake: Intake, clock: Clock) -> None:
    intake.begin(MEMBER, None)
    clock.now_s += DOUBLE_S - 0.1
    assert intake.is_double(MEMBER, in_flight=False)
    clock.now_s += 0.2
    assert not intake.is_double(MEMBER, in_flight=False)


@pytest.mark.parametrize("in_flight", [True, False])
def test_another_code_is_none(intake: Intake, in_flight: bool) -> None:
    intake.begin(MEMBER, None)
    assert not intake.is_double(ANOTHER, in_flight=in_flight)
    assert not intake.is_double(MEMBER.upper(), in_flight=in_flight)


@pytest.mark.parametrize("text", [f" {MEMBER}", f"]C1{MEMBER}", f"{MEMBER}\t", "ｑｍ0000001"])
def test_what_is_around_the_code_does_not_count(intake: Intake, text: str) -> None:
    intake.begin(MEMBER, None)
    assert intake.is_double(text, in_flight=False)


def test_after_forgetting_all_it_is_none(intake: Intake) -> None:
    intake.begin(MEMBER, None)
    intake.forget()
    assert intake.is_double(MEMBER, in_flight=False)
    intake.forget_all()
    assert not intake.is_double(MEMBER, in_flight=False)


def test_what_another_code_took_from_the_screen_is_none(intake: Intake) -> None:
    intake.begin(MEMBER, None)
    intake.begin(PAYMENT, None)
    assert not intake.is_double(MEMBER, in_flight=False)


@pytest.mark.parametrize("in_flight", [True, False])
def test_a_payment_code_is_not_even_known_for_a_double(intake: Intake, in_flight: bool) -> None:
    assert intake.begin(PAYMENT, None).problem is Problem.PAYMENT_CODE
    assert not intake.is_double(PAYMENT, in_flight=in_flight)
    assert intake.another(PAYMENT) is None
    assert intake.others == ()
    assert PAYMENT[:4] not in repr(vars(intake))


# --- several codes in one burst ----------------------------------------------------------------


@dataclass(frozen=True)
class Burst:
    """A burst, the codes that are looked up one after the other, and how the rest is named."""

    codes: list[str]
    taken: list[str | None]
    others: list[str] = field(default_factory=list)
    kind: IdentifierKind | None = None


BURSTS = [
    Burst([MEMBER], [MEMBER]),
    Burst([MEMBER, ANOTHER], [MEMBER], ["qm*****02"]),
    Burst([MEMBER, MEMBER], [MEMBER]),
    Burst([MEMBER, PRODUCT], [MEMBER], ["69*********92"]),
    Burst([PRODUCT, MEMBER], [PRODUCT, MEMBER], ["69*********92"]),
    Burst([PRODUCT, PRODUCT, MEMBER], [PRODUCT, MEMBER], ["69*********92"]),
    Burst([URL, MEMBER], [None, MEMBER], ["ht****bc"]),
    Burst(
        [URL, PRODUCT, MEMBER],
        [None, PRODUCT, MEMBER],
        ["ht****bc", "69*********92"],
    ),
    Burst([PAYMENT, MEMBER], [None, MEMBER]),
    Burst([PAYMENT, URL], [None]),
    Burst([PAYMENT, URL, MEMBER], [None, MEMBER], ["ht****bc"]),
    Burst([MEMBER, PAYMENT], [MEMBER]),
    Burst([MEMBER, ANOTHER, THIRD], [MEMBER], ["qm*****02", "VI*****01"]),
    Burst(
        [MEMBER, "13800000001"],
        [MEMBER, "13800000001"],
        ["qm*****01"],
        kind=IdentifierKind.MOBILE,
    ),
]


@pytest.mark.parametrize("burst", BURSTS, ids=lambda burst: " ".join(burst.codes)[:60])
def test_the_first_that_may_be_a_members(intake: Intake, burst: Burst) -> None:
    first, *rest = burst.codes
    taken = [intake.begin(first, burst.kind)]
    taken += [found for code in rest if (found := intake.another(code)) is not None]
    assert [value(found) for found in taken] == burst.taken
    assert list(intake.others) == burst.others
    assert not any(code in intake.others for code in burst.codes)


def test_a_new_burst_knows_nothing_of_the_one_before(intake: Intake) -> None:
    intake.begin(MEMBER, None)
    intake.another(ANOTHER)
    intake.begin(THIRD, None)
    assert intake.others == ()
    assert intake.after_nobody() is None


def test_the_chosen_kind_counts_for_all(intake: Intake) -> None:
    intake.begin(PRODUCT, IdentifierKind.CARD_NUMBER)
    found = intake.another(MEMBER)
    assert found is not None
    assert {one.kind for one in found.identifiers} == {IdentifierKind.CARD_NUMBER}


def test_the_chains_addresses_count(clock: Clock) -> None:
    pattern = compile_url_pattern("https://m[.]example/(?P<code>[a-z0-9]+)")
    intake = Intake(CodeProfile(pattern), clock)
    assert value(intake.begin(f"https://m.example/{MEMBER}", None)) == MEMBER
    assert intake.is_double(f"https://m.example/{MEMBER}", in_flight=False)


# --- nobody was found --------------------------------------------------------------------------


def test_then_the_next_is_tried_and_the_rest_is_named(intake: Intake) -> None:
    intake.begin(MEMBER, None)
    for code in (ANOTHER, URL, ANOTHER, THIRD):
        assert intake.another(code) is None
    assert value(intake.after_nobody()) == ANOTHER
    assert intake.others[0] == "qm*****01"
    assert intake.is_double(ANOTHER, in_flight=True)
    assert value(intake.after_nobody()) == ANOTHER, "read twice, tried twice"
    assert value(intake.after_nobody()) == THIRD
    assert intake.after_nobody() is None
    assert intake.after_nobody() is None


def test_a_product_barcode_is_tried_when_nothing_else_is_left(intake: Intake) -> None:
    intake.begin(PRODUCT, None)
    assert value(intake.another(MEMBER)) == MEMBER
    assert intake.after_nobody() is None, "it was tried, and then cancelled"


def test_what_cannot_be_looked_up_is_passed_over(intake: Intake) -> None:
    intake.begin(MEMBER, None)
    intake.another(URL)
    assert intake.after_nobody() is None
    assert intake.is_double(MEMBER, in_flight=False), "it is still the last that was looked up"
    assert not intake.is_double(URL, in_flight=False)


def test_what_raises_a_question_is_passed_over(intake: Intake) -> None:
    intake.begin(MEMBER, IdentifierKind.CARD_NUMBER)
    intake.another(ALIPAY_USER)
    assert intake.after_nobody() is None


def test_with_no_burst_nothing_is_tried(intake: Intake) -> None:
    assert intake.after_nobody() is None
    intake.begin(PAYMENT, None)
    assert intake.after_nobody() is None
    assert value(intake.another(MEMBER)) == MEMBER


def test_an_answer_that_is_faster_than_the_scanner(intake: Intake) -> None:
    """The platform knows nobody by the first code before the second has come."""
    intake.begin(MEMBER, None)
    assert intake.after_nobody() is None
    assert intake.another(URL) is None
    assert value(intake.another(ANOTHER)) == ANOTHER
    assert intake.another(THIRD) is None, "one at a time"
    assert value(intake.after_nobody()) == THIRD


def test_what_was_tried_in_vain_is_not_tried_again(intake: Intake) -> None:
    intake.begin(MEMBER, None)
    intake.another(ANOTHER)
    assert value(intake.after_nobody()) == ANOTHER
    assert intake.another(THIRD) is None
    assert intake.others == ("qm*****01", "VI*****01")
