"""What the scanner check found, in words for whoever stands at the till."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.scanning.findings import (
    Diagnosis,
    Finding,
    FindingCode,
    ProposedSettings,
    Severity,
    Suffix,
)
from posmember.scanning.trace import control_name

translate = QCoreApplication.translate


def verdict_of_scanner_text(diagnosis: Diagnosis) -> str:
    """Say in one line whether scans work."""
    worst = diagnosis.findings[0].severity if diagnosis.findings else Severity.OK
    if diagnosis.proposed is None:
        return translate("Messages", "没有读到完整的测试码")
    match worst:
        case Severity.PROBLEM:
            return translate("Messages", "扫码枪还不能正常使用")
        case Severity.WARNING:
            return translate("Messages", "扫码枪可以用，有几点请留意")
        case Severity.OK:
            return translate("Messages", "扫码枪一切正常")


def finding_text(finding: Finding) -> str:
    """Say what was found, and what to do about it."""
    return _finding(finding).format(**finding.params)


def proposed_texts(proposed: ProposedSettings) -> tuple[tuple[str, str], ...]:
    """Name each proposed setting, and its value."""
    nothing = translate("Messages", "没有", "no characters before or behind a code")
    if proposed.enter_follows:
        end = translate("Messages", "扫码枪发送的结束键", "what ends a scan")
    else:
        end = translate("Messages", "停顿一下", "what ends a scan")
    gap = translate("Messages", "{milliseconds} 毫秒").format(milliseconds=proposed.max_gap_ms)
    return (
        (
            translate("Messages", "码前面的字符"),
            _named(proposed.prefix) or nothing,
        ),
        (translate("Messages", "码后面的字符"), _named(proposed.suffix) or nothing),
        (translate("Messages", "一次扫码的结束"), end),
        (translate("Messages", "两键之间最长间隔"), gap),
    )


def _named(text: str) -> str:
    """Characters that can be read, control characters by their names."""
    return " ".join(char if char.isprintable() else control_name(char) for char in text)


def _finding(finding: Finding) -> str:
    match finding.code:
        case FindingCode.INPUT_METHOD:
            return _input_method(str(finding.params["sign"]))
        case FindingCode.OTHER_LAYOUT:
            return _other_layout(str(finding.params["layout"]))
        case FindingCode.SUFFIX:
            return _suffix(Suffix(str(finding.params["suffix"])))
        case (
            FindingCode.SPEED
            | FindingCode.UNEVEN
            | FindingCode.SLOW
            | FindingCode.TOO_SLOW
            | FindingCode.KEYS_OVERLAP
        ):
            return _timing(finding.code)
        case (
            FindingCode.PREFIX
            | FindingCode.AIM_IDENTIFIER
            | FindingCode.CONTROL_CHARACTERS
            | FindingCode.OTHER_KEYS
            | FindingCode.SUFFIX_TEXT
        ):
            return _around(finding.code)
        case _:
            return _code(finding.code)


def _code(code: FindingCode) -> str:
    match code:
        case FindingCode.READ_WHOLE:
            return translate("Messages", "内容完整，和测试码一模一样")
        case FindingCode.SEVERAL_READS:
            return translate("Messages", "扫一下发送了 {count} 次，请在扫码枪上关闭连续扫描")
        case FindingCode.KEYS_MISSING:
            return translate(
                "Messages", "少了 {count} 个字符。请再扫一次；总是缺少时，请调慢或更换扫码枪"
            )
        case FindingCode.CAPS_LOCK:
            return translate(
                "Messages", "大小写反了：请按一下 Caps Lock（大写锁定）键，灯灭后再扫一次"
            )
        case FindingCode.ALT_CODES:
            return translate(
                "Messages",
                "扫码枪在用 ALT 方式发码（按住 Alt 敲小键盘数字），又慢又容易收不到："
                "请在扫码枪上关掉 ALT 方式，改成标准键盘",
            )
        case FindingCode.KEYPAD:
            return translate(
                "Messages", "数字按小键盘发送：在其他程序里扫码时，Num Lock 灯要一直亮着"
            )
        case FindingCode.KEYPAD_WITHOUT_NUM_LOCK:
            return translate(
                "Messages",
                "数字按小键盘发送，Num Lock 灯没亮：本程序能识别，其他程序收不到数字，"
                "请按一下 Num Lock 键",
            )
        case _:
            return translate("Messages", "这不是测试码，请扫测试页或屏幕上的码")


def _input_method(sign: str) -> str:
    match sign:
        case "composed":
            return translate(
                "Messages",
                "中文输入法抢走了按键：请切换到英文再扫一次。"
                "查会员时本程序会避开输入法，其他程序不会",
            )
        case "swapped":
            return translate(
                "Messages", "字符都在，但顺序乱了，多半是输入法造成的：请关闭输入法再扫一次"
            )
        case _:
            return translate("Messages", "字母没有收到，多半被输入法拿走了：请切换到英文再扫一次")


def _other_layout(layout: str) -> str:
    match layout:
        case "azerty":
            return translate(
                "Messages", "电脑用的是法语键盘布局，字母和数字会错：请改用中文或美式英文键盘"
            )
        case "qwertz":
            return translate(
                "Messages", "电脑用的是德语键盘布局，Y 和 Z 会互换：请改用中文或美式英文键盘"
            )
        case _:
            return translate(
                "Messages",
                "扫码枪和电脑的键盘布局不一样：请在电脑上改用美式英文键盘，"
                "扫码枪也设为美式英文键盘",
            )


def _around(code: FindingCode) -> str:
    match code:
        case FindingCode.PREFIX:
            return translate("Messages", "码前面多了「{text}」，使用建议的设置后会自动去掉")
        case FindingCode.AIM_IDENTIFIER:
            return translate("Messages", "码前面有条码种类标记「{text}」，会自动去掉")
        case FindingCode.CONTROL_CHARACTERS:
            return translate(
                "Messages",
                "还发送了控制字符 {names}，本程序会去掉；其他程序可能当成快捷键，"
                "用不到时请在扫码枪上关闭",
            )
        case FindingCode.OTHER_KEYS:
            return translate("Messages", "还按了 {names} 键，可能触发快捷键：请在扫码枪上关闭")
        case _:
            return translate("Messages", "码后面多了「{text}」，使用建议的设置后会自动去掉")


def _suffix(suffix: Suffix) -> str:
    match suffix:
        case Suffix.ENTER:
            return translate("Messages", "扫完会按回车，正合适")
        case Suffix.KEYPAD_ENTER:
            return translate("Messages", "扫完会按小键盘上的回车，可以用")
        case Suffix.TAB:
            return translate("Messages", "扫完会按 Tab 键，可以用；改成回车更合适")
        case Suffix.LINE_FEED:
            return translate("Messages", "扫完会发送换行，可以用；改成回车更合适")
        case Suffix.CR_LF:
            return translate("Messages", "扫完会发送回车和换行，可以用")
        case Suffix.NONE:
            return translate(
                "Messages", "扫完没有按回车，要停顿一下才会查询：请在扫码枪上把结束键设为回车"
            )
        case Suffix.OTHER:
            return translate("Messages", "扫完发送了不止一个结束键：请在扫码枪上只保留回车")


def _timing(code: FindingCode) -> str:
    match code:
        case FindingCode.SPEED:
            return translate(
                "Messages", "速度正常：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒"
            )
        case FindingCode.UNEVEN:
            return translate(
                "Messages",
                "速度时快时慢：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒，请再扫一次确认",
            )
        case FindingCode.SLOW:
            return translate(
                "Messages",
                "速度偏慢：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒，"
                "请使用建议的设置，或在扫码枪上调快",
            )
        case FindingCode.TOO_SLOW:
            return translate(
                "Messages",
                "速度太慢：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒，"
                "和手工输入分不清，请在扫码枪上调快",
            )
        case _:
            return translate(
                "Messages",
                "按下一个键时上一个键还没松开（按住 {hold_ms} 毫秒），个别程序会漏字符",
            )
