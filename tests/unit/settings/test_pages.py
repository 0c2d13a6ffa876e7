"""Printed pages: parts in any order, each told what is wrong with it."""

from __future__ import annotations

import random
import zlib
from datetime import datetime, timedelta

import pytest

from posmember.settings import pages
from posmember.settings.pages import (
    MAX_PART,
    PageCollector,
    Taken,
    check_until,
    is_page_part,
    read_pages,
    write_pages,
)
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.provisioning import Provision, Secrets
from posmember.settings.sealing import seal
from tests.fakes.provisions import CHEAP, NOW, PASSPHRASE, PROVISION

LATER = NOW + timedelta(hours=5)
PARTS = write_pages(PROVISION, PASSPHRASE, NOW, 3, cost=CHEAP)
OTHERS = write_pages(PROVISION, PASSPHRASE, NOW, 3, cost=CHEAP)


def collected(parts: tuple[str, ...] | list[str], now: datetime = LATER) -> PageCollector:
    collector = PageCollector()
    for part in parts:
        assert collector.take(part, now) is Taken.NEW
    return collector


def problem(whole: bytes, passphrase: str = PASSPHRASE, now: datetime = LATER) -> ProvisionProblem:
    with pytest.raises(ProvisionError) as raised:
        read_pages(whole, passphrase, now)
    return raised.value.problem


def test_read_back() -> None:
    read = read_pages(collected(PARTS).whole(), PASSPHRASE, LATER)
    assert (read.settings, read.secrets) == (PROVISION.settings, PROVISION.secrets)
    assert read.until == NOW + timedelta(days=3)


def test_letters_that_every_layout_has_in_the_same_place() -> None:
    """US, French, German and Turkish keyboards, and no digits."""
    assert len(PARTS) > 1
    for part in PARTS:
        assert len(part) <= MAX_PART
        assert not set(part) - set("BCDEFGHJKLNPRSTX")


def test_any_order_and_doubles() -> None:
    shuffled = [*PARTS] * 3
    random.Random(7).shuffle(shuffled)
    collector = PageCollector()
    taken = [collector.take(part, LATER) for part in shuffled]
    assert taken.count(Taken.NEW) == len(PARTS)
    assert taken.count(Taken.DOUBLE) == 2 * len(PARTS)
    assert read_pages(collector.whole(), PASSPHRASE, LATER).secrets == PROVISION.secrets


def test_which_are_missing() -> None:
    collector = PageCollector()
    assert (collector.count, collector.missing, collector.until) == (0, (), None)
    assert not collector.is_whole
    collector.take(PARTS[1], LATER)
    assert collector.count == len(PARTS)
    assert collector.places == (2,)
    assert collector.missing == tuple(n for n in range(1, len(PARTS) + 1) if n != 2)
    assert collector.until == NOW + timedelta(days=3)
    with pytest.raises(ProvisionError) as raised:
        collector.whole()
    assert raised.value.problem is ProvisionProblem.CUT


def test_two_exports_are_told_apart() -> None:
    collector = collected(PARTS[:1])
    assert collector.take(OTHERS[1], LATER) is Taken.OTHER_EXPORT
    assert collector.places == (1,)
    collector.reset()
    assert collector.take(OTHERS[1], LATER) is Taken.NEW


@pytest.mark.parametrize(
    "around",
    [
        "{}\r",
        " {} ",
        "\x02{}\x03",
        "]Q1{}",
        "prefix-{}",
        "{}123",
        "{}-end",
        "{}SUFFIX",
        "{}X",
        "{}BB",
    ],
)
def test_whatever_a_new_tills_scanner_puts_around_it(around: str) -> None:
    for change in (str, str.lower, str.swapcase):
        assert collected([change(around.format(part)) for part in PARTS]).is_whole


def test_full_width_letters_of_an_input_method() -> None:
    wide = [part.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}) for part in PARTS]
    assert collected(wide).is_whole


@pytest.mark.parametrize(
    "text",
    ["", "qm0000001", "13800000001", "KPXS", "KPXSqm0000001", "https://a.example/KPXS", "会员"],
)
def test_something_else(text: str) -> None:
    assert PageCollector().take(text, LATER) is Taken.NO_PART
    assert not is_page_part(text)


def test_is_one() -> None:
    assert all(is_page_part(part.lower()) for part in PARTS)
    assert is_page_part(PARTS[0][:-30])


