"""The open platform's operations, signed: what the lookup asks."""

from __future__ import annotations

from typing import Protocol

from posmember.api.decode import Decoded
from posmember.api.qimai import gift_cards, identity, member_info
from posmember.api.qimai.signing import SignKeys
from posmember.api.qimai.transport import BuildBody
from posmember.api.qimai.wire import Credentials, Params, v2_body, v3_body
from posmember.domain.context import OrderType
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import Identifier
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import Money
from posmember.errors import MemberNotFoundError

V2_PATH = "/api/v2"


class Poster(Protocol):
    """Sends a signed body and gives back the answer's data; `Transport` is one."""

    async def post(self, api: str, path: str, build: BuildBody) -> object:
        """See `posmember.api.qimai.transport.Transport.post`."""


class Platform:
    """The three operations, each from typed arguments to a decoded answer.

    Args:
        spelling: how V2's signed text spells its keys (setting ``v2_sign_keys``).
        store_code: this store's 门店编码, or None.
    """

    def __init__(
        self,
        poster: Poster,
        credentials: Credentials,
        *,
        spelling: SignKeys = SignKeys.CAMEL,
        store_code: str | None = None,
    ) -> None:
        self._poster = poster
        self._credentials = credentials
        self._spelling = spelling
        self._store_code = store_code

    def spelled(self, spelling: SignKeys) -> Platform:
        """The same platform, asked with the other spelling of V2's signed keys."""
        return Platform(
            self._poster, self._credentials, spelling=spelling, store_code=self._store_code
        )

    def without_store(self) -> Platform:
        """The same platform, asked for no store."""
        return self.for_store(None)

    def for_store(self, code: str | None) -> Platform:
        """The same platform, asked for another store; None is for none."""
        return Platform(self._poster, self._credentials, spelling=self._spelling, store_code=code)

    async def member_info(
        self, identifier: Identifier, *, order_type: OrderType, discount: Money
    ) -> Decoded[MemberInfo]:
        """会员信息查询集合. Raises MemberNotFoundError and every other ApiError."""
        params = member_info.params(
            identifier, store_code=self._store_code, order_type=order_type, discount=discount
        )
        return member_info.decode(await self._v2(member_info.API, member_info.ACTION, params))

    async def identity(self, subject: identity.Subject) -> Decoded[Identity]:
        """会员识别, with the points rule. Raises MemberNotFoundError and every other ApiError."""
        params = identity.params(subject, store_code=self._store_code)
        return identity.decode(await self._v2(identity.API, identity.ACTION, params))

    async def gift_cards(
        self, user_id: str, *, include_recycled: bool = True
    ) -> Decoded[tuple[ListedGiftCard, ...]]:
        """我的礼品卡列表. Nothing found is no card. Raises every other ApiError."""
        params = gift_cards.params(user_id, include_recycled=include_recycled)

        def build(timestamp: int, nonce: int) -> bytes:
            return v3_body(self._credentials, params, timestamp=timestamp, nonce=nonce)

        try:
            data = await self._poster.post(gift_cards.API, gift_cards.PATH, build)
        except MemberNotFoundError:
            return Decoded(())
        return gift_cards.decode(data)

    async def _v2(self, api: str, action: str, params: Params) -> object:
        def build(timestamp: int, nonce: int) -> bytes:
            return v2_body(
                self._credentials, self._spelling, action, params,
                timestamp=timestamp, nonce=nonce,
            )  # fmt: skip

        return await self._poster.post(api, V2_PATH, build)
