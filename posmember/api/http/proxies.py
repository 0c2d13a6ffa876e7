"""Which proxy leads to an address: the one that is set, else the system's, or none."""

from __future__ import annotations

import importlib
import ipaddress
import sys
import urllib.request
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

from posmember.api.address import is_loopback
from posmember.errors import ConfigError

SYSTEM, NONE = "system", "none"
SETTING = "platform.proxy"
_SPELLED_OTHERWISE = {"socks": "socks5"}
"""GNOME's way to write it."""
_SCHEMES = frozenset({"http", "https", "socks5", "socks5h"})
_WITHOUT_A_DOT = "<local>"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def check_proxy(text: str, name: str = SETTING) -> str:
    """A proxy's address as httpx takes it.

    Args:
        text: an address with or without its scheme: http, https, socks5, socks5h.
        name: what the error calls it, such as the environment's variable.

    Raises:
        ConfigError: no address of a proxy that can be used; its text holds no part of it, as
            it may have a password.
    """
    address = text.strip() if "://" in text else f"http://{text.strip()}"
    scheme, _, rest = address.partition("://")
    scheme = _SPELLED_OTHERWISE.get(scheme.lower(), scheme.lower())
    if scheme not in _SCHEMES:
        raise ConfigError(f"{name}: not a proxy that posmember can use (http, https, socks5)")
    address = f"{scheme}://{rest}"
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError as error:  # a port that is none, an open bracket
        raise ConfigError(_not_an_address(name)) from error
    if not usable or not address.isprintable() or " " in address:
        raise ConfigError(_not_an_address(name))
    return address


def _not_an_address(name: str) -> str:
    return f'{name}: not the address of a proxy; set {SETTING} = "none" to do without one'


def find_proxy(url: str, setting: str = SYSTEM) -> str | None:
    """The proxy that leads to an address; None where it is reached without one.

    Args:
        url: the address to reach. This machine itself is always reached without.
        setting: ``system`` (the environment's variables; where there are none, what Windows or
            macOS has set), ``none``, or a proxy's address.

    Raises:
        ConfigError: the proxy cannot be used; names where it is set.
    """
    if setting == NONE or is_loopback(url):
        return None
    if setting != SYSTEM:
        return check_proxy(setting)
    proxies = urllib.request.getproxies()
    parts = urlsplit(url)
    name, address = _chosen(parts.scheme, proxies)
    if not address or is_excepted(url, _exceptions(proxies)):
        return None
    return check_proxy(address, _told_by(name))


def _chosen(scheme: str, proxies: Mapping[str, str]) -> tuple[str, str]:
    """The proxy for a scheme, and by which name; Windows calls the one for all socks."""
    for name in (scheme, "all", "socks"):
        if proxies.get(name):
            return name, proxies[name]
    return "", ""


def _told_by(name: str) -> str:
    return f"{name.upper()}_PROXY" if urllib.request.getproxies_environment() else "system proxy"


def _exceptions(proxies: Mapping[str, str]) -> list[str]:
    """What is reached without the proxy, as the environment, or else Windows, has it."""
    if urllib.request.getproxies_environment():
        return proxies.get("no", "").replace(",", " ").split()
    return _windows_exceptions() if sys.platform == "win32" else []


def _windows_exceptions() -> list[str]:
    """The exceptions of the user's Internet settings; [] where there are none."""
    winreg: Any = importlib.import_module("winreg")  # there is none elsewhere
    where = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, where) as key:
            return str(winreg.QueryValueEx(key, "ProxyOverride")[0]).split(";")
    except OSError:
        return []


def is_excepted(url: str, exceptions: Iterable[str]) -> bool:
    """Whether an address is one of the exceptions; what cannot be read is passed over.

    Args:
        exceptions: hosts and the ends of their names (``example.com``, ``.example.com``), with
            a port or not, ``*`` for any part, networks (``10.0.0.0/8``, ``fe80::/10``), and
            Windows' ``<local>`` for names without a dot.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower()
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    return any(_fits(host, port, entry.strip().lower()) for entry in exceptions)


def _fits(host: str, port: int, entry: str) -> bool:
    if not entry:
        return False
    if entry == _WITHOUT_A_DOT:
        return "." not in host and ":" not in host
    entry = entry.partition("://")[2] or entry
    network = _network(entry)
    if network is not None:
        return _lies_in(host, network)
    name, _, its_port = entry.rpartition(":") if entry.count(":") == 1 else (entry, "", "")
    if its_port and its_port != str(port):
        return False
    name = (name if its_port else entry).rstrip(".")
    if "*" in name:
        return fnmatch(host, name)
    name = name.lstrip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return None


def _lies_in(host: str, network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    try:
        return ipaddress.ip_address(host) in network
    except ValueError:
        return False
