"""``posmember wechat-card``: show a WeChat membership card, or change it as a supervisor."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace

from posmember.api.decode import Decoded
from posmember.api.http.proxies import SYSTEM
from posmember.cli.exits import fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.lines import say, say_json, told_anyway
from posmember.cli.secret_input import read_secret
from posmember.cli.standard_input import given
from posmember.cli.wechat.asked import add_change_arguments, read_change, refuse
from posmember.cli.wechat.changing import INTERRUPTED, make_change
from posmember.cli.wechat.report import CardReport, to_json, to_lines
from posmember.cli.wechat.witness import ask_witness
from posmember.cli.wechat.words import explain_card
from posmember.domain.identifier import IdentifierKind
from posmember.domain.wechat.card import CardSubject, WechatCard, is_card_code, is_openid
from posmember.domain.wechat.change import CardChange, lost_answers, needed_change
from posmember.errors import AnswerOldError, ConfigError, PosMemberError
from posmember.lookup.desk import WechatDesk, open_desk
from posmember.report.outcomes import Exit, exit_code
from posmember.scanning.card_entry import read_openid
from posmember.scanning.cleaning import clean_as_given
from posmember.scanning.identifier import NEVER_KEPT, classify
from posmember.settings import config
from posmember.settings.config import DEFAULT_TIMEOUT_S
from posmember.trust.audit import audit_path
from posmember.trust.credentials import KeyringStore

_NOT_SET_UP = "没有设置微信会员卡,请运行 posmember wechat-setup / not set up, run wechat-setup"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    get = actions.add_parser("get", help="show a card")
    change = actions.add_parser("set", help="change a card, and read it back")
    for action in (get, change):
        action.add_argument("code", metavar="CODE", help="the card's code; -: from standard input")
        action.add_argument(
            "--openid", default="", help="the person's; a relay may know it; -: from standard input"
        )
        action.add_argument("--reveal", action="store_true", help="personal data unmasked")
        action.add_argument("--json", action="store_true", help="as JSON (documented, schema 1)")
    add_change_arguments(change)
    change.add_argument("--dry-run", action="store_true", help="show what would change")
    change.add_argument("--supervisor", metavar="STAFF_NUMBER", help="whose PIN is asked for")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    code, openid = given(args.code, "CODE"), given(args.openid, "--openid")
    subject = CardSubject(clean_as_given(code), read_openid(openid))
    # Chosen as a card's code: 24 digits are one, though a payment code may look so, too.
    problems = classify(code, IdentifierKind.CARD_NUMBER).problem, classify(openid).problem
    if not NEVER_KEPT.isdisjoint(problems):
        words = "这是付款码或银行卡,没有发送 / a payment code or a bank card; it was not sent"
        return fail(words, Exit.WRONG_USE)
    if not is_card_code(subject.code) or (subject.openid and not is_openid(subject.openid)):
        return fail("卡号或 openid 不对 / not a card's code, or not an openid", Exit.WRONG_USE)
    change = read_change(args) if args.action == "set" else None
    try:
        desk = from_keyring(
            lambda: open_desk(KeyringStore(), DEFAULT_TIMEOUT_S, audit_path(), _proxy())
        )
        if desk is None:
            return fail(_NOT_SET_UP, Exit.KEYS_REFUSED)
        if desk.service.openid_needed and not subject.openid:
            return fail("缺少 --openid / --openid is needed", Exit.WRONG_USE)
        return _serve(args, desk, subject, change)
    except PosMemberError as error:
        return fail(explain_card(error), exit_code(error))


def _proxy() -> str:
    """The configuration's proxy; a card is asked for without one, too."""
    try:
        return config.load().platform.proxy
    except ConfigError:
        return SYSTEM


def _serve(
    args: argparse.Namespace, desk: WechatDesk, subject: CardSubject, change: CardChange | None
) -> int:
    """Do it; a PIN is waited for outside of the loop, which would keep the first Ctrl+C."""
    with asyncio.Runner() as loop:
        try:
            found = _get(desk, subject, loop)
            report = CardReport(found, desk.service.clock_error_s, args.reveal)
            if change is not None:
                needed = needed_change(found.value, change)
                refuse(lost_answers(found.value, change))
                report = replace(report, before=found.value, change=needed)
                if needed.named() and not args.dry_run:
                    return _change(args, desk, subject, report, loop)
            _print(args, report)
            return Exit.FOUND
        finally:
            loop.run(desk.service.aclose())


def _get(desk: WechatDesk, subject: CardSubject, loop: asyncio.Runner) -> Decoded[WechatCard]:
    """The card; where its answer seems old, once more by the other platform's time."""
    try:
        return loop.run(desk.service.get(subject))
    except AnswerOldError as error:
        # Only a fast clock needs a witness: an answer from later than now moves the time itself.
        witness = ask_witness(loop) if error.offset_s < 0 else None
        if witness is None:
            raise
    desk.service.believe(witness)
    return loop.run(desk.service.get(subject))


def _change(
    args: argparse.Namespace,
    desk: WechatDesk,
    subject: CardSubject,
    report: CardReport,
    loop: asyncio.Runner,
) -> int:
    if not args.supervisor:
        return fail("缺少 --supervisor / --supervisor is needed", Exit.WRONG_USE)
    pin = read_secret("主管密码 / PIN: ")
    permit = from_keyring(lambda: desk.supervisors.check(args.supervisor, pin), WRITE_LIMIT_S)
    audit = from_keyring(desk.open_audit)
    needed = report.change or CardChange()
    try:
        outcome = loop.run(make_change(desk.service, subject, needed, permit, audit))
    except KeyboardInterrupt:  # a second one, before the first had its way
        return fail(INTERRUPTED, Exit.OTHER)
    if (done := outcome.changed) is not None:
        with told_anyway(outcome.told):
            _print(args, replace(report, found=done.card, sent=True, otherwise=done.otherwise))
    return fail(outcome.words, outcome.code) if outcome.words else outcome.code


def _print(args: argparse.Namespace, report: CardReport) -> None:
    if args.json:
        say_json(to_json(report))
    else:
        say(*to_lines(report))
