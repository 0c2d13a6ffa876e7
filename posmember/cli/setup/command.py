"""``posmember setup``: set a till up by a file, make one, print one, or take all of it away."""

from __future__ import annotations

import argparse
from pathlib import Path

from posmember.cli.exits import WrongUseError, fail
from posmember.cli.lines import say, say_done
from posmember.cli.setup.export import export_file, export_page
from posmember.cli.setup.machine import install_configuration, prepare_machine, readable_by_all
from posmember.cli.setup.passphrases import given_passphrase
from posmember.cli.setup.places import first_read, machine_place, read_places, user_place
from posmember.cli.setup.waiting import WaitingStore
from posmember.cli.setup.words import explain_setup, note, said, setup_exit
from posmember.cli.standard_input import read_line
from posmember.errors import PosMemberError
from posmember.lookup.provision import Outcome, StepReport, apply_provision, remove_setup
from posmember.report.outcomes import Exit
from posmember.settings.files import read_file
from posmember.settings.pages import MAX_DAYS
from posmember.settings.policy import Policy, machine_policy
from posmember.settings.provisioning import Provision, Secrets, is_provision, read_provision
from posmember.trust.credentials import OPEN_KEY_VARIABLE, CredentialStore, environment_key
from posmember.trust.machine_keys import machine_keys

_YES = ("yes", "y", "是")
_CHANGES, _EXPORTS = ("source", "remove"), ("export", "export_qr")
_GOES_WITH = {
    "passphrase_file": ("source", *_EXPORTS),
    "machine": _CHANGES,
    "check": _CHANGES,
    "replace": ("source",),
    "no_secrets": ("source",),
    "with_store": _EXPORTS,
    "with_wechat": _EXPORTS,
    "days": ("export_qr",),
    "yes": ("remove",),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="source", type=Path, metavar="FILE", help="set this till up")
    what.add_argument("--export", type=Path, metavar="FILE", help="write a file for --from")
    what.add_argument(
        "--export-qr", type=Path, metavar="FILE", help="a page of codes to scan: .pdf or .png"
    )
    what.add_argument(
        "--prepare-machine", action="store_true", help="make the folder of all users (installers)"
    )
    what.add_argument("--remove", action="store_true", help="take keys and settings away")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE",
        help="its first line; else POSMEMBER_PASSPHRASE; else it is asked for, or made to export",
    )  # fmt: skip
    parser.add_argument(
        "--machine",
        action="store_true",
        help="of all users; FILE may be a configuration (--from, --remove)",
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing, tell what would be (--from, --remove)"
    )
    parser.add_argument(
        "--replace", action="store_true", help="also a till that has another open id (--from)"
    )
    parser.add_argument(
        "--no-secrets", action="store_true", help="settings alone, no keyring is used (--from)"
    )
    parser.add_argument("--with-store", action="store_true", help="the store's, too (--export)")
    parser.add_argument("--with-wechat", action="store_true", help="WeChat Pay's keys, too")
    parser.add_argument(
        "--days", type=int, metavar="N", choices=range(1, MAX_DAYS + 1),
        help=f"for how long a page is good, at most {MAX_DAYS} (--export-qr)",
    )  # fmt: skip
    parser.add_argument("--yes", action="store_true", help="do not ask before --remove")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    _refuse_what_does_not_go_together(args)
    try:
        if args.source is not None:
            return _set_up(args)
        if args.prepare_machine:
            return prepare_machine()
        if args.export is not None:
            return export_file(args)
        if args.export_qr is not None:
            return export_page(args)
        return _remove(args)
    except PosMemberError as error:
        changing = args.source is not None or args.remove
        return fail(explain_setup(error, changing=changing), setup_exit(error))


def _refuse_what_does_not_go_together(args: argparse.Namespace) -> None:
    """Raise WrongUseError for an option that the action has no use for."""
    action = next(
        name
        for name in ("source", "export", "export_qr", "remove", "prepare_machine")
        if getattr(args, name)
    )
    for option, actions in _GOES_WITH.items():
        is_given = getattr(args, option) not in (False, None)
        if is_given and action not in actions:
            name = f"--{option.replace('_', '-')}"
            raise WrongUseError(f"{name} 在这里没有用 / {name} goes with something else")


