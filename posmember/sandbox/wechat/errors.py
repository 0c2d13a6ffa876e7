"""WeChat Pay's errors: ``{"code", "message", "detail"}`` with an HTTP status.

Codes and statuses are of the API documents (WeChat Pay); the form of ``detail`` is that of the
platform's general rules: the field, what is wrong with it, and where it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from posmember.sandbox.records import Json

BODY: Final = "body"
QUERY: Final = "query"
PATH: Final = "path"
HEADER: Final = "header"


class WechatError(Exception):
    """A request that WeChat Pay turns down.

    Args:
        status: of HTTP, 400 and above.
        code: the platform's word for it, for example ``PARAM_ERROR``.
        message: for people, in Chinese.
        detail: more for the developer; {} for nothing.
    """

    def __init__(
        self, status: int, code: str, message: str, detail: Mapping[str, Json] | None = None
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.detail = detail or {}

    def body(self) -> bytes:
        """The answer's JSON."""
        content: dict[str, Json] = {"code": self.code, "message": self.message}
        if self.detail:
            content["detail"] = self.detail
        return dump(content)


def dump(content: Json) -> bytes:
    """JSON as WeChat Pay writes it: compact, Chinese as it is, UTF-8."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def param_error(field: str, issue: str, location: str = BODY) -> WechatError:
    """A wrong parameter: `field` is its name, for a body the JSON pointer to it."""
    detail = {"field": field, "issue": issue, "location": location}
    return WechatError(400, "PARAM_ERROR", f"参数错误:{field} {issue}", detail)


def invalid_request(message: str) -> WechatError:
    """A request that is well formed, but not for this card as it is."""
    return WechatError(400, "INVALID_REQUEST", message)


def no_auth() -> WechatError:
    """A brand that the merchant does not serve."""
    return WechatError(403, "NO_AUTH", "商户无该品牌的操作权限")


def not_found() -> WechatError:
    """No card of this template, code and person."""
    return WechatError(404, "NOT_FOUND", "会员卡不存在")


def rate_limited() -> WechatError:
    """More calls than the brand may make."""
    return WechatError(429, "RATELIMIT_EXCEEDED", "请求频率超过限制,请稍后再试")


def sign_error(message: str, field: str, issue: str, **more: Json) -> WechatError:
    """A request that could not be authenticated; `field` is a part of its ``Authorization``."""
    detail: dict[str, Json] = {
        "detail": {"issue": issue},
        "field": field,
        "location": "authorization",
        **more,
    }
    return WechatError(401, "SIGN_ERROR", message, detail)
