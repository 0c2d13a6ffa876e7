"""What failed, by the numbers and names of whoever judged it; and whose page it is."""

from __future__ import annotations

import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from socksio.exceptions import ProtocolError

from posmember.api.clock import PlatformClock
from posmember.api.http.client import HttpClient
from posmember.api.http.diagnosis import diagnosed
from posmember.api.http.pages import is_page, wants_login
from posmember.api.http.problems import certificate_problem, problem_of
from posmember.api.http.second_look import Look
from posmember.errors import ApiConnectionError, ConnectionProblem
from tests.fakes.network import ScriptedNetwork, Step

P = ConnectionProblem
URL = "https://platform.invalid/api/v2?openid=o-of-nobody"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        *((10, P.CERTIFICATE_EXPIRED), (9, P.CERTIFICATE_NOT_YET_VALID)),
        *((18, P.CERTIFICATE_UNTRUSTED), (19, P.CERTIFICATE_UNTRUSTED)),
        *((20, P.CERTIFICATE_UNTRUSTED), (21, P.CERTIFICATE_UNTRUSTED)),
        *((62, P.CERTIFICATE_OTHER_HOST), (64, P.CERTIFICATE_OTHER_HOST)),
        *((23, P.CERTIFICATE_REVOKED), (66, P.CERTIFICATE_WEAK), (68, P.CERTIFICATE_WEAK)),
        # Windows, with the number as it comes, and as a signed one of 32 bits
        *((0x800B0101, P.CERTIFICATE_EXPIRED), (0x800B0101 - 2**32, P.CERTIFICATE_EXPIRED)),
        *((0x800B0109, P.CERTIFICATE_UNTRUSTED), (0x800B010A, P.CERTIFICATE_UNTRUSTED)),
        *((0x800B010F, P.CERTIFICATE_OTHER_HOST), (0x80092010, P.CERTIFICATE_REVOKED)),
        # macOS
        *((-67818, P.CERTIFICATE_EXPIRED), (-67819, P.CERTIFICATE_NOT_YET_VALID)),
        *((-67602, P.CERTIFICATE_OTHER_HOST), (-67843, P.CERTIFICATE_UNTRUSTED)),
        (-67820, P.CERTIFICATE_REVOKED),
        *((0, P.CERTIFICATE_WRONG), (1, P.CERTIFICATE_WRONG), (10**12, P.CERTIFICATE_WRONG)),
    ],
)
def test_a_refused_certificate(code: int, problem: P) -> None:
    assert certificate_problem(code) is problem
    assert problem_of(refused(code)) is problem
    assert problem_of(refused(code), "proxy.start_tls.failed") is problem
    assert problem_of(refused(code), "connection.start_tls.failed") is P.PROXY_UNREACHABLE


def refused(code: int) -> httpx.ConnectError:
    """As httpx raises it."""
    why = ssl.SSLCertVerificationError("certificate verify failed")
    why.verify_code = code
    return caused(why)


def caused(why: BaseException) -> httpx.ConnectError:
    between, error = OSError("x"), httpx.ConnectError("x")
    between.__cause__, error.__cause__ = why, between
    return error


