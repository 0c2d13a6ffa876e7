"""Every setting, declared once: what it may hold, what it is without, and how it is called.

Reading a file, the settings page, ``posmember doctor``, the policy template and the guide's table
are made of these declarations.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Final

from posmember.api.http.proxies import NONE, SYSTEM, check_proxy
from posmember.api.qimai.signing import SignKeys
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ConfigError
from posmember.scanning.profile import compile_url_pattern
from posmember.settings.beside import check_join_qr, parse_hotkey, parse_origins, parse_template
from posmember.settings.kinds import Choice, Flag, Made, Number, Text, Whole
from posmember.settings.setting import REQUIRED, Setting, Words
from posmember.settings.updates import ANY_HOURS, UpdateMode, update_hours, update_mode, update_url

DEFAULT_BASE_URL: Final = "https://openapi.qmai.cn"


class Language(StrEnum):
    """The window's language."""

    ZH = "zh"
    EN = "en"


def _proxy(text: str) -> str:
    return text if text in (SYSTEM, NONE) else check_proxy(text)


def _url_pattern(text: str) -> re.Pattern[str] | None:
    if not text:
        return None
    try:
        return compile_url_pattern(text)
    except ValueError as error:
        raise ConfigError(f"scanner.url_pattern: {error}") from error


OPEN_ID: Final = Setting(
    "platform.open_id", Text(required=True), REQUIRED,
    Words("开放平台 OpenId", "Open ID"),
    Words("企迈开放平台给的应用编号", "The application's id on the Qimai open platform"),
    "PlatformOpenId",
)  # fmt: skip
GRANT_CODE: Final = Setting(
    "platform.grant_code", Text(required=True), REQUIRED,
    Words("授权码 GrantCode", "Grant code"),
    Words("商户授权给应用的编号", "What the merchant granted to the application"),
    "PlatformGrantCode",
)  # fmt: skip
BASE_URL: Final = Setting(
    "platform.base_url", Text(), DEFAULT_BASE_URL,
    Words("会员系统地址", "Platform address"),
    Words("会员系统的网址，一般不用改", "The platform's address; mostly as it is"),
    "PlatformBaseUrl", by_hand=True,
)  # fmt: skip
SIGN_KEYS: Final = Setting(
    "platform.v2_sign_keys", Choice(SignKeys), SignKeys.CAMEL,
    Words("V2 签名字段写法", "Spelling of V2's signed keys"),
    Words("连接检查会自动找出来", "The connection check finds it out"),
    "PlatformV2SignKeys", by_hand=True,
)  # fmt: skip
INSECURE: Final = Setting(
    "platform.allow_insecure_http", Flag(), default=False,
    name=Words("允许明文 http", "Allow plain http"),
    help=Words("只在内网中转时用，窗口会一直提醒", "For a relay in-house; a warning stays"),
    policy="PlatformAllowInsecureHttp", by_hand=True,
)  # fmt: skip
TIMEOUT: Final = Setting(
    "platform.timeout_s", Number(0.5, 60, "s"), 8.0,
    Words("最多等几秒", "Longest wait"),
    Words("一次查询最多等的秒数，含重试", "Seconds that one call may take, retries included"),
    "PlatformTimeoutS", by_hand=True,
)  # fmt: skip
UNIT: Final = Setting(
    "platform.min_amount_use_unit", Choice(MinSpendUnit), MinSpendUnit.AUTO,
    Words("券门槛的单位", "Unit of coupon thresholds"),
    Words("auto 按每张券判断", "auto decides coupon by coupon"),
    "PlatformMinAmountUseUnit", by_hand=True,
)  # fmt: skip
PROXY: Final = Setting(
    "platform.proxy", Made(_proxy), SYSTEM,
    Words("代理", "Proxy"),
    Words(
        "system 跟随系统，none 不用，或写地址",
        "system, none, or the address of one (http, https, socks5)",
    ),
    "PlatformProxy", by_hand=True,
)  # fmt: skip
STORE_CODE: Final = Setting(
    "store.code", Text(), "",
    Words("门店编码", "Store code"),
    Words("会员系统里的门店编码，每次查询都带上", "Sent with every call"),
    "StoreCode",
)  # fmt: skip
STORE_ID: Final = Setting(
    "store.id", Text(), "",
    Words("门店编号", "Store number"),
    Words("券的适用门店可能写编号，没有可不填", "Coupons may name a store by it; may be empty"),
    "StoreId",
)  # fmt: skip
STORE_NAME: Final = Setting(
    "store.name", Text(), "",
    Words("门店名称", "Store name"),
    Words("显示在窗口右上角", "Shown in the window's corner"),
    "StoreName",
)  # fmt: skip
PREFIX: Final = Setting(
    "scanner.prefix", Text(strip=False), "",
    Words("扫码枪前缀", "Scanner's prefix"),
    Words("每个码前面多出来的字符", "What it types before each code"),
    "ScannerPrefix",
)  # fmt: skip
SUFFIX: Final = Setting(
    "scanner.suffix", Text(strip=False), "",
    Words("扫码枪后缀", "Scanner's suffix"),
    Words("每个码后面、回车前多出来的字符", "What it types behind each code, before its Enter"),
    "ScannerSuffix",
)  # fmt: skip
ENTER_FOLLOWS: Final = Setting(
    "scanner.enter_follows", Flag(), default=True,
    name=Words("扫完自动回车", "Enter follows each code"),
    help=Words("扫码枪扫完是否自动按回车或 Tab", "Whether it ends each code with Enter or Tab"),
    policy="ScannerEnterFollows",
)  # fmt: skip
MAX_GAP: Final = Setting(
    "scanner.max_gap_ms", Whole(5, 120, "ms"), 35,
    Words("两个字符最多隔几毫秒", "Longest gap between two keys"),
    Words("扫码检查(F9)会量出来", "The scanner check (F9) measures it"),
    "ScannerMaxGapMs", by_hand=True,
)  # fmt: skip
URL_PATTERN: Final = Setting(
    "scanner.url_pattern", Made(_url_pattern), None,
    Words("会员码网址的写法", "Pattern of member codes that are addresses"),
    Words(
        "正则表达式，用 (?P<code>…) 标出会员码",
        "A regular expression with the group (?P<code>…)",
    ),
    "ScannerUrlPattern", by_hand=True,
)  # fmt: skip
DEVICE: Final = Setting(
    "scanner.device", Text(), "",
    Words("扫码枪的设备名(Windows)", "Scanner's device name (Windows)"),
    Words("如 VID_05E0,填了以后别的程序在前面也能扫", "Such as VID_05E0; read everywhere"),
    "ScannerDevice", by_hand=True,
)  # fmt: skip
SERIAL_PORT: Final = Setting(
    "scanner.serial_port", Text(), "",
    Words("串口扫码枪的端口", "Serial scanner's port"),
    Words("如 COM3、/dev/ttyACM0,不是串口就不填", "Such as COM3, /dev/ttyACM0; else empty"),
    "ScannerSerialPort", by_hand=True,
)  # fmt: skip
SERIAL_BAUD: Final = Setting(
    "scanner.serial_baud", Whole(300, 921_600, "baud"), 9_600,
    Words("串口速率", "Serial speed"),
    Words("按扫码枪说明书填", "As the scanner's manual says"),
    "ScannerSerialBaud", by_hand=True,
)  # fmt: skip
SOUNDS: Final = Setting(
    "window.sounds", Flag(), default=True,
    name=Words("提示音", "Sounds"),
    help=Words("查到、没查到、出错各一种声音", "A tone each for found, not found and wrong"),
    policy="WindowSounds",
)  # fmt: skip
LANGUAGE: Final = Setting(
    "window.language", Choice(Language), Language.ZH,
    Words("语言", "Language"),
    Words("下次启动时生效", "From the next start on"),
    "WindowLanguage", restart=True,
)  # fmt: skip


