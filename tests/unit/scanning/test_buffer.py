"""A scanner's burst among a person's keys, by time alone."""

from __future__ import annotations

import pytest

from posmember.scanning.buffer import ScanBuffer
from posmember.scanning.burst import (
    LONGEST_CODE,
    STALLED_S,
    Fate,
    Flaw,
    Misread,
    Outcome,
    Scan,
    ScanSettings,
    State,
)
from tests.fakes.keyboard import MS, Stroke, Till, burst, stalling, typed

CODE = "qm0000001"
ENTER = "\r"
STX = "\x02"
UNFINISHED = Misread(Flaw.UNFINISHED)
TYPED_MEANWHILE = Misread(Flaw.UNFINISHED, typed=True)
MEMBER, PHONE = "9000000000000", "13800000001"
"""In one code, the second of which is somebody's phone number."""


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


def test_a_further_code_of_a_burst_needs_its_enter_as_well() -> None:
    till = play(f"{CODE}\r13800000001")
    assert (till.texts, till.field) == ([CODE], "")
    assert till.misread == [Misread(Flaw.UNFINISHED, 2)]


@pytest.mark.parametrize("end", ["\r", "\t", "\n"])
def test_a_further_code_of_two_characters(end: str) -> None:
    till = play(f"{CODE}\r78{end}")
    assert (till.scans, till.field) == ([Scan(CODE), Scan("78", 2)], "")


def test_a_single_key_behind_a_code_is_typed() -> None:
    """It came within the burst's time, and is too little for a code."""
    till = play(f"{CODE}\r7\r")
    assert (till.texts, till.field) == ([CODE], "7\r")
    till = play(f"{CODE}\r7\t")
    assert (till.texts, till.field) == ([CODE], "7\t")


@pytest.mark.parametrize("text", ["58.5", "58.50", "qm01", "VIP7", "\x1d123"])
def test_a_short_code_is_a_scan(text: str) -> None:
    """Nobody strikes four keys and Enter like that."""
    till = play(text + ENTER)
    assert (till.texts, till.field) == ([text], "")


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


@pytest.mark.parametrize("sent", ["Xqm1", "xQM1", "Xqm1Yz", "xQM1yZ", "XyZ1yz"])
def test_letters_around_a_code_are_known_with_caps_lock_on(sent: str) -> None:
    """What is around a code goes in either case; the code's own letters stay as they came."""
    till = play(f"{sent}\r", settings=ScanSettings(prefix="X", suffix="Yz"))
    assert till.texts == [sent[1:].removesuffix("Yz").removesuffix("yZ")]


def test_a_code_without_the_prefix_is_whole() -> None:
    assert play("qm0000001\r", settings=ScanSettings(prefix="X", suffix="Z")).texts == [CODE]


def test_a_suffix_ends_a_code_with_caps_lock_on() -> None:
    till = play("QM1YZ", settings=ScanSettings(suffix="yz", enter_follows=False))
    assert till.texts == ["QM1"]


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


# --- a scanner that stalls -----------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n"])
@pytest.mark.parametrize("pause_ms", [36, 80, 150, 400, 500])
@pytest.mark.parametrize("place", [4, len(MEMBER), len(MEMBER + PHONE)])
def test_only_its_end_ends_a_code(end: str, pause_ms: float, place: int) -> None:
    strokes = stalling(MEMBER + PHONE + end, 0, {place: pause_ms * MS})
    till = Till().play(strokes)
    assert (till.texts, till.field, till.misread) == ([MEMBER + PHONE], "", [])


def test_what_comes_after_more_than_half_a_second_is_a_scan_of_its_own() -> None:
    till = Till().play(stalling(f"{MEMBER}{PHONE}\r", 0, {len(MEMBER): STALLED_S + MS}))
    assert (till.texts, till.field, till.misread) == ([PHONE], "", [UNFINISHED])


def test_it_is_said_half_a_second_behind_the_last_key() -> None:
    till = Till()
    for stroke in burst(MEMBER, at=0):
        till.press(stroke, stroke.at)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    till.fall_quiet()
    assert till.misread == []
    assert till.buffer.patience_s == pytest.approx(STALLED_S - ScanSettings().max_gap_s)
    till.fall_quiet()
    assert till.misread == [UNFINISHED]


def test_what_is_read_late_still_belongs_by_its_own_time() -> None:
    """The keys were struck in time, and a busy window comes round to them only now."""
    till = Till()
    first, rest = stalling(f"{MEMBER}{PHONE}\r", 0, {13: 0.4})[:13], burst(f"{PHONE}\r", 0.46)
    till.play(first)
    assert till.misread == [UNFINISHED]
    till.play(rest)
    assert (till.texts, till.field) == ([], "")
    assert till.misread == [UNFINISHED] * 2


