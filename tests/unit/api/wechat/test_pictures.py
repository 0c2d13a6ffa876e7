"""Card pictures: only https, only JPEG and PNG, only so large, and kept in memory alone."""

from __future__ import annotations

import httpx
import pytest

from posmember.api.wechat.pictures import KEPT, MAX_BYTES, Pictures
from posmember.errors import ApiConnectionError, ApiError, ApiResponseError, ApiStatusError
from tests.fakes.network import ScriptedNetwork, Step, Stream

BASE_URL = "https://wechat.invalid"
URL = "https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0"
JPEG, PNG = b"\xff\xd8\xff\xe0rest", b"\x89PNG\r\n\x1a\nrest"


def picture(content: bytes = PNG, kind: str = "image/png", status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=content, headers={"content-type": kind})


def pictures_over(*steps: Step, base_url: str = BASE_URL) -> tuple[Pictures, ScriptedNetwork]:
    network = ScriptedNetwork(*steps)
    return Pictures(base_url, 5, network), network


async def error_of(*steps: Step, url: str = URL, base_url: str = BASE_URL) -> ApiError:
    pictures, network = pictures_over(*steps, base_url=base_url)
    with pytest.raises(ApiError) as caught:
        await pictures.fetch(url)
    assert caught.value.api == "card_picture"
    assert not network.steps
    return caught.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (JPEG, "IMAGE/JPEG"),
        (PNG, " image/png ; charset=binary"),
        (JPEG, "image/png"),
    ],
)
async def test_a_picture(content: bytes, kind: str) -> None:
    pictures, network = pictures_over(picture(content, kind))
    assert await pictures.fetch(URL) == content
    (request,) = network.requests
    assert (request.method, str(request.url)) == ("GET", URL)
    assert request.headers["accept"] == "image/jpeg, image/png"
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "text/html"),
        (PNG, ""),
        (PNG, "image/svg+xml"),
        (PNG, "image/gif"),
        (PNG, "application/octet-stream"),
        (b"", "image/png"),
        (b"<svg/>", "image/png"),
        (b"GIF89a", "image/jpeg"),
        (b"\xff\xd8", "image/jpeg"),
        (b" " + PNG, "image/png"),
    ],
)
async def test_what_is_no_jpeg_or_png_is_refused(content: bytes, kind: str) -> None:
    error = await error_of(picture(content, kind))
    assert isinstance(error, ApiResponseError)
    assert (str(error), error.path) == ("no JPEG or PNG", "$")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "//host.invalid/0",
        "/etc/passwd",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "ftp://host.invalid/0",
        "javascript:alert(1)",
        "http://host.invalid/0",
        "http://127.0.0.1/0",
        "https://",
        "https:///0",
        "https://user@host.invalid/0",
        "https://user:password@host.invalid/0",
        "https://:password@host.invalid/0",
        "https://host.invalid/a b",
        "https://host.invalid/\r\nX-Header: 1",
        "https://host.invalid/\x00",
        "https://host.invalid:0/",
        "https://host.invalid:99999/",
        "https://host.invalid:x/",
        "https://[::1/",
    ],
)
async def test_an_address_that_may_not_be_asked_is_never_asked(url: str) -> None:
    error = await error_of(url=url)
    assert isinstance(error, ApiResponseError)
    assert error.path == "$.card_picture_url"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8/0", "http://localhost/0", "http://[::1]/0", URL]
)
async def test_beside_a_platform_on_this_machine_pictures_may_be_here_too(url: str) -> None:
    pictures, _ = pictures_over(picture(), base_url="http://127.0.0.1:9")
    assert await pictures.fetch(url) == PNG


async def test_beside_a_platform_on_this_machine_others_still_need_https() -> None:
    await error_of(url="http://host.invalid/0", base_url="http://127.0.0.1:9")


@pytest.mark.parametrize("status", [204, 301, 302, 307, 403, 404, 429, 500])
async def test_another_status_is_no_picture_and_a_redirect_is_not_followed(status: int) -> None:
    answer = picture(status=status)
    answer.headers["location"] = "https://else.invalid/"
    answer.headers["x-request-id"] = "r-3"
    error = await error_of(answer)
    assert isinstance(error, ApiStatusError)
    assert (error.status, error.request_id) == (status, "r-3")


async def test_a_connection_that_fails_is_told_and_not_tried_again() -> None:
    assert type(await error_of(httpx.ConnectError("x"))) is ApiConnectionError


@pytest.mark.parametrize("url", ["https://xn--/0", "https://xn--a.invalid/0"])
async def test_a_host_that_is_no_name_is_a_connection_that_failed(url: str) -> None:
    """It has the form of an international one, and cannot be decoded."""
    assert type(await error_of(url=url)) is ApiConnectionError


async def test_the_largest_picture() -> None:
    whole = PNG + bytes(MAX_BYTES - len(PNG))
    pictures, _ = pictures_over(picture(whole))
    assert await pictures.fetch(URL) == whole


async def test_a_larger_picture_is_left_where_it_is_too_large() -> None:
    stream = Stream([bytes(MAX_BYTES // 4)] * 100)
    headers = {"content-type": "image/png"}
    error = await error_of(httpx.Response(200, stream=stream, headers=headers))
    assert isinstance(error, ApiResponseError)
    assert "1 MiB" in str(error)
    assert stream.taken == 5
    assert stream.closed


# --- kept ----------------------------------------------------------------------------------------


def urls(count: int) -> list[str]:
    return [f"https://pictures.invalid/{number}" for number in range(count)]


async def test_a_picture_is_fetched_once() -> None:
    pictures, network = pictures_over(picture())
    assert [await pictures.fetch(URL) for _ in range(3)] == [PNG] * 3
    assert len(network.requests) == 1


async def test_a_failure_is_not_kept() -> None:
    pictures, _ = pictures_over(picture(status=500), picture())
    with pytest.raises(ApiStatusError):
        await pictures.fetch(URL)
    assert await pictures.fetch(URL) == PNG


async def test_what_was_longest_unused_is_given_up() -> None:
    pictures, network = pictures_over(*[picture() for _ in range(KEPT + 2)])
    *kept, one_more = urls(KEPT + 1)
    for url in (*kept, kept[0], one_more):
        await pictures.fetch(url)
    assert len(network.requests) == KEPT + 1
    await pictures.fetch(kept[0])  # used since, so it is still there
    assert len(network.requests) == KEPT + 1
    await pictures.fetch(kept[1])
    assert len(network.requests) == KEPT + 2


async def test_closing_keeps_nothing() -> None:
    pictures, network = pictures_over(picture(), picture())
    await pictures.fetch(URL)
    await pictures.aclose()
    assert network.closed
    assert pictures._kept == {}
