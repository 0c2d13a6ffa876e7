"""Which base addresses are allowed (api/README: Base address)."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from posmember.errors import ConfigError


def is_loopback(base_url: str) -> bool:
    """Whether an address can only lead to this machine."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_clear_text(base_url: str) -> bool:
    """Whether tokens and personal data would cross the network in clear."""
    return urlsplit(base_url).scheme == "http" and not is_loopback(base_url)


PLATFORM_KEY = "platform.base_url"


def check_base_url(
    base_url: str, *, allow_insecure_http: bool = False, name: str = PLATFORM_KEY
) -> None:
    """Refuse what is no address, and plain http to another machine unless it is allowed.

    Args:
        name: what the error calls the address, such as the configuration's key.

    Raises:
        ConfigError: with the name and what to do.
    """
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:  # a port that is none, an open bracket
        raise ConfigError(f"{name}: not an http or https address") from error
    if not usable or not base_url.isprintable() or " " in base_url:
        raise ConfigError(f"{name}: not an http or https address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError(f"{name}: only scheme, host, port and path are allowed")
    if is_clear_text(base_url) and not allow_insecure_http:
        instead = ", or set platform.allow_insecure_http = true" if name == PLATFORM_KEY else ""
        raise ConfigError(
            f"{name}: plain http is refused, as it sends personal data in clear; use https{instead}"
        )
