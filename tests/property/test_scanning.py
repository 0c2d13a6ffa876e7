"""Whatever is scanned or typed: nothing raises, nothing is lost, no payment code is kept."""

from __future__ import annotations

import itertools
import re
import string
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.choice import choose
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import (
    MAX_ATTEMPTS,
    MAX_LENGTH,
    Classification,
    Problem,
    classify,
)
from posmember.scanning.profile import CodeProfile, compile_url_pattern
from tests.fakes.unhurried import UNHURRIED

kinds = st.one_of(st.none(), st.sampled_from(IdentifierKind))
any_text = st.one_of(st.text(), st.text("0123456789-+] oCE1%\x02\x1d\t\u0301\u200b", max_size=40))
profile = CodeProfile(compile_url_pattern("https?://[^?]++[?]c=(?P<code>.*)"))
profiles = st.sampled_from([CodeProfile(), profile])


@given(any_text)
@settings(UNHURRIED, max_examples=500)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFKC", cleaned)


@given(st.one_of(any_text, any_text.map("https://example.com?c=".__add__)), kinds, profiles)
@settings(UNHURRIED, max_examples=500)
def test_any_text(text: str, chosen: IdentifierKind | None, profile: CodeProfile) -> None:
    found = classify(text, chosen, profile)
    assert (found.problem is None) == bool(found.identifiers)
    assert (found.question is None) == (not found.alternative)
    assert not (found.problem and found.question)
    for tried in (found.identifiers, found.alternative):
        assert len(tried) <= MAX_ATTEMPTS
        assert len(set(tried)) == len(tried)
        for identifier in tried:
            assert re.fullmatch(r"[!-~]+", identifier.value)
            assert len(identifier.value) <= MAX_LENGTH
            assert clean(identifier.value) == identifier.value
    for identifier in found.identifiers:
        assert chosen in (None, identifier.kind)
    if found.question is not None:
        assert found.question.chosen is chosen
        assert found.question.looks_like is found.alternative[0].kind
        assert found.question.looks_like is not chosen
    said = (found.expected_length, found.received_length, found.received)
    if found.expected is None:
        assert said == (None, 0, "")
    else:
        assert found.expected is chosen
        assert found.problem in (Problem.TOO_SHORT, Problem.TOO_LONG)
        assert len(found.received.replace("*", "")) <= 4


@given(any_text)
@settings(UNHURRIED, max_examples=200)
def test_automatic_refuses_no_text_for_being_short(text: str) -> None:
    assert classify(text).problem is not Problem.TOO_SHORT


codes = st.text("qmPRST0123456789._~^%@", min_size=1, max_size=30)
controls = st.text(
    [*map(chr, (*range(0x20), *range(0x7F, 0xA0))), *"\u200b\u200c\u200d\u2060\ufeff\u00ad \u3000"]
)
aim = st.from_regex(r"(\][A-Za-z][0-9A-F])?", fullmatch=True, alphabet=st.characters(codec="ascii"))


@given(codes, aim, st.lists(controls, min_size=40, max_size=40), st.booleans())
@settings(UNHURRIED, max_examples=300)
def test_the_code_comes_out_of_whatever_is_around_it(
    code: str, prefix: str, around: list[str], wide: bool
) -> None:
    sent = prefix + code
    shown = sent.translate({ord(c): ord(c) + 0xFEE0 for c in sent}) if wide else sent
    gaps = itertools.islice(itertools.cycle(around), len(shown) + 1)
    wrapped = "".join(itertools.chain(*zip(gaps, [*shown, ""], strict=True)))
    assert clean(wrapped) == code


payment_codes = st.one_of(
    st.from_regex(r"1[0-5][0-9]{16}", fullmatch=True, alphabet=st.characters(codec="ascii")),
    st.from_regex(
        r"(2[5-9]|30)[0-9]{14,22}", fullmatch=True, alphabet=st.characters(codec="ascii")
    ),
    st.from_regex(r"62[0-9]{17}", fullmatch=True, alphabet=st.characters(codec="ascii")),
)
noise = st.sampled_from(
    ["", "", "", "-", "--", " ", "\u200b", "\u3000", "\t", "\u00ad", "\x1d", "."]
)
wrapping = st.one_of(
    st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Lu", "Ll"])), controls
).filter(lambda text: not re.search("[0-9A-Za-z]", clean(text)))


