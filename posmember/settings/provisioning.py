"""What sets a till up without hands: settings and secrets in one text file with a passphrase.

The settings stand there in clear, as in a configuration, for people to look at. What is secret is
sealed, and the seal holds for the clear part as well: whatever is changed anywhere is noticed.
Nothing of the file is parsed before the seal has been found whole.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from posmember.errors import ConfigError
from posmember.settings.declared import BY_PATH, PROXY, TABLES
from posmember.settings.edit import Value
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.sealing import DEFAULT_COST, Cost, seal, unseal
from posmember.settings.setting import Setting
from posmember.settings.toml import read_toml

FORMAT: Final = 1
"""Of the file; another one is refused."""

_FIRST: Final = "posmember_setup = "
_WORDS: Final = (
    "# posmember 装机文件:设置可以看,密钥已加密;改动任何一处都会作废。\n"
    "# posmember setup --from: any change, even of one letter, makes this file invalid.\n"
)
_SEALED: Final = '\n[sealed]\ndata = """\n'
_END: Final = '\n"""\n'
_WIDTH: Final = 76
_MARK: Final = b"\xef\xbb\xbf"
_VERSION: Final = re.compile(rf"{_FIRST}(\d+)$")
_MAX_SECRET: Final = 64_000
_AS_THEY_ARE: Final = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is in no configuration.

    Args:
        open_id: whose open key it is. open_key: "" for none.
        wechat: WeChat Pay's keys or a relay's token, as `posmember.api.wechat.access.to_text`
            gives them; "" for none.
    """

    open_id: str
    open_key: str = field(default="", repr=False)
    wechat: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """All that a till is set up with.

    Args:
        settings: what a configuration file holds for each setting.
        until: when it ceases to be good, aware; None for never.
    """

    settings: Mapping[Setting[Any], Value] = field(repr=False)
    secrets: Secrets
    until: datetime | None = None


def write_provision(provision: Provision, passphrase: str, *, cost: Cost = DEFAULT_COST) -> bytes:
    """The file that `read_provision` reads; `Provision.until` is not kept in it.

    Args:
        passphrase: see `posmember.settings.passphrase`.

    Raises:
        ProvisionError: the machine's memory is too small.
    """
    clear = _clear_text(provision)
    content = secret_json(provision, {s: v for s, v in provision.settings.items() if _hides(s, v)})
    sealed = seal(content, passphrase, clear.encode(), cost)
    return (clear + _SEALED + _lines(sealed) + _END).encode()


def is_provision(content: bytes) -> bool:
    """Whether a file says that it is one, not a configuration."""
    return content.removeprefix(_MARK).startswith(_FIRST.encode())


def read_provision(content: bytes, passphrase: str) -> Provision:
    """What a provisioning file holds.

    Raises:
        ProvisionError: it is none, of another version, cut or changed; the passphrase is another
            one; or it holds what this program does not know.
    """
    clear, sealed = _split(content)
    hidden = unseal(sealed, passphrase, clear.encode(errors=_AS_THEY_ARE))
    provision = provision_of(hidden)
    given = dict(_paths(read_toml(clear.encode(errors=_AS_THEY_ARE))))
    return Provision({**settings_of(given), **provision.settings}, provision.secrets)


# --- what is sealed, here and on printed pages --------------------------------------------------


def secret_json(provision: Provision, settings: Mapping[Setting[Any], Value]) -> bytes:
    """The secrets, and some settings with them, as the bytes that are sealed."""
    secrets = provision.secrets
    told: dict[str, object] = {"open_id": secrets.open_id}
    told |= {"open_key": secrets.open_key} if secrets.open_key else {}
    told |= {"wechat": secrets.wechat} if secrets.wechat else {}
    if settings:
        told["settings"] = {setting.path: value for setting, value in settings.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def provision_of(content: bytes) -> Provision:
    """The secrets and settings that were sealed together. Raises ProvisionError."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ProvisionError(ProvisionProblem.CONTENT) from error
    if not isinstance(told, dict) or told.keys() - {"open_id", "open_key", "wechat", "settings"}:
        raise ProvisionError(ProvisionProblem.CONTENT)
    texts = [told.get(name, "") for name in ("open_id", "open_key", "wechat")]
    if not all(isinstance(text, str) and len(text) <= _MAX_SECRET for text in texts):
        raise ProvisionError(ProvisionProblem.CONTENT)
    settings = told.get("settings", {})
    if not isinstance(settings, dict):
        raise ProvisionError(ProvisionProblem.CONTENT)
    return Provision(settings_of(settings), Secrets(*texts))


def settings_of(given: Mapping[str, object]) -> dict[Setting[Any], Value]:
    """Settings by their paths. Raises ProvisionError, which names what is wrong."""
    found: dict[Setting[Any], Value] = {}
    for path, value in given.items():
        setting = BY_PATH.get(path)
        if setting is None:
            raise ProvisionError(ProvisionProblem.CONTENT, path[:60])
        try:
            setting.read(value)
        except ConfigError as error:
            raise ProvisionError(ProvisionProblem.CONTENT, str(error)) from error
        if not isinstance(value, str | bool | int | float):
            raise ProvisionError(ProvisionProblem.CONTENT, path)
        found[setting] = value
    return found


# --- the file's text ----------------------------------------------------------------------------


def _hides(setting: Setting[Any], value: Value) -> bool:
    """Whether a setting is sealed: a proxy's address may hold a password."""
    return setting is PROXY and isinstance(value, str) and "@" in value


def _clear_text(provision: Provision) -> str:
    import tomlkit  # only where a file is made

    lines = [f"{_FIRST}{FORMAT}\n{_WORDS}"]
    for table in TABLES:
        shown = [
            f"{setting.key} = {tomlkit.item(value).as_string()}\n"
            for setting, value in provision.settings.items()
            if setting.table == table and not _hides(setting, value)
        ]
        lines += [f"\n[{table}]\n", *shown] if shown else []
    return "".join(lines)


def _split(content: bytes) -> tuple[str, bytes]:
    """The clear part and the sealed one; mail and editors may have changed the ends of lines."""
    # Bytes that are no text were changed, or cut in the middle of a character: the seal tells.
    text = content.removeprefix(_MARK).replace(b"\r\n", b"\n").decode(errors=_AS_THEY_ARE)
    version = _VERSION.match(text.partition("\n")[0])
    if version is None:
        raise ProvisionError(ProvisionProblem.NOT_ONE)
    if version[1] != str(FORMAT):
        raise ProvisionError(ProvisionProblem.OTHER_VERSION, version[1][:10])
    clear, found, rest = text.partition(_SEALED)
    body, ended, behind = rest.partition(_END)
    if not found or not ended:
        raise ProvisionError(ProvisionProblem.CUT)
    return clear, _sealed(body, behind)


def _sealed(body: str, behind: str) -> bytes:
    """The bytes that lines of Base64 hold. Raises ProvisionError: they are no such lines."""
    try:
        sealed = base64.b64decode(body.replace("\n", ""), validate=True)
    except ValueError as error:
        raise ProvisionError(ProvisionProblem.CHANGED) from error
    if behind.strip("\n") or _lines(sealed) != body:  # some changes would decode to the same
        raise ProvisionError(ProvisionProblem.CHANGED)
    return sealed


def _lines(sealed: bytes) -> str:
    text = base64.b64encode(sealed).decode()
    return "\n".join(text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH))


def _paths(tables: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for table, keys in tables.items():
        if isinstance(keys, dict):
            yield from ((f"{table}.{key}", value) for key, value in keys.items())