class Programs(StrEnum):
    """What other programs of this till may ask of the window, over its local socket."""

    OFF = "off"
    MASKED = "masked"
    """Without personal data: no name, phone, card number, code or id."""
    FULL = "full"


HOTKEY: Final = Setting(
    "beside.hotkey", Made(parse_hotkey), parse_hotkey("Ctrl+Alt+H"),
    Words("随时叫出窗口的键", "Key that brings the window up"),
    Words("在别的程序里按它，再按一次回去；none 不用", "From any program, and back again; or none"),
    "BesideHotkey",
)  # fmt: skip
CLOSE_TO_TRAY: Final = Setting(
    "beside.close_to_tray", Flag(), default=False,
    name=Words("关窗口时留在托盘", "Close to the tray"),
    help=Words("点关闭后还在后台，从托盘图标退出", "Closed, it stays in the tray"),
    policy="BesideCloseToTray",
)  # fmt: skip
PROGRAMS: Final = Setting(
    "beside.programs", Choice(Programs), Programs.OFF,
    Words("收银系统来查会员", "Lookups for other programs"),
    Words("允许本机同一用户的程序来查", "Whether programs of the same user may ask"),
    "BesidePrograms", by_hand=True,
)  # fmt: skip
HTTP_PORT: Final = Setting(
    "beside.http_port", Whole(1_024, 65_535, or_zero=True), 0,
    Words("本机 HTTP 端口", "Local HTTP port"),
    Words("给只会用 HTTP 的收银系统，0 是不开", "For tills that speak HTTP alone; 0: none"),
    "BesideHttpPort", by_hand=True,
)  # fmt: skip
HTTP_ORIGINS: Final = Setting(
    "beside.http_origins", Made(parse_origins), (),
    Words("允许的网页来源", "Allowed web origins"),
    Words("如 https://pos.example.com,用空格隔开", "Such as https://pos.example.com"),
    "BesideHttpOrigins", by_hand=True,
)  # fmt: skip
HAND_OVER_PROGRAM: Final = Setting(
    "hand_over.program", Text(), "",
    Words("收银程序", "The till's program"),
    Words("如 pos.exe，填了才能用 Ctrl+Enter 把码输进去", "Such as pos.exe; typed into it alone"),
    "HandOverProgram",
)  # fmt: skip
HAND_OVER_TITLE: Final = Setting(
    "hand_over.title", Text(), "",
    Words("收银窗口的标题", "Its window's title"),
    Words("可用 * 代表任意文字，如 *收银*", "With * for anything, such as *checkout*"),
    "HandOverTitle",
)  # fmt: skip
HAND_OVER_TEMPLATE: Final = Setting(
    "hand_over.template", Made(parse_template), parse_template("{code}{Enter}"),
    Words("输入什么", "What is typed"),
    Words("{code} 是核销码，{Enter} {Tab} 是按键", "{code}, {Enter}, {Tab}, and any text around"),
    "HandOverTemplate",
)  # fmt: skip
HAND_OVER_PAUSE: Final = Setting(
    "hand_over.pause_ms", Whole(0, 500, "ms"), 20,
    Words("两个键之间停几毫秒", "Pause between keys"),
    Words("收银系统跟不上就调大", "Longer where the till's program cannot follow"),
    "HandOverPauseMs", by_hand=True,
)  # fmt: skip
CUSTOMER_SCREEN: Final = Setting(
    "customer.screen", Text(), "",
    Words("顾客屏", "Customer's screen"),
    Words(
        "第几块屏幕，如 2，或屏幕名；留空不用。不会盖住本窗口",
        "Its number, such as 2, or its name; empty: none. Never over this window",
    ),
    "CustomerScreen",
)  # fmt: skip
CUSTOMER_BALANCE: Final = Setting(
    "customer.balance", Flag(), default=False,
    name=Words("顾客屏显示储值", "Balance on the customer's screen"),
    help=Words("旁边的人也看得到", "Whoever stands near sees it, too"),
    policy="CustomerBalance",
)  # fmt: skip
JOIN_QR: Final = Setting(
    "customer.join_qr", Text(check=check_join_qr), "",
    Words("入会二维码", "Join QR code"),
    Words(
        "PNG 或 JPEG 图片文件，或 https 入会网址；查不到会员时显示",
        "A PNG or JPEG file, or an https address to join at; shown where nobody is found",
    ),
    "CustomerJoinQr",
)  # fmt: skip

