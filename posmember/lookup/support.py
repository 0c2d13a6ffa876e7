"""What IT needs to help a till from afar: versions, settings, the last check and the log.

Nothing in it names a person or holds a secret: keys are left out, ids are masked, and the log,
which holds none, is redacted once more.
"""

from __future__ import annotations

import io
import platform
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from posmember import __version__
from posmember.domain.masking import mask_code
from posmember.domain.texts import visible
from posmember.errors import ApiError
from posmember.log.files import log_folder
from posmember.log.redaction import GONE, redact
from posmember.lookup.check import Finding
from posmember.lookup.doctor import Line
from posmember.settings import declared
from posmember.settings.config import Settings
from posmember.settings.declared import POLICIES, SETTINGS
from posmember.settings.files import read_file, replace_file
from posmember.settings.setting import Setting, written

VERSIONS, SETTINGS_FILE, CHECK, LOG = "versions.txt", "settings.txt", "check.txt", "log.txt"
"""The names of its files."""

MAX_LOG_BYTES: Final = 2_000_000
"""Of all log files together, the newest first."""

_LONGEST_LINE: Final = 2000
"""Characters; no line of ours is as long, and a window takes long to lay such a line out."""
_END_OF_A_NUMBER: Final = re.compile(r"[\d\W_]+\Z")
_LIBRARIES: Final = ("PySide6-Essentials", "httpx", "qasync", "keyring", "cryptography")
_IDS: Final = frozenset({declared.OPEN_ID.path, declared.GRANT_CODE.path})
_ADDRESSES: Final = frozenset({declared.PROXY.path, declared.BASE_URL.path})
"""May have a password in them."""
_EPOCH: Final = (2020, 1, 1, 0, 0, 0)

Entries = Mapping[str, str]


def support_entries(
    settings: Settings | None,
    problem: str,
    findings: Sequence[Finding],
    now: datetime,
    checked_at: datetime | None = None,
    lines: Sequence[Line] = (),
) -> Entries:
    """The files of a support bundle, as text by name, to be shown before they are saved.

    It reads the log: use a thread.

    Args:
        settings: None where they cannot be read. problem: why not, or why nothing was checked.
        findings: of the last check of the connection; empty where there was none.
        now: when it is made; aware.
        checked_at: when that check began; aware. None where it is part of this.
        lines: what a doctor tells of it.
    """
    return {
        VERSIONS: _versions(now),
        SETTINGS_FILE: _settings(settings, problem),
        CHECK: _check(findings, checked_at, lines),
        LOG: _log(log_folder()),
    }


def save_support(entries: Entries, path: Path) -> None:
    """Write the bundle as one zip file, whole or not at all. Raises OSError."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in entries.items():
            bundle.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    replace_file(path, made.getvalue())


def _versions(now: datetime) -> str:
    lines = [
        f"made {now.isoformat(timespec='seconds')}",
        f"posmember {__version__}",
        f"Python {platform.python_version()} ({sys.implementation.name})",
        f"system {platform.platform()}",
        *(f"{name} {_version(name)}" for name in _LIBRARIES),
    ]
    return _text(lines)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _settings(settings: Settings | None, problem: str) -> str:
    said = [redact(problem)] if problem else []
    if settings is None:
        return _text(said or ["none"])
    lines = [
        f"{setting.path} = {_shown(setting, settings)} ({_source(setting, settings)})"
        for setting in (*SETTINGS, *POLICIES)
    ]
    return _text([*said, *lines, *(f"ignored: {redact(line)}" for line in settings.policy.ignored)])


def _source(setting: Setting[Any], settings: Settings) -> str:
    place = settings.source(setting)
    if not place:
        return "default"
    return "policy" if place == settings.policy.place else "file"


def _shown(setting: Setting[Any], settings: Settings) -> str:
    value = settings.value(setting)
    if setting.path in _IDS:
        return mask_code(str(value))
    if setting.path in _ADDRESSES:
        scheme, slashes, rest = str(value).partition("://")
        return f"{scheme}{slashes}{rest.rpartition('@')[2]}"
    return repr(written(value))


def _check(findings: Sequence[Finding], checked_at: datetime | None, lines: Sequence[Line]) -> str:
    when = [f"checked {checked_at.isoformat(timespec='seconds')}"] if checked_at else []
    told = [f"{line.mark} {redact(line.spoken(chinese=False))}" for line in lines]
    return _text([*when, *map(_finding, findings), *told] or ["none"])


def _finding(finding: Finding) -> str:
    parts = [finding.step.value, finding.outcome.value]
    if finding.offset_s:
        parts.append(f"{finding.offset_s:+d} s")
    if finding.spelling is not None:
        parts.append(finding.spelling.value)
    if finding.error is not None:
        parts += [type(finding.error).__name__, redact(str(finding.error))]
    if isinstance(finding.error, ApiError):
        parts += [finding.error.code, finding.error.request_id]
    return " ".join(part for part in parts if part)


def _log(folder: Path) -> str:
    """The newest lines of the log files, oldest first."""
    kept: list[str] = []
    left = MAX_LOG_BYTES
    for path in sorted(folder.glob("posmember.log*"), key=_age):
        try:
            content = read_file(path)
        except OSError as error:
            kept.append(f"{path.name}: {error.strerror or type(error).__name__}")
            continue
        kept.append(_last_lines(content, left).decode("utf-8", "replace"))
        left -= len(content)
        if left <= 0:
            break
    lines = [line for text in reversed(kept) for line in text.splitlines()]
    return _text([redact(_cut(line)) for line in lines] or ["none"])


def _last_lines(content: bytes, most: int) -> bytes:
    """The last whole lines of a file: of half a line nobody could tell what is a name or a key."""
    if len(content) <= most:
        return content
    return content[-most:].partition(b"\n")[2]


def _cut(line: str) -> str:
    """The line, or as much of it as is no part of a longer word or number."""
    if len(line) <= _LONGEST_LINE:
        return line
    words = line[:_LONGEST_LINE].rpartition(" ")[0]
    return _END_OF_A_NUMBER.sub("", words) + f" {GONE}"


def _age(path: Path) -> int:
    """How old a log file is, by its number: the one without is the newest."""
    number = path.suffix.removeprefix(".")
    return int(number) if number.isdecimal() else 0


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{' '.join(visible(line).splitlines())}\n" for line in lines)
