"""Whatever comes instead of WeChat Pay's answer, or out of a keyring: no reader lets it through."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.api.clock import PlatformClock
from posmember.api.decode import Node, Report
from posmember.api.http.client import Reply
from posmember.api.wechat.access import from_text, to_text
from posmember.api.wechat.card import decode
from posmember.api.wechat.gate import MerchantAccess, RelayAccess, gate_of
from posmember.api.wechat.wire import read_answer, target
from posmember.domain.values import Unreadable
from posmember.domain.wechat.card import is_card_code
from posmember.errors import (
    AnswerUntrustedError,
    ApiError,
    ApiStatusError,
    CredentialError,
    PosMemberError,
)
from posmember.trust.credentials import delete_long, get_long, set_long
from tests.fakes.network import NOON, ManualTime
from tests.fakes.raw_answers import anything, json_values, keys_of, like
from tests.fakes.unhurried import UNHURRIED
from tests.fakes.wechat import (
    ANSWER,
    API,
    KEY_ID,
    MemoryStore,
    answer,
    merchant_access,
    private_key,
    relay_access,
)

PATH = re.compile(rf"\$(?:\.(?:{'|'.join(sorted(keys_of(ANSWER)))})|\[\d+\])*")


def reveal(value: str) -> str | None:
    return value[1:-1] if value.startswith("<") else None


def outcome(call: Callable[[], object]) -> object:
    """What a call gives back, or the error of ours that it raises; any other is a failure."""
    try:
        return call()
    except PosMemberError as error:
        return error


# --- a card --------------------------------------------------------------------------------------


@given(st.one_of(like(ANSWER), st.dictionaries(st.sampled_from(sorted(ANSWER)), anything)))
@settings(UNHURRIED, max_examples=200)
def test_any_value_in_any_field(sent: Any) -> None:
    decoded = decode(sent if isinstance(sent, dict) else {}, reveal)
    assert all(PATH.fullmatch(path) for path in decoded.unreadable), decoded.unreadable
    assert len(set(decoded.unreadable)) == len(decoded.unreadable)
    repr(decoded).encode()
    assert "13800000001" not in repr(decoded)


@given(anything)
@settings(UNHURRIED, max_examples=200)
def test_any_value_to_any_reader(value: Any) -> None:
    report = Report()
    node = Node({"field": value}, "$", report)
    choice = node.choice("field", {"NORMAL": 1})
    secret = node.secret("field", private_key("merchant").decrypt)
    several = node.secrets("field", private_key("merchant").decrypt)
    assert set(report.paths) <= {"$.field"}
    unreadable = [each for each in (choice, secret, *several) if isinstance(each, Unreadable)]
    assert not unreadable or report.paths == ["$.field"]


# --- an answer -----------------------------------------------------------------------------------

statuses = st.integers(100, 599)
header_values = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20)
headers = st.dictionaries(
    st.sampled_from(["retry-after", "request-id", "date", "content-type", "x-request-id"]),
    header_values,
)
bodies = st.one_of(
    st.binary(max_size=60),
    json_values.map(lambda value: json.dumps(value, default=str).encode()),
    st.fixed_dictionaries({"code": anything, "message": anything}).map(
        lambda value: json.dumps(value, default=str).encode()
    ),
)


@given(statuses, headers, bodies, st.booleans())
@settings(UNHURRIED, max_examples=300)
def test_every_answer_is_an_object_or_an_error_of_ours(
    status: int, sent: dict[str, str], body: bytes, trusted: bool
) -> None:
    answered = httpx.Headers(sent)
    found = outcome(lambda: read_answer(API, status, answered, body, trusted=trusted))
    if isinstance(found, ApiError):
        assert found.api == API
        assert trusted or found.platform_message == ""
        assert len(found.code) <= 64
        assert len(found.platform_message) <= 120
        assert status not in (200, 204) or not isinstance(found, ApiStatusError)
    else:
        assert status in (200, 204)
        assert isinstance(found, dict)


signed_headers = st.dictionaries(
    st.sampled_from(
        ["wechatpay-signature", "wechatpay-serial", "wechatpay-nonce", "wechatpay-timestamp"]
    ),
    st.one_of(header_values, st.sampled_from([KEY_ID, str(int(NOON)), "AAAA", "=" * 344])),
)


@given(statuses, signed_headers, bodies)
@settings(UNHURRIED, max_examples=200)
def test_nothing_is_believed_that_is_not_signed(
    status: int, sent: dict[str, str], body: bytes
) -> None:
    gate = gate_of(merchant_access(), PlatformClock(ManualTime()))
    try:
        assert not gate.judge(API, Reply(status, httpx.Headers(sent), body))
    except AnswerUntrustedError:
        return
    assert status not in (200, 204)


@given(st.binary(max_size=40), st.integers(0, 39), st.integers(0, 7))
@settings(UNHURRIED, max_examples=60)
def test_a_signature_is_for_every_bit_of_a_body(body: bytes, place: int, bit: int) -> None:
    good = answer(body)
    if body:
        changed = bytearray(body)
        changed[place % len(body)] ^= 1 << bit
    else:
        changed = bytearray([place])
    gate = gate_of(merchant_access(), PlatformClock(ManualTime()))
    with pytest.raises(AnswerUntrustedError):
        gate.judge(API, Reply(200, good.headers, bytes(changed)))
    assert gate.judge(API, Reply(200, good.headers, body))


# --- a request -----------------------------------------------------------------------------------


queries = st.dictionaries(st.sampled_from(["card_id", "openid"]), st.text())
card_codes = st.from_regex(r"[!-~]{1,32}", fullmatch=True).filter(is_card_code)
any_code = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=40),
    st.text("./%2eE\\", max_size=4),
)


@given(any_code, queries)
@settings(UNHURRIED)
def test_of_any_text_either_a_path_is_made_or_none(code: str, query: dict[str, str]) -> None:
    if is_card_code(code):
        assert target(code, query).startswith("/v3/")
    else:
        with pytest.raises(ValueError, match=r"^not a card's code$"):
            target(code, query)


@given(st.one_of(card_codes, st.text("./%2eE\\", max_size=4).filter(is_card_code)), queries)
@settings(UNHURRIED)
def test_a_code_is_one_part_of_the_path_and_a_value_one_of_the_query(
    code: str, query: dict[str, str]
) -> None:
    made = target(code, query)
    assert httpx.URL(f"https://wechat.invalid{made}").raw_path.decode() == made
    prefix = "/v3/brand/partner/card-member/user-cards/"
    path, mark, rest = made.partition("?")
    assert made.isascii()
    assert made.isprintable()
    assert mark
    assert "/" not in path.removeprefix(prefix)
    assert unquote(path.removeprefix(prefix)) == code
    assert "#" not in made
    assert rest.count("&") == max(len(query) - 1, 0)
    assert dict(parse_qsl(rest, keep_blank_values=True)) == query


# --- a keyring -----------------------------------------------------------------------------------


@given(st.text())
@settings(UNHURRIED)
def test_a_text_that_holds_no_access_is_one_error(text: str) -> None:
    with pytest.raises(CredentialError):
        from_text(text)


@pytest.mark.parametrize("access", [merchant_access(), relay_access()], ids=["merchant", "relay"])
@given(data=st.data())
@settings(UNHURRIED, max_examples=60)
def test_an_access_with_anything_anywhere_is_one_or_an_error(
    access: Any, data: st.DataObject
) -> None:
    content = data.draw(like(json.loads(to_text(access))))
    found = outcome(lambda: from_text(json.dumps(content, default=str)))
    assert isinstance(found, MerchantAccess | RelayAccess | CredentialError)
    assert "PRIVATE KEY" not in repr(found)


@given(st.binary(max_size=200))
@settings(UNHURRIED)
def test_a_damaged_key_is_one_error(junk: bytes) -> None:
    content = json.loads(to_text(merchant_access()))
    lines = content["private_key"].splitlines()
    lines[3] = junk.decode("latin-1")
    with pytest.raises(CredentialError):
        from_text(json.dumps({**content, "private_key": "\n".join(lines)}))


heads = st.one_of(
    st.text(max_size=20),
    st.builds("{}:{}".format, st.sampled_from("abcAB"), st.integers(-1, 10**20)),
)
entries = st.one_of(st.text(max_size=6), st.sampled_from(["name.a.0", "name.b.0", "name.b.1"]))


@given(heads, st.dictionaries(entries, st.text(max_size=6)), st.text(min_size=1, max_size=3000))
@settings(UNHURRIED)
def test_whatever_is_in_a_keyring_a_long_secret_is_there_or_not(
    head: str, others: dict[str, str], secret: str
) -> None:
    store = MemoryStore({**others, "name": head})
    found = outcome(lambda: get_long(store, "name"))
    assert found is None or isinstance(found, str | CredentialError)
    set_long(store, "name", secret)
    assert get_long(store, "name") == secret
    delete_long(store, "name")
    assert "name" not in store.kept


def entries_of(secret: str) -> int:
    """How many entries a keyring has for it, with the one that names the others."""
    return 1 + (len(secret) + 999) // 1000


secrets = st.text(min_size=1, max_size=3000)


@given(st.lists(secrets, min_size=2, max_size=4))
@settings(UNHURRIED)
def test_a_long_secret_is_read_back_and_replaced_whole(several: list[str]) -> None:
    store = MemoryStore()
    for secret in several:
        set_long(store, "name", secret)
        assert get_long(store, "name") == secret
        assert len(store.kept) == entries_of(secret)
    delete_long(store, "name")
    assert store.kept == {}


def break_off(store: MemoryStore, allowed: int, work: Callable[[], object]) -> bool:
    """Let so many changes of a keyring be made, and no more; returns whether that was enough."""
    store.break_after(allowed)
    broken = isinstance(outcome(work), CredentialError)
    store.watch = lambda _what, _name: None
    return not broken


@given(secrets, secrets, st.integers(0, 12))
@settings(UNHURRIED)
def test_wherever_a_write_breaks_off_the_secret_is_one_of_the_two(
    first: str, second: str, allowed: int
) -> None:
    store = MemoryStore()
    set_long(store, "name", first)
    whole = break_off(store, allowed, lambda: set_long(store, "name", second))
    assert get_long(store, "name") in ((second,) if whole else (first, second))


@given(
    st.lists(st.tuples(st.one_of(st.none(), secrets), st.integers(0, 12)), max_size=5),
    st.one_of(st.none(), secrets),
)
@settings(UNHURRIED)
def test_however_often_it_broke_off_the_next_that_does_not_leaves_no_piece(
    tries: list[tuple[str | None, int]], last: str | None
) -> None:
    """None deletes the secret."""
    store = MemoryStore()

    def work(secret: str | None) -> None:
        if secret is None:
            delete_long(store, "name")
        else:
            set_long(store, "name", secret)

    for secret, allowed in tries:
        before = get_long(store, "name")
        whole = break_off(store, allowed, partial(work, secret))
        assert get_long(store, "name") in ((secret,) if whole else (before, secret))
    work(last)
    assert get_long(store, "name") == last
    assert len(store.kept) == (0 if last is None else entries_of(last))
