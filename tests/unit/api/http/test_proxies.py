"""Which proxy leads to an address, in whatever environment a till is started."""

from __future__ import annotations

import sys
import types
import urllib.request

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.api.http import proxies
from posmember.api.http.proxies import check_proxy, find_proxy, is_excepted
from posmember.errors import ConfigError

URL = "https://openapi.example.com/base"
NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://proxy:8080"}, "http://proxy:8080"),
        ({"https_proxy": "proxy:8080"}, "http://proxy:8080"),
        ({"HTTP_PROXY": "http://proxy:8080"}, None),
        ({"ALL_PROXY": "socks5://127.0.0.1:1080"}, "socks5://127.0.0.1:1080"),
        ({"ALL_PROXY": "socks5h://127.0.0.1:1080"}, "socks5h://127.0.0.1:1080"),
        ({"all_proxy": "socks://127.0.0.1:1080/"}, "socks5://127.0.0.1:1080/"),
        ({"ALL_PROXY": "SOCKS5://u:p@h:1"}, "socks5://u:p@h:1"),
        ({"ALL_PROXY": "socks5://h:1", "HTTPS_PROXY": "http://p:2"}, "http://p:2"),
        ({"ALL_PROXY": "http://p:2", "NO_PROXY": "example.com"}, None),
        ({"ALL_PROXY": "http://p:2", "NO_PROXY": "localhost,fe80::/10,[::1],内网"}, "http://p:2"),
        ({"ALL_PROXY": "http://p:2", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": ""}, None),
    ],
)
def test_by_the_environment(
    environment: dict[str, str], found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert find_proxy(URL) == found
    assert find_proxy(URL, "none") is None
    assert find_proxy(URL, "http://its.own:1") == "http://its.own:1"
    for here in ("http://127.0.0.1:9/x", "http://localhost/", "https://[::1]:1"):
        assert find_proxy(here) is find_proxy(here, "http://its.own:1") is None


UNUSABLE = [
    *("http://proxy:99999", "http://proxy:port", "http://", "http://[::1", "socks4://h:1"),
    *("ftp://h:1", "http://a b:1", "http://h:0", "http://h\n:1", "内网://h:1", "http://:80"),
]


@pytest.mark.parametrize("address", UNUSABLE)
def test_what_cannot_be_used_is_named_on_one_line(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", address)
    with pytest.raises(ConfigError, match=r"^ALL_PROXY: not (a proxy|the address)[^\n]+$"):
        find_proxy(URL)
    with pytest.raises(ConfigError, match=r"^platform\.proxy: not [^\n]+$"):
        check_proxy(address)
    assert find_proxy(URL, "none") is None


def test_a_password_is_never_told() -> None:
    with pytest.raises(ConfigError) as caught:
        check_proxy("http://user:secret@h:99999")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "entry", "excepted"),
    [
        ("https://a.example.com", "example.com", True),
        ("https://a.example.com", ".example.com", True),
        ("https://a.example.com", "*.example.com", True),
        ("https://aexample.com", "example.com", False),
        ("https://a.example.com.", "Example.COM", True),
        ("https://a.example.com", "https://a.example.com", True),
        ("https://a.example.com", "a.example.com:443", True),
        ("https://a.example.com:8443", "a.example.com:443", False),
        ("http://a.example.com", "a.example.com:80", True),
        ("https://a.example.com", "a.example.com:port", False),
        ("https://a.example.com", "a.example.com:²", False),
        ("https://a.example.com", "a.example.com:" + "4" * 5000, False),
        ("https://a.example.com", "a.example.com:", False),
        ("https://10.1.2.3", "10.0.0.0/8", True),
        ("https://10.1.2.3", "10.1.2.3", True),
        ("https://11.1.2.3", "10.0.0.0/8", False),
        ("https://a.example.com", "10.0.0.0/8", False),
        ("https://[fe80::1]", "fe80::/10", True),
        ("https://[2001::1]", "[2001::1]", True),
        ("https://[2001::1]", "fe80::/10", False),
        ("https://till", "<local>", True),
        ("https://till.example.com", "<local>", False),
        ("https://[::2]", "<local>", False),
        ("https://a.example.com", "", False),
        ("https://a.example.com", ".", False),
        ("https://a.example.com", "内网", False),
        ("gopher://a", "a:0", True),
    ],
)
def test_the_exceptions(url: str, entry: str, excepted: bool) -> None:
    assert is_excepted(url, ["", "[", entry, "[::"]) is excepted


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_is_a_proxy_or_a_wrong_one(text: str, exceptions: list[str]) -> None:
    is_excepted(URL, exceptions)
    try:
        address = check_proxy(text)
    except ConfigError:
        return
    assert address.isprintable()


def windows(monkeypatch: pytest.MonkeyPatch, override: str | None) -> None:
    """Windows' Internet settings, in a stand-in for its registry."""
    registry = types.ModuleType("winreg")

    class Key:
        def __enter__(self) -> Key:
            return self

        def __exit__(self, *_how: object) -> None:
            pass

    def query(_key: object, name: str) -> tuple[str, int]:
        assert name == "ProxyOverride"
        if override is None:
            raise FileNotFoundError
        return override, 1

    monkeypatch.setattr(registry, "HKEY_CURRENT_USER", 1, raising=False)
    monkeypatch.setattr(registry, "OpenKey", lambda _root, _path: Key(), raising=False)
    monkeypatch.setattr(registry, "QueryValueEx", query, raising=False)
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(sys, "platform", "win32")
    told = {"http": "http://p:1", "https": "http://p:2", "socks": "socks://p:3"}
    monkeypatch.setattr(urllib.request, "getproxies", lambda: told)


@pytest.mark.parametrize(
    ("override", "found"),
    [
        (None, "http://p:2"),
        ("", "http://p:2"),
        ("10.*;<local>", "http://p:2"),
        ("*.example.com;<local>", None),
        ("openapi.example.com", None),
    ],
)
def test_windows_own_exceptions_are_kept(
    override: str | None, found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows(monkeypatch, override)
    assert find_proxy(URL) == found


def test_windows_names_its_proxy_for_socks_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    windows(monkeypatch, "")
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"socks": "socks://p:3"})
    assert find_proxy(URL) == "socks5://p:3"
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"socks": "socks4://p:3"})
    with pytest.raises(ConfigError, match=r"^system proxy: "):
        find_proxy(URL)


def test_the_environment_stands_before_what_windows_has_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = urllib.request.getproxies_environment
    windows(monkeypatch, "*.example.com")
    monkeypatch.setattr(urllib.request, "getproxies", real)
    monkeypatch.setenv("HTTPS_PROXY", "http://env:1")
    assert find_proxy(URL) == "http://env:1"
    assert proxies.SYSTEM == "system"
