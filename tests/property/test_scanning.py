"""Whatever is scanned or typed: nothing raises, nothing is lost, no payment code is kept."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.buffer import BufferState, Rejected, Scan, ScanBuffer, ScanSettings
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import MAX_ATTEMPTS, MAX_LENGTH, Problem, classify
from tests.fakes.unhurried import UNHURRIED

kinds = st.one_of(st.none(), st.sampled_from(IdentifierKind))


@given(st.one_of(st.text(), st.text("0123456789-+ o", max_size=40)), kinds)
@settings(UNHURRIED, max_examples=300)
def test_any_text(text: str, chosen: IdentifierKind | None) -> None:
    found = classify(text, chosen)
    assert (found.problem is None) == bool(found.identifiers)
    assert len(found.identifiers) <= MAX_ATTEMPTS
    assert len(set(found.identifiers)) == len(found.identifiers)
    for identifier in found.identifiers:
        assert re.fullmatch(r"[!-~]+", identifier.value)
        assert len(identifier.value) <= MAX_LENGTH
        assert clean(identifier.value) == identifier.value
        assert chosen in (None, identifier.kind)


payment_codes = st.one_of(
    st.from_regex(r"1[0-5][0-9]{16}", fullmatch=True, alphabet=st.characters(codec="ascii")),
    st.from_regex(
        r"(2[5-9]|30)[0-9]{14,22}", fullmatch=True, alphabet=st.characters(codec="ascii")
    ),
    st.from_regex(r"62[0-9]{17}", fullmatch=True, alphabet=st.characters(codec="ascii")),
)
noise = st.sampled_from(["", "", "", "-", " ", "\u200b", "\u3000", "\t", "\u00ad"])


@given(payment_codes, st.lists(noise, min_size=25, max_size=25), st.booleans(), kinds)
@settings(UNHURRIED, max_examples=200)
def test_no_payment_code_survives(
    code: str, between: list[str], wide: bool, chosen: IdentifierKind | None
) -> None:
    shown = code.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}) if wide else code
    typed = shown[0] + "".join(
        gap + digit for gap, digit in zip(between, shown[1:], strict=False)
    ).replace("--", "-")
    found = classify(re.sub(r"-\W*-", "-", typed), chosen)
    if len(code) == 24 and chosen is not None:
        assert [i.value.replace("-", "") for i in found.identifiers] == [code]
    else:
        assert found.problem is Problem.PAYMENT_CODE
        assert found.identifiers == ()
    assert code not in repr(found)


SETTINGS = ScanSettings()
IN_TIME, TOO_LATE = SETTINGS.max_gap_s * 0.9, SETTINGS.max_gap_s * 1.1
characters = st.characters(codec="utf-8", exclude_characters="\r\n")
keys = st.lists(
    st.tuples(
        st.one_of(characters, st.sampled_from("\r\n")),
        st.sampled_from([0.0, 0.001, IN_TIME, TOO_LATE, 0.2, -5.0]),
    ),
    max_size=40,
)


@given(keys)
@settings(UNHURRIED, max_examples=300)
def test_nothing_is_lost_or_doubled(typed: list[tuple[str, float]]) -> None:
    """Every key is in exactly one place: a scan, what is given back, or what passed through."""
    buffer, now, placed = ScanBuffer(), 0.0, ""
    for char, gap in typed:
        now += gap
        before, held = buffer.text, buffer.state is BufferState.BURST
        outcome = buffer.feed(char, now)
        if outcome is not None:
            assert outcome.text == before
            assert held
        ended = outcome is not None or buffer.text != before + char
        placed += before if ended else ""
        if char in "\r\n":
            placed += char
            assert buffer.text == ""
        else:
            assert buffer.text in (char, before + char)
        if isinstance(outcome, Scan):
            assert len(outcome.text) >= SETTINGS.min_length
            assert char in "\r\n"
        if outcome is None and ended:
            assert not held
        recognised = len(buffer.text) >= SETTINGS.recognised_at
        assert (buffer.state is BufferState.BURST) == recognised
    last = buffer.text
    rejected = buffer.expire()
    assert rejected == (Rejected(last) if len(last) >= SETTINGS.recognised_at else None)
    assert placed + last == "".join(char for char, _ in typed)


slow_typing = st.text(characters, max_size=8)
bursts = st.text(characters, min_size=1, max_size=30)


@given(st.lists(st.tuples(slow_typing, bursts), max_size=5), slow_typing)
@settings(UNHURRIED, max_examples=150)
def test_bursts_among_a_persons_keys_come_out_whole(
    parts: list[tuple[str, str]], rest: str
) -> None:
    buffer, now, outcomes = ScanBuffer(), 0.0, []

    def type_keys(text: str, gap: float, first: float) -> None:
        nonlocal now
        for index, char in enumerate(text):
            now += first if index == 0 else gap
            outcomes.append(buffer.feed(char, now))

    for typed, burst in parts:
        type_keys(typed, TOO_LATE, TOO_LATE)
        type_keys(burst + "\r", IN_TIME, TOO_LATE)
    type_keys(rest, TOO_LATE, TOO_LATE)
    expected = [
        Scan(burst) if len(burst) >= SETTINGS.min_length else Rejected(burst)
        for _, burst in parts
        if len(burst) >= SETTINGS.recognised_at
    ]
    assert [outcome for outcome in outcomes if outcome is not None] == expected
