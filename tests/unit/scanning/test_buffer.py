"""A scanner's burst among a person's keys, by time alone."""

from __future__ import annotations

import pytest

from posmember.scanning.buffer import Fate, Scan, ScanBuffer, ScanSettings, State
from tests.fakes.keyboard import MS, Stroke, Till, burst, typed

CODE = "qm0000001"
ENTER = "\r"
STX = "\x02"


def play(*texts: str, every: float = 5 * MS, settings: ScanSettings | None = None) -> Till:
    """Bursts a second apart."""
    till = Till(settings or ScanSettings())
    return till.play(*(burst(text, at=n, every=every) for n, text in enumerate(texts)))


# --- a scan --------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n", "\n\r"])
def test_a_scan_leaves_nothing_behind(end: str) -> None:
    till = play(CODE + end)
    assert (till.texts, till.field) == ([CODE], "")


@pytest.mark.parametrize("every_ms", [0, 1, 5, 20, 34])
def test_every_speed_of_a_scanner(every_ms: float) -> None:
    till = play(CODE + ENTER, every=every_ms * MS)
    assert (till.texts, till.field) == ([CODE], "")


def test_the_first_key_alone_reaches_the_field_and_is_taken_out() -> None:
    till, fates = Till(), []
    for stroke in burst(CODE, at=0):
        fates.append(till.press(stroke, stroke.at).fate)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
        if len(fates) == 3:
            assert till.field == "q"
    assert fates == [Fate.PASS] + [Fate.HOLD] * 8
    assert (till.field, till.began) == ("", 1)


def test_where_nothing_could_be_put_back_the_first_key_is_held_too() -> None:
    till = Till(hold_first=True)
    first, *rest = burst(CODE + ENTER, at=0)
    assert till.press(first, 0).fate is Fate.HOLD
    till.buffer.let_go(first.key, first.at + first.hold)
    assert till.play(rest).texts == [CODE]


def test_scans_one_after_the_other() -> None:
    assert play(CODE + ENTER, "13800000001\r").texts == [CODE, "13800000001"]


def test_several_codes_in_one_burst() -> None:
    till = play(f"{CODE}\r6901234567892\r\n13800000001\r")
    assert till.scans == [Scan(CODE), Scan("6901234567892", 2), Scan("13800000001", 3)]
    assert till.field == ""


def test_the_last_code_of_a_burst_may_lack_its_enter() -> None:
    till = play(f"{CODE}\r13800000001")
    assert (till.texts, till.field) == ([CODE, "13800000001"], "")


def test_a_single_key_behind_a_code_is_typed() -> None:
    """It came within the burst's time, and is too little for a code."""
    till = play(f"{CODE}\r7\r")
    assert (till.texts, till.field) == ([CODE], "7\r")


def test_control_characters_are_the_codes() -> None:
    assert play(f"]C1{CODE}\x1d21\x1e\r").texts == [f"]C1{CODE}\x1d21\x1e"]


def test_a_repr_holds_no_code() -> None:
    assert CODE not in repr(Scan(CODE))


# --- what the scanner is set to ------------------------------------------------------------------


def test_a_prefix_is_taken_off_and_recognised_at_the_next_key() -> None:
    till = Till(ScanSettings(prefix=STX))
    stx, first, *rest = burst(f"{STX}42\r", at=0)
    assert till.press(stx, stx.at).fate is Fate.HOLD
    till.buffer.let_go(stx.key, stx.at + stx.hold)
    assert till.press(first, first.at).began
    till.buffer.let_go(first.key, first.at + first.hold)
    assert till.play(rest).texts == ["42"]


def test_the_prefix_typed_by_a_person_arrives() -> None:
    """A password may hold the scanner's first character."""
    till = Till(ScanSettings(prefix="~")).play(typed("a~b~~c", at=0, every=90 * MS))
    assert (till.field, till.texts) == ("a~b~~c", [])


@pytest.mark.parametrize("end", ["#\r", "#\t", "#\r\n", "\r"])
def test_a_suffix_is_taken_off(end: str) -> None:
    till = play(CODE + end, settings=ScanSettings(suffix="#"))
    assert (till.texts, till.field) == ([CODE], "")


def test_without_an_enter_the_suffix_ends_the_code_at_once() -> None:
    settings = ScanSettings(suffix="#", enter_follows=False)
    till = Till(settings)
    fates = [till.press(stroke, stroke.at).fate for stroke in burst(CODE + "#", at=0)]
    assert (till.texts, fates[-1]) == ([CODE], Fate.SWALLOW)
    assert play(f"{CODE}#13800000001#", settings=settings).texts == [CODE, "13800000001"]


def test_a_short_text_with_the_suffix_is_typed() -> None:
    till = play("12#", settings=ScanSettings(suffix="#", enter_follows=False))
    assert (till.texts, till.field) == ([], "12#")