@pytest.mark.parametrize("at", range(4, len(PARTS[0]), 9))
def test_a_letter_lost_or_another(at: int) -> None:
    part = PARTS[0]
    other = "B" if part[at] != "B" else "C"
    for text in (part[:at] + part[at + 1 :], part[:at] + other + part[at + 1 :]):
        assert PageCollector().take(text, LATER) is Taken.DAMAGED


def test_another_version() -> None:
    content = b"\2" + bytes(20)
    text = pages._MARK + pages._spelled(content + zlib.crc32(content).to_bytes(4))
    assert PageCollector().take(text, LATER) is Taken.OTHER_VERSION


@pytest.mark.parametrize(("place", "count"), [(0, 3), (4, 3), (1, 0), (1, 255)])
def test_places_that_cannot_be(place: int, count: int) -> None:
    content = pages._HEAD.pack(1, b"abcd", place, count, 2**32 - 1) + b"chunk"
    text = pages._MARK + pages._spelled(content + zlib.crc32(content).to_bytes(4))
    assert PageCollector().take(text, LATER) is Taken.DAMAGED


def test_parts_that_do_not_belong_together() -> None:
    """Their checksums hold, and they say so: nobody but a forger makes such ones."""
    heads = [pages._read_part(part) for part in PARTS]
    assert all(isinstance(head, pages._Part) for head in heads)
    first = heads[0]
    assert isinstance(first, pages._Part)
    content = pages._HEAD.pack(1, first.export, 2, first.count, first.seconds) + b"forged"
    forged = pages._MARK + pages._spelled(content + zlib.crc32(content).to_bytes(4))
    collector = collected([PARTS[0], forged, *PARTS[2:]])
    with pytest.raises(ProvisionError) as raised:
        collector.whole()
    assert raised.value.problem is ProvisionProblem.CHANGED


# --- time ---------------------------------------------------------------------------------------


def test_no_longer_good() -> None:
    whole = collected(PARTS).whole()
    last = NOW + timedelta(days=3)
    assert read_pages(whole, PASSPHRASE, last - timedelta(seconds=1)).until == last
    assert problem(whole, now=last) is ProvisionProblem.EXPIRED
    assert PageCollector().take(PARTS[0], last) is Taken.EXPIRED


def test_a_clock_that_was_put_back() -> None:
    whole = collected(PARTS).whole()
    assert problem(whole, now=NOW - timedelta(hours=2)) is ProvisionProblem.CLOCK
    assert read_pages(whole, PASSPHRASE, NOW - timedelta(minutes=30)).until is not None


def test_looked_at_again_by_the_platforms_time() -> None:
    read = read_pages(collected(PARTS).whole(), PASSPHRASE, LATER)
    check_until(read, NOW)
    with pytest.raises(ProvisionError) as raised:
        check_until(read, NOW + timedelta(days=3))
    assert raised.value.detail == "2026-12-02 12:00"
    check_until(PROVISION, NOW + timedelta(days=3000))


def test_no_forger_makes_it_good_for_longer() -> None:
    whole = collected(PARTS).whole()
    (seconds,) = pages._UNTIL.unpack(whole[:4])
    longer = pages._UNTIL.pack(seconds + 86_400) + whole[4:]
    assert problem(longer) is ProvisionProblem.CHANGED


@pytest.mark.parametrize("days", [0, 8, -1])
def test_good_for_a_week_at_most(days: int) -> None:
    with pytest.raises(ValueError, match="1 to 7 days"):
        write_pages(PROVISION, PASSPHRASE, NOW, days, cost=CHEAP)


# --- content ------------------------------------------------------------------------------------


def test_the_wrong_passphrase() -> None:
    assert problem(collected(PARTS).whole(), "another") is ProvisionProblem.WRONG_PASSPHRASE


def test_too_long_to_print() -> None:
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=20_000))
    with pytest.raises(ProvisionError) as raised:
        write_pages(Provision({}, Secrets("x", wechat=noise)), PASSPHRASE, NOW, cost=CHEAP)
    assert raised.value.problem is ProvisionProblem.TOO_LONG


@pytest.mark.parametrize(
    "content", [b"", b"no zlib", zlib.compress(b"abc"), zlib.compress(bytes(10_000_000))]
)
def test_what_was_sealed_may_be_anything(content: bytes) -> None:
    until = pages._UNTIL.pack(2**32 - 1)
    whole = until + seal(content, PASSPHRASE, b"pages\1" + until, CHEAP)
    assert problem(whole) is ProvisionProblem.CONTENT