def named(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "x")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "step", "problem"),
    [
        (caused(ssl.SSLCertVerificationError("none came")), "", P.CERTIFICATE_WRONG),
        (caused(named("WRONG_VERSION_NUMBER")), "", P.NO_TLS),
        (caused(named("HTTP_REQUEST")), "", P.NO_TLS),
        (caused(named("SSLV3_ALERT_HANDSHAKE_FAILURE")), "", P.TLS_FAILED),
        (caused(ssl.SSLEOFError(8, "EOF")), "", P.TLS_FAILED),
        (caused(socket.gaierror(-2, "no such name")), "", P.NAME_UNKNOWN),
        (caused(socket.gaierror(-2, "no such name")), "socks.connect_tcp.failed", P(
            "proxy_unreachable"
        )),
        (caused(ConnectionRefusedError()), "", P.NO_CONNECTION),
        (caused(ConnectionResetError()), "proxy.start_tls.failed", P.PROXY_REFUSED),
        (httpx.ConnectError("x"), "", P.NO_CONNECTION),
        (httpx.ReadError("x"), "http11.receive_response_headers.failed", P.NO_CONNECTION),
        (httpx.ProxyError("407 Proxy Authentication Required"), "", P.PROXY_LOGIN),
        (httpx.ProxyError("Invalid username/password"), "", P.PROXY_LOGIN),
        (httpx.ProxyError("Requested NO AUTH from proxy server, but got X."), "", P.PROXY_LOGIN),
        (httpx.ProxyError("Proxy Server could not connect: Host unreachable."), "", P(
            "proxy_refused"
        )),
        (httpx.ProxyError("302 Found"), "", P.LOGIN),
        (httpx.ProxyError(""), "", P.PROXY_REFUSED),
        (ProtocolError("Malformed reply"), "", P.PROXY_REFUSED),
        (named("WRONG_VERSION_NUMBER"), "", P.NO_CONNECTION),  # not while it was opened
    ],
)  # fmt: skip
def test_what_failed(error: Exception, step: str, problem: P) -> None:
    assert problem_of(error, step) is problem


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "location", "expected"),
    [
        ("http://a.cn/api", "http://10.0.0.1/", True),
        ("http://a.cn/api", "//10.0.0.1/", True),
        ("http://a.cn/api", "http://a.cn:8080/", True),
        ("http://a.cn/api", "/portal?x", True),
        ("http://a.cn/api", "?auth=1", True),
        ("http://a.cn/api", "https://a.cn/api", False),  # only the other scheme
        ("http://a.cn/api", "/api/", False),
        ("http://a.cn/api", "", False),
        ("http://a.cn/api", "http://[", False),
        ("http://a.cn/api", "http://x:y/", False),
        ("https://a.b.cn/api", "https://www.b.cn/login", False),  # the platform's own
        ("https://a.b.cn/api", "https://a.b.cn:444/", False),
        ("https://a.b.cn/api", "https://sso.firm.invalid/", True),
        ("https://10.0.0.1/api", "https://11.1.0.1/", True),
        ("https://[fe80::1]/api", "https://[fe80::2]/", True),
        ("http://a.cn/api", "weixin://dl/login", True),
        ("http://a.cn/api", "x" * 100_000, False),
    ],
)
def test_where_a_redirect_leads(asked: str, location: str, expected: bool) -> None:
    assert wants_login(asked, 302, {"location": location}) is expected
    assert not wants_login(asked, 200, {"location": location})
    assert not wants_login(asked, 302, {})


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"<html>", "", True),
        (b"<!DOCTYPE HTML PUBLIC>", "application/json", True),
        (b"\xef\xbb\xbf\n <Head>", "", True),
        ("登录".encode("gbk"), "text/html", True),
        ("<html>".encode("utf-16"), "Text/HTML; charset=utf-16", True),
        (b'{"status": true}', "text/html", False),  # as PHP names what it does not know
        (b'["<html>"]', "text/html", False),
        (b"", "text/html", False),
        (b"OK", "text/plain", False),
        (b"<xml><return_code/></xml>", "text/xml", False),
        (b"\x00\xff", "", False),
    ],
)
def test_what_is_a_page(body: bytes, kind: str, expected: bool) -> None:
    assert is_page({"content-type": kind}, body) is expected


# --- a second look -------------------------------------------------------------------------------


async def seen(
    problem: P, *steps: Step, off_s: float = 0
) -> tuple[ApiConnectionError | None, ScriptedNetwork]:
    """What is made of a problem, with what a second look sees."""
    network = ScriptedNetwork(*steps)
    client = HttpClient(URL, timeout_s=5, headers={"X-Key": "secret"}, network=network)
    clock = PlatformClock(lambda: time.time() + off_s, time.monotonic)
    error = ApiConnectionError("x", problem=problem, api="identity")
    try:
        return await diagnosed(error, client, URL, clock), network
    finally:
        await client.aclose()


