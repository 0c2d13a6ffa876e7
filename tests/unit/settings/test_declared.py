"""Settings are declared once: what is declared is used, what is used is declared."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

import posmember
from posmember.domain.context import Store
from posmember.errors import ConfigError
from posmember.settings import config, declared
from posmember.settings.config import (
    BesideSettings,
    CustomerSettings,
    HandOverSettings,
    PlatformSettings,
    ScannerSettings,
    Settings,
    UpdatesSettings,
    WindowSettings,
)
from posmember.settings.declared import POLICIES, SETTINGS
from posmember.settings.setting import REQUIRED, Setting, written

IN_THE_PROGRAM = {
    "platform": PlatformSettings,
    "store": Store,
    "scanner": ScannerSettings,
    "window": WindowSettings,
    "beside": BesideSettings,
    "hand_over": HandOverSettings,
    "customer": CustomerSettings,
    "updates": UpdatesSettings,
}
ALL = (*SETTINGS, *POLICIES)
IDS = [setting.path for setting in ALL]


def names_used() -> set[str]:
    """Every name and attribute that the program reads outside the settings themselves."""
    root = Path(posmember.__file__).parent
    found: set[str] = set()
    for path in root.rglob("*.py"):
        if path.parent.name == "settings":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found


def test_what_the_program_takes_is_what_is_declared() -> None:
    taken = {
        f"{table}.{each.name}"
        for table, kept_as in IN_THE_PROGRAM.items()
        for each in fields(kept_as)
    }
    assert taken == {setting.path for setting in SETTINGS}


def test_every_setting_is_used() -> None:
    used = names_used()
    assert [setting.path for setting in SETTINGS if setting.key not in used] == []


def test_every_policy_is_used() -> None:
    used = names_used()
    names = {name: value for name, value in vars(declared).items() if isinstance(value, Setting)}
    unused = [name for name, setting in names.items() if setting in POLICIES and name not in used]
    assert unused == []


def test_each_has_a_place_and_a_policy_name_of_its_own() -> None:
    assert len({setting.path for setting in ALL}) == len(ALL)
    assert len({setting.policy.casefold() for setting in ALL}) == len(ALL)


@pytest.mark.parametrize("setting", ALL, ids=IDS)
def test_each_is_said_in_both_languages(setting: Setting[object]) -> None:
    for words in (setting.name, setting.help):
        assert words.zh.strip()
        assert words.en.strip()
        assert words.en.replace("…", "").isascii()
        assert not words.zh.isascii()


@pytest.mark.parametrize("setting", ALL, ids=IDS)
def test_each_default_is_one_that_it_may_hold(setting: Setting[object]) -> None:
    if setting.default is REQUIRED:
        with pytest.raises(ConfigError, match=f"^{setting.path} is missing$"):
            _ = setting.preset
        return
    assert setting.read(written(setting.preset)) == setting.preset


@pytest.mark.parametrize("setting", ALL, ids=IDS)
def test_each_tells_what_is_wrong_by_its_path(setting: Setting[object]) -> None:
    with pytest.raises(ConfigError, match=f"^{setting.path} has to be "):
        setting.read([1])


def test_a_configuration_without_a_file_has_every_default() -> None:
    least = {"platform": {"open_id": "an-id", "grant_code": "a-code"}}
    assert config.parse(least) == Settings(
        PlatformSettings("an-id", "a-code"),
        given=frozenset({"platform.open_id", "platform.grant_code"}),
    )
