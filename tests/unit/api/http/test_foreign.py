"""Over real sockets: what answers in the platform's place is told by its kind."""

from __future__ import annotations

import socket
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from posmember.api import retries
from posmember.api.clock import PlatformClock
from posmember.api.http import second_look
from posmember.api.qimai.transport import Transport
from posmember.api.wechat.gate import RelayAccess, RelayGate
from posmember.api.wechat.transport import WechatTransport
from posmember.domain.values import CHINA
from posmember.errors import ApiConnectionError, ApiStatusError, ConnectionProblem
from tests.fakes.foreign import DAY, LOGIN_PAGE, Foreign, answer, dated, serving
from tests.fakes.network import signed

P = ConnectionProblem
YEAR = 365 * DAY
PAGE = "<!DOCTYPE html><html><body>请登录</body></html>".encode()
MEMBER_CODE = b"qm0000001"

linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="the system's trust store is a file only where OpenSSL reads it"
)


@pytest.fixture(autouse=True)
def hardly_any_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_DELAY_S", 0.001)


@pytest.fixture(autouse=True)
def a_long_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there to be seen is seen, however late a busy machine is."""
    monkeypatch.setattr(second_look, "_MOST_S", 15.0)


@pytest.fixture(scope="module")
def chain() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(chain: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """The authority, in the system's trust store."""
    path = tmp_path / "system.pem"
    chain.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return chain


def off_of(shows: int | timedelta = timedelta()) -> timedelta:
    """How far a clock is ahead that stands in the middle of a year, or is off by so much."""
    if isinstance(shows, timedelta):
        return shows
    return datetime(shows, 7, 1, tzinfo=UTC) - datetime.now(UTC)  # whatever the day is today


def clock_of(off: timedelta = timedelta()) -> PlatformClock:
    """A till's clock, that is right or off."""
    off_s = off.total_seconds()
    return PlatformClock(lambda: time.time() + off_s, time.monotonic)


def year_by(off: timedelta) -> int:
    """The year that such a clock shows, as the program tells it."""
    return (datetime.now(CHINA) + off).year


async def error_of(
    url: str, clock: PlatformClock | None = None, proxy: str = "none"
) -> ApiConnectionError:
    """What a call ends in."""
    transport = Transport(
        url, timeout_s=60, clock=clock or clock_of(), allow_insecure_http=True, proxy=proxy
    )
    try:
        with pytest.raises(ApiConnectionError) as caught:
            await transport.post("identity", "/api/v2", signed)
    finally:
        await transport.aclose()
    return caught.value


async def problem_at(
    url: str, clock: PlatformClock | None = None, proxy: str = "none"
) -> ConnectionProblem:
    return (await error_of(url, clock, proxy)).problem


# --- certificates --------------------------------------------------------------------------------

CLOCKS = [
    # What the certificate says of its dates, the till's clock, the server's, and what it is then.
    ("expired", timedelta(), None, P.CERTIFICATE_EXPIRED),
    ("expired", 2040, None, P.CLOCK),
    ("expired", 3 * YEAR, None, P.CLOCK),
    ("expired", 3 * YEAR, "", P.CERTIFICATE_EXPIRED),
    ("expired", 3 * YEAR, "Thu, 01 Jan 1970 00:00:00 GMT", P.CERTIFICATE_EXPIRED),
    ("future", 1970, None, P.CLOCK),
    ("future", 2001, "", P.CLOCK),
    ("future", 2025, "", P.CLOCK),
    ("future", timedelta(), None, P.CLOCK),
]


@linux_only
@pytest.mark.parametrize(("dates", "shows", "date", "problem"), CLOCKS)
async def test_a_certificate_out_of_date_or_the_clock(
    trusted: trustme.CA, dates: str, shows: int | timedelta, date: str | None, problem: P
) -> None:
    begins, ends = (-900, -400) if dates == "expired" else (400, 900)
    said = answer() if date is None else answer(Date=date)
    off = off_of(shows)
    years = {year_by(off)}
    with serving(said, dated(trusted, begins * DAY, ends * DAY)) as server:
        error = await error_of(server.url(), clock_of(off))
    assert error.problem is problem
    shown = None if error.own_time is None else error.own_time.year
    years.add(year_by(off))  # another one where a year has just ended
    assert not isinstance(shows, int) or years == {shows}
    if problem is P.CLOCK or date is not None:
        assert shown in years  # so that a person sees whether it is right
    assert error.api == "identity"


