"""What the keyring holds for WeChat Pay: read back whole, refused by name, or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from posmember.api.wechat.access import check_access, from_text, to_text
from posmember.api.wechat.gate import Access, MerchantAccess, RelayAccess
from posmember.errors import ConfigError, CredentialError
from posmember.trust.credentials import get_long, set_long
from tests.fakes.wechat import (
    KEY_ID,
    NEXT_KEY_ID,
    PHONE,
    MemoryStore,
    merchant_access,
    pair,
    public_key,
    relay_access,
)

TWO_KEYS = {NEXT_KEY_ID: public_key("next"), KEY_ID: public_key("platform")}
GOOD: dict[str, Access] = {
    "merchant": merchant_access(),
    "merchant, two keys": merchant_access(public_keys=TWO_KEYS),
    "merchant, its own proxy": merchant_access(base_url="https://proxy.invalid:8443/wechat"),
    "merchant, this machine": merchant_access(base_url="http://127.0.0.1:9"),
    "relay": relay_access(),
    "relay without openids": relay_access(fills_openid=False),
    "relay, odd token": relay_access(token="!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
}
NOT_USABLE = "what the keyring holds for WeChat Pay is not usable"


def same(one: Access, other: Access) -> None:
    assert type(one) is type(other)
    assert to_text(one) == to_text(other)
    if isinstance(one, MerchantAccess) and isinstance(other, MerchantAccess):
        assert list(one.public_keys) == list(other.public_keys)
        assert one.private_key.sign(b"x") == other.private_key.sign(b"x")
    else:
        assert one == other


@pytest.mark.parametrize("access", GOOD.values(), ids=GOOD)
def test_what_is_kept_is_read_back(access: Access) -> None:
    check_access(access)
    same(from_text(to_text(access)), access)


@pytest.mark.parametrize("access", GOOD.values(), ids=GOOD)
def test_through_a_keyring_of_small_entries(access: Access) -> None:
    store = MemoryStore()
    set_long(store, "wechat-access", to_text(access))
    text = get_long(store, "wechat-access")
    assert text is not None
    same(from_text(text), access)


def test_the_keys_work_after_it() -> None:
    access = from_text(to_text(merchant_access(public_keys=TWO_KEYS)))
    assert isinstance(access, MerchantAccess)
    assert access.private_key.decrypt(pair("merchant").encrypt(PHONE)) == PHONE
    first = next(iter(access.public_keys.values()))
    assert pair("next").decrypt(first.encrypt(PHONE)) == PHONE


def test_a_key_in_an_old_form_is_kept_in_the_new() -> None:
    content = json.loads(to_text(merchant_access()))
    assert content["private_key"].startswith("-----BEGIN PRIVATE KEY-----")
    assert content["public_keys"][KEY_ID].startswith("-----BEGIN PUBLIC KEY-----")


def test_the_text_is_plain_ascii_as_every_keyring_takes_it() -> None:
    for access in GOOD.values():
        assert to_text(access).isascii()
        assert to_text(access).isprintable()


# --- refused -------------------------------------------------------------------------------------

WORDS = ["", " ", "a b", "a/b", "品牌", "a\n", "a.b", 'a"b', "x" * 33]
LONG_WORDS = [*WORDS[:-1], "x" * 65]


def refusal_of(access: Access) -> str:
    with pytest.raises(ConfigError) as caught:
        check_access(access)
    return str(caught.value)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    ("field", "name"),
    [("brand_id", "brand id"), ("template_id", "card template id"), ("mchid", "mchid")],
)
def test_an_id_that_is_none_is_named(field: str, name: str, word: str) -> None:
    wrong = merchant_access(**{field: word})
    assert refusal_of(wrong) == f"{name}: 1 to 32 letters, digits, - and _"


@pytest.mark.parametrize("word", LONG_WORDS)
def test_a_serial_or_key_id_that_is_none_is_named(word: str) -> None:
    rule = "1 to 64 letters, digits, - and _"
    hexadecimal = "the certificate's, up to 40 hexadecimal digits"
    assert refusal_of(merchant_access(serial=word)) == f"serial: {hexadecimal}"
    keys = {KEY_ID: public_key("platform"), word: public_key("next")}
    assert refusal_of(merchant_access(public_keys=keys)) == f"public key id: {rule}"


def test_the_longest_ids() -> None:
    keys = {"x" * 64: public_key("platform")}
    ids = {"brand_id": "b" * 32, "template_id": "c" * 32, "mchid": "d" * 32, "serial": "E" * 40}
    check_access(merchant_access(public_keys=keys, **ids))


@pytest.mark.parametrize("word", WORDS)
def test_a_relays_ids_are_checked_too(word: str) -> None:
    assert refusal_of(relay_access(brand_id=word)).startswith("brand id: ")
    assert refusal_of(relay_access(template_id=word)).startswith("card template id: ")


@pytest.mark.parametrize("token", ["", " ", "a b", "a\n", "a\r\nX-Header: 1", "令牌", "x" * 4097])
def test_a_token_that_is_none_is_not_repeated(token: str) -> None:
    said = refusal_of(relay_access(token=token))
    assert said == "the relay's token has to be plain characters without spaces"


def test_the_longest_token() -> None:
    check_access(relay_access(token="x" * 4096))


def test_without_a_public_key_nothing_can_be_believed() -> None:
    assert refusal_of(merchant_access(public_keys={})) == "a public key of WeChat Pay is needed"


@pytest.mark.parametrize("access", [merchant_access(), relay_access()], ids=["merchant", "relay"])
@pytest.mark.parametrize(
    "base_url",
    ["", "x", "http://relay.invalid", "ftp://x", "https://u:p@x", "https://x?y", "https://["],
)
def test_an_address_that_is_refused_is_named(access: Access, base_url: str) -> None:
    changed: Access
    if isinstance(access, RelayAccess):
        changed = relay_access(base_url=base_url)
    else:
        changed = merchant_access(base_url=base_url)
    said = refusal_of(changed)
    assert said.startswith("WeChat Pay's base address: ")
    assert "allow_insecure_http" not in said


# --- texts that are none -------------------------------------------------------------------------


def kept(access: Access, **changes: Any) -> str:
    content = {**json.loads(to_text(access)), **changes}
    return json.dumps({key: value for key, value in content.items() if value != "MISSING"})


ODD: tuple[object, ...] = ("", [], {}, "\ud800", "a b", None, True, 7, ["1004"])
OF_BOTH = ("base_url", "brand_id", "template_id")
OF_MERCHANT = (*OF_BOTH, "mchid", "serial", "private_key", "public_keys")
JUNK: dict[str, str] = {
    "nothing": "",
    "no JSON": "{",
    "null": "null",
    "a number": "7",
    "a text": '"token"',
    "a list": "[]",
    "an empty object": "{}",
    "a long number": "9" * 5000,
    "lists in lists": "[" * 100_000,
    "objects in objects": '{"a":' * 100_000,
    "nothing but a token": '{"token": "x"}',
    "odd public keys": kept(merchant_access(), public_keys={KEY_ID: None}),
    "public keys that are numbers": kept(merchant_access(), public_keys={KEY_ID: 7}),
    "a private key as public": kept(
        merchant_access(), public_keys={KEY_ID: pair("platform").private_pem.decode()}
    ),
    "a public key as private": kept(
        merchant_access(), private_key=pair("platform").public_pem.decode()
    ),
    "a relay that does not say what it fills in": kept(relay_access(), fills_openid="MISSING"),
    "an insecure address": kept(relay_access(), base_url="http://relay.invalid"),
}
for field in OF_MERCHANT:
    for odd in ("MISSING", *ODD):
        if (field, odd) != ("serial", "a b"):  # which is one, with a blank in it
            JUNK[f"a merchant's {field} is {odd!a}"] = kept(merchant_access(), **{field: odd})
for field in OF_BOTH:
    for odd in ("MISSING", *ODD):
        JUNK[f"a relay's {field} is {odd!a}"] = kept(relay_access(), **{field: odd})
for odd in (*ODD, "x" * 4097):
    JUNK[f"a relay's token is {odd!a:.9}"] = kept(relay_access(), token=odd)


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK)
def test_what_is_not_usable_is_an_error_and_shows_nothing(text: str) -> None:
    with pytest.raises(CredentialError) as caught:
        from_text(text)
    said = str(caught.value)
    assert said == NOT_USABLE or "PEM" in said
    assert "relay-token" not in said


@pytest.mark.parametrize("value", [1, "true", None, [True], "yes"])
def test_a_relay_fills_openids_in_only_if_it_says_so(value: object) -> None:
    access = from_text(kept(relay_access(), fills_openid=value))
    assert isinstance(access, RelayAccess)
    assert access.fills_openid is False
