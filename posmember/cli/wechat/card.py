"""``posmember wechat-card``: show a WeChat membership card, or change it as a supervisor."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import replace

from posmember.api.http.proxies import SYSTEM
from posmember.cli.exits import Exit, exit_code, fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.options import moment, takes_unicode
from posmember.cli.secret_input import read_secret
from posmember.cli.wechat.report import CardReport, to_json, to_lines
from posmember.cli.wechat.words import explain_card
from posmember.domain.identifier import IdentifierKind
from posmember.domain.wechat.card import CardSubject, ValidityKind, is_card_code, is_openid
from posmember.domain.wechat.change import (
    CardChange,
    NewValidity,
    change_problems,
    needed_change,
)
from posmember.errors import ApiError, ConfigError, PosMemberError
from posmember.lookup.desk import WechatDesk, open_desk
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import Problem, classify
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
        action.add_argument("code", metavar="CODE", help="the card's code")
        action.add_argument("--openid", default="", help="the person's; a relay may know it")
        action.add_argument("--reveal", action="store_true", help="personal data unmasked")
        action.add_argument("--json", action="store_true", help="as JSON (documented, schema 1)")
    change.add_argument("--level", help="at most 10 characters")
    change.add_argument("--color", metavar="#RRGGBB")
    change.add_argument("--picture-url", metavar="URL", help="https, uploaded to WeChat Pay before")
    change.add_argument("--phone")
    change.add_argument("--attach", help="the merchant's own text, at most 256 characters")
    change.add_argument("--valid-from", type=moment, metavar="ISO", help="with --valid-until")
    change.add_argument("--valid-until", type=moment, metavar="ISO")
    change.add_argument("--valid-days", type=int, metavar="N", help="for so many days")
    change.add_argument("--permanent", action="store_true", help="for ever")
    change.add_argument("--dry-run", action="store_true", help="show what would change")
    change.add_argument("--supervisor", metavar="STAFF_NUMBER", help="whose PIN is asked for")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    subject = CardSubject(clean(args.code), clean(args.openid))
    # Chosen as a card's code: 24 digits are one, though a payment code may look so, too.
    if classify(args.code, IdentifierKind.CARD_NUMBER).problem is Problem.PAYMENT_CODE:
        return fail("这是付款码,没有发送 / a payment code; it was not sent", Exit.WRONG_USE)
    if not is_card_code(subject.code) or (subject.openid and not is_openid(subject.openid)):
        return fail("卡号或 openid 不对 / not a card's code, or not an openid", Exit.WRONG_USE)
    try:
        change = _change(args) if args.action == "set" else None
    except ValueError as error:
        return fail(str(error), Exit.WRONG_USE)
    try:
        desk = from_keyring(
            lambda: open_desk(KeyringStore(), DEFAULT_TIMEOUT_S, audit_path(), _proxy())
        )
        if desk is None:
            return fail(_NOT_SET_UP, Exit.KEYS_REFUSED)
        if desk.service.openid_needed and not subject.openid:
            return fail("缺少 --openid / --openid is needed", Exit.WRONG_USE)
        return asyncio.run(_serve(args, desk, subject, change))
    except PosMemberError as error:
        return fail(explain_card(error), exit_code(error))


def _proxy() -> str:
    """The configuration's proxy; a card is asked for without one, too."""
    try:
        return config.load().platform.proxy
    except ConfigError:
        return SYSTEM


async def _serve(
    args: argparse.Namespace, desk: WechatDesk, subject: CardSubject, change: CardChange | None
) -> int:
    try:
        found = await desk.service.get(subject)
        report = CardReport(found, desk.service.clock_error_s, args.reveal)
        if change is not None:
            needed = needed_change(found.value, change)
            report = replace(report, before=found.value, change=needed)
            if needed.named() and not args.dry_run:
                return await _make_change(args, desk, subject, report, needed)
        _print(args, report)
        return Exit.FOUND
    finally:
        await desk.service.aclose()


async def _make_change(
    args: argparse.Namespace,
    desk: WechatDesk,
    subject: CardSubject,
    report: CardReport,
    needed: CardChange,
) -> int:
    if not args.supervisor:
        return fail("缺少 --supervisor / --supervisor is needed", Exit.WRONG_USE)
    pin = read_secret("主管密码 / PIN: ")
    # These wait in the loop's thread: nothing else is under way.
    permit = from_keyring(lambda: desk.supervisors.check(args.supervisor, pin), WRITE_LIMIT_S)
    audit = from_keyring(desk.open_audit)
    try:
        done = await desk.service.change(subject, needed, permit, audit)
    except ApiError as error:
        if error.is_refusal:
            raise
        unknown = (
            "不知道是否已经改好,请重新查询 / nobody knows whether it was changed, get it again;"
        )
        return fail(f"{unknown} {explain_card(error)}", exit_code(error))
    _print(args, replace(report, found=done.card, sent=True, otherwise=done.otherwise))
    if done.card is None:
        return fail("已经修改,但没能读回核对 / changed, but not read back", Exit.OTHER)
    if done.otherwise:
        names = ", ".join(done.otherwise)
        return fail(f"微信支付保存的与要求的不同 / kept otherwise: {names}", Exit.OTHER)
    if not done.noted:
        return fail("审计日志没有写全 / the audit log has only that it was asked for", Exit.OTHER)
    return Exit.FOUND


def _change(args: argparse.Namespace) -> CardChange:
    """What is asked for. Raises ValueError with what is wrong with it."""
    change = CardChange(
        level=args.level,
        color=args.color,
        picture_url=args.picture_url,
        phone=args.phone,
        validity=_validity(args),
        attach=args.attach,
    )
    if not change.named():
        raise ValueError("没有要改的内容 / nothing to change was named")
    problems = [
        f"{problem.field}: {problem.fault}" + (f" (<= {problem.most})" if problem.most else "")
        for problem in change_problems(change)
    ]
    if problems:
        raise ValueError("内容不符合要求 / not sent, as it is not right: " + "; ".join(problems))
    return change


def _validity(args: argparse.Namespace) -> NewValidity | None:
    ranged = args.valid_from is not None or args.valid_until is not None
    if ranged + (args.valid_days is not None) + args.permanent > 1:
        raise ValueError("有效期只能选一种 / only one kind of validity")
    if ranged:
        return NewValidity(ValidityKind.FIXED_RANGE, args.valid_from, args.valid_until)
    if args.valid_days is not None:
        return NewValidity(ValidityKind.FIXED_TERM, days=args.valid_days)
    return NewValidity(ValidityKind.PERMANENT) if args.permanent else None


def _print(args: argparse.Namespace, report: CardReport) -> None:
    if args.json:
        print(json.dumps(to_json(report), ensure_ascii=not takes_unicode(), indent=2))
        return
    for line in to_lines(report):
        print(line)
