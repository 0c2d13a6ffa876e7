"""``posmember supervisor``: who may change WeChat membership cards, each with a PIN."""

from __future__ import annotations

import argparse

from posmember.cli.exits import fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.lines import say, say_done
from posmember.cli.secret_input import read_secret
from posmember.cli.wechat.words import explain_card
from posmember.errors import PosMemberError
from posmember.report.outcomes import Exit, exit_code
from posmember.trust.credentials import KeyringStore
from posmember.trust.supervisors import Approval, Supervisors


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser. PINs are asked for."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, summary in (
        ("set", "add a supervisor, or give another PIN"),
        ("remove", "this one is no supervisor any more"),
    ):
        action = actions.add_parser(name, help=summary)
        action.add_argument("who", metavar="STAFF_NUMBER")
        action.add_argument(
            "--by", metavar="STAFF_NUMBER",
            help="the supervisor who allows it, whose PIN is asked for first; needed where there"
            " is one already, but by the machine's administrator",
        )  # fmt: skip
    actions.add_parser("list", help="their staff numbers")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    try:
        return _ACTIONS[args.action](args, Supervisors(KeyringStore()))
    except PosMemberError as error:
        return fail(explain_card(error), exit_code(error))


def _set(args: argparse.Namespace, supervisors: Supervisors) -> Exit:
    by = _approval(args)
    pin = read_secret("主管密码 / PIN: ")
    from_keyring(lambda: supervisors.set_pin(args.who, pin, by), WRITE_LIMIT_S)
    say_done("已保存到系统密钥库 / kept in the system's keyring")
    return Exit.FOUND


def _remove(args: argparse.Namespace, supervisors: Supervisors) -> Exit:
    by = _approval(args)
    if not from_keyring(lambda: supervisors.remove(args.who, by), WRITE_LIMIT_S):
        return fail("没有这位主管 / no such supervisor", Exit.NOT_FOUND)
    say_done("已删除 / removed")
    return Exit.FOUND


def _list(_args: argparse.Namespace, supervisors: Supervisors) -> Exit:
    for who in from_keyring(supervisors.names):
        say(who)
    return Exit.FOUND


_ACTIONS = {"set": _set, "remove": _remove, "list": _list}


def _approval(args: argparse.Namespace) -> Approval | None:
    if args.by is None:
        return None
    return Approval(args.by, read_secret(f"{args.by} 的主管密码 / PIN of {args.by}: "))
