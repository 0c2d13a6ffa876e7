"""Serials of certificates as people have them, and as WeChat Pay wants them."""

from __future__ import annotations

import json

import pytest

from posmember.api.wechat.access import from_text, to_text
from posmember.api.wechat.gate import MerchantAccess
from posmember.api.wechat.serials import is_public_key_id, is_serial, normal_key_id, normal_serial
from tests.fakes.wechat import KEY_ID, SERIAL, merchant_access, public_key

LEADING_ZERO = "0157F09EFDC096DE15EBE81A47057A7232F1B8E1"
ONLY_DIGITS = "5157009900009600150008104705707232010801"


@pytest.mark.parametrize("serial", [SERIAL, LEADING_ZERO, ONLY_DIGITS, "F" * 40, "0ABC"])
def test_what_is_right_stays(serial: str) -> None:
    assert normal_serial(serial) == serial


@pytest.mark.parametrize("serial", [SERIAL, LEADING_ZERO, "F" * 40])
@pytest.mark.parametrize("between", [":", " ", "-", "\u200e", "\n", "\u00a0"])
def test_every_spelling_is_the_same(serial: str, between: str) -> None:
    pairs = [serial[at : at + 2] for at in range(0, len(serial), 2)]
    for spelt in (serial, serial.lower(), "0x" + serial.lower(), "0X" + serial):
        assert normal_serial(spelt) == serial
    assert normal_serial(between.join(pairs)) == serial
    assert normal_serial(between.join(pairs).lower()) == serial
    assert normal_serial(str(int(serial, 16))) == serial


def test_half_a_byte_is_a_whole_one() -> None:
    assert normal_serial("abc") == "0ABC"


@pytest.mark.parametrize(
    "text",
    ["", " ", "0x", ":", "xyz", "5157G", "品牌", "１２３", "A" * 41, "9" * 60, "1" * 5000, "ab\0"],
)
def test_what_is_none_stays_for_the_check_to_refuse(text: str) -> None:
    assert normal_serial(text) == text


def test_an_id_of_a_public_key_is_no_serial() -> None:
    assert normal_key_id(KEY_ID) == KEY_ID
    assert normal_key_id(" pub_key_id_abc\u200b") == "PUB_KEY_ID_ABC"
    assert normal_key_id(SERIAL.lower()) == SERIAL
    assert is_public_key_id(KEY_ID)
    for other in (SERIAL, "PUB_KEY_ID_", "PUB_KEY_ID_1234567", "PUB_KEY_ID_abcdefgh", "foo", ""):
        assert not is_public_key_id(other)


def test_what_can_be_a_serial() -> None:
    for serial in (SERIAL, LEADING_ZERO, ONLY_DIGITS, "01234567"):
        assert is_serial(serial)
    for other in ("", "00", "0" * 40, "0123456", "A" * 41, "abcdef01", "0123456G"):
        assert not is_serial(other)


def test_what_an_earlier_version_kept_is_read_as_it_is_sent() -> None:
    content = json.loads(to_text(merchant_access()))
    content["serial"] = str(int(SERIAL, 16))
    content["public_keys"] = {LEADING_ZERO.lower(): public_key("platform").pem()}
    access = from_text(json.dumps(content))
    assert isinstance(access, MerchantAccess)
    assert access.serial == SERIAL
    assert list(access.public_keys) == [LEADING_ZERO]
