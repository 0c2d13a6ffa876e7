"""What recorded reads of the test code say about a scanner; a sample says how it was recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from posmember.scanning.burst import ScanSettings
from posmember.scanning.diagnosis import MOST_GAP_MS, USUAL_GAP_MS, diagnose
from posmember.scanning.findings import (
    Diagnosis,
    FindingCode,
    ProposedSettings,
    Severity,
    Suffix,
)
from posmember.scanning.identifier import classify
from posmember.scanning.test_code import TEST_CODE, is_test_code
from posmember.scanning.trace import Trace, TracedKey, control_name

SAMPLES = Path(__file__).parents[2] / "samples/scanner"
F = FindingCode
USUAL = ProposedSettings(prefix="", enter_follows=True, max_gap_ms=USUAL_GAP_MS)


def sample(name: str) -> Trace:
    return Trace.from_json(json.loads((SAMPLES / f"{name}.json").read_text("utf-8")))


def struck(
    text: str, every_ms: float = 5, hold_ms: float = 2, *, at_ms: float = 0
) -> tuple[TracedKey, ...]:
    """Strike a key for each character; a key's number is its character's."""
    keys = []
    for number, char in enumerate(text):
        down = (at_ms + number * every_ms) / 1000
        key = TracedKey(down, char, char.upper(), pressed=True, scan_code=ord(char))
        keys += [key, replace(key, at=down + hold_ms / 1000, pressed=False)]
    return tuple(sorted(keys, key=lambda key: key.at))


def found(diagnosis: Diagnosis, severity: Severity) -> set[FindingCode]:
    return {each.code for each in diagnosis.findings if each.severity is severity}


def param(diagnosis: Diagnosis, code: FindingCode, name: str) -> str | int:
    (only,) = (each for each in diagnosis.findings if each.code is code)
    return only.params[name]


@dataclass(frozen=True, slots=True)
class Case:
    sample: str
    problems: frozenset[FindingCode] = frozenset()
    warnings: frozenset[FindingCode] = frozenset()
    fine: frozenset[FindingCode] = frozenset({F.READ_WHOLE, F.SUFFIX, F.SPEED})
    suffix: Suffix | None = Suffix.ENTER
    proposed: ProposedSettings | None = USUAL
    read_whole: bool = True


def case(
    name: str,
    *,
    problems: set[FindingCode] | None = None,
    warnings: set[FindingCode] | None = None,
    fine: set[FindingCode] | None = None,
    suffix: Suffix | None = Suffix.ENTER,
    proposed: ProposedSettings | None = USUAL,
) -> Case:
    usual = {F.READ_WHOLE, F.SUFFIX, F.SPEED}
    return Case(
        sample=name,
        problems=frozenset(problems or ()),
        warnings=frozenset(warnings or ()),
        fine=frozenset(usual if fine is None else fine),
        suffix=suffix,
        proposed=proposed,
        read_whole=F.READ_WHOLE in (usual if fine is None else fine),
    )


CASES = (
    case("enter"),
    case(
        "stx_etx",
        warnings={F.CONTROL_CHARACTERS},
        proposed=replace(USUAL, prefix="\x02", suffix="\x03"),
    ),
    case("tab", suffix=Suffix.TAB),
    case(
        "no_suffix",
        warnings={F.SUFFIX},
        fine={F.READ_WHOLE, F.SPEED},
        suffix=Suffix.NONE,
        proposed=replace(USUAL, enter_follows=False),
    ),
    case("caps_lock", problems={F.CAPS_LOCK}, fine={F.SUFFIX, F.SPEED}),
    case("keypad_without_num_lock", warnings={F.KEYPAD_WITHOUT_NUM_LOCK}),
    case("keypad", warnings={F.KEYPAD}, suffix=Suffix.KEYPAD_ENTER),
    case(
        "slow",
        warnings={F.SLOW},
        fine={F.READ_WHOLE, F.SUFFIX},
        proposed=replace(USUAL, max_gap_ms=60),
    ),
    case("cr_lf", suffix=Suffix.CR_LF),
    case("line_feed", suffix=Suffix.LINE_FEED),
    case("gs_inside", warnings={F.CONTROL_CHARACTERS}),
    case("aim_identifier", fine={F.READ_WHOLE, F.AIM_IDENTIFIER, F.SUFFIX, F.SPEED}),
    case("azerty", problems={F.OTHER_LAYOUT}, fine={F.SUFFIX, F.SPEED}),
    case("qwertz", problems={F.OTHER_LAYOUT}, fine={F.SUFFIX, F.SPEED}),
    case("two_reads", warnings={F.SEVERAL_READS}),
    case("f9_prefix", warnings={F.OTHER_KEYS}),
    case("input_method", problems={F.INPUT_METHOD}, fine=set(), suffix=None, proposed=None),
    case(
        "input_method_words", problems={F.INPUT_METHOD}, fine={F.SPEED}, suffix=None, proposed=None
    ),
    case(
        "input_method_english",
        problems={F.INPUT_METHOD},
        fine={F.SPEED},
        suffix=None,
        proposed=None,
    ),
)


@pytest.mark.parametrize("expected", CASES, ids=[each.sample for each in CASES])
def test_recorded_reads(expected: Case) -> None:
    diagnosis = diagnose(sample(expected.sample))
    assert found(diagnosis, Severity.PROBLEM) == expected.problems
    assert found(diagnosis, Severity.WARNING) == expected.warnings
    assert found(diagnosis, Severity.OK) == expected.fine
    assert (diagnosis.suffix, diagnosis.proposed) == (expected.suffix, expected.proposed)
    assert diagnosis.read_whole == expected.read_whole


def test_every_recorded_sample_has_a_case() -> None:
    assert {path.stem for path in SAMPLES.iterdir()} == {each.sample for each in CASES}


@pytest.mark.parametrize(
    ("name", "code", "parameter", "value"),
    [
        ("stx_etx", F.CONTROL_CHARACTERS, "names", "STX ETX"),
        ("gs_inside", F.CONTROL_CHARACTERS, "names", "GS"),
        ("aim_identifier", F.AIM_IDENTIFIER, "text", "]C1"),
        ("azerty", F.OTHER_LAYOUT, "layout", "azerty"),
        ("qwertz", F.OTHER_LAYOUT, "layout", "qwertz"),
        ("two_reads", F.SEVERAL_READS, "count", 2),
        ("f9_prefix", F.OTHER_KEYS, "names", "F9"),
        ("input_method", F.INPUT_METHOD, "sign", "composed"),
        ("input_method_words", F.INPUT_METHOD, "sign", "composed"),
        ("input_method_english", F.INPUT_METHOD, "sign", "swapped"),
        ("slow", F.SLOW, "median_ms", 45),
        ("keypad", F.SUFFIX, "suffix", Suffix.KEYPAD_ENTER),
    ],
)
def test_what_a_finding_holds(
    name: str, code: FindingCode, parameter: str, value: str | int
) -> None:
    assert param(diagnose(sample(name)), code, parameter) == value


def test_times() -> None:
    diagnosis = diagnose(sample("slow"))
    assert (diagnosis.median_gap_ms, diagnosis.longest_gap_ms) == (45, 47)
    twice = struck(TEST_CODE + "\r", 5) + struck(TEST_CODE + "\r", 5, at_ms=400)
    assert diagnose(Trace(twice)).longest_gap_ms == 5  # the pause between two reads is none


def test_a_trace_survives_json() -> None:
    for path in SAMPLES.iterdir():
        trace = sample(path.stem)
        assert Trace.from_json(json.loads(json.dumps(trace.as_json()))) == trace
        assert trace.presses or trace.composed


def test_a_trace_does_not_show_what_was_scanned() -> None:
    assert "P" not in repr(struck("PPPP")[0]).removeprefix("TracedKey")
    assert "排名" not in repr(sample("input_method_words"))


# --- what no sample shows ----------------------------------------------------------------------


def test_characters_around_the_code() -> None:
    diagnosis = diagnose(Trace(struck(f"~]Q3{TEST_CODE}#\r")))
    assert param(diagnosis, F.PREFIX, "text") == "~"
    assert param(diagnosis, F.AIM_IDENTIFIER, "text") == "]Q3"
    assert param(diagnosis, F.SUFFIX_TEXT, "text") == "#"
    assert not found(diagnosis, Severity.PROBLEM)
    assert diagnosis.prefix == "~"
    assert diagnosis.proposed == replace(USUAL, prefix="~", suffix="#")


def test_a_prefix_is_told_under_caps_lock() -> None:
    diagnosis = diagnose(Trace(struck(f"x{TEST_CODE}\r".swapcase())))
    assert diagnosis.prefix == "x"


def test_every_read_has_the_same_prefix() -> None:
    diagnosis = diagnose(Trace(struck(f"~{TEST_CODE}\r" * 3)))
    assert param(diagnosis, F.SEVERAL_READS, "count") == 3
    assert (diagnosis.prefix, diagnosis.suffix) == ("~", Suffix.ENTER)
    assert F.SUFFIX_TEXT not in {each.code for each in diagnosis.findings}


def test_more_than_one_end() -> None:
    diagnosis = diagnose(Trace(struck(TEST_CODE + "\t\r")))
    assert (diagnosis.suffix, found(diagnosis, Severity.WARNING)) == (Suffix.OTHER, {F.SUFFIX})


def test_a_control_character_that_came_as_no_text() -> None:
    stx = TracedKey(0, "", "B", pressed=True, scan_code=56, control=True)
    diagnosis = diagnose(Trace((stx, *struck(TEST_CODE + "\r", at_ms=5))))
    assert param(diagnosis, F.CONTROL_CHARACTERS, "names") == "STX"
    assert F.OTHER_KEYS not in {each.code for each in diagnosis.findings}
    assert diagnosis.prefix == ""  # the scan filter does not see it either


def test_an_input_method_that_took_only_what_stands_around_the_code() -> None:
    diagnosis = diagnose(Trace(struck(TEST_CODE + "\r"), composed="～"))
    assert found(diagnosis, Severity.WARNING) == {F.INPUT_METHOD}
    assert diagnosis.read_whole


def test_an_unknown_layout() -> None:
    typed = TEST_CODE.translate(str.maketrans("0123456789-", ")!@#$%^&*(6"))
    diagnosis = diagnose(Trace(struck(typed + "\r")))
    assert param(diagnosis, F.OTHER_LAYOUT, "layout") == "other"
    assert not diagnosis.read_whole


@pytest.mark.parametrize(
    ("typed", "code", "sign"),
    [
        ("qm0000001", F.ANOTHER_CODE, None),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", F.ANOTHER_CODE, None),
        (TEST_CODE.replace("345", ""), F.KEYS_MISSING, None),
        (TEST_CODE.replace("Test", ""), F.INPUT_METHOD, "letters_missing"),
        (TEST_CODE.replace("PM", "MP"), F.INPUT_METHOD, "swapped"),
        ("", F.ANOTHER_CODE, None),
    ],
)
def test_a_code_that_did_not_arrive(typed: str, code: FindingCode, sign: str | None) -> None:
    diagnosis = diagnose(Trace(struck(typed + "\r")))
    assert found(diagnosis, Severity.PROBLEM) == {code}
    assert diagnosis.proposed is None
    assert sign is None or param(diagnosis, code, "sign") == sign


def test_how_many_characters_are_missing() -> None:
    diagnosis = diagnose(Trace(struck(TEST_CODE.replace("345", ""))))
    assert param(diagnosis, F.KEYS_MISSING, "count") == 3


@pytest.mark.parametrize(
    ("every_ms", "code", "severity", "max_gap_ms"),
    [
        (1, F.SPEED, Severity.OK, 35),
        (28, F.SPEED, Severity.OK, 35),
        (30, F.SPEED, Severity.OK, 40),
        (35, F.SPEED, Severity.OK, 45),
        (36, F.SLOW, Severity.WARNING, 45),
        (80, F.SLOW, Severity.WARNING, 100),
        (81, F.TOO_SLOW, Severity.PROBLEM, MOST_GAP_MS),
        (200, F.TOO_SLOW, Severity.PROBLEM, MOST_GAP_MS),
    ],
)
def test_speed(every_ms: int, code: FindingCode, severity: Severity, max_gap_ms: int) -> None:
    diagnosis = diagnose(Trace(struck(TEST_CODE + "\r", every_ms, hold_ms=0.5)))
    assert code in found(diagnosis, severity)
    assert diagnosis.proposed == replace(USUAL, max_gap_ms=max_gap_ms)


def test_one_late_key() -> None:
    early, late = struck(TEST_CODE[:9]), struck(TEST_CODE[9:] + "\r", at_ms=80)
    diagnosis = diagnose(Trace(early + late))
    assert param(diagnosis, F.UNEVEN, "longest_ms") == 40
    assert diagnosis.proposed == replace(USUAL, max_gap_ms=50)


@pytest.mark.parametrize(("hold_ms", "overlap"), [(4, False), (6, False), (7, True)])
def test_keys_that_are_let_go_of_late(hold_ms: int, overlap: bool) -> None:
    # Characters that come twice would be down twice at once.
    keys = tuple(
        replace(key, scan_code=0, key_name=f"{number}")
        for number, char in enumerate(TEST_CODE)
        for key in struck(char, hold_ms=hold_ms, at_ms=5 * number)
    )
    diagnosis = diagnose(Trace(tuple(sorted(keys, key=lambda key: key.at))))
    assert (F.KEYS_OVERLAP in found(diagnosis, Severity.WARNING)) is overlap


def test_a_key_that_was_down_before_the_check_began() -> None:
    """Only its release is in the trace, such as that of the key that opened the check."""
    release = TracedKey(0.0, "", "F9", pressed=False, scan_code=67)
    diagnosis = diagnose(Trace((release, *struck(TEST_CODE + "\r", at_ms=20))))
    assert diagnosis.read_whole
    assert not found(diagnosis, Severity.PROBLEM)


def test_no_proposal_is_below_what_is_usual() -> None:
    assert ScanSettings().max_gap_s == USUAL_GAP_MS / 1000
    assert ScanSettings().quiet_s >= MOST_GAP_MS / 1000


def test_problems_come_first() -> None:
    diagnosis = diagnose(Trace(struck(f"]C1{TEST_CODE.swapcase()}", every_ms=45)))
    order = [each.severity for each in diagnosis.findings]
    assert order == sorted(order, key=[*reversed(Severity)].index)
    assert set(order) == set(Severity)


# --- the test code -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [TEST_CODE, TEST_CODE.swapcase(), f"\x02{TEST_CODE}\x03", f"]C1~{TEST_CODE}#", TEST_CODE[:-9]],
)
def test_the_test_code_is_told(text: str) -> None:
    assert is_test_code(text)


@pytest.mark.parametrize(
    "text", ["", "qm0000001", "13800000001", "PM0123456789", "oLatjnx9gnqzS4b0fYxRk7mQ2vWs"]
)
def test_no_member_code_is_taken_for_it(text: str) -> None:
    assert not is_test_code(text)


def test_the_test_code_suits_its_purpose() -> None:
    assert len(TEST_CODE) <= 24
    assert set("0123456789-") <= set(TEST_CODE)
    assert set("aqzy") <= set(TEST_CODE.lower()), "other layouts exchange these"
    assert any(map(str.isupper, TEST_CODE))
    assert any(map(str.islower, TEST_CODE))
    assert classify(TEST_CODE).problem is None, "it has to arrive like a member's code"


@pytest.mark.parametrize(("char", "name"), [("\x02", "STX"), ("\x1d", "GS"), ("\x01", "Ctrl+A")])
def test_names_of_control_characters(char: str, name: str) -> None:
    assert control_name(char) == name


# --- ALT mode ------------------------------------------------------------------------------------


def alt_codes(text: str) -> tuple[TracedKey, ...]:
    digits = "".join(f"0{ord(char)}" for char in text)
    return tuple(replace(key, keypad=True, alt=True) for key in struck(digits))


def test_a_scanner_in_alt_mode_is_named_and_nothing_else() -> None:
    diagnosis = diagnose(Trace(alt_codes(TEST_CODE)))
    assert [each.code for each in diagnosis.findings] == [F.ALT_CODES]
    assert found(diagnosis, Severity.PROBLEM) == {F.ALT_CODES}
    assert not diagnosis.read_whole
    assert diagnosis.proposed is None


def test_where_the_system_makes_it_out_it_is_a_warning() -> None:
    diagnosis = diagnose(Trace((*alt_codes("PM"), *struck(f"{TEST_CODE}\r", 30))))
    assert found(diagnosis, Severity.WARNING) == {F.ALT_CODES}
    assert diagnosis.read_whole
    assert F.KEYPAD not in {each.code for each in diagnosis.findings}


def test_what_is_lost_beside_it_is_still_told() -> None:
    diagnosis = diagnose(Trace((*alt_codes("PM"), *struck(TEST_CODE[:15]))))
    assert {F.ALT_CODES, F.KEYS_MISSING} <= {each.code for each in diagnosis.findings}
