"""``posmember setup --export`` and ``--export-qr``: what others are set up with."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from posmember.cli.exits import WrongUseError, fail
from posmember.cli.lines import say, say_done
from posmember.cli.setup.passphrases import sealing_passphrase, show_passphrase
from posmember.cli.setup.waiting import WaitingStore
from posmember.cli.setup.words import note
from posmember.cli.wechat.witness import ask_witness
from posmember.domain.values import CHINA
from posmember.lookup.provision import gather_provision
from posmember.printing.setup_page import setup_pages
from posmember.printing.sheet import Sheet
from posmember.report.outcomes import Exit
from posmember.settings import config
from posmember.settings.files import replace_file
from posmember.settings.pages import MAX_DAYS, write_pages
from posmember.settings.provisioning import Provision, write_provision

_FOR_THE_OWNER_ALONE: Final = 0o077
_PDF, _PNG = ".pdf", ".png"


def export_file(args: argparse.Namespace) -> int:
    """Write a provisioning file; returns the exit code."""
    passphrase, is_made = sealing_passphrase(args.passphrase_file)
    provision = _gathered(args)
    content = write_provision(provision, passphrase)
    return _write({args.export: content}, passphrase if is_made else "")


def export_page(args: argparse.Namespace) -> int:
    """Write a page of codes; returns the exit code."""
    kind = args.export_qr.suffix.lower()
    if kind not in (_PDF, _PNG):
        raise WrongUseError(
            f"文件名要以 .pdf 或 .png 结尾 / has to end in .pdf or .png: {args.export_qr}"
        )
    passphrase, is_made = sealing_passphrase(args.passphrase_file)
    provision = _gathered(args)
    made = _now()
    days = args.days or MAX_DAYS
    codes = write_pages(provision, passphrase, made, days)
    until = made + timedelta(days=days)
    say(f"✓ 有效期至 / good until: {until:%Y-%m-%d %H:%M}")
    say(f"✓ 二维码 / codes: {len(codes)}")
    sheets = setup_pages(codes, until)
    return _write(_FILES[kind](args.export_qr, sheets), passphrase if is_made else "")


def _gathered(args: argparse.Namespace) -> Provision:
    provision = gather_provision(
        config.load(), WaitingStore(), with_store=args.with_store, with_wechat=args.with_wechat
    )
    for setting in provision.settings:
        say(f"✓ {setting.name.zh} / {setting.path}")
    say("✓ 开放密钥（加密） / open key, sealed")
    if provision.secrets.wechat:
        say("✓ 微信支付密钥（加密） / WeChat Pay's keys, sealed")
    elif args.with_wechat:
        note("没有设置微信支付 / WeChat Pay is not set up")
    return provision


def _now() -> datetime:
    """The platform's time, which whoever reads the page goes by, too; else this computer's."""
    with asyncio.Runner() as loop:
        clock = ask_witness(loop)
    if clock is not None:
        say("✓ 时间 / time: 会员系统的 / the platform's")
        return clock.now()
    note("没有会员系统的时间，按这台电脑的 / by this computer's clock, the platform tells no time")
    return datetime.now(CHINA)


def _pdf(path: Path, sheets: Sequence[Sheet]) -> dict[Path, bytes]:
    from posmember.ui.paper import sheets_pdf  # Qt, only to draw

    return {path: sheets_pdf(sheets)}


def _png(path: Path, sheets: Sequence[Sheet]) -> dict[Path, bytes]:
    """A picture for each page: ``page.png``, ``page-2.png``."""
    from posmember.ui.paper import sheet_png

    names = [path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, len(sheets) + 1))]
    return {name: sheet_png(sheet) for name, sheet in zip(names, sheets, strict=True)}


_FILES: Final[dict[str, Callable[[Path, Sequence[Sheet]], dict[Path, bytes]]]] = {
    _PDF: _pdf,
    _PNG: _png,
}


def _write(files: dict[Path, bytes], made_passphrase: str) -> int:
    os.umask(_FOR_THE_OWNER_ALONE)
    for path, content in files.items():
        try:
            replace_file(path, content)
        except OSError as error:
            return fail(f"写不了文件 / cannot write: {path}: {error.strerror}", Exit.OTHER)
        say_done(f"✓ {path.absolute()}")
    if made_passphrase:
        show_passphrase(made_passphrase)
    return Exit.FOUND
