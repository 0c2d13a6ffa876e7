"""``posmember training-page``: a page of codes to train with, to be printed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from posmember.cli.demo import PIN, SUPERVISOR
from posmember.cli.exits import fail
from posmember.cli.lines import say
from posmember.printing.sheet import Sheet
from posmember.printing.training_page import Example, training_page
from posmember.report.outcomes import Exit
from posmember.sandbox.account import PASSWORD
from posmember.sandbox.members.enrol import inner_card_number
from posmember.settings.files import replace_file

PHONE, CARD = "13800000001", "VIP880001"
"""Of the first: what they are identified by, with a secret."""
EXAMPLES: Final = (
    Example(
        "qm0000001", "王小明", ("常客：10 张券、3 张礼品卡", "A regular: 10 coupons, 3 gift cards")
    ),
    Example("qm0000002", "陈静", ("新会员，什么都没有", "New: no coupons, cards or points")),
    Example("13800000004", "周手机", ("没有会员码，报手机号查询", "Found by phone number only")),
    Example("VIP880005", "吴卡号", ("出示会员卡，按卡号查询", "Found by card number only")),
    Example(
        "qm0000003", "孙冻结", ("账号冻结，什么都不能用", "Frozen account: nothing can be used")
    ),
    Example("qm0000048", "乐密码", ("余额和礼品卡要输入密码", "Balance and cards need a password")),
    Example(
        "qm0000046",
        "安推荐",
        ("看推荐，再加几元更划算", "What is suggested, and what is nearly usable"),
    ),
    Example("qm0000023", "金时段", ("礼品卡只在部分时段可用", "Gift cards for some hours only")),
    Example(
        "qm0000030", "刘洋", ("30 张券、10 张卡，练筛选", "30 coupons, 10 cards: try / to filter")
    ),
    Example(
        "oSandbox_openid-000000000007",
        "冯微信",
        ("按 F10 看微信会员卡", "F10 shows the WeChat card"),
    ),
    Example("6901234567892", "商品条码", ("不是会员码，会提示", "Goods, not a member: says so")),
    Example("130000000000000000", "付款码", ("不能当会员码用，会提示", "A payment code: says so")),
)
"""People to train on, each with what it shows, and two codes that are nobody."""
NOTES: Final = (
    (
        "在收银电脑上按 F1，点「进入培训模式」，再扫下面的码。",
        "Press F1 at the till, choose training mode, then scan the codes below.",
    ),
    (
        f"F11：手机号 {PHONE}，密码 {PASSWORD}；"
        f"或实体卡 {CARD}，内部卡号 {inner_card_number(CARD)}。",
        "F11: by phone number and password, or by a card's number and its inner number.",
    ),
    (
        f"F10 修改微信会员卡：主管工号 {SUPERVISOR}，主管密码 {PIN}。",
        "F10: a supervisor's number and PIN to change a WeChat card.",
    ),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "output", type=Path, metavar="FILE", help="a .pdf or .png file, replaced where it exists"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    output: Path = args.output
    kind = output.suffix.lower()
    if kind not in (".pdf", ".png"):
        words = f"文件名要以 .pdf 或 .png 结尾 / has to end in .pdf or .png: {output}"
        return fail(words, Exit.WRONG_USE)
    try:
        replace_file(output, _drawn(training_page(EXAMPLES, NOTES), kind))
    except OSError as error:
        return fail(f"写不了文件 / cannot write: {output}: {error.strerror}", Exit.OTHER)
    say(str(output.absolute()))
    return Exit.FOUND


def _drawn(sheet: Sheet, kind: str) -> bytes:
    from posmember.ui.paper import sheet_png, sheets_pdf  # Qt, only to draw

    return sheets_pdf([sheet]) if kind == ".pdf" else sheet_png(sheet)
