"""A failure in the log: what support asks for, and nobody's name."""

from __future__ import annotations

import logging

import pytest

from posmember.errors import ApiBusinessError, ConfigError
from posmember.ui.till.failures import log_failure


@pytest.mark.parametrize(
    ("code", "request_id", "told"),
    [
        ("40004", "a1b2-77", "code=40004 request=a1b2-77"),
        ("SIGN_ERROR", "", "code=SIGN_ERROR request="),
        ("Wang Xiaoming", "Wang", "code=… request=…"),
        ("王", "a b1", "code=… request=…"),
    ],
)
def test_codes_and_ids_that_are_none_are_not_told(
    caplog: pytest.LogCaptureFixture, code: str, request_id: str, told: str
) -> None:
    caplog.set_level(logging.INFO)
    error = ApiBusinessError("refused", api="identity", code=code, request_id=request_id)
    number = log_failure(logging.getLogger("posmember.test"), error, "lookup")
    assert caplog.messages == [f"{number}: lookup: ApiBusinessError identity {told}: refused"]
    log_failure(logging.getLogger("posmember.test"), ConfigError("store.code is missing"))
    assert caplog.messages[1].endswith(": ConfigError store.code is missing")
