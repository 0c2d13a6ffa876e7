"""``posmember demo``: the whole product on the built-in sandbox platform."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from posmember.cli.exits import fail
from posmember.cli.lines import say
from posmember.cli.window import interrupts_end_at_once
from posmember.domain.context import Store
from posmember.report.outcomes import Exit
from posmember.resources import this_program
from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    GRANT_CODE,
    MCHID,
    MERCHANT_SERIAL,
    OPEN_ID,
    OPEN_KEY,
    PUBLIC_KEY_ID,
    STORES,
)
from posmember.sandbox.cli import fault_spec, milliseconds
from posmember.sandbox.members.found import WECHAT_OPENID
from posmember.settings.config import DEFAULT_TIMEOUT_S, PlatformSettings, Settings

if TYPE_CHECKING:
    from posmember.lookup.desk import WechatDesk

TOUR = ("qm0000001", "13800000001", "qm0000030", "qm0001000", "qm404empty")
"""What is looked up where nobody can look: a usual member, by code and by phone, more."""

WITH_CARD = WECHAT_OPENID
"""A member found by the openid, which is all that 微信会员卡 (F10) needs."""
SUPERVISOR, PIN = "1001", "135790"

_LISTENING = re.compile(r"listening on (http://\S+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language (%(default)s)"
    )
    parser.add_argument(
        "--latency-ms", type=milliseconds, default=0, metavar="N", help="of each answer"
    )
    parser.add_argument(
        "--fault", type=fault_spec, action="append", default=[], metavar="SPEC", help="see sandbox"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    if importlib.util.find_spec("uvicorn") is None or importlib.util.find_spec("starlette") is None:
        return fail("演示需要 posmember[sandbox] / install posmember[sandbox]", Exit.WRONG_USE)
    offscreen = _has_no_display()
    if offscreen:
        say("没有显示器,改用离屏方式演示 / no display: running offscreen, pictures follow")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    interrupts_end_at_once()
    from posmember import app

    app.open_display()  # before there is anything to put away
    leaving = _Leaving()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leaving)
    try:
        with tempfile.TemporaryDirectory(prefix="posmember-demo-") as folder:
            keys = Path(folder)
            with _sandbox(args, keys) as base_url:
                return _show(base_url, keys, args.language, offscreen=offscreen)
    except RuntimeError:
        # contextlib's word for an exception that came in the midst of its own steps.
        if leaving.code:
            raise SystemExit(leaving.code) from None
        raise


def settings_for(base_url: str) -> Settings:
    """The configuration of a till of the sandbox's first store."""
    store = STORES[0]
    return Settings(
        PlatformSettings(OPEN_ID, GRANT_CODE, base_url=base_url),
        Store(store.code, str(store.number), store.name),
    )


class MemoryStore:
    """Keeps secrets for as long as the demo runs."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """See `CredentialStore.get`."""
        return self._kept.get(name)

    def set(self, name: str, secret: str) -> None:
        """See `CredentialStore.set`."""
        self._kept[name] = secret

    def delete(self, name: str) -> None:
        """See `CredentialStore.delete`."""
        self._kept.pop(name, None)


def desk_for(base_url: str, folder: Path) -> WechatDesk | None:
    """The sandbox's WeChat Pay, with the keys in a folder and one supervisor.

    Args:
        folder: holds the merchant's private key and the platform's public one; the audit log
            goes there, too.
    """
    from posmember.api.wechat.access import to_text
    from posmember.api.wechat.crypto import PrivateKey, PublicKey
    from posmember.api.wechat.gate import MerchantAccess
    from posmember.lookup.desk import KEYRING_NAME, open_desk
    from posmember.trust.credentials import set_long
    from posmember.trust.supervisors import LOCK_NAME, Supervisors

    store = MemoryStore()
    access = MerchantAccess(
        MCHID,
        MERCHANT_SERIAL,
        BRAND_ID,
        CARD_ID,
        PrivateKey((folder / "apiclient_key.pem").read_bytes()),
        {PUBLIC_KEY_ID: PublicKey((folder / "pub_key.pem").read_bytes())},
        base_url,
    )
    set_long(store, KEYRING_NAME, to_text(access))
    Supervisors(store, lock=folder / LOCK_NAME).set_pin(SUPERVISOR, PIN)
    return open_desk(store, DEFAULT_TIMEOUT_S, folder / "audit.jsonl")


def _show(base_url: str, keys: Path, language: str, *, offscreen: bool) -> int:
    from posmember import app

    def load() -> app.Loaded:
        return settings_for(base_url), lambda: OPEN_KEY, lambda: desk_for(base_url, keys)

    if not offscreen:
        say(f"试试 / try: {' '.join((*TOUR, WITH_CARD))}")
        say(f"微信会员卡 / WeChat card: F10; 主管 / supervisor {SUPERVISOR}, PIN {PIN}")
        return app.run(load, language=language)
    from posmember.ui.tour import Tour

    pictures = Path(tempfile.mkdtemp(prefix="posmember-demo-"))
    tour = Tour(TOUR, pictures, say, with_card=WITH_CARD)
    return app.run(load, language=language, script=tour.play)


class _Leaving:
    """Ends at a signal, and puts away what there is; once there is a window, it is closed instead.

    Attributes:
        code: the exit code that was asked for; 0 while none was.
    """

    code = 0

    def __call__(self, number: int, _frame: FrameType | None) -> NoReturn:
        self.code = 128 + number
        raise SystemExit(self.code)


def _has_no_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] == "offscreen"
    return sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


@contextmanager
def _sandbox(args: argparse.Namespace, keys: Path) -> Iterator[str]:
    """Serve the sandbox in a process of its own, its keys in a folder; gives its address."""
    options = ["--latency-ms", str(args.latency_ms), "--wechat-keys", str(keys)]
    for fault in args.fault:
        options += ["--fault", fault]
    with subprocess.Popen(
        [*this_program(), "sandbox", *options], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            found = _LISTENING.search(process.stdout.readline())
            if found is None:
                raise SystemExit(fail("沙箱没有启动 / the sandbox did not start", Exit.OTHER))
            yield found[1]
        finally:
            process.terminate()