def test_without_an_enter_a_burst_ends_by_falling_quiet() -> None:
    till = play(CODE, "13800000001", settings=ScanSettings(enter_follows=False))
    assert (till.texts, till.field) == ([CODE, "13800000001"], "")


def test_a_slow_scanner_can_be_told() -> None:
    settings = ScanSettings(max_gap_s=60 * MS)
    assert play(CODE + ENTER, every=45 * MS, settings=settings).texts == [CODE]
    assert play(CODE + ENTER, every=45 * MS).texts == []


def test_a_hiccup_in_the_middle_of_a_burst() -> None:
    till = Till().play(burst("qm00000", at=0), burst("01\r", at=0.095))
    assert (till.texts, till.field) == ([CODE], "")


# --- a person ------------------------------------------------------------------------------------


@pytest.mark.parametrize("every_ms", [36, 60, 90, 300])
def test_typing_goes_through_at_once(every_ms: float) -> None:
    till = Till()
    for stroke in typed(CODE + ENTER, at=0, every=every_ms * MS, hold=20 * MS):
        assert till.press(stroke, stroke.at).fate is Fate.PASS
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    assert (till.field, till.texts) == (CODE + ENTER, [])


@pytest.mark.parametrize("every_ms", [15.5, 20, 30])
def test_typing_however_fast_is_no_scan(every_ms: float) -> None:
    """At that speed a person's keys are still down when the next ones are struck."""
    till = Till().play(typed("qm1203456\r", at=0, every=every_ms * MS))
    assert (till.field, till.texts) == ("qm1203456\r", [])


def test_a_scanner_that_lets_go_late_is_still_one() -> None:
    till = Till().play(burst(CODE + ENTER, at=0, every=5 * MS, hold=40 * MS))
    assert (till.texts, till.field) == ([CODE], "")


@pytest.mark.parametrize("text", ["58", "58.", "58.5", "58.50"])
def test_a_short_fast_entry_goes_through_with_its_enter(text: str) -> None:
    till = play(text + ENTER)
    assert (till.field, till.texts) == (text + ENTER, [])


@pytest.mark.parametrize("text", ["ab", "abcd", "abcdefgh"])
def test_what_is_no_scan_comes_back_in_order(text: str) -> None:
    till = play(text)
    assert (till.field, till.texts) == (text, [])


def test_only_the_beginning_was_fast() -> None:
    till = Till().play(burst("asdf", at=0), typed("ghjkl\r", at=0.09, every=90 * MS))
    assert (till.field, till.texts) == ("asdfghjkl\r", [])


def test_right_behind_a_scan() -> None:
    till = Till().play(burst(CODE + ENTER, at=0), typed("58\r", at=0.075, every=90 * MS))
    assert (till.texts, till.field) == ([CODE], "58\r")


@pytest.mark.parametrize("offset_ms", [-20, -3, 2, 11, 26, 44])
def test_a_key_struck_into_a_burst_is_the_persons(offset_ms: float) -> None:
    strokes = burst(CODE + ENTER, at=1, every=5 * MS)
    till = Till().play(strokes, [Stroke("5", 1 + offset_ms * MS, 80 * MS, ord("5"))])
    assert (till.texts, till.field) == ([CODE], "5")


def test_a_key_without_a_character_ends_what_was_typed() -> None:
    f2 = Stroke("", 12 * MS, 5 * MS, 9)
    till = Till().play(burst("ab", at=0), [f2], burst("345678\r", at=20 * MS))
    assert (till.field, till.texts) == ("ab", ["345678"])


def test_a_key_without_a_character_is_swallowed_in_a_burst() -> None:
    f9 = Stroke("", 27 * MS, 2 * MS, 9)
    assert Till().play(burst("123456", at=0), [f9], burst("78\r", at=31 * MS)).texts == ["12345678"]


def test_control_letters_alone_are_no_code() -> None:
    till = play("\x01\x02\x03\x04\x05\x06\r")
    assert (till.texts, till.field) == ([], "\x01\x02\x03\x04\x05\x06\r")


def test_enter_alone_passes() -> None:
    assert play(ENTER, ENTER).field == ENTER * 2


# --- where doubtful keys pass --------------------------------------------------------------------


def test_without_holding_doubtful_keys_pass_until_it_is_a_burst() -> None:
    till = Till(hold=False)
    fates = []
    for stroke in burst(CODE, at=0):
        fates.append(till.press(stroke, stroke.at).fate)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    assert fates == [Fate.PASS] * 3 + [Fate.HOLD] * 6
    assert (till.field, till.began) == ("", 1)


def test_reset_forgets() -> None:
    buffer = ScanBuffer()
    buffer.press(1, "a", 1, 0.0)
    assert buffer.state is State.DOUBTFUL
    buffer.reset()
    assert (buffer.state, buffer.patience_s) == (State.IDLE, None)
