"""Laws of set-up without hands: what went in comes out, and nothing else ever does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.errors import ConfigError
from posmember.settings.declared import SETTINGS
from posmember.settings.edit import Value
from posmember.settings.kinds import Choice, Flag, Number, Whole
from posmember.settings.pages import MAX_PART, PageCollector, Taken, read_pages, write_pages
from posmember.settings.provision_errors import ProvisionError
from posmember.settings.provisioning import Provision, Secrets, read_provision, write_provision
from posmember.settings.setting import Setting
from tests.fakes.provisions import CHEAP, NOW, PASSPHRASE, PROVISION
from tests.fakes.unhurried import UNHURRIED

some = settings(UNHURRIED, max_examples=100)
FILE = write_provision(PROVISION, PASSPHRASE, cost=CHEAP)
PARTS = write_pages(PROVISION, PASSPHRASE, NOW, cost=CHEAP)
WHOLE_LATER = NOW + timedelta(hours=1)


def _may_hold(setting: Setting[Any], value: Value) -> bool:
    try:
        setting.read(value)
    except ConfigError:
        return False
    return True


def _values(setting: Setting[Any]) -> st.SearchStrategy[Value]:
    kind = setting.kind
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Whole):
        return st.integers(kind.least, kind.most)
    if isinstance(kind, Number):
        return st.floats(kind.least, kind.most) | st.integers(1, 60)
    if isinstance(kind, Choice):
        return st.sampled_from([each.value for each in kind.of])
    known = st.sampled_from(
        ["", "system", "http://u:p@h:1", "socks5://h", r"https://a/(?P<code>.+)"]
    )
    texts = known | st.text(max_size=40)
    return texts.filter(lambda text: _may_hold(setting, text))


@st.composite
def provisions(draw: st.DrawFn) -> Provision:
    chosen = draw(st.lists(st.sampled_from(SETTINGS), unique=True))
    given_values = {setting: draw(_values(setting)) for setting in chosen}
    texts = st.text(st.characters(codec="utf-8"), max_size=300)
    return Provision(given_values, Secrets(draw(texts), draw(texts), draw(texts)))


@given(provisions(), st.text(st.characters(codec="utf-8"), max_size=30))
@some
def test_a_file_gives_back_what_was_written(provision: Provision, passphrase: str) -> None:
    file = write_provision(provision, passphrase, cost=CHEAP)
    assert read_provision(file, passphrase) == provision
    assert read_provision(file.replace(b"\n", b"\r\n"), passphrase) == provision


@given(st.integers(0, len(FILE) * 8 - 1))
@settings(UNHURRIED, max_examples=500)
def test_any_bit_that_is_flipped_is_noticed(bit: int) -> None:
    changed = bytearray(FILE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ProvisionError):
        read_provision(bytes(changed), PASSPHRASE)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: FILE[:200] + tail))
@some
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(ProvisionError):
        read_provision(content, PASSPHRASE)


@given(provisions(), st.randoms(use_true_random=False), st.integers(1, 7))
@some
def test_pages_give_back_what_was_printed_in_any_order(
    provision: Provision, chance: Any, days: int
) -> None:
    parts = list(write_pages(provision, PASSPHRASE, NOW, days, cost=CHEAP))
    assert all(len(part) <= MAX_PART for part in parts)
    chance.shuffle(parts)
    collector = PageCollector()
    for left, part in enumerate(parts):
        assert len(parts) - len(collector.missing or parts) == left or not left
        assert collector.take(part, WHOLE_LATER) is Taken.NEW
        assert collector.take(part, WHOLE_LATER) is Taken.DOUBLE
    read = read_pages(collector.whole(), PASSPHRASE, WHOLE_LATER)
    assert (read.settings, read.secrets) == (provision.settings, provision.secrets)


@given(st.integers(0, len(PARTS) - 1), st.data())
@some
def test_no_letter_of_a_part_can_be_another(number: int, data: st.DataObject) -> None:
    part = PARTS[number]
    at = data.draw(st.integers(0, len(part) - 1))
    other = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
    text = part[:at] + other + part[at + 1 :]
    taken = PageCollector().take(text, WHOLE_LATER)
    is_same = other.upper() == part[at]
    assert (taken is Taken.NEW) == is_same


@given(st.text(max_size=300))
@some
def test_no_other_text_is_a_part(text: str) -> None:
    assert PageCollector().take(text, NOW) is Taken.NO_PART
