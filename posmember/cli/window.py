"""``posmember``: the window, by the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posmember import app

if TYPE_CHECKING:
    import argparse

    from posmember.lookup.desk import WechatDesk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language (%(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    return open_window(args.language)


def open_window(language: str = "zh") -> int:
    """Show the window until it is closed; returns the exit code."""
    return app.run(_load, language=language)


def _load() -> app.Loaded:
    """The settings, a way to the open key, and one to WeChat Pay. Raises ConfigError."""
    from posmember import log
    from posmember.settings import config

    log.start_file_log()
    settings = config.load()

    def open_key() -> str:
        from posmember.trust.credentials import KeyringStore, open_key

        return open_key(settings.platform.open_id, KeyringStore())

    def wechat_desk() -> WechatDesk | None:
        from posmember.lookup.desk import open_desk
        from posmember.trust.audit import audit_path
        from posmember.trust.credentials import KeyringStore

        platform = settings.platform
        return open_desk(KeyringStore(), platform.timeout_s, audit_path(), platform.proxy)

    return settings, open_key, wechat_desk
