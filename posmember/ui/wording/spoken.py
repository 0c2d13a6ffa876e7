"""What only a screen reader says: what a sighted cashier takes in at a glance."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.ui.wording.plain import joined

translate = QCoreApplication.translate


def found_text(name: str, tier: str) -> str:
    """Say who was found.

    Args:
        name: masked, or "" where it is not known. tier: the level's name, or "".
    """
    text = translate("Messages", "已找到会员 {name}").format(name=name).strip()
    return "，".join(filter(None, (text, tier)))


def frozen_text() -> str:
    """Say that an account is frozen."""
    return translate("Messages", "账号已冻结，所有券和卡都不可用")


def usable_text(coupons: int | None, gift_cards: int | None) -> str:
    """Say how many can be used now; None is not known, and not said."""
    parts = []
    if coupons is not None:
        parts.append(translate("Messages", "可用券 {count} 张").format(count=coupons))
    if gift_cards is not None:
        parts.append(translate("Messages", "可用礼品卡 {count} 张").format(count=gift_cards))
    return "，".join(parts)


def place_text(number: int, total: int) -> str:
    """Say which row of how many it is; `number` counts from 1."""
    text = translate("Messages", "第 {number} 条，共 {total} 条")
    return text.format(number=number, total=total)


def row_keys_text(*, opens: bool, has_code: bool) -> str:
    """Say which keys a row takes; `opens` is whether it shows those alike one by one."""
    keys = [
        translate("Messages", "→ 逐张展开") if opens else translate("Messages", "→ 为什么"),
        translate("Messages", "Ctrl+C 复制") if has_code else "",
        translate("Messages", "菜单键 列出能做的"),
    ]
    return joined(filter(None, keys))
