"""The example of a configuration: every setting as it is declared, each behind a #."""

from __future__ import annotations

import json
from typing import Any

from posmember.settings.declared import POLICIES, SETTINGS
from posmember.settings.kinds import Choice, Flag, Number, Whole
from posmember.settings.setting import REQUIRED, Setting, written

_HEAD = """\
# 每一项设置，写的是不设时的值；去掉行首的 # 才算数。
# Every setting, as it is where nobody sets it; without its # a line counts.
"""
_POLICY_HEAD = """

# 只能写在 /etc/posmember/policy.toml（上面各项也都可以写在那里，别处就改不了）。
# In /etc/posmember/policy.toml alone; what stands above may stand there, too, and is fixed then.
"""


def example() -> str:
    """Write the file; it sets nothing."""
    return _HEAD + _tables(SETTINGS) + _POLICY_HEAD + _tables(POLICIES)


def _tables(settings: tuple[Setting[Any], ...]) -> str:
    lines: list[str] = []
    table = ""
    for setting in settings:
        if setting.table != table:
            table = setting.table
            lines += ["", f"#[{table}]"]
        lines += ["", *_entry(setting)]
    return "\n".join(lines) + "\n"


def _entry(setting: Setting[Any]) -> list[str]:
    value = "…" if setting.default is REQUIRED else written(setting.preset)
    text = json.dumps(value, ensure_ascii=False)
    about = f"# {setting.name.zh}：{setting.help.zh}"
    in_english = f"# {setting.name.en}: {setting.help.en}"
    return [about, f"{in_english}{_bounds(setting)}", f"#{setting.key} = {text}"]


def _bounds(setting: Setting[Any]) -> str:
    match setting.kind:
        case Choice(of):
            return f" ({', '.join(each.value for each in of)})"
        case Number(least, most) | Whole(least, most):
            return f" ({least:g} … {most:g})"
        case Flag():
            return " (true, false)"
    return ""