UPDATES_URL: Final = Setting(
    "updates.url", Made(update_url), "",
    Words("更新地址", "Address of updates"),
    Words("总部放新版本的网址，留空不更新", "Where new versions are; empty: no updates"),
    "UpdatesUrl", by_hand=True,
)  # fmt: skip
UPDATES_HOURS: Final = Setting(
    "updates.hours", Made(update_hours), ANY_HOURS,
    Words("什么时间更新", "Hours of updates"),
    Words("如 22:00-06:00，留空随时", "Such as 22:00-06:00; empty: at any time"),
    "UpdatesHours",
)  # fmt: skip
UPDATES_IDLE: Final = Setting(
    "updates.idle_min", Whole(5, 720, "min", or_zero=True), 0,
    Words("没人用几分钟后自动装", "Install by itself after"),
    Words("0 是不自动装，等人点", "Minutes with nobody on the screen; 0: when somebody says so"),
    "UpdatesIdleMin",
)  # fmt: skip


class PhoneLookup(StrEnum):
    """What a cashier may see of a member who is looked up by a phone number."""

    FULL = "full"
    MASKED = "masked"
    OFF = "off"


class SettingsAccess(StrEnum):
    """Who may open the window's settings."""

    OPEN = "open"
    PIN = "pin"
    LOCKED = "locked"


