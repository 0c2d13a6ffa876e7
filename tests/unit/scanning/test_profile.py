"""A chain's own codes: the member code in an address."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.identifier import NEVER_KEPT, Classification, Problem, Question, classify
from posmember.scanning.profile import (
    MAX_MATCHED,
    MAX_PATTERN,
    CodeProfile,
    compile_url_pattern,
)

K = IdentifierKind
ADDRESS = "https://m.example.com/member?code="
PROFILE = CodeProfile(
    compile_url_pattern(r"https://m\.example\.com/member\?code=(?P<code>[^&]*)(?:&.*)?")
)


def found_code(code: str, *, undone: bool = False) -> Classification:
    kinds = (K.MEMBER_CODE, K.CARD_NUMBER)
    spelt = (code,) if undone or code == code.swapcase() else (code, code.swapcase())
    tried = tuple(Identifier(kind, each) for each in spelt for kind in kinds)
    return Classification(tried, caps_lock_undone=undone)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("qm0000001", "qm0000001"),
        ("qm0000001&from=app", "qm0000001"),
        ("%71m%30001%20", "qm0001"),
        ("qm%2D1+2", "qm-1+2"),
        ("13800000001", "13800000001"),
        ("280000000000000000000001", "280000000000000000000001"),
        ("q" * 100 + "&" + "x" * (MAX_MATCHED - len(ADDRESS) - 101), "q" * 100),
    ],
    ids=[
        *("code", "more after it", "percent-encoded", "a plus stays", "like a phone number"),
        *("24 digits", "the longest"),
    ],
)
def test_an_address_holds_a_member_code(text: str, code: str) -> None:
    assert classify(f"\x02]Q1{ADDRESS}{text}\r", None, PROFILE) == found_code(code)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ADDRESS, Problem.URL),
        (ADDRESS + "%20", Problem.URL),
        ("https://m.example.org/member?code=qm1", Problem.URL),
        ("x" + ADDRESS + "qm1", Problem.URL),
        (ADDRESS + "q&" + "x" * MAX_MATCHED, Problem.URL),
        (ADDRESS + "134567890123456789", Problem.PAYMENT_CODE),
        (ADDRESS + "1345%2067890123456789", Problem.PAYMENT_CODE),
        (ADDRESS + "%E4%BC%9A%E5%91%98", Problem.NOT_A_CODE),
        (ADDRESS + "%FF", Problem.NOT_A_CODE),
        (ADDRESS + "https://example.org", Problem.URL),
        (ADDRESS + "q" * 129, Problem.TOO_LONG),
    ],
    ids=[
        *("no code", "white space", "another host", "not the whole text", "too long to match"),
        *("payment code", "encoded payment code", "Chinese", "no UTF-8", "an address again"),
        "too long a code",
    ],
)
def test_what_an_address_does_not_give(text: str, problem: Problem) -> None:
    assert classify(text, None, PROFILE).problem is problem


def test_an_optional_code_that_is_not_there_is_none() -> None:
    profile = CodeProfile(compile_url_pattern("https://m.example.com/(?P<code>[0-9]+)?"))
    assert profile.written_in("https://m.example.com/") == ""
    assert classify("https://m.example.com/", None, profile).problem is Problem.URL


def test_without_a_pattern_an_address_is_an_address() -> None:
    assert classify(ADDRESS + "qm1").problem is Problem.URL
    assert classify("qm1", None, CodeProfile()) == classify("qm1")


def test_a_chosen_kind_holds_for_the_code_of_an_address() -> None:
    text = ADDRESS + "8800001"
    assert classify(text, K.CARD_NUMBER, PROFILE).identifiers == (
        Identifier(K.CARD_NUMBER, "8800001"),
    )
    asked = classify(ADDRESS + "qm1", K.MOBILE, PROFILE)
    assert asked.question == Question(K.MOBILE, K.MEMBER_CODE)
    assert asked.alternative == found_code("qm1").identifiers


def test_caps_lock_is_undone_in_an_address() -> None:
    text = (ADDRESS + "Qm0000001").swapcase()
    assert classify(text, None, PROFILE) == found_code("Qm0000001", undone=True)
    assert classify(text, K.MEMBER_CODE, PROFILE) == Classification(
        (Identifier(K.MEMBER_CODE, "Qm0000001"),), caps_lock_undone=True
    )


def test_the_pattern_may_be_for_other_texts_than_addresses() -> None:
    profile = CodeProfile(compile_url_pattern("member:(?P<code>[0-9]+)"))
    assert classify("member: 42", None, profile) == found_code("42")


def test_only_the_code_of_an_address_is_looked_at_for_payment_data() -> None:
    profile = CodeProfile(compile_url_pattern("https://a.cn/[0-9]+/(?P<code>.+)"))
    address = "https://a.cn/134567890123456789/"
    assert classify(address + "qm1", None, profile) == found_code("qm1")
    assert classify(address + "qm1").problem is Problem.PAYMENT_CODE
    for code in ("134567890123456789%2012:00", "x134567890123456789", "6212345678901234%3D2512"):
        found = classify("https://a.cn/1/" + code, None, profile)
        assert found.problem in NEVER_KEPT
    brand = "280000000000000000000016"
    assert classify("https://a.cn/1/" + brand, None, profile) == found_code(brand)


def test_a_pattern_for_everything_hides_no_payment_code() -> None:
    profile = CodeProfile(compile_url_pattern("(?P<code>.+)"))
    for text in ("134567890123456789 12:00", "6212345678901234=2512"):
        assert classify(text, None, profile).problem in NEVER_KEPT


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?P<code>", "is no regular expression"),
        ("(?P<code>[)\n(", "is no regular expression"),
        ("(?P<code>a{99999999999999999999})", "is no regular expression"),
        ("https://example.com/.*", "lacks the named group"),
        ("https://example.com/(.*)", "lacks the named group"),
        ("(?P<Code>.*)", "lacks the named group"),
        ("", "lacks the named group"),
        ("(?P<code>(a+)+)", "repeats a group"),
        ("(?P<code>((a*))*)", "repeats a group"),
        ("(?P<code>(?:[a-z]{2,}){3,})", "repeats a group"),
        ("(?P<code>a)" + "b" * MAX_PATTERN, "is longer than"),
    ],
)
def test_a_bad_pattern_says_why_on_one_line(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as raised:
        compile_url_pattern(pattern)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    "pattern",
    [
        r"https://example\.com/(?P<code>[a-z]+)",
        r"https://example\.com/\(?P?(?P<code>(?:a\+)+)",
        r"https://example\.com/(?P<code>(?:[a-z]{2}-)+[0-9]+)?",
        "(?P<code>a)" + "b" * (MAX_PATTERN - 11),
    ],
    ids=["plain", "an escaped sign is no repeat", "a group that ends in a sign", "the longest"],
)
def test_a_good_pattern(pattern: str) -> None:
    assert compile_url_pattern(pattern).pattern == pattern


# --- members that are the only ones ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("qm0000001", None),
        ("QM0000001", None),
        ("qm0000002", Problem.NOT_IN_TRAINING),
        ("13800000001", Problem.NOT_IN_TRAINING),
        ("6901234567892", Problem.GOODS),
    ],
)
def test_who_is_not_known_is_not_looked_up(text: str, problem: Problem | None) -> None:
    """And nothing is left of what may be a real customer's."""
    only = CodeProfile(knows=lambda identifier: identifier.value == "qm0000001")
    found = classify(text, profile=only)
    assert found.problem is problem
    assert bool(found.identifiers) is (problem is None)
