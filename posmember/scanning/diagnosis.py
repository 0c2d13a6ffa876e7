"""What a recorded read of the test code says about the scanner, and which settings fit it.

Measured: scanners send a key each 1 to 20 ms, over Bluetooth up to some 60 ms; Caps Lock swaps
the case of letters; the keypad without Num Lock types nothing; an input method in Chinese mode
takes letters and commits others, in English mode it can swap fast ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median
from types import MappingProxyType

from posmember.scanning.burst import ScanSettings
from posmember.scanning.findings import (
    Diagnosis,
    Finding,
    FindingCode,
    ProposedSettings,
    Severity,
    Suffix,
)
from posmember.scanning.reading import (
    Change,
    Damage,
    Read,
    damage,
    find_reads,
    is_keypad_without_num_lock,
    text_of,
)
from posmember.scanning.test_code import TEST_CODE
from posmember.scanning.trace import Trace, TracedKey, control_name

USUAL_GAP_MS = round(ScanSettings().max_gap_s * 1000)
"""The longest time between two keys of a scan where nobody set another."""

MOST_GAP_MS = 100
"""The longest that is ever proposed: above it, people's own typing would be taken for scans."""

_MARGIN = 1.25
"""A proposed gap is so many times the longest one seen: the next read may be slower."""

_STEP_MS = 5
_TERMINATORS = "\r\n\t"
_AIM_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")


def diagnose(trace: Trace, expected: str = TEST_CODE) -> Diagnosis:
    """Tell what a recorded read of a known code says about the scanner.

    Args:
        expected: the code that was read; its characters should show as much as TEST_CODE's.
    """
    has_alt_codes, trace = trace.has_alt_codes, trace.without_alt_codes()
    presses = trace.presses
    reads = find_reads(presses, expected)
    parts = _parts(presses, reads)
    gaps = [gap for part in parts for gap in _gaps_ms(part.all)] or _gaps_ms(presses)
    typical, longest = (median(gaps), max(gaps)) if gaps else (0.0, 0.0)
    findings = [
        *_about_alt_codes(has_alt_codes, presses),
        *_about_the_code(trace, reads, expected, is_told=has_alt_codes and not presses),
        *_about_the_keypad(presses),
        *(_about_what_is_around(parts[0], reads[0].change) if parts else ()),
        *_about_the_speed(typical, longest),
        *_about_the_holding(trace.keys, typical),
    ]
    prefix, suffix = "", None
    if parts:
        prefix, suffix = _prefix(parts[0], reads[0].change)[0], _suffix(parts[0].after)
    return Diagnosis(
        read_whole=bool(reads) and reads[0].change is Change.NONE,
        prefix=prefix,
        suffix=suffix,
        median_gap_ms=typical,
        longest_gap_ms=longest,
        findings=tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity))),
        proposed=_proposed(parts[0], reads[0].change, longest) if parts else None,
    )


_ORDER = (Severity.PROBLEM, Severity.WARNING, Severity.OK)


# --- the parts of a read -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """The presses before, of and after one read of the code."""

    before: Sequence[TracedKey]
    code: Sequence[TracedKey]
    after: Sequence[TracedKey]

    @property
    def all(self) -> Sequence[TracedKey]:
        return (*self.before, *self.code, *self.after)


def _parts(presses: Sequence[TracedKey], reads: Sequence[Read]) -> list[_Part]:
    """Cut the presses up; every read has as many before it as the first."""
    if not reads:
        return []
    before = reads[0].first
    ends = [max(here.last + 1, after.first - before) for here, after in pairwise(reads)]
    return [
        _Part(
            presses[max(0, read.first - before) : read.first],
            presses[read.first : read.last + 1],
            presses[read.last + 1 : end],
        )
        for read, end in zip(reads, [*ends, len(presses)], strict=True)
    ]


def _prefix(part: _Part, change: Change) -> tuple[str, str]:
    """The characters before the code, and the AIM identifier taken out of them."""
    text = text_of(part.before, change)
    found = _AIM_IDENTIFIER.search(text)
    return (text[: found.start()] + text[found.end() :], found[0]) if found else (text, "")


def _suffix(after: Sequence[TracedKey]) -> Suffix:
    ends = [key for key in after if _is_terminator(key)]
    match "".join(key.char for key in ends):
        case "":
            return Suffix.NONE
        case "\r":
            return Suffix.KEYPAD_ENTER if ends[0].keypad else Suffix.ENTER
        case "\t":
            return Suffix.TAB
        case "\n":
            return Suffix.LINE_FEED
        case "\r\n":
            return Suffix.CR_LF
        case _:
            return Suffix.OTHER


def _suffix_text(part: _Part, change: Change) -> str:
    """The characters behind the code, before what ends it."""
    own = takewhile(lambda key: not _is_terminator(key), part.after)
    return text_of(tuple(own), change)


def _proposed(part: _Part, change: Change, longest_ms: float) -> ProposedSettings:
    wanted = math.ceil(longest_ms * _MARGIN / _STEP_MS) * _STEP_MS
    return ProposedSettings(
        prefix=_prefix(part, change)[0],
        enter_follows=any(_is_terminator(key) for key in part.after),
        max_gap_ms=min(max(USUAL_GAP_MS, wanted), MOST_GAP_MS),
        suffix=_suffix_text(part, change),
    )


# --- findings ----------------------------------------------------------------------------------


def _found(code: FindingCode, severity: Severity = Severity.OK, **params: str | int) -> Finding:
    return Finding(code, severity, MappingProxyType(params))


def _about_alt_codes(there: bool, made: Sequence[TracedKey]) -> Iterator[Finding]:
    if there:
        # Windows has made characters of them; it needs five keys for each, and so more time.
        severity = Severity.WARNING if made else Severity.PROBLEM
        yield _found(FindingCode.ALT_CODES, severity)


