"""``posmember supervisor``: who may change WeChat membership cards, each with a PIN."""

from __future__ import annotations

import argparse

from posmember.cli.exits import Exit, exit_code, fail
from posmember.cli.secret_input import read_secret
from posmember.cli.wechat.words import explain_card
from posmember.errors import PosMemberError
from posmember.trust.credentials import KeyringStore
from posmember.trust.supervisors import Supervisors


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser. The PIN is asked for."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, summary in (
        ("set", "add a supervisor, or give another PIN"),
        ("remove", "this one is no supervisor any more"),
    ):
        actions.add_parser(name, help=summary).add_argument("who", metavar="STAFF_NUMBER")
    actions.add_parser("list", help="their staff numbers")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    supervisors = Supervisors(KeyringStore())
    try:
        match args.action:
            case "set":
                supervisors.set_pin(args.who, read_secret("主管密码 / PIN: "))
                print("已保存到系统密钥库 / kept in the system's keyring")
            case "remove":
                if not supervisors.remove(args.who):
                    return fail("没有这位主管 / no such supervisor", Exit.NOT_FOUND)
                print("已删除 / removed")
            case _:
                for who in supervisors.names():
                    print(who)
    except PosMemberError as error:
        return fail(explain_card(error), exit_code(error))
    return Exit.FOUND
