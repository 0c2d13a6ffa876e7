"""What the scanner check can find, and what it proposes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Params = Mapping[str, str | int]


class Severity(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    """Scans work; something should be known or could be set better."""
    PROBLEM = "problem"
    """Scans go wrong until it is mended."""


class FindingCode(StrEnum):
    """What can be found; the parameters, where there are some, in brackets."""

    READ_WHOLE = "read_whole"
    """The code arrived as it is printed."""
    SEVERAL_READS = "several_reads"
    """It arrived more than once in a row (count)."""
    ANOTHER_CODE = "another_code"
    """Something arrived that is not the test code."""
    KEYS_MISSING = "keys_missing"
    """Characters did not arrive (count)."""
    INPUT_METHOD = "input_method"
    """An input method took keys (sign: composed, swapped or letters_missing)."""
    CAPS_LOCK = "caps_lock"
    """The case of all letters is swapped."""
    KEYPAD = "keypad"
    """Digits come from the keypad, so they hang on Num Lock."""
    KEYPAD_WITHOUT_NUM_LOCK = "keypad_without_num_lock"
    """They do, and Num Lock is off: elsewhere they would move the cursor instead."""
    OTHER_LAYOUT = "other_layout"
    """Scanner and till have different keyboard layouts (layout: azerty, qwertz or other)."""
    PREFIX = "prefix"
    """Characters stand before the code (text)."""
    AIM_IDENTIFIER = "aim_identifier"
    """The kind of barcode stands before the code, which is taken off anyway (text)."""
    CONTROL_CHARACTERS = "control_characters"
    """Control characters came with it, typed as Ctrl with a letter (names)."""
    OTHER_KEYS = "other_keys"
    """Keys came with it that type nothing, such as F9 (names)."""
    SUFFIX = "suffix"
    """What ends a read (suffix: a `Suffix`)."""
    SUFFIX_TEXT = "suffix_text"
    """Characters stand behind the code (text)."""
    SPEED = "speed"
    """How fast the keys come, all fast enough (median_ms, longest_ms)."""
    UNEVEN = "uneven"
    """Most keys come fast enough, some do not (median_ms, longest_ms)."""
    SLOW = "slow"
    """The keys come as slow as a person's, a longer gap helps (median_ms, longest_ms)."""
    TOO_SLOW = "too_slow"
    """They come so slow that no setting helps (median_ms, longest_ms)."""
    ALT_CODES = "alt_codes"
    """Characters are struck as numbers on the keypad with Alt, which only Windows reads."""
    KEYS_OVERLAP = "keys_overlap"
    """A key is held down longer than until the next (hold_ms)."""


class Suffix(StrEnum):
    """What ends a read."""

    ENTER = "enter"
    KEYPAD_ENTER = "keypad_enter"
    TAB = "tab"
    LINE_FEED = "line_feed"
    """Ctrl+J, which is no Enter."""
    CR_LF = "cr_lf"
    """Enter and Ctrl+J."""
    NONE = "none"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with what its words need."""

    code: FindingCode
    severity: Severity = Severity.OK
    params: Params = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ProposedSettings:
    """What to set so that this scanner's reads are told and read right.

    Args:
        prefix: what stands before every code, control characters such as STX included. An AIM
            identifier is none of it: it differs by kind of barcode, and is always taken off.
        enter_follows: whether Enter, Tab or a line feed ends a code; otherwise a pause has to.
        max_gap_ms: the longest time between two keys of a scan.
        suffix: what stands behind every code, before what ends it.
    """

    prefix: str
    enter_follows: bool
    max_gap_ms: int
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a trace says.

    Args:
        read_whole: whether its characters are as printed, whatever stands around them.
        prefix: the characters before it, without an AIM identifier.
        suffix: what ends it. Like `proposed`, None where the code was not found at all.
        median_gap_ms: from one key to the next. Like `longest_gap_ms`, 0 where there is none.
        findings: problems first.
    """

    read_whole: bool
    prefix: str
    suffix: Suffix | None
    median_gap_ms: float
    longest_gap_ms: float
    findings: tuple[Finding, ...]
    proposed: ProposedSettings | None