def _about_the_code(
    trace: Trace, reads: Sequence[Read], expected: str, *, is_told: bool
) -> Iterator[Finding]:
    if trace.composed:
        # With the code there whole, it took what stands around it, or held it from before.
        severity = Severity.WARNING if reads else Severity.PROBLEM
        yield _found(FindingCode.INPUT_METHOD, severity, sign="composed")
    if not reads:
        if not trace.composed and not is_told:
            yield _about_the_damage(trace.presses, expected)
        return
    match reads[0].change:
        case Change.NONE:
            yield _found(FindingCode.READ_WHOLE)
        case Change.CAPS_LOCK:
            yield _found(FindingCode.CAPS_LOCK, Severity.PROBLEM)
        case Change.AZERTY | Change.QWERTZ as layout:
            yield _found(FindingCode.OTHER_LAYOUT, Severity.PROBLEM, layout=layout.value)
        case _:
            yield _found(FindingCode.OTHER_LAYOUT, Severity.PROBLEM, layout="other")
    if len(reads) > 1:
        yield _found(FindingCode.SEVERAL_READS, Severity.WARNING, count=len(reads))


def _about_the_damage(presses: Sequence[TracedKey], expected: str) -> Finding:
    kind, missing = damage(presses, expected)
    match kind:
        case Damage.ANOTHER:
            return _found(FindingCode.ANOTHER_CODE, Severity.PROBLEM)
        case Damage.MISSING:
            return _found(FindingCode.KEYS_MISSING, Severity.PROBLEM, count=missing)
        case _:  # in another order, or without its letters
            return _found(FindingCode.INPUT_METHOD, Severity.PROBLEM, sign=kind.value)


def _about_the_keypad(presses: Sequence[TracedKey]) -> Iterator[Finding]:
    if any(is_keypad_without_num_lock(key) for key in presses):
        yield _found(FindingCode.KEYPAD_WITHOUT_NUM_LOCK, Severity.WARNING)
    elif any(key.keypad and key.char.isdigit() for key in presses):
        yield _found(FindingCode.KEYPAD, Severity.WARNING)


def _about_what_is_around(part: _Part, change: Change) -> Iterator[Finding]:
    prefix, aim_identifier = _prefix(part, change)
    if text := "".join(char for char in prefix if char.isprintable()):
        yield _found(FindingCode.PREFIX, text=text)
    if aim_identifier:
        yield _found(FindingCode.AIM_IDENTIFIER, text=aim_identifier)
    controls = [name for key in part.all if (name := _control_of(key))]
    if controls:
        names = " ".join(dict.fromkeys(controls))
        yield _found(FindingCode.CONTROL_CHARACTERS, Severity.WARNING, names=names)
    others = [key.key_name for key in part.all if _types_nothing(key)]
    if others:
        names = " ".join(dict.fromkeys(others))
        yield _found(FindingCode.OTHER_KEYS, Severity.WARNING, names=names)
    suffix = _suffix(part.after)
    severity = Severity.WARNING if suffix in (Suffix.NONE, Suffix.OTHER) else Severity.OK
    yield _found(FindingCode.SUFFIX, severity, suffix=suffix.value)
    behind = _suffix_text(part, change)
    if text := "".join(char for char in behind if char.isprintable()):
        yield _found(FindingCode.SUFFIX_TEXT, text=text)


def _is_terminator(key: TracedKey) -> bool:
    return key.char != "" and key.char in _TERMINATORS


def _control_of(key: TracedKey) -> str:
    """The name of a control character; "" for another key, and for those that end a read."""
    char = key.char
    if not char and key.control and len(key.key_name) == 1:  # not every system gives it a text
        char = chr(ord(key.key_name) ^ 0x40)
    if not char or char.isprintable() or char in _TERMINATORS:
        return ""
    return control_name(char)


def _types_nothing(key: TracedKey) -> bool:
    return not (key.char or key.control or is_keypad_without_num_lock(key))


def _about_the_speed(typical: float, longest: float) -> Iterator[Finding]:
    if not longest:
        return
    if typical > USUAL_GAP_MS and longest * _MARGIN > MOST_GAP_MS:
        code, severity = FindingCode.TOO_SLOW, Severity.PROBLEM
    elif typical > USUAL_GAP_MS:
        code, severity = FindingCode.SLOW, Severity.WARNING
    elif longest > USUAL_GAP_MS:
        code, severity = FindingCode.UNEVEN, Severity.WARNING
    else:
        code, severity = FindingCode.SPEED, Severity.OK
    yield _found(code, severity, median_ms=round(typical), longest_ms=round(longest))


def _about_the_holding(keys: Sequence[TracedKey], typical: float) -> Iterator[Finding]:
    holds = _holds_ms(keys)
    # Times come in whole milliseconds: a difference of one says nothing.
    if holds and typical and median(holds) > typical + 1:
        hold_ms = round(median(holds))
        yield _found(FindingCode.KEYS_OVERLAP, Severity.WARNING, hold_ms=hold_ms)


def _gaps_ms(presses: Sequence[TracedKey]) -> list[float]:
    return [round(1000 * (after.at - before.at), 1) for before, after in pairwise(presses)]


def _holds_ms(keys: Sequence[TracedKey]) -> list[float]:
    """How long each key was down that came up again."""
    down: dict[tuple[int, str], float] = {}
    holds = []
    for key in keys:
        # The name alone is not enough: a released Shift changes it between down and up.
        which = (key.scan_code, "" if key.scan_code else key.key_name)
        if key.pressed:
            down[which] = key.at
        elif which in down:
            holds.append(round(1000 * (key.at - down.pop(which)), 1))
    return holds