def telling(days: float) -> httpx.Response:
    told = format_datetime(datetime.now(UTC) + timedelta(days=days))
    return httpx.Response(404, headers={"date": told})


async def test_nothing_of_ours_goes_with_it() -> None:
    _found, network = await seen(P.CERTIFICATE_UNTRUSTED, httpx.Response(200))
    (request,) = network.requests
    assert (request.method, str(request.url)) == ("GET", "https://platform.invalid/posmember")
    assert request.content == b""
    assert {*request.headers} == {"host"}


async def test_without_tls_it_is_asked_on_the_same_port() -> None:
    login = httpx.Response(302, headers={"location": "http://10.0.0.1/"})
    found, network = await seen(P.NO_TLS, login)
    assert found is not None
    assert (found.problem, found.api) == (P.LOGIN, "identity")
    assert str(network.requests[0].url) == "http://platform.invalid:443/posmember"


@pytest.mark.parametrize(
    ("problem", "step", "off_days", "expected"),
    [
        (P.CERTIFICATE_EXPIRED, telling(0), 0, P.CERTIFICATE_EXPIRED),
        (P.CERTIFICATE_EXPIRED, telling(0), 0.9, P.CERTIFICATE_EXPIRED),
        (P.CERTIFICATE_EXPIRED, telling(0), 1.1, P.CLOCK),
        (P.CERTIFICATE_EXPIRED, telling(0), 700, P.CLOCK),
        (P.CERTIFICATE_EXPIRED, telling(20_000), 0, P.CERTIFICATE_EXPIRED),  # it cannot be so late
        (P.CERTIFICATE_EXPIRED, httpx.ReadError("x"), 700, P.CERTIFICATE_EXPIRED),
        (P.CERTIFICATE_NOT_YET_VALID, telling(0), 0, P.CLOCK),
        (P.CERTIFICATE_NOT_YET_VALID, httpx.ConnectTimeout("x"), -90, P.CLOCK),
        (P.CERTIFICATE_UNTRUSTED, telling(0), 700, None),
        (P.CERTIFICATE_OTHER_HOST, OSError("x"), 0, None),
        (P.NO_TLS, httpx.Response(200, text="<html>"), 0, None),
    ],
)
async def test_the_clock_or_the_certificate(
    problem: P, step: Step, off_days: float, expected: P | None
) -> None:
    found, _network = await seen(problem, step, off_s=off_days * 86_400)
    assert (None if found is None else found.problem) is expected


@pytest.mark.parametrize("off_s", [-1.7e9, 1e9])
@pytest.mark.parametrize("problem", [P.CERTIFICATE_EXPIRED, P.CERTIFICATE_NOT_YET_VALID])
async def test_of_a_year_that_cannot_be_nobody_is_asked(problem: P, off_s: float) -> None:
    found, network = await seen(problem, off_s=off_s)
    assert found is not None
    assert found.problem is P.CLOCK
    assert found.own_time is not None
    assert abs(found.own_time.timestamp() - time.time() - off_s) < 60
    assert not network.requests


@pytest.mark.parametrize(
    "problem", [P.NO_CONNECTION, P.NAME_UNKNOWN, P.CERTIFICATE_REVOKED, P.PROXY_LOGIN, P.TLS_FAILED]
)
async def test_nothing_else_is_looked_at(problem: P) -> None:
    found, network = await seen(problem)
    assert found is None
    assert not network.requests


async def test_a_look_by_a_proxy_that_is_none_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    client = HttpClient(URL, timeout_s=5, headers={})
    monkeypatch.setenv("HTTPS_PROXY", "ftp://proxy.invalid")
    assert await client.look(URL, tls=True) == Look()
    await client.aclose()
