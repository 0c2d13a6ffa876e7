"""Where a passphrase comes from, never an argument, and where a made one is shown."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from posmember.cli.exits import WrongUseError
from posmember.cli.lines import complain
from posmember.cli.secret_input import read_secret
from posmember.settings.files import read_file
from posmember.settings.passphrase import check_passphrase, make_passphrase
from posmember.trust.process import ENVIRON

PASSPHRASE_VARIABLE: Final = "POSMEMBER_PASSPHRASE"
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def given_passphrase(file: Path | None, environ: Mapping[str, str] = ENVIRON) -> str:
    """The passphrase of a file that was made: a file's first line, the environment's, else asked.

    Raises:
        WrongUseError: none was given, or the file cannot be read.
    """
    passphrase = _named(file, environ) or read_secret("口令 / passphrase: ")
    if not passphrase:
        raise WrongUseError("没有输入口令 / no passphrase was given")
    return passphrase


def sealing_passphrase(file: Path | None, environ: Mapping[str, str] = ENVIRON) -> tuple[str, bool]:
    """The passphrase to seal with, and whether the program made it, so that it has to be shown.

    Raises:
        WrongUseError: the one that was given could be guessed; or none was, and there is no
            terminal to show one on.
    """
    if own := _named(file, environ):
        try:
            check_passphrase(own)
        except ValueError as error:
            raise WrongUseError(f"口令太容易猜，至少 12 个字符或 4 个词 / {error}") from error
        return own, False
    if not _has_terminal():
        raise WrongUseError(
            "口令只在终端上显示，这里没有终端；请用 --passphrase-file"
            f" / a passphrase is shown on a terminal alone: see --passphrase-file,"
            f" {PASSPHRASE_VARIABLE}"
        )
    return make_passphrase(), True


def show_passphrase(passphrase: str) -> None:
    """Show a passphrase on the terminal, which is no file and no pipe."""
    complain(
        "口令，只显示这一次，请另外告诉门店，不要写在纸上一起给"
        f" / the passphrase, shown this once; tell it apart from the file or page: {passphrase}"
    )


def _has_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _named(file: Path | None, environ: Mapping[str, str]) -> str:
    if file is None:
        return environ.get(PASSPHRASE_VARIABLE, "").strip()
    try:
        content = read_file(file)
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except OSError as error:
        raise WrongUseError(f"读不了文件 / cannot read: {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WrongUseError(f"口令文件不是文字 / no text: {file}") from error
    passphrase = text.strip().partition("\n")[0].strip()
    if not passphrase:
        raise WrongUseError(f"口令文件是空的 / empty: {file}")
    return passphrase
