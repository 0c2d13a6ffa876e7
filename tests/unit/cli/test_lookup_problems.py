"""What `posmember lookup` says of a text that it does not look up: exit 2, in two languages."""

from __future__ import annotations

import io
import sys

import pytest

from posmember.cli.parser import run
from posmember.report.outcomes import Exit


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["138000000", "--type", "mobile"],
            "收到 9 位(13*****00),手机号应为 11 位 / 9 characters (13*****00), but mobile has 11",
        ),
        (
            ["20880000000000012", "--type", "alipay_user_id"],
            "收到 17 位(20*************12),支付宝用户ID应为 16 位"
            " / 17 characters (20*************12), but alipay_user_id has 16",
        ),
        (
            ["oSample", "--type", "wechat_openid"],
            "收到 7 位(*******),微信 openid应为 28 位"
            " / 7 characters (*******), but wechat_openid has 28",
        ),
        (
            ["oSample", "--type", "wechat_unionid"],
            "收到 7 位(*******),微信 unionid应为 28 位"
            " / 7 characters (*******), but wechat_unionid has 28",
        ),
        (["6901234567892", "--type", "mobile"], "这是商品条码,请扫会员码 / a barcode of goods"),
        *(
            ([text], "这是付款码,请让顾客打开会员码 / a payment code")
            for text in (
                "134567890123456789 09:15",
                "134567890123456789 134567890123456789",
                "134567890123456789A",
                "1134567890123456789",
            )
        ),
        *(
            ([text], "这是银行卡,没有查询 / a bank card")
            for text in ("x6222021234567890=2512", "6222021234567890D25121010000")
        ),
        (["\x1d"], "请输入会员码、手机号或卡号 / no identifier"),
    ],
)
def test_a_problem_is_one_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lookup", *arguments]) == Exit.WRONG_USE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err
    assert arguments[0] not in err


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"138000000\r\n", "9 characters (13*****00)"), (b"", "IDENTIFIER"), (b"\xff\n", "UTF-8")],
)
def test_an_identifier_may_come_by_standard_input(
    content: bytes, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run(["lookup", "-", "--type", "mobile"]) == Exit.WRONG_USE
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert words in err
