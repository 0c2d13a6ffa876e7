"""``posmember``: the window, by the configuration."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from posmember import app
    from posmember.lookup.desk import Opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language (%(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    return open_window(args.language)


def open_window(language: str = "zh") -> int:
    """Show the window until it is closed, and again after training mode; returns the exit code."""
    interrupts_end_at_once()
    from posmember import app

    while (code := app.run(_load, language=language, offers_training=True)) == app.TRAINING:
        _train(language)
    return code


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


def _load() -> app.Loaded:
    """The settings, a way to the open key, and one to WeChat Pay. Raises ConfigError."""
    from posmember.log.files import start_file_log
    from posmember.settings import config

    start_file_log()
    settings = config.load()

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