class HandOver(StrEnum):
    """Whether a code may be typed into the till's own program."""

    ON = "on"
    OFF = "off"


PHONE_LOOKUP: Final = Setting(
    "policy.phone_lookup", Choice(PhoneLookup), PhoneLookup.FULL,
    Words("手机号查询", "Lookup by phone"),
    Words(
        "full 照常；masked 不显示券码、卡号和储值；off 不能用手机号查",
        "full; masked: no codes, no stored value; off: not by phone",
    ),
    "PhoneLookup",
)  # fmt: skip
SETTINGS_ACCESS: Final = Setting(
    "policy.settings", Choice(SettingsAccess), SettingsAccess.OPEN,
    Words("谁能改设置", "Who may change settings"),
    Words(
        "open 谁都能改；pin 要主管 PIN;locked 不能改",
        "open: anybody; pin: with a supervisor's PIN; locked: nobody",
    ),
    "SettingsAccess",
)  # fmt: skip

HAND_OVER: Final = Setting(
    "policy.hand_over", Choice(HandOver), HandOver.ON,
    Words("把码输进收银程序", "Typing codes into the till"),
    Words("on 按设置；off 不能用", "on: as the settings say; off: never"),
    "HandOver",
)  # fmt: skip

UPDATES: Final = Setting(
    "policy.updates", Made(update_mode), UpdateMode(),
    Words("更新", "Updates"),
    Words(
        "on 更新；off 不更新；或只用这个版本，如 1.2.3",
        "on, off, or the only version that is taken, such as 1.2.3",
    ),
    "Updates",
)  # fmt: skip
UPDATES_BACK: Final = Setting(
    "policy.updates_back", Flag(), default=False,
    name=Words("允许退回旧版本", "Allow going back"),
    help=Words(
        "只退回发布时注明可以退回的版本",
        "To an older version, where its release says that one may go back to it",
    ),
    policy="UpdatesBack",
)  # fmt: skip

CLEAR_AFTER: Final = Setting(
    "window.clear_after_s", Whole(10, 3_600, "s", or_zero=True), 90,
    Words("没人操作几秒后清屏", "Clear the screen after"),
    Words("0 是不自动清屏", "Seconds that nobody touches it; 0: never"),
    "WindowClearAfterS",
)  # fmt: skip

SETTINGS: Final[tuple[Setting[Any], ...]] = (
    OPEN_ID, GRANT_CODE, BASE_URL, SIGN_KEYS, INSECURE, TIMEOUT, UNIT, PROXY,
    STORE_CODE, STORE_ID, STORE_NAME,
    PREFIX, SUFFIX, ENTER_FOLLOWS, MAX_GAP, URL_PATTERN, DEVICE, SERIAL_PORT, SERIAL_BAUD,
    SOUNDS, LANGUAGE, CLEAR_AFTER,
    HOTKEY, CLOSE_TO_TRAY, PROGRAMS, HTTP_PORT, HTTP_ORIGINS,
    HAND_OVER_PROGRAM, HAND_OVER_TITLE, HAND_OVER_TEMPLATE, HAND_OVER_PAUSE,
    CUSTOMER_SCREEN, CUSTOMER_BALANCE, JOIN_QR,
    UPDATES_URL, UPDATES_HOURS, UPDATES_IDLE,
)  # fmt: skip
"""In the order of the file and of the pages."""

POLICIES: Final[tuple[Setting[Any], ...]] = (
    PHONE_LOOKUP, SETTINGS_ACCESS, HAND_OVER, UPDATES, UPDATES_BACK,
)  # fmt: skip
"""What the machine's policy alone can set."""

BY_PATH: Final = {setting.path: setting for setting in SETTINGS}
POLICY_BY_PATH: Final = {setting.path: setting for setting in POLICIES}
TABLES: Final = tuple(dict.fromkeys(setting.table for setting in SETTINGS))
