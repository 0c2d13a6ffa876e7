"""The platform's envelope: ``{"status", "code", "message", "data"}``, success and refusals.

The V2 gateway writes status and code as text and escapes Chinese, the V3 gateway sends a boolean,
a number and plain UTF-8: both forms are documented, and a client has to read either.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import Final

from posmember.sandbox.records import Json


class Gateway(Enum):
    """The two generations of the platform's entrance."""

    V2 = "v2"
    V3 = "v3"


NOT_FOUND_CODE: Final = "40004"
PARAMETER_CODE: Final = "40001"
STORE_CODE: Final = "40011"
SIGN_IN_CODE: Final = "40012"
ACTION_CODE: Final = "40002"
BAD_REQUEST_CODE: Final = "400"


class RefusalError(Exception):
    """A business refusal (业务异常): the caller's request is understood and turned down."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


def success(gateway: Gateway, data: Json) -> bytes:
    """A successful answer that carries `data`."""
    if gateway is Gateway.V2:
        return _dump(gateway, {"status": "true", "code": "0", "message": "成功", "data": data})
    return _dump(gateway, {"status": True, "code": 0, "message": "成功", "data": data})


def refusal(gateway: Gateway, code: str, message: str) -> bytes:
    """A refusal: status true with another code (documents, 异常示例)."""
    return _dump(gateway, {"status": True, "code": code, "message": message})


def system_error(gateway: Gateway, code: str, message: str) -> bytes:
    """A failure of the platform itself: status false (documents, 错误码)."""
    return _dump(gateway, {"status": False, "code": code, "message": message})


def _dump(gateway: Gateway, envelope: Json) -> bytes:
    escape = gateway is Gateway.V2
    return json.dumps(envelope, ensure_ascii=escape, separators=(",", ":")).encode()
