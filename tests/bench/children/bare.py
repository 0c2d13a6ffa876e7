"""The calls of a lookup and nothing else: the same signed bodies, read and not decoded."""

from __future__ import annotations

import asyncio
import secrets
import time

import httpx

from posmember.api.qimai import gift_cards, identity, member_info
from posmember.api.qimai.platform import V2_PATH
from posmember.api.qimai.signing import SignKeys
from posmember.api.qimai.wire import Credentials, Params, read_answer, v2_body, v3_body
from posmember.domain.context import OrderType
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.money import ZERO
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES

_CREDENTIALS = Credentials(OPEN_ID, GRANT_CODE, OPEN_KEY)
_NONCE_BITS = 31


class BareCalls:
    """Makes a lookup's calls on connections that are kept open; to be made in a running loop."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=30,
            trust_env=False,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )

    async def look_up(self, code: str, user_id: str) -> float:
        """Member-info and identity at the same time, gift cards when the first has answered.

        Returns:
            Milliseconds from the first call to the last answer.
        """
        by_code = Identifier(IdentifierKind.MEMBER_CODE, code)
        about, who, cards = _member_info(by_code), _identity(by_code), _gift_cards(user_id)
        started_at = time.perf_counter()
        first = [asyncio.ensure_future(self._post(V2_PATH, body)) for body in (about, who)]
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        answers = await asyncio.gather(*first, self._post(gift_cards.PATH, cards))
        taken = time.perf_counter() - started_at
        _check(answers)
        return taken * 1000

    async def two_answers(self, user_id: str) -> float:
        """Member-info, then gift cards: two answers' time, in milliseconds."""
        about = _member_info(Identifier(IdentifierKind.USER_ID, user_id))
        cards = _gift_cards(user_id)
        started_at = time.perf_counter()
        answers = [await self._post(V2_PATH, about), await self._post(gift_cards.PATH, cards)]
        taken = time.perf_counter() - started_at
        _check(answers)
        return taken * 1000

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _post(self, path: str, body: bytes) -> httpx.Response:
        return await self._client.post(path, content=body)


def _check(answers: list[httpx.Response]) -> None:
    """A refusal would be a quick answer to another question. Raises ApiError."""
    for answer in answers:
        read_answer("bare", answer.status_code, answer.headers, answer.content)


def _member_info(identifier: Identifier) -> bytes:
    params = member_info.params(
        identifier, store_code=STORES[0].code, order_type=OrderType.DINE_IN, discount=ZERO
    )
    return _v2(member_info.ACTION, params)


def _identity(identifier: Identifier) -> bytes:
    return _v2(identity.ACTION, identity.params(identifier, store_code=STORES[0].code))


def _gift_cards(user_id: str) -> bytes:
    params = gift_cards.params(user_id, include_recycled=True)
    return v3_body(_CREDENTIALS, params, timestamp=_timestamp(), nonce=_nonce())


def _v2(action: str, params: Params) -> bytes:
    return v2_body(
        _CREDENTIALS, SignKeys.CAMEL, action, params, timestamp=_timestamp(), nonce=_nonce()
    )


def _timestamp() -> int:
    return int(time.time())


def _nonce() -> int:
    return secrets.randbits(_NONCE_BITS) + 1
