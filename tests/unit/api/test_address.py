"""Which base addresses are allowed."""

from __future__ import annotations

import pytest

from posmember.api.address import check_base_url, is_clear_text, is_loopback
from posmember.errors import ConfigError

ANYWHERE = [
    "https://openapi.qmai.cn",
    "https://openapi.qmai.cn/",
    "https://openapi.qmai.cn:8443/base/path",
    "HTTPS://OPENAPI.QMAI.CN",
    "https://10.0.0.1",
]
HERE = [
    "http://localhost",
    "http://LOCALHOST:8080",
    "http://127.0.0.1:54321/base",
    "http://127.9.9.9",
    "http://[::1]:8080",
]
IN_CLEAR = [
    "http://openapi.qmai.cn",
    "http://10.0.0.1",
    "http://0.0.0.0",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://[::2]",
]
NO_ADDRESS = [
    "",
    "openapi.qmai.cn",
    "ftp://openapi.qmai.cn",
    "file:///etc/hosts",
    "https://",
    "https:///path",
    "https://:8443",
    "https://host:port",
    "https://host:0",
    "https://host:99999",
    "https://[::1",
    " https://host",
    "https://host ",
    "https://ho st",
    "https://host\n",
    "ht\ntps://host",
    "https://host/\x00",
]
TOO_MUCH = [
    "https://user@host",
    "https://user:password@host",
    "https://host?x=1",
    "https://host#part",
]


@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize("url", [*ANYWHERE, *HERE])
def test_fine(url: str, allowed: bool) -> None:
    check_base_url(url, allow_insecure_http=allowed)
    assert not is_clear_text(url)


@pytest.mark.parametrize("url", IN_CLEAR)
def test_plain_http_to_another_machine_has_to_be_allowed(url: str) -> None:
    assert is_clear_text(url)
    check_base_url(url, allow_insecure_http=True)
    with pytest.raises(ConfigError, match="allow_insecure_http = true"):
        check_base_url(url, allow_insecure_http=False)


@pytest.mark.parametrize("url", [*NO_ADDRESS, *TOO_MUCH])
def test_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"platform\.base_url") as caught:
        check_base_url(url, allow_insecure_http=True)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize("url", HERE)
def test_loopback(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize("url", [*ANYWHERE, *IN_CLEAR])
def test_no_loopback(url: str) -> None:
    assert not is_loopback(url)
