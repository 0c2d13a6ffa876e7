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
    from posmember.lookup.desk import Opened
    from posmember.settings.config import Settings
    from posmember.ui.settings.place import SetupPlace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("--language", choices=LANGUAGES, help="language (that of the settings)")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    return open_window(args.language)


def open_window(language: str | None = None) -> int:
    """Show the window until it is closed, and again after training mode; returns the exit code.

    Args:
        language: "zh" or "en"; None is that of the settings.
    """
    interrupts_end_at_once()
    from posmember import app

    while True:
        spoken = language or language_now(_read_language)
        code = app.run(_load, language=spoken, place=_place)
        if code != app.TRAINING:
            return code
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