def test_a_second_line_feed_may_come_late() -> None:
    till = Till().play(stalling(f"{CODE}\r\n", 0, {len(CODE) + 1: 0.3}))
    assert (till.texts, till.field) == ([CODE], "")


def test_a_further_code_of_a_burst_may_stall() -> None:
    till = Till().play(stalling(f"{CODE}\r{PHONE}\r", 0, {len(CODE) + 6: 0.3}))
    assert till.scans == [Scan(CODE), Scan(PHONE, 2)]


def test_a_further_code_that_stalls_behind_its_first_key_is_not_looked_up() -> None:
    till = Till().play(stalling(f"{CODE}\r9{PHONE}\r", 0, {len(CODE) + 2: 0.3}))
    assert (till.texts, till.misread) == ([CODE], [UNFINISHED])


@pytest.mark.parametrize("suffix", ["#", "##"])
@pytest.mark.parametrize("back", [0, 1, 2])
def test_a_suffix_that_ends_the_code_may_come_late(suffix: str, back: int) -> None:
    settings = ScanSettings(suffix=suffix, enter_follows=False)
    sent = CODE + suffix
    till = Till(settings).play(stalling(sent, 0, {len(sent) - 1 - back: 0.3}))
    assert (till.texts, till.field, till.misread) == ([CODE], "", [])


def test_without_its_suffix_it_is_no_code() -> None:
    till = Till(ScanSettings(suffix="#", enter_follows=False)).play(burst(CODE, 0))
    assert (till.texts, till.field, till.misread) == ([], "", [UNFINISHED])


@pytest.mark.parametrize("pause_ms", [40, 60, 90])
def test_without_an_end_a_hiccup_is_none(pause_ms: float) -> None:
    for place in range(4, len(CODE)):
        strokes = stalling(CODE, 0, {place: pause_ms * MS})
        till = Till(ScanSettings(enter_follows=False)).play(strokes)
        assert (till.texts, till.field) == ([CODE], "")


@pytest.mark.parametrize("place", [1, 2, 3])
def test_first_keys_that_can_only_be_a_scanners(place: int) -> None:
    """They are in the field when it stalls, and are taken back out; a single one stays."""
    till = Till().play(stalling(f"{MEMBER}{PHONE}\r", 0, {place: 0.3}))
    if place == 1:
        assert (till.texts, till.field, till.misread) == ([], "9", [UNFINISHED])
    else:
        assert (till.texts, till.field, till.misread) == ([MEMBER + PHONE], "", [])


@pytest.mark.parametrize("between", ["f2", "a person's key", "an Enter"])
def test_first_keys_and_then_something_else(between: str) -> None:
    char, hold = {"f2": ("", 5), "a person's key": ("5", 80), "an Enter": ("\r", 80)}[between]
    struck = Stroke(char, 0.2, hold * MS, 9)
    till = Till().play(burst("90", 0), [struck], burst(f"{PHONE}\r", 0.4))
    if between != "an Enter":
        assert (till.texts, till.misread) == ([], [UNFINISHED])
    else:
        assert (till.texts, till.misread) == ([PHONE], [])
    assert till.field == f"90{char}"


def test_a_persons_last_keys_before_a_scan_are_theirs() -> None:
    """Held as people do, or of no time at all, which tells nothing."""
    for hold_ms in (0, 16, 40, 80):
        till = Till().play(typed("58", 0, 0.12, hold_ms * MS), burst(f"{PHONE}\r", 0.4))
        assert (till.texts, till.field, till.misread) == ([PHONE], "58", [])


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n"])
@pytest.mark.parametrize("places", [(3,), (2, 3), (3, 4), (2, 4), (2, 3, 4)])
@pytest.mark.parametrize("hold", [True, False])
def test_a_short_code_that_stalls(end: str, places: tuple[int, ...], hold: bool) -> None:
    strokes = stalling(f"VIP7{end}", 0, dict.fromkeys(places, 0.2))
    till = Till(hold=hold).play(strokes)
    assert (till.texts, till.field, till.misread) == (["VIP7"], "", [])


def test_an_enter_that_comes_before_the_last_key_was_given_back() -> None:
    till = Till().play(stalling("VIP7\r", 0, {2: 0.2, 3: 0.2, 4: 0.036}))
    assert (till.texts, till.field, till.misread) == (["VIP7"], "", [])


def test_a_person_behind_first_keys_enters_what_is_there() -> None:
    till = Till().play(burst("VIP", 0), typed("7\r", 0.2, 0.12))
    assert (till.texts, till.field, till.misread) == ([], "VIP7\r", [])
    till = Till().play(burst("VIP", 0), typed("\t", 0.2, 0.12))
    assert (till.texts, till.field, till.misread) == ([], "VIP\t", [])