def _set_up(args: argparse.Namespace) -> int:
    content = _read(args.source)
    if args.machine and not is_provision(content):
        return install_configuration(args.source, content, check_only=args.check)
    passphrase = given_passphrase(args.passphrase_file)
    provision = read_provision(content, passphrase)
    say(f"✓ 装机文件 / provisioning file: {args.source}")
    if args.no_secrets:
        provision = Provision(provision.settings, Secrets(provision.secrets.open_id))
    policy = machine_policy()
    path = _target(args)
    if args.machine and not args.check:
        readable_by_all(path)
    reports = apply_provision(
        provision, _store(args), path, policy, check_only=args.check, replace=args.replace
    )
    _tell(reports, policy, only_checked=args.check)
    if path.exists():
        say(f"✓ 配置 / configuration: {path}")
    _tell_of_what_is_beside(args, path, provision)
    return _done(reports, args)


def _remove(args: argparse.Namespace) -> int:
    path, policy = _target(args), machine_policy()
    others = [place for place in read_places() if place != path]
    store = _store(args)
    reports = remove_setup(store, path, policy, others=others, check_only=True)
    _tell(reports, policy, only_checked=True, removing=True)
    is_anything = any(report.outcome is Outcome.CHANGED for report in reports)
    if args.check or not is_anything:
        return _done(reports, args)
    if not args.yes and not _agreed():
        say("没有删除 / nothing was removed")
        return Exit.FOUND
    remove_setup(store, path, policy, others=others)
    say_done("✓ 已删除 / removed")
    if environment_key():
        note(f"环境变量里还有密钥 / a key is still in {OPEN_KEY_VARIABLE}")
    return Exit.FOUND


def _agreed() -> bool:
    say("确定删除吗？输入 yes 回车 / remove it? type yes")
    answer = read_line()
    if not answer:
        raise WrongUseError("没有回答，没有删除；要跳过询问请加 --yes / no answer, see --yes")
    return answer.lower() in _YES


def _target(args: argparse.Namespace) -> Path:
    return machine_place() if args.machine else user_place()


def _read(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise WrongUseError(f"读不了文件 / cannot read: {path}: {error.strerror}") from error


def _store(args: argparse.Namespace) -> CredentialStore:
    """Where the secrets are kept: for all users, where the system has a place for that."""
    return (machine_keys() if args.machine else None) or WaitingStore()


def _tell(
    reports: list[StepReport], policy: Policy, *, only_checked: bool, removing: bool = False
) -> None:
    for report in reports:
        say(said(report, policy, only_checked=only_checked, removing=removing))


def _tell_of_what_is_beside(args: argparse.Namespace, path: Path, provision: Provision) -> None:
    if args.machine and provision.secrets.open_key and machine_keys() is None:
        note(
            "密钥只在当前用户的密钥库里；其他用户登录后各运行一次同样的命令"
            " / the keys are in this user's keyring alone: every other user runs the same once"
        )
    if args.no_secrets:
        note("没有保存密钥 / no keys were kept (--no-secrets)")
    read = first_read()
    if read is not None and read != path:
        note(f"这台电脑先读另一个配置 / another configuration is read first: {read}")
    if provision.secrets.open_key and environment_key() not in ("", provision.secrets.open_key):
        note(f"环境变量里的密钥优先 / {OPEN_KEY_VARIABLE} is taken first")


def _done(reports: list[StepReport], args: argparse.Namespace) -> int:
    if not any(report.outcome is Outcome.CHANGED for report in reports):
        say("✓ 没有要改的 / nothing to do")
    elif args.check:
        say("! 只检查，没有改动 / checked only, nothing was changed")
    else:
        say_done("✓ 装好了 / set up")
    return Exit.FOUND
