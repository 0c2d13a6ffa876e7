"""Who a member is by what they know or hold: account and password, card and inner number.

The secret goes to the platform and nowhere else: it stands in no error, log or repr. The member
is then looked up by the user id that identity gave, like everybody else.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from posmember.api.decode import Decoded
from posmember.api.qimai.identity import API
from posmember.api.qimai.secret_refusals import secret_problem
from posmember.domain.identifier import (
    AccountLogin,
    Identifier,
    IdentifierKind,
    PhysicalCard,
    plain_id,
)
from posmember.domain.joining.persons import Whose, is_another, whose
from posmember.domain.member import Identity
from posmember.errors import (
    ApiBusinessError,
    ApiError,
    ApiResponseError,
    OtherMemberError,
    SecretRejectedError,
)
from posmember.lookup.service import PlatformApi

_log = logging.getLogger(__name__)

Secret = AccountLogin | PhysicalCard


@dataclass(frozen=True, slots=True)
class Identified:
    """Who was identified.

    Args:
        identifier: their user id, to look them up by.
        whose: who they are; only what is theirs is to be shown.
    """

    identifier: Identifier
    whose: Whose


async def identify(platform: PlatformApi, secret: Secret) -> Identified:
    """Ask the platform who somebody is.

    Raises:
        SecretRejectedError: it does not know them by this; it says why.
        OtherMemberError: it names another than the account's.
        ApiResponseError: it names nobody. Every other ApiError.
    """
    try:
        return _who(secret, await platform.identity(secret))
    except ApiError as error:
        _take_out(secret, error)
        failed = _named(error)
    # Not within the handler: what was raised first keeps frames that hold the secret.
    _log.info("%s: %s", API, type(failed).__name__)
    raise failed.with_traceback(None)


def _named(error: ApiError) -> ApiError:
    """The error itself, or what it says of the secret."""
    problem = secret_problem(error) if isinstance(error, ApiBusinessError) else None
    if problem is None:
        return error
    return SecretRejectedError(
        f"not identified: {problem}",
        problem=problem,
        api=API,
        code=error.code,
        request_id=error.request_id,
    )


def _who(secret: Secret, answer: Decoded[Identity]) -> Identified:
    identity = answer.value
    if is_another(whose(identity, _asked_by(secret))):
        raise OtherMemberError("of another account", api=API)
    user_id = plain_id(identity.user_id)
    if not user_id:
        raise ApiResponseError("no user id", path="$.data.user_info.id", api=API)
    identifier = Identifier(IdentifierKind.USER_ID, user_id)
    return Identified(identifier, whose(identity, identifier))


def _asked_by(secret: Secret) -> Identifier | None:
    """What the answer can be compared with; a card's number stands in no answer of identity."""
    if isinstance(secret, AccountLogin):
        return Identifier(IdentifierKind.MOBILE, secret.mobile)
    return None


def _take_out(secret: Secret, error: ApiError) -> None:
    """Forget the platform's words where they repeat what was asked by."""
    if isinstance(secret, AccountLogin):
        asked = (secret.mobile, secret.password)
    else:
        asked = (secret.card_number, secret.inner_number)
    if any(text in error.platform_message for text in asked):
        error.platform_message = ""