def test_first_keys_that_stall_too_often() -> None:
    pauses = dict.fromkeys(range(2, 12), 0.1)
    till = Till().play(stalling(f"{MEMBER}{PHONE}\r", 0, pauses))
    assert (till.texts, till.misread) == ([], [UNFINISHED])


# --- a person while it stalls --------------------------------------------------------------------


def stalled(*persons: Stroke, tail_at: float = 0.4, tail: str = f"{PHONE}\r") -> Till:
    """A code that stalls, behind its first half's last key at 0.06."""
    return Till().play(burst(MEMBER, 0), persons, burst(tail, tail_at))


def test_a_persons_key_arrives_and_the_code_is_whole() -> None:
    till = stalled(Stroke("5", 0.15, 80 * MS, 53))
    assert (till.texts, till.field, till.misread) == ([MEMBER + PHONE], "5", [])


def test_it_arrives_as_soon_as_it_is_a_persons() -> None:
    till = Till()
    for stroke in burst(MEMBER, 0):
        till.press(stroke, stroke.at)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    till.press(Stroke("5", 0.15, 1, 53), 0.15)
    assert till.field == ""
    assert till.buffer.patience_s == pytest.approx(ScanSettings().max_gap_s)
    till.fall_quiet()
    assert till.field == "5"


def test_a_key_that_moves_something_works_at_once() -> None:
    till = Till()
    for stroke in burst(MEMBER, 0):
        till.press(stroke, stroke.at)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    assert till.press(Stroke("", 0.15, 0.1, 9), 0.15).fate is Fate.PASS
    assert till.play(burst(f"{PHONE}\r", 0.4)).texts == [MEMBER + PHONE]


def test_a_key_that_is_still_down_when_it_goes_on() -> None:
    till = stalled(Stroke("5", 0.38, 80 * MS, 53))
    assert (till.texts, till.field, till.misread) == ([MEMBER + PHONE], "5", [])


def test_fingers_that_roll_over_two_keys() -> None:
    till = stalled(Stroke("5", 0.15, 80 * MS, 53), Stroke("8", 0.175, 80 * MS, 56))
    assert (till.texts, till.field, till.misread) == ([MEMBER + PHONE], "58", [])


def test_what_can_be_of_either_makes_no_code() -> None:
    """A key of a scanner that stands still on both sides of it, and over it."""
    till = stalled(Stroke("5", 0.15, 245 * MS, 53))
    assert (till.texts, till.field, till.misread) == ([], "5", [TYPED_MEANWHILE])
    till = stalled(Stroke("4", 0.15, 5 * MS, 52), Stroke("5", 0.25, 80 * MS, 53))
    assert (till.texts, till.field, till.misread) == ([], "45", [TYPED_MEANWHILE])


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_the_scanners_enter_behind_a_persons_key(end: str) -> None:
    till = stalled(Stroke("5", 0.15, 80 * MS, 53), tail=end)
    assert (till.texts, till.field, till.misread) == ([MEMBER], "5", [])


def test_the_scanners_enter_between_a_persons_keys() -> None:
    person = [Stroke("5", 0.15, 80 * MS, 53), Stroke("8", 0.4015, 80 * MS, 56)]
    till = stalled(*person, tail="\r")
    assert (till.texts, till.field, till.misread) == ([MEMBER], "58", [])


def test_a_persons_enter_behind_a_persons_key() -> None:
    till = Till().play(burst(MEMBER, 0), typed("5\r", 0.15, 0.2))
    assert (till.texts, till.field, till.misread) == ([], "5\r", [TYPED_MEANWHILE])


def test_a_tap_that_nothing_follows_is_a_persons() -> None:
    till = Till().play(burst(MEMBER, 0), [Stroke("5", 0.2, 5 * MS, 53)])
    assert (till.texts, till.field, till.misread) == ([], "5", [TYPED_MEANWHILE])


# --- very long -----------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r", ""])
def test_the_longest_code_and_one_that_is_longer(end: str) -> None:
    longest = "7" * LONGEST_CODE
    assert play(f"{longest}\r", every=MS).texts == [longest]
    till = Till().play(burst(f"{longest}7{end}", 0, MS), burst(f"{CODE}\r", 20))
    assert (till.texts, till.field) == ([CODE], "")
    assert till.misread == [Misread(Flaw.TOO_LONG)]