@linux_only
@pytest.mark.parametrize("years", [1, 7])
async def test_what_the_platform_said_before_tells_that_the_clock_was_set(
    trusted: trustme.CA, years: int
) -> None:
    """And where it agrees with the clock, the certificate is the one that is wrong."""
    off_s = [0.0]
    clock = PlatformClock(lambda: time.time() + off_s[0], time.monotonic)
    for dates in ((-900, -400), (400, 900)):
        off_s[0] = 0.0
        clock.observe(format_datetime(datetime.now(UTC)), clock.local_time(), clock.local_time())
        with serving(answer(Date=""), dated(trusted, dates[0] * DAY, dates[1] * DAY)) as server:
            assert await problem_at(server.url(), clock) in (
                *(P.CERTIFICATE_EXPIRED, P.CERTIFICATE_NOT_YET_VALID),
            )
            off_s[0] = (years * YEAR).total_seconds()
            assert await problem_at(server.url(), clock) is P.CLOCK


@linux_only
@pytest.mark.parametrize("shows", [timedelta(), 1970])
@pytest.mark.parametrize("kind", ["other host", "other address", "unknown", "itself"])
async def test_a_certificate_of_somebody_else(
    trusted: trustme.CA, kind: str, shows: int | timedelta
) -> None:
    """Whatever the clock says: it would be no better with the right time."""
    other = trustme.CA()
    leaf = {
        "other host": lambda: trusted.issue_cert("platform.invalid"),
        "other address": lambda: trusted.issue_cert("10.0.0.1"),
        "unknown": lambda: other.issue_cert("127.0.0.1"),
        "itself": lambda: other.issue_cert("127.0.0.1", organization_name="Gateway"),
    }[kind]()
    expected = P.CERTIFICATE_OTHER_HOST if "other" in kind else P.CERTIFICATE_UNTRUSTED
    with serving(answer("404 Not Found"), leaf) as server:
        assert await problem_at(server.url(), clock_of(off_of(shows))) is expected
    nothing_was_given_away(server)


@linux_only
@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect", "511 Login"])
@pytest.mark.parametrize("dates", [(-9, 9), (-900, -400), (400, 900)])
async def test_a_portal_with_a_certificate_of_its_own(
    trusted: trustme.CA, status: str, dates: tuple[int, int]
) -> None:
    leaf = dated(trustme.CA(), dates[0] * DAY, dates[1] * DAY, "portal.invalid")
    with serving(answer(status, PAGE, Location=LOGIN_PAGE), leaf) as server:
        assert await problem_at(server.url()) is P.LOGIN
    nothing_was_given_away(server)


@linux_only
async def test_a_look_that_brings_nothing_takes_no_time_from_what_is_known(
    trusted: trustme.CA,
) -> None:
    with serving(None, trustme.CA().issue_cert("127.0.0.1")) as server:
        # Of which a look may take a fourth.
        transport = Transport(server.url(), timeout_s=6, clock=clock_of(), proxy="none")
        with pytest.raises(ApiConnectionError) as caught:
            await transport.post("identity", "/api/v2", signed)
        await transport.aclose()
    assert caught.value.problem is P.CERTIFICATE_UNTRUSTED


def nothing_was_given_away(server: Foreign) -> None:
    """Neither body nor token came to whoever is there."""
    for request in server.received:
        assert request.startswith(b"GET /posmember HTTP/1.1\r\n") or not request
        assert request.endswith(b"\r\n\r\n") or not request
        for secret in (b"oken", b"identity", b"api/v2"):
            assert secret not in request


