"""The log: rotated files with support codes, and nothing of anybody in them."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from pathlib import Path

import pytest

from posmember import log

SAMPLES = {
    "phone": "13800000001",
    "payment code": "134567890123456789",
    "redemption code": "860000010002",
    "full-width": "１３８００００００１",
    "WeChat openid": "oSandbox_openid-000000000007",
    "open key": "sandbox-open-key-not-a-secret-0123456789abcdefghij",
    "token": "q0nvnQlYUOZ3ttUmwtnHdlp4Mo0=",
    "escaped token": "q0nvnQlYUOZ3ttUmwtnHdlp4Mo0%3D",
}


def text_of_the_log() -> str:
    return (log.log_folder() / "posmember.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", SAMPLES)
def test_redacted(kind: str) -> None:
    secret = SAMPLES[kind]
    for text in (secret, f"code={secret}, more", f"“{secret}”", f"会员{secret}手机"):
        assert secret not in log.redact(text), text
        assert "…" in log.redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "member_info code=40004 request=a1b2-77: refused with code 40004",
        "gift_cards: HTTP 502 in 1234 ms",
        "7F3A: ApiResponseError member_info: $.data.couponsList[3].template.start_at",
        "lookup: unreadable fields: $.data.memberLevelExpiredAt",
    ],
)
def test_what_support_needs_stays(text: str) -> None:
    assert log.redact(text) == text


def test_records_go_to_a_file_with_their_time(root_as_before: logging.Logger) -> None:
    log.start_file_log()
    logging.getLogger("posmember.some.part").info("%s: asked for %s", "7F3A", "13800000001")
    found = re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO posmember\.some\.part: 7F3A: asked for …\n",
        text_of_the_log(),
    )
    assert found, text_of_the_log()


def test_an_exception_is_redacted_with_its_traceback(root_as_before: logging.Logger) -> None:
    log.start_file_log()
    try:
        raise ValueError("13800000001 is not a number of 王小明")
    except ValueError:
        logging.getLogger("posmember").info("failed", exc_info=True)
    text = text_of_the_log()
    assert "ValueError: … is not a number" in text
    assert "13800000001" not in text


def test_starting_twice_logs_once(root_as_before: logging.Logger) -> None:
    log.start_file_log()
    log.start_file_log()
    logging.getLogger("posmember").info("once")
    assert text_of_the_log().count("once") == 1


def test_requests_are_not_logged_with_their_address(root_as_before: logging.Logger) -> None:
    log.start_file_log()
    logging.getLogger("httpx").info("HTTP Request: POST https://address.example")
    logging.getLogger("posmember").debug("too much")
    assert text_of_the_log() == ""


def test_files_are_rotated_and_few(
    root_as_before: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 500)
    log.start_file_log()
    for number in range(200):
        logging.getLogger("posmember").info("line %d of many lines that fill the file", number)
    names = sorted(path.name for path in log.log_folder().iterdir())
    assert names == ["posmember.log", *(f"posmember.log.{n}" for n in range(1, log.KEPT_FILES + 1))]
    assert all(path.stat().st_size <= 500 for path in log.log_folder().iterdir())


def test_where_no_file_can_be_written_it_goes_on_without(
    root_as_before: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(log, "log_folder", lambda: tmp_path / "file" / "log")
    log.start_file_log()
    logging.getLogger("posmember").info("into the void")
    assert not any(
        isinstance(handler, logging.handlers.RotatingFileHandler)
        for handler in root_as_before.handlers
    )


@pytest.mark.allow_log("posmember.log")
def test_a_bug_gets_a_code_that_the_log_holds(root_as_before: logging.Logger) -> None:
    try:
        raise ZeroDivisionError("of 13800000001")
    except ZeroDivisionError as error:
        code = log.log_uncaught(type(error), error, sys.exc_info()[2])
    assert re.fullmatch("[0-9A-F]{4}", code)
    text = text_of_the_log()
    assert f"CRITICAL posmember.log: {code}: a bug\nTraceback" in text
    assert "ZeroDivisionError: of …" in text
