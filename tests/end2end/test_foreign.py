"""A till whose clock, certificate or network is wrong: told in words, in JSON, by exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from posmember.report.outcomes import Exit
from tests.end2end.program import Till, write_config
from tests.fakes.foreign import DAY, LOGIN_PAGE, Foreign, answer, dated, serving

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the system's trust store is a file only where OpenSSL reads it"
)

SHIFTED = """
import sys, time
right, off_s = time.time, float(sys.argv.pop(1))
time.time = lambda: right() + off_s
from posmember.__main__ import main
sys.exit(main())
"""
"""The program on a computer whose clock is off by so many seconds; TLS judges by the true one."""

Serve = Callable[[trustme.CA], AbstractContextManager[Foreign]]


def of_dates(begins: int, ends: int) -> Serve:
    return lambda chain: serving(answer(Date=""), dated(chain, begins * DAY, ends * DAY))


CASES: dict[str, tuple[Serve, str, int, str, str]] = {
    # What is there, how it is spoken to, the till's year, the problem, and words of the line.
    "1970": (of_dates(400, 900), "https", 1970, "clock", "电脑时间不对(显示 1970-"),
    "2047": (of_dates(-900, -400), "https", 2047, "clock", "电脑时间不对(显示 2047-"),
    "expired": (of_dates(-900, -400), "https", 0, "certificate_expired", "安全证书过期了"),
    "another host's": (
        lambda chain: serving(answer("404 x"), chain.issue_cert("platform.invalid")),
        *("https", 0, "certificate_other_host", "安全证书是别家的"),
    ),
    "a gateway that reads along": (
        lambda _chain: serving(answer("404 x"), trustme.CA().issue_cert("127.0.0.1")),
        *("https", 0, "certificate_untrusted", "安全证书不受信任"),
    ),
    "a portal": (
        lambda _chain: serving(answer("302 Found", Location=LOGIN_PAGE)),
        *("http", 0, "login", "要先登录上网"),
    ),
    "a portal, asked in TLS": (
        lambda _chain: serving(answer("307 Temporary Redirect", Location=LOGIN_PAGE)),
        *("https", 0, "login", "要先登录上网"),
    ),
    "a page": (
        lambda _chain: serving(answer("200 OK", b"<html>", Content_Type="text/html")),
        *("http", 0, "page", "收到的是网页"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_named_as_such(case: str, tmp_path: Path) -> None:
    serve, scheme, year, problem, words = CASES[case]
    chain, trusted = trustme.CA(), tmp_path / "system.pem"
    chain.cert_pem.write_to_path(trusted)
    now = datetime.now(UTC)
    off_s = now.replace(year=year, day=1).timestamp() - now.timestamp() if year else 0
    command = (sys.executable, "-W", "error", "-c", SHIFTED, str(off_s))
    with serve(chain) as there:
        config = write_config(tmp_path / "config.toml", there.url(scheme))
        till = Till(config, command=command)
        env = {"SSL_CERT_FILE": str(trusted)}
        looked_up = till.run("lookup", "qm0000001", "--json", env=env)
        checked = till.run("doctor", env=env)
    assert (looked_up.code, checked.code) == (Exit.NO_CONNECTION, Exit.NO_CONNECTION)
    for line in (looked_up.one_line(), checked.one_line()):
        assert words in line
        assert " / " in line
    failed = json.loads(looked_up.out)["sections"]["member"]["error"]
    assert (failed["type"], failed["problem"]) == ("ApiConnectionError", problem)
    assert "连接 / reachable" not in checked.out
    assert ("! 电脑时间不对" in checked.out) is (problem == "clock")
