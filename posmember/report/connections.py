"""Why no answer came, and what to do, in Chinese and English, on one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from posmember.errors import ApiConnectionError, ConnectionProblem

_Problem = ConnectionProblem
_WORDS: Final[Mapping[ConnectionProblem, str]] = {
    _Problem.CLOCK: (
        "电脑时间不对(显示 {now}),请先校准时间;时间没错的请联系管理员"
        " / this computer's clock is wrong (it says {now}), set it, then try again"
    ),
    _Problem.CERTIFICATE_EXPIRED: (
        "{zh}的安全证书过期了,请联系其技术支持"
        " / the certificate of {en} has expired, tell its support"
    ),
    _Problem.CERTIFICATE_NOT_YET_VALID: (
        "{zh}的安全证书还没生效,请联系其技术支持"
        " / the certificate of {en} is not yet valid, tell its support"
    ),
    _Problem.CERTIFICATE_OTHER_HOST: (
        "连到的不是{zh}:安全证书是别家的,请看是否要登录上网,或地址写错"
        " / the certificate is another host's: log in to the network, or check the address"
    ),
    _Problem.CERTIFICATE_UNTRUSTED: (
        "连到的可能不是{zh}:安全证书不受信任,请看是否要登录上网;公司网关的根证书要装进系统"
        " / the certificate is not trusted: log in to the network,"
        " or install the root certificate of a gateway that reads along"
    ),
    _Problem.CERTIFICATE_REVOKED: (
        "{zh}的安全证书已被吊销,请联系其技术支持"
        " / the certificate of {en} was revoked, tell its support"
    ),
    _Problem.CERTIFICATE_WEAK: (
        "{zh}的安全证书强度不够,请联系其技术支持"
        " / the certificate of {en} is too weak, tell its support"
    ),
    _Problem.CERTIFICATE_WRONG: (
        "{zh}的安全证书有问题,请联系其技术支持"
        " / the certificate of {en} does not hold, tell its support"
    ),
    _Problem.NO_TLS: (
        "连到的不是{zh}:没有加密,请看是否要登录上网,或地址写错"
        " / what answers speaks no TLS: log in to the network, or check the address"
    ),
    _Problem.TLS_FAILED: (
        "和{zh}的加密连接没有接通,请检查网关和代理"
        " / no TLS connection to {en} came about, check gateways and the proxy"
    ),
    _Problem.LOGIN: (
        "要先登录上网,请打开浏览器登录后再试"
        " / the network asks for a login (captive portal): open a browser, log in, try again"
    ),
    _Problem.PAGE: (
        "收到的是网页,不是{zh}的回答,多半要先登录上网,请打开浏览器登录后再试"
        " / a web page came instead of an answer, most likely of a network that asks for a login"
    ),
    _Problem.PROXY_UNREACHABLE: "连不上代理,请检查代理设置 / the proxy cannot be reached, check it",
    _Problem.PROXY_LOGIN: (
        "代理要账号密码,请检查代理设置 / the proxy asks for a name and a password, check it"
    ),
    _Problem.PROXY_REFUSED: (
        "代理没有接通{zh},请检查代理设置 / the proxy did not connect to {en}, check it"
    ),
    _Problem.NAME_UNKNOWN: (
        "找不到{zh}的网络地址,请检查网络和地址"
        " / no such host name is known here, check network and address"
    ),
}
_PERHAPS_THE_CLOCK: Final = "; 电脑日期不对的请先校准 / if this date is wrong, set the clock: {now}"


def connection_words(error: ApiConnectionError, zh: str, en: str) -> str:
    """What is known of it; "" where that is nothing but that no answer came.

    Args:
        zh, en: what does not answer.
    """
    words = _WORDS.get(error.problem, "")
    if error.own_time is None:
        return words.format(zh=zh, en=en, now="?")
    if error.problem is ConnectionProblem.CERTIFICATE_EXPIRED:
        words += _PERHAPS_THE_CLOCK
    return words.format(zh=zh, en=en, now=error.own_time.date().isoformat())
