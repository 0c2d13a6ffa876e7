"""The configuration of all users of a machine, which an administrator puts there."""

from __future__ import annotations

from pathlib import Path

from posmember.cli.exits import WrongUseError, fail
from posmember.cli.lines import say, say_done
from posmember.cli.setup.places import machine_place
from posmember.errors import ConfigError
from posmember.report.outcomes import Exit
from posmember.settings.config import parse
from posmember.settings.files import read_file, replace_file
from posmember.settings.policy import machine_policy
from posmember.settings.toml import read_toml
from posmember.trust.machine_folder import make_machine_folder


def install_configuration(source: Path, content: bytes, *, check_only: bool) -> int:
    """Make a whole configuration that of all users, as it is written; returns the exit code.

    Raises:
        ConfigError: it is none that a till can run with.
        WrongUseError: the machine's folder cannot be made.
    """
    try:
        parse(read_toml(content), policy=machine_policy())
    except ConfigError as error:
        raise type(error)(f"{source}: {error}") from error
    say(f"✓ 配置 / configuration: {source}")
    path = machine_place()
    if _now(path) == content:
        say("✓ 没有要改的 / nothing to do")
    elif check_only:
        say("! 只检查，没有改动 / checked only, nothing was changed")
    else:
        readable_by_all(path)
        try:
            replace_file(path, content)
        except OSError as error:
            return fail(f"写不了 / cannot write: {path}: {error.strerror}", Exit.OTHER)
        say_done(f"✓ 装好了 / set up: {path}")
    return Exit.FOUND


def prepare_machine() -> int:
    """Make the folder that an administrator alone writes to; returns the exit code.

    Raises:
        WrongUseError: it cannot be made.
    """
    path = machine_place()
    readable_by_all(path)
    say_done(f"✓ {path.parent}")
    return Exit.FOUND


def readable_by_all(path: Path) -> None:
    """Make the machine's folder such that every user can read what is written there.

    Raises:
        WrongUseError: it cannot be made.
    """
    try:
        make_machine_folder(path.parent)
    except OSError as error:
        raise WrongUseError(
            f"写不了 / cannot write: {path}: {error.strerror or error}"
            " (要管理员权限 / the administrator's rights are needed)"
        ) from error


def _now(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except OSError:
        return None
