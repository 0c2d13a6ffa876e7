"""Why no answer came: each problem of the network is named, with who can do what about it."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from posmember import errors
from posmember.domain.values import CHINA
from posmember.errors import ConnectionProblem as Net
from posmember.ui import messages
from posmember.ui.wording.wechat.errors import card_error_text

PLACEHOLDER = re.compile(r"[{}]|None")
SHOWN = datetime(1970, 1, 1, 8, 3, tzinfo=CHINA)

NETWORK: dict[Net, str] = {
    Net.CLOCK: "电脑时间不对（显示 1970-01-01），请先校准时间",
    Net.CERTIFICATE_EXPIRED: "会员系统的安全证书过期了，请联系管理员；电脑日期（1970-01-01）不对",
    Net.CERTIFICATE_NOT_YET_VALID: "会员系统的安全证书还没生效",
    Net.CERTIFICATE_OTHER_HOST: "连到的不是会员系统（安全证书是别家的）",
    Net.CERTIFICATE_UNTRUSTED: "安全证书不受信任",
    Net.CERTIFICATE_REVOKED: "已被吊销",
    Net.CERTIFICATE_WEAK: "强度不够",
    Net.CERTIFICATE_WRONG: "会员系统的安全证书有问题",
    Net.NO_TLS: "连到的不是会员系统（没有加密）",
    Net.TLS_FAILED: "加密连接没有接通",
    Net.LOGIN: "要先登录上网：请打开浏览器",
    Net.PAGE: "收到的是网页，不是会员系统的回答",
    Net.PROXY_UNREACHABLE: "连不上上网代理",
    Net.PROXY_LOGIN: "上网代理要账号密码",
    Net.PROXY_REFUSED: "上网代理没有接通会员系统",
    Net.NAME_UNKNOWN: "找不到会员系统的网络地址",
    Net.NO_CONNECTION: "连不上会员系统",
    Net.NO_ANSWER: "连不上会员系统",
}


@pytest.mark.parametrize("problem", Net)
def test_what_stands_between_is_named_with_who_can_do_something(
    problem: Net,
) -> None:
    error = errors.ApiConnectionError("x", problem=problem, own_time=SHOWN)
    text = messages.error_text(error).text
    assert NETWORK[problem] in text
    assert "请" in text
    assert not PLACEHOLDER.search(text)


def test_an_expired_certificate_while_the_clock_is_known_to_be_right() -> None:
    error = errors.ApiConnectionError("x", problem=Net.CERTIFICATE_EXPIRED)
    assert messages.error_text(error).text == "会员系统的安全证书过期了，请联系管理员"


@pytest.mark.parametrize(
    ("status", "words"),
    [(502, "会员系统或中间的网关"), (403, "公司网关"), (404, "公司网关"), (302, "地址不对")],
)
def test_a_web_page_may_be_a_gateways(status: int, words: str) -> None:
    error = errors.ApiStatusError("x", status=status, is_page=True)
    assert words in messages.error_text(error).text


@pytest.mark.parametrize("problem", Net)
def test_of_wechat_pay_the_same_is_said(problem: Net) -> None:
    error = errors.ApiConnectionError("x", problem=problem, own_time=SHOWN)
    expected = NETWORK[problem].replace("会员系统", "微信支付").replace("平台", "微信支付")
    assert expected in card_error_text(error)
    page = card_error_text(errors.ApiStatusError("x", status=502, is_page=True))
    assert page.startswith("微信支付或中间的网关暂时出错，请稍后重试")