@linux_only
async def test_a_strong_chain_is_needed(
    trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system trusts is reached all the same: nothing here loosens it."""
    with serving(answer("302 Found", Location="/x"), trusted.issue_cert("127.0.0.1")) as server:
        transport = Transport(server.url(), timeout_s=6, clock=clock_of(), proxy="none")
        with pytest.raises(ApiStatusError) as caught:
            await transport.post("identity", "/api/v2", signed)
        await transport.aclose()
    assert caught.value.status == 302
    assert len(server.received) == 1


# --- no TLS at all -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (answer("302 Found", Location=LOGIN_PAGE), P.LOGIN),
        (answer("511 Network Authentication Required", PAGE), P.LOGIN),
        (answer("200 OK", PAGE, Content_Type="text/html"), P.NO_TLS),
        (answer("400 Bad Request"), P.NO_TLS),
        (b"SSH-2.0-OpenSSH_9.2\r\n", P.NO_TLS),
        (b"\x00" * 40, P.NO_TLS),
        (b"", P.TLS_FAILED),
        (bytes([21, 3, 3, 0, 2, 2, 40]), P.TLS_FAILED),  # an alert: no handshake
        (bytes([21, 3, 3, 0, 2, 2, 112]), P.TLS_FAILED),  # an alert: a name that it is not
    ],
)
async def test_tls_spoken_to_somebody_who_speaks_none(said: bytes, problem: P) -> None:
    with serving(said) as server:
        assert await problem_at(server.url()) is problem


# --- answers of a portal, and of gateways --------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (answer("302 Found", Location=LOGIN_PAGE), P.LOGIN),
        (answer("307 Temporary Redirect", Location="http://wifi.invalid/"), P.LOGIN),
        (answer("303 See Other", Location="//wifi.invalid/"), P.LOGIN),
        (answer("301 Moved", Location="/login.html?from=x"), P.LOGIN),
        (answer("511 Network Authentication Required"), P.LOGIN),
        (answer("200 OK", b'{"captive":true}', Content_Type="application/captive+json"), P.LOGIN),
        (answer("200 OK", PAGE, Content_Type="text/html; charset=GBK"), P.PAGE),
        (answer("200 OK", b"\xef\xbb\xbf\r\n" + PAGE), P.PAGE),
        (answer("200 OK", b"<script>location='http://1.1.1.1'</script>"), P.PAGE),
        (answer("203 Changed", PAGE, Content_Type="TEXT/HTML"), P.PAGE),
        (answer("407 Proxy Authentication Required", PAGE), P.PROXY_LOGIN),
    ],
)
async def test_plain_http_to_a_portal(said: bytes, problem: P) -> None:
    with serving(said) as server:
        assert await problem_at(server.url("http")) is problem
    assert len(server.received) == 1  # nothing was followed, nothing tried again


async def test_of_a_portals_time_nothing_is_learned() -> None:
    clock = clock_of()
    said = answer("200 OK", PAGE, Date="Sat, 21 Nov 2026 07:03:22 GMT")
    with serving(said) as server:
        await error_of(server.url("http"), clock)
    assert not clock.calibrated


@pytest.mark.parametrize("status", ["400 x", "403 Forbidden", "404 x", "502 Bad Gateway", "504 x"])
@pytest.mark.parametrize("is_page", [True, False])
async def test_a_gateways_page_and_a_status_without_one(status: str, is_page: bool) -> None:
    body = PAGE if is_page else b'{"message": "<html>"}'
    with serving(answer(status, body, Content_Type="text/html")) as server:
        transport = Transport(server.url("http"), timeout_s=6, clock=clock_of(), proxy="none")
        with pytest.raises(ApiStatusError) as caught:
            await transport.post("identity", "/api/v2", signed)
        await transport.aclose()
    assert (caught.value.status, caught.value.is_page) == (int(status[:3]), is_page)
    assert len(server.received) == (3 if status[:2] == "50" else 1)


# --- proxies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (answer("407 Proxy Authentication Required", PAGE), P.PROXY_LOGIN),
        (answer("403 Forbidden", PAGE), P.PROXY_REFUSED),
        (answer("502 Bad Gateway"), P.PROXY_REFUSED),
        (answer("504 Gateway Timeout"), P.PROXY_REFUSED),
        (answer("302 Found", Location=LOGIN_PAGE), P.LOGIN),
        (answer("511 Network Authentication Required"), P.LOGIN),
        (answer("200 OK", PAGE, Content_Type="text/html"), P.PROXY_REFUSED),
        (answer("200 OK") + PAGE, P.PROXY_REFUSED),
        (answer("200 OK"), P.PROXY_REFUSED),
    ],
)
async def test_a_proxy_that_leads_nowhere(said: bytes, problem: P) -> None:
    with serving(said) as proxy:
        assert await problem_at("https://platform.invalid", proxy=proxy.url("http")) is problem
    for request in proxy.received:
        assert not request or request.startswith(b"CONNECT platform.invalid:443 ")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (answer("407 Proxy Authentication Required"), P.PROXY_LOGIN),
        (answer("200 OK", PAGE), P.PAGE),
        (answer("302 Found", Location=LOGIN_PAGE), P.LOGIN),
    ],
)
async def test_a_proxy_on_the_way_to_plain_http(said: bytes, problem: P) -> None:
    with serving(said) as proxy:
        assert await problem_at("http://platform.invalid", proxy=proxy.url("http")) is problem


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (b"\x05\xff", P.PROXY_LOGIN),  # none of the ways to log in that we offer
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", P.PROXY_REFUSED),
    ],
)
async def test_a_socks_proxy_that_leads_nowhere(said: bytes, problem: P) -> None:
    with serving(said) as proxy:
        assert await problem_at("https://platform.invalid", proxy=proxy.url("socks5h")) is problem


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
@pytest.mark.parametrize("url", ["https://platform.invalid", "http://platform.invalid"])
async def test_a_proxy_that_is_not_there(scheme: str, url: str) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        proxy = f"{scheme}://127.0.0.1:{nobody.getsockname()[1]}"
        assert await problem_at(url, proxy=proxy) is P.PROXY_UNREACHABLE


async def test_a_proxy_that_is_spoken_to_in_tls_and_speaks_none() -> None:
    with serving(answer("400 Bad Request")) as proxy:
        problem = await problem_at("https://platform.invalid", proxy=proxy.url("https"))
    assert problem is P.PROXY_UNREACHABLE


# --- the rest ------------------------------------------------------------------------------------


async def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_question: object, **_how: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert await problem_at("https://platform.invalid") is P.NAME_UNKNOWN


async def test_nobody_there() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        problem = await problem_at(f"https://127.0.0.1:{nobody.getsockname()[1]}")
    assert problem is P.NO_CONNECTION


@linux_only
@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_wechat_pays_certificate(trusted: trustme.CA, method: str) -> None:
    for begins, ends, off, problem in (
        (400, 900, off_of(1970), P.CLOCK),
        (-900, -400, timedelta(), P.CERTIFICATE_EXPIRED),
    ):
        clock = clock_of(off)
        with serving(answer(), dated(trusted, begins * DAY, ends * DAY)) as server:
            gate = RelayGate(RelayAccess(server.url(), "1", "c", "a-token"), clock)
            transport = WechatTransport(server.url(), gate, clock, timeout_s=60, proxy="none")
            with pytest.raises(ApiConnectionError) as caught:
                await transport.call("wechat_get", method, "/v3/cards/123456?openid=o-of-nobody")
            await transport.aclose()
        assert caught.value.problem is problem
        assert not any(b"a-token" in each or b"openid" in each for each in server.received)


@linux_only
async def test_a_call_is_not_made_again_where_nothing_can_change(
    trusted: trustme.CA, delays: list[float]
) -> None:
    with serving(answer(), dated(trusted, timedelta(), timedelta(seconds=1), "x.invalid")) as it:
        await error_of(it.url())
    assert delays == []
