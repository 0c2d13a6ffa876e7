"""Versions, hours of the day, and what head office may say of updates."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.errors import ConfigError
from posmember.settings.updates import (
    Hours,
    UpdateMode,
    Version,
    parse_hours,
    parse_version,
    update_hours,
    update_mode,
    update_url,
)

MINUTES = st.integers(0, 24 * 60 - 1)
NUMBERS = st.integers(0, 999_999)


@given(st.builds(Version, NUMBERS, NUMBERS, NUMBERS))
def test_a_version_is_read_as_it_is_written(version: Version) -> None:
    assert parse_version(str(version)) == version


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "1.2.3 ", "-1.2.3", "1.2.٣", "1.2.3\n"]
)
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="version"):
        parse_version(text)


def test_ten_comes_behind_nine() -> None:
    assert parse_version("1.10.0") > parse_version("1.9.9")


@given(st.builds(Hours, MINUTES, MINUTES))
def test_hours_are_read_as_they_are_written(hours: Hours) -> None:
    read = parse_hours(str(hours))
    assert read == hours or hours.begin == hours.end
    assert all(read.contains(at) == hours.contains(at) for at in (time(0), time(12), time(23, 59)))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("22:00-06:00", ["22:00", "23:59", "00:00", "05:59"], ["06:00", "21:59", "12:00"]),
        ("09:30-10:00", ["09:30", "09:59"], ["09:29", "10:00"]),
        ("", ["00:00", "12:00", "23:59"], []),
        ("08:00-08:00", ["00:00", "08:00"], []),
    ],
)
def test_what_lies_in_hours(text: str, inside: list[str], outside: list[str]) -> None:
    hours = parse_hours(text)
    assert all(hours.contains(time.fromisoformat(at)) for at in inside)
    assert not any(hours.contains(time.fromisoformat(at)) for at in outside)


@pytest.mark.parametrize("text", ["22-6", "22:00", "24:00-06:00", "22:60-06:00", "22:00-06:00,"])
def test_what_are_no_hours(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^updates\.hours has to be "):
        update_hours(text)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("on", UpdateMode()),
        ("off", UpdateMode(is_on=False)),
        ("1.2.3", UpdateMode(pinned=Version(1, 2, 3))),
    ],
)
def test_what_head_office_says(text: str, mode: UpdateMode) -> None:
    assert update_mode(text) == mode
    assert str(mode) == text


def test_what_it_cannot_say() -> None:
    with pytest.raises(ConfigError, match=r"^policy\.updates has to be "):
        update_mode("latest")


@pytest.mark.parametrize("text", ["", "https://updates.example/posmember", "http://127.0.0.1:8000"])
def test_addresses(text: str) -> None:
    assert update_url(text) == text
    assert update_url(f"{text}/" if text else "") == text


@pytest.mark.parametrize(
    "text", ["http://updates.example", "ftp://x", "updates.example", "https://a@b"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^updates\.url: "):
        update_url(text)