def test_of_an_endless_burst_little_is_kept() -> None:
    till = Till(ScanSettings(suffix="#", enter_follows=False))
    *most, last, end = burst("7" * (3 * LONGEST_CODE) + "#", 0, MS)
    for stroke in most:
        till.press(stroke, stroke.at)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    assert till.press(last, last.at).fate is Fate.SWALLOW
    assert len(till.buffer._run) <= LONGEST_CODE
    till.press(end, end.at)
    assert till.misread == [Misread(Flaw.TOO_LONG)]


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


@pytest.mark.parametrize("text", ["58", "58.", "5", "123"])
def test_a_short_fast_entry_goes_through_with_its_enter(text: str) -> None:
    till = play(text + ENTER)
    assert (till.field, till.texts) == (text + ENTER, [])


@pytest.mark.parametrize("text", ["a", "ab", "abc"])
def test_what_is_no_scan_comes_back_in_order(text: str) -> None:
    till = play(text)
    assert (till.field, till.texts, till.misread) == (text, [], [])


@pytest.mark.parametrize("text", ["abcd", "abcdefgh"])
@pytest.mark.parametrize("every_ms", [20, 30])
def test_what_fingers_roll_over_comes_back_as_soon_as_it_is_over(
    text: str, every_ms: float
) -> None:
    till = Till()
    for stroke in typed(text, at=0, every=every_ms * MS):
        till.press(stroke, stroke.at)
    assert till.buffer.patience_s == pytest.approx(ScanSettings().max_gap_s)
    till.fall_quiet()
    assert (till.field, till.texts, till.misread) == (text, [], [])


def test_half_a_code_and_then_a_person() -> None:
    till = Till().play(burst("asdf", at=0), typed("ghjkl\r", at=0.09, every=90 * MS))
    assert (till.field, till.texts, till.misread) == ("ghjkl\r", [], [TYPED_MEANWHILE])


def test_a_person_of_a_till_with_a_slow_scanner() -> None:
    """There people type at the scanner's pace, and hold their keys for most of the time."""
    settings = ScanSettings(max_gap_s=0.12)
    for text in ("58.50", "13800000001\r"):
        till = Till(settings).play(typed(text, at=0, every=0.1, hold=75 * MS))
        assert (till.field, till.texts, till.misread) == (text, [], [])


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


@pytest.mark.parametrize("end", ["\r", ""])
def test_control_letters_alone_are_no_code(end: str) -> None:
    till = play(f"\x01\x02\x03\x04\x05\x06{end}")
    assert (till.texts, till.field, till.misread) == ([], f"\x01\x02\x03\x04\x05\x06{end}", [])


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


def test_what_is_the_scanners_for_all_that_is_known() -> None:
    buffer = ScanBuffer(ScanSettings(suffix="\x03"))
    assert not buffer.claims("a", 0)
    for number, stroke in enumerate(burst("1234", 0)):
        assert not buffer.claims("a", stroke.at)
        buffer.press(number, stroke.char, stroke.key, stroke.at)
        buffer.let_go(stroke.key, stroke.at + stroke.hold)
    assert buffer.claims("\x04", 0.03)
    assert not buffer.claims("\x04", 0.2)
    assert all(buffer.claims(char, 0.2) for char in "\x03\r\t/7")
    assert not buffer.claims("", 0.2)


def test_keys_of_another_clock_have_nothing_to_do_with_it() -> None:
    till = Till()
    for stroke in [*burst(CODE, 1000), *burst("13800000001\r", 5)]:
        till.press(stroke, stroke.at)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
    assert (till.texts, till.misread) == (["13800000001"], [UNFINISHED])


def test_quiet_where_nothing_was_struck() -> None:
    assert ScanBuffer().fall_quiet() == Outcome()


def test_reset_forgets() -> None:
    buffer = ScanBuffer()
    buffer.press(1, "a", 1, 0.0)
    assert buffer.state is State.DOUBTFUL
    buffer.reset()
    assert (buffer.state, buffer.patience_s) == (State.IDLE, None)


# --- what was not told --------------------------------------------------------------------------


def test_what_is_distrusted_in_its_midst_is_no_whole_code() -> None:
    """Though nothing else about it is amiss."""
    till = Till()
    for number, stroke in enumerate(burst(CODE, at=0)):
        till.press(stroke, stroke.at)
        till.buffer.let_go(stroke.key, stroke.at + stroke.hold)
        if number == 5:
            till.buffer.distrust()
    assert till.play(burst(ENTER, at=len(CODE) * 5 * MS)).texts == []
    assert till.misread == [UNFINISHED]


def test_what_is_distrusted_between_two_codes_harms_neither() -> None:
    till = play(CODE + ENTER)
    till.buffer.distrust()
    assert till.play(burst(CODE + ENTER, at=1)).texts == [CODE, CODE]
