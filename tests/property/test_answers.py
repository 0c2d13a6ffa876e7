"""Whatever the platform sends: no reader raises, and no path holds a value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.api.clock import PlatformClock
from posmember.api.decode import Decoded, Node, Report
from posmember.api.qimai import gift_cards, identity, member_info
from posmember.api.qimai.signing import SignKeys, public_fields, signed_text, token
from posmember.api.qimai.wire import read_answer
from posmember.domain.values import PlatformTime, Unreadable
from posmember.errors import ApiError, ApiStatusError
from posmember.sandbox.qimai import signature
from tests.fakes.network import NOON
from tests.fakes.raw_answers import (
    anything,
    gift_cards_data,
    identity_data,
    json_values,
    keys_of,
    member_info_data,
)
from tests.fakes.samples import sample_data
from tests.fakes.unhurried import UNHURRIED

NAMES = set().union(*(keys_of(sample_data(n)) for n in ("member_info", "identity", "gift_cards")))
PATH = re.compile(rf"\$\.data(?:\.(?:{'|'.join(sorted(NAMES))})|\[\d+\])*")


def outcome(call: Callable[[], object]) -> object:
    """What a call gives back, or the ApiError that it raises; any other error is a failure."""
    try:
        return call()
    except ApiError as error:
        return error


def check(decoded: object) -> None:
    assert isinstance(decoded, Decoded)
    assert all(PATH.fullmatch(path) for path in decoded.unreadable), decoded.unreadable
    assert len(set(decoded.unreadable)) == len(decoded.unreadable)
    repr(decoded).encode()


@pytest.mark.parametrize("api", [member_info, identity, gift_cards], ids=lambda api: api.API)
@given(data=st.data())
@settings(UNHURRIED, max_examples=60)
def test_any_value_in_any_field(api: Any, data: st.DataObject) -> None:
    like = {member_info: member_info_data, identity: identity_data, gift_cards: gift_cards_data}
    answer = data.draw(like[api])
    decoded = outcome(lambda: api.decode(answer))
    if isinstance(decoded, ApiError):
        assert decoded.api == api.API
    else:
        check(decoded)


@given(anything)
@settings(UNHURRIED, max_examples=300)
def test_any_value_to_any_reader(value: Any) -> None:
    report = Report()
    node = Node({"field": value}, "$", report)
    number = node.number("field")
    integer = node.integer("field")
    time = node.time("field")
    ids = node.id_list("field")
    text = node.text("field")
    node.yuan("field")
    node.fen("field")
    node.flag("field", yes=1, no=0)
    node.child("field").text("x")
    node.children("field")
    node.json_text("field").encode()
    assert report.paths in ([], ["$.field"]) or all(
        path.startswith("$.field") for path in report.paths
    )
    assert node.has("field") or (number, integer, time, ids, text) == (None, None, None, None, "")
    assert integer is None or isinstance(integer, Unreadable) or abs(integer) < 10**18
    assert not isinstance(time, PlatformTime) or time.at.utcoffset() is not None
    if isinstance(ids, tuple):
        assert ids
        assert all(ids)
    text.encode()


@given(st.binary(max_size=200), st.sampled_from([200, 204, 302, 429, 500]))
@settings(UNHURRIED, max_examples=150)
def test_any_bytes(body: bytes, status: int) -> None:
    error = outcome(lambda: read_answer("identity", status, {}, body))
    if isinstance(error, ApiStatusError):
        assert error.status == status
    assert not isinstance(error, ApiError) or error.api == "identity"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "status": st.one_of(st.sampled_from([True, "true", 1, False, "0"]), json_values),
            "code": st.one_of(st.sampled_from([0, "0", "110004"]), json_values),
            "message": st.one_of(st.sampled_from(["不存在", "频繁"]), json_values),
            "data": json_values,
        },
    )
)
@settings(UNHURRIED, max_examples=150)
def test_any_envelope(envelope: dict[str, Any]) -> None:
    body = json.dumps(envelope, default=str).encode()
    data = outcome(lambda: read_answer("identity", 200, {}, body))
    if isinstance(data, ApiError):
        f"{data}{data.code}{data.platform_message}".encode()
        assert len(data.platform_message) <= 120
        assert not re.search(r"\d{5,}", data.platform_message)
    else:
        assert str(envelope["code"]).strip() == "0"
        assert str(envelope["status"]).strip().lower() in ("true", "1", "1.0")
        assert (data is None) == (envelope.get("data") is None)


fields = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    key=fields,
    open_id=fields,
    grant_code=fields,
    timestamp=st.integers(0, 2**40),
    nonce=st.integers(1, 2**31),
    spelling=st.sampled_from(SignKeys),
)
@settings(UNHURRIED, max_examples=100)
def test_the_signature_is_the_one_that_the_sandbox_expects(
    key: str, open_id: str, grant_code: str, timestamp: int, nonce: int, spelling: SignKeys
) -> None:
    mine = public_fields(open_id, grant_code, timestamp, nonce, spelling)
    theirs = signature.PublicFields(open_id, grant_code, str(timestamp), str(nonce), "")
    named = signature.KeySpelling[spelling.name]
    assert signed_text(mine) == signature.signed_text(theirs, named)
    assert token(key, mine) == signature.expected_token(key, theirs, named)


dates = st.builds(
    "{} {} {} {} {} {}".format,
    st.sampled_from(["Sat,", "", "Saturday,", "x"]),
    st.integers(-1, 40),
    st.sampled_from(["Nov", "Feb", "13", ""]),
    st.integers(-1, 10000),
    st.sampled_from(["07:03:22", "24:00:00", "1:2", "::", "070322"]),
    st.sampled_from(["GMT", "-0000", "+9999", "", "EST", "-2359", "Z"]),
)


@given(st.one_of(st.text(max_size=40), dates))
@settings(UNHURRIED, max_examples=300)
def test_any_date_header(header: str) -> None:
    clock = PlatformClock(lambda: NOON)
    clock.observe(header, NOON, NOON)
    assert clock.now().utcoffset() is not None
    assert clock.timestamp() == int(clock.now().timestamp())
