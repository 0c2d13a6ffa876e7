"""Why no answer came, and who can do what about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.errors import ApiConnectionError, ConnectionProblem

translate = QCoreApplication.translate


def clear_text_warning() -> str:
    """Say, for as long as the window is open, that everything is sent in clear."""
    return translate("Messages", "正在用明文 http 连接会员系统，请联系管理员改为 https")


def ignored_policy_warning(count: int) -> str:
    """Say that so much of the machine's policy is not gone by."""
    text = translate("Messages", "总部下发的设置有 {count} 处不对，没有采用，请告诉管理员")
    return text.format(count=count)


def connection_text(error: ApiConnectionError, who: str) -> str:
    """Say it; "" where nothing is known but that no answer came.

    Args:
        who: what does not answer, in the cashier's words.
    """
    today = "" if error.own_time is None else error.own_time.date().isoformat()
    return _sentence(error.problem, today).format(who=who, today=today)


def _sentence(problem: ConnectionProblem, today: str) -> str:
    match problem:
        case ConnectionProblem.CLOCK:
            return translate(
                "Messages",
                "电脑时间不对（显示 {today}），请先校准时间再重试；时间没错或改不了的请联系管理员",
            )
        case ConnectionProblem.CERTIFICATE_EXPIRED if today:
            return translate(
                "Messages",
                "{who}的安全证书过期了，请联系管理员；电脑日期（{today}）不对的，请先校准时间",
            )
        case ConnectionProblem.CERTIFICATE_EXPIRED:
            return translate("Messages", "{who}的安全证书过期了，请联系管理员")
        case ConnectionProblem.CERTIFICATE_NOT_YET_VALID:
            return translate("Messages", "{who}的安全证书还没生效，请联系管理员")
        case ConnectionProblem.CERTIFICATE_OTHER_HOST:
            return translate(
                "Messages",
                "连到的不是{who}（安全证书是别家的），请打开浏览器看是否要登录上网，"
                "仍不行请联系管理员",
            )
        case ConnectionProblem.CERTIFICATE_UNTRUSTED:
            return translate(
                "Messages",
                "连到的可能不是{who}（安全证书不受信任），请打开浏览器看是否要登录上网，"
                "仍不行请管理员检查公司网关或杀毒软件",
            )
        case ConnectionProblem.CERTIFICATE_REVOKED:
            return translate("Messages", "{who}的安全证书已被吊销，请联系管理员")
        case ConnectionProblem.CERTIFICATE_WEAK:
            return translate("Messages", "{who}的安全证书强度不够、不安全，请联系管理员")
        case ConnectionProblem.CERTIFICATE_WRONG:
            return translate("Messages", "{who}的安全证书有问题，请联系管理员")
    return _way(problem)


def _way(problem: ConnectionProblem) -> str:
    """Of what stands between."""
    match problem:
        case ConnectionProblem.LOGIN:
            return translate(
                "Messages", "要先登录上网：请打开浏览器，在跳出的页面登录后重试，不会登录的请问店长"
            )
        case ConnectionProblem.PAGE:
            return translate(
                "Messages",
                "收到的是网页，不是{who}的回答，多半要先登录上网：请打开浏览器登录后重试，"
                "已能上网的请联系管理员",
            )
        case ConnectionProblem.NO_TLS:
            return translate(
                "Messages",
                "连到的不是{who}（没有加密），请打开浏览器看是否要登录上网，仍不行请联系管理员",
            )
        case ConnectionProblem.TLS_FAILED:
            return translate(
                "Messages", "和{who}的加密连接没有接通，请重试，仍不行请管理员检查网关和代理"
            )
        case ConnectionProblem.PROXY_UNREACHABLE:
            return translate(
                "Messages", "连不上上网代理，请检查网络后重试，仍不行请管理员检查代理设置"
            )
        case ConnectionProblem.PROXY_LOGIN:
            return translate("Messages", "上网代理要账号密码，请管理员检查代理设置")
        case ConnectionProblem.PROXY_REFUSED:
            return translate(
                "Messages", "上网代理没有接通{who}，请重试，仍不行请管理员检查代理设置"
            )
        case ConnectionProblem.NAME_UNKNOWN:
            return translate(
                "Messages", "找不到{who}的网络地址，请检查网络后重试，仍不行请联系管理员"
            )
    return ""
