"""Settings in words: their names, their values, and what is wrong with what was typed."""

from __future__ import annotations

import re
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLocale

from posmember.errors import ConfigError
from posmember.settings import declared
from posmember.settings.kinds import MAX_TEXT, Flag, Number, Text, Whole
from posmember.settings.setting import Page, Setting, Words

translate = QCoreApplication.translate

_IDS: Final = (declared.OPEN_ID, declared.GRANT_CODE)
_ID: Final = re.compile(r"[!-~]+")


def said(words: Words) -> str:
    """Words that were declared in both languages, in the window's."""
    return words.en if QLocale().language() == QLocale.Language.English else words.zh


def page_text(page: Page) -> str:
    """The title of a page of the settings."""
    match page:
        case Page.PLATFORM:
            return translate("SettingsPages", "会员系统")
        case Page.STORE:
            return translate("Settings", "门店")
        case Page.SCANNER:
            return translate("Settings", "扫码枪")
        case Page.WINDOW:
            return translate("Settings", "窗口")
        case Page.BESIDE:
            return translate("Settings", "配合收银")
        case Page.HAND_OVER:
            return translate("Settings", "交码给收银")
        case Page.CUSTOMER:
            return translate("Settings", "顾客屏")
        case Page.UPDATES:
            return translate("Settings", "更新")


def choice_text(value: str) -> str:
    """One of a few values, as people say it; as it stands in a file where there is no word."""
    words = {
        "zh": "中文",
        "en": "English",
        "auto": translate("Settings", "自动判断"),
        "fen": translate("Settings", "分"),
        "yuan": translate("Settings", "元"),
        "off": translate("Settings", "不允许"),
        "masked": translate("Settings", "允许，不含个人信息"),
        "full": translate("Settings", "允许"),
    }
    return words.get(value, value)


def setting_problem_text(setting: Setting[Any], value: object) -> str:
    """Say what is wrong with a value as a file would hold it; "" where nothing is."""
    try:
        setting.read(value)
    except ConfigError:
        return _own_problem(setting) or _problem_of_kind(setting, value)
    if setting in _IDS and not _ID.fullmatch(str(value)):
        return translate("Settings", "只有字母、数字和符号，中间没有空格，请重新复制")
    return ""


def _own_problem(setting: Setting[Any]) -> str:
    """Of a setting that looks at more than its kind does."""
    match setting.path:
        case declared.PROXY.path:
            return translate("Settings", "请填 system、none 或代理地址，如 http://10.0.0.1:8080")
        case declared.URL_PATTERN.path:
            return translate("Settings", "不是能用的正则表达式，会员码要用 (?P<code>…) 标出")
        case declared.HOTKEY.path:
            return translate("Settings", "请填组合键，如 Ctrl+Alt+H")
        case declared.HTTP_ORIGINS.path:
            return translate("Settings", "请填网页来源，如 https://pos.example.com")
        case declared.JOIN_QR.path:
            return translate("Settings", "请填图片文件，或 https 开头的网址")
        case declared.HAND_OVER_TEMPLATE.path:
            return translate("Settings", "要有一个 {code},还可以用 {Enter} 和 {Tab}")
        case declared.UPDATES_URL.path:
            return translate("Settings", "请填 https:// 开头的网址")
        case declared.UPDATES_HOURS.path:
            return translate("Settings", "请填时间段，如 22:00-06:00")
    return ""


def _problem_of_kind(setting: Setting[Any], value: object) -> str:
    kind = setting.kind
    match kind:
        case Number() | Whole():
            text = translate("Settings", "请填 {least} 到 {most} 之间的数")
            if isinstance(kind, Whole):
                text = translate("Settings", "请填 {least} 到 {most} 之间的整数")
                if kind.or_zero:
                    text = translate("Settings", "请填 {least} 到 {most} 之间的整数，或 0")
            return text.format(least=f"{kind.least:g}", most=f"{kind.most:g}")
        case Flag():
            return translate("Settings", "请选是或否")
        case Text():
            return _problem_of_text(value)
    return translate("Settings", "这个值不能用")


def _problem_of_text(value: object) -> str:
    if not isinstance(value, str):
        return translate("Settings", "请填文字")
    if not value.strip():
        return translate("Settings", "这一项必填")
    if len(value) > MAX_TEXT:
        return translate("Settings", "太长了")
    return translate("Settings", "里面有看不见的控制字符，请重新输入")
