"""``posmember``: the window, by the configuration."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from posmember.settings.last_language import (
    LANGUAGES,
    language_now,
    last_language,
    note_language,
    stamps,
)

if TYPE_CHECKING:
    import argparse

    from posmember import app
    from posmember.link.requests import Handed
    from posmember.lookup.desk import Opened
    from posmember.settings.config import Settings
    from posmember.ui.settings.place import SetupPlace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    from posmember.cli.options import count, words, yuan
    from posmember.domain.context import OrderType
    from posmember.domain.identifier import IdentifierKind

    parser.add_argument("--language", choices=LANGUAGES, help="language (that of the settings)")
    order = parser.add_argument_group("an order, also for the window that is open already")
    order.add_argument("--code", metavar="C", help="who to look up; -: from standard input")
    kinds = ["auto", *words(IdentifierKind)]
    order.add_argument("--type", choices=kinds, default="auto", help="(%(default)s)")
    order.add_argument("--order-type", choices=words(OrderType))
    order.add_argument("--amount", type=yuan, metavar="Y", help="order amount in 元")
    order.add_argument("--discount", type=yuan, metavar="Y", help="in 元")
    order.add_argument("--items", type=count, metavar="N", help="number of items")
    order.add_argument("--quiet", action="store_true", help="the keyboard stays where it is")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    from posmember.cli.exits import WrongUseError
    from posmember.report.question import RefusedError

    try:
        return open_window(args.language, _handed(args))
    except RefusedError as refused:
        raise WrongUseError(str(refused)) from refused


def _handed(args: argparse.Namespace) -> Handed:
    """The order, checked before anything is done. Raises RefusedError, WrongUseError."""
    from posmember.cli.standard_input import given
    from posmember.domain.context import OrderType
    from posmember.domain.identifier import IdentifierKind
    from posmember.link.requests import Handed
    from posmember.report.question import check_text

    code = "" if args.code is None else given(args.code, "--code")
    kind = None if args.type == "auto" else IdentifierKind(args.type)
    if args.code is not None:
        check_text(code, kind)
    kind_of_order = OrderType(args.order_type) if args.order_type else None
    return Handed(code, kind, kind_of_order, args.amount, args.discount, args.items, args.quiet)


def open_window(language: str | None = None, handed: Handed | None = None) -> int:
    """Show the window until it is closed, and again after training mode; returns the exit code.

    Where one is open already, that one comes to the front, or takes the order, and this ends.

    Args:
        language: "zh" or "en"; None is that of the settings.
        handed: an order that was given at the start; None is nothing.
    """
    interrupts_end_at_once()
    from posmember.cli.first import first_or_done

    while True:
        found = first_or_done(handed)
        if isinstance(found, int):
            return found
        from posmember import app

        spoken = language or language_now(_read_language)
        try:
            code = app.run(_load, language=spoken, place=_place, instance=found)
        finally:
            if found is not None:
                found.claim.release()
        if code != app.TRAINING:
            return code
        handed = None
        _train(spoken)


def _train(language: str) -> None:
    """Let training mode run to its end, in a process of its own: nothing of this one is there."""
    import subprocess

    from posmember.resources import this_program

    with subprocess.Popen([*this_program(), "training", "--language", language]) as training:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_signal: training.terminate())


def interrupts_end_at_once() -> None:
    """Let Ctrl+C end the process, until the window takes care of it: to be called before Qt.

    Python's exception in the middle of Qt's own import is lost there, or brings the process down.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read_language() -> str:
    """The language of the configuration; where that cannot be read, the last one that could."""
    try:
        return _settings().window.language
    except Exception:  # noqa: BLE001 - the window reads it again, and says what is wrong
        return last_language()


def _settings() -> Settings:
    """The settings; their language is noted for the next start. Raises ConfigError."""
    from posmember.settings import config
    from posmember.settings.policy_places import POLICY_FILE

    before = stamps((*config.candidate_paths(), POLICY_FILE))
    settings = config.load()
    note_language(settings.window.language, before)
    return settings


def _load() -> app.Loaded:
    """The settings, a way to the open key, and one to WeChat Pay. Raises ConfigError."""
    from posmember.log.files import start_file_log

    start_file_log()
    settings = _settings()

    def open_key() -> str:
        from posmember.trust.credentials import KeyringStore, open_key

        return open_key(settings.platform.open_id, KeyringStore())

    def wechat_desk() -> Opened:
        from posmember.lookup.desk import open_noted_desk
        from posmember.trust.audit import audit_path
        from posmember.trust.credentials import KeyringStore

        platform = settings.platform
        return open_noted_desk(KeyringStore(), platform.timeout_s, audit_path(), platform.proxy)

    return settings, open_key, wechat_desk


def _place() -> SetupPlace:
    """Where this till is set up, for the window's own pages."""
    from posmember.settings.draft import draft_paths
    from posmember.settings.file_now import read_file_now
    from posmember.settings.policy import machine_policy
    from posmember.trust.audit import audit_path
    from posmember.trust.credentials import OPEN_KEY_VARIABLE, KeyringStore
    from posmember.trust.process import ENVIRON
    from posmember.ui.settings.place import SetupPlace

    return SetupPlace(
        read=read_file_now,
        store=KeyringStore(),
        policy=machine_policy(),
        drafts=draft_paths(),
        audit_path=audit_path(),
        has_environment_key=bool(ENVIRON.get(OPEN_KEY_VARIABLE)),
    )
