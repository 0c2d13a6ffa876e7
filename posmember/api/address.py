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


def check_base_url(base_url: str, *, allow_insecure_http: bool) -> None:
    """Refuse what is no address, and plain http to another machine unless it is allowed.

    Raises:
        ConfigError: with the configuration's key and what to do.
    """
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:  # a port that is none, an open bracket
        raise ConfigError("platform.base_url: not an http or https address") from error
    if not usable or not base_url.isprintable() or " " in base_url:
        raise ConfigError("platform.base_url: not an http or https address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError("platform.base_url: only scheme, host, port and path are allowed")
    if is_clear_text(base_url) and not allow_insecure_http:
        raise ConfigError(
            "platform.base_url: plain http is refused, as it sends personal data in clear; "
            "use https, or set platform.allow_insecure_http = true"
        )