@given(
    payment_codes, st.lists(noise, min_size=25, max_size=25), st.booleans(), aim, wrapping, kinds
)
@settings(UNHURRIED, max_examples=300)
def test_no_payment_code_survives(
    code: str,
    between: list[str],
    wide: bool,
    prefix: str,
    around: str,
    chosen: IdentifierKind | None,
) -> None:
    shown = code.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}) if wide else code
    typed = shown[0] + "".join(gap + digit for gap, digit in zip(between, shown[1:], strict=False))
    found = classify(around + prefix + typed + around, chosen)
    if len(code) < 24 or chosen not in (IdentifierKind.CARD_NUMBER, IdentifierKind.MEMBER_CODE):
        assert found == Classification(problem=Problem.PAYMENT_CODE)
    assert not kept(code, repr(found))


@given(payment_codes, any_text, any_text, kinds)
@settings(UNHURRIED, max_examples=200)
def test_no_payment_code_is_told(
    code: str, before: str, after: str, chosen: IdentifierKind | None
) -> None:
    text = before + code + after
    assert not kept(code, repr(classify(text, chosen)))
    choice = choose([text, code, "qm0000001"], chosen)
    assert not kept(code, repr(choice))


def kept(code: str, said: str) -> bool:
    """Whether a run of four of the code's digits is in what is said."""
    return any(code[at : at + 4] in said for at in range(len(code) - 3))


@st.composite
def openids(draw: st.DrawFn) -> str:
    """An openid or unionid with letters of both cases after its o."""
    letters = draw(st.text(string.ascii_letters + string.digits + "-_", min_size=25, max_size=26))
    at = draw(st.integers(0, len(letters)))
    return "o" + letters[:at] + draw(st.sampled_from(["aB", "Ab", "zZ"])) + letters[at:]


@given(openids())
@settings(UNHURRIED, max_examples=200)
def test_caps_lock_makes_no_difference_to_an_openid(openid: str) -> None:
    straight, swapped = classify(openid), classify(openid.swapcase())
    assert swapped.identifiers[:2] == straight.identifiers[:2]
    assert swapped.identifiers[2].value == openid.swapcase()
    assert (straight.caps_lock_undone, swapped.caps_lock_undone) == (False, True)
    for kind in (IdentifierKind.WECHAT_OPENID, IdentifierKind.WECHAT_UNIONID):
        tried = classify(openid.swapcase(), kind).identifiers
        assert tried[0] == classify(openid, kind).identifiers[0]


@given(st.lists(any_text, min_size=1, max_size=5), kinds)
@settings(UNHURRIED, max_examples=150)
def test_a_choice_is_one_of_the_codes_and_names_the_others(
    codes: list[str], chosen: IdentifierKind | None
) -> None:
    choice = choose(codes, chosen)
    assert choice.chosen == classify(codes[choice.position], chosen)
    others = {clean(code) for code in codes} - {clean(codes[choice.position]), ""}
    assert len(choice.others) == len(others)
    if choice.chosen.problem is not None:
        assert all(classify(code, chosen).problem for code in codes)


phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True, alphabet=st.characters(codec="ascii"))
heads = st.sampled_from(
    ["", "+86", "(+86)", "0086-", "tel:", "tel:+86-", "手机号：", "“", "王先生 "]
)
tails = st.sampled_from(["", "，", "。", "”", "（王）", " \u200b", "\r\n"])
between = st.sampled_from(
    ["", "-", " ", ".", "\u00a0", "\u2011", "\u2013", "\u2014", "\u2212", "\u3000"]
)


@given(phones, heads, tails, between, st.booleans())
@settings(UNHURRIED, max_examples=200)
def test_a_phone_number_is_one_however_it_is_written(
    phone: str, head: str, tail: str, gap: str, wide: bool
) -> None:
    groups = gap.join((phone[:3], phone[3:7], phone[7:]))
    shown = groups.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}) if wide else groups
    assert classify(head + shown + tail).identifiers == classify(phone).identifiers


card_numbers = st.text("0123456789", min_size=13, max_size=19)


@given(card_numbers, any_text, any_text, kinds)
@settings(UNHURRIED, max_examples=200)
def test_nothing_of_a_bank_card_is_told(
    number: str, before: str, after: str, chosen: IdentifierKind | None
) -> None:
    track = f"{before};{number}=2512101{after}"
    assert classify(track, chosen) == Classification(problem=Problem.BANK_CARD)
    assert not kept(number, repr(choose([track, "qm0000001"], chosen)))
