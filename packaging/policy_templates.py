"""`dev.py policy FOLDER`: the template with which head office sets policies in Windows' own editor.

Made of the declarations of every setting: ``posmember.admx``, with its words in
``zh-CN/posmember.adml`` and ``en-US/posmember.adml``. Runs in .venv.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from posmember.settings.declared import POLICIES, SETTINGS
from posmember.settings.kinds import MAX_TEXT, Choice, Flag, Number, Whole
from posmember.settings.policy_places import REGISTRY_KEY
from posmember.settings.setting import Page, Setting, Words

SCHEMA: Final = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
NAMESPACE: Final = "Posmember.Policies"
SUPPORTED: Final = "SUPPORTED_Posmember"
ROOT_CATEGORY: Final = "posmember"
POLICY_CATEGORY: Final = "policy"
LANGUAGES: Final = {"zh-CN": "zh", "en-US": "en"}

_CATEGORIES: Final = {
    ROOT_CATEGORY: Words("posmember 会员查询", "posmember"),
    Page.PLATFORM.value: Words("会员系统", "Platform"),
    Page.STORE.value: Words("门店", "Store"),
    Page.SCANNER.value: Words("扫码枪", "Scanner"),
    Page.WINDOW.value: Words("窗口", "Window"),
    Page.BESIDE.value: Words("配合收银", "Beside the till"),
    Page.HAND_OVER.value: Words("交码给收银", "Hand-over"),
    Page.CUSTOMER.value: Words("顾客屏", "Customer's screen"),
    Page.UPDATES.value: Words("更新", "Updates"),
    POLICY_CATEGORY: Words("总部规定", "Rules of head office"),
}
_SUPPORTED_WORDS: Final = Words("posmember 任何版本", "Any version of posmember")
_VALUE: Final = "value"
"""The one part of a policy that has to be entered."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the template, by the id under which both languages have it."""

    id: str
    words: Words


def main(arguments: Sequence[str]) -> int:
    """Write the template into a folder; returns the exit code."""
    if len(arguments) != 1:
        print("usage: dev.py policy FOLDER")
        return 2
    for path in write(Path(arguments[0])):
        print(path)
    return 0


def write(folder: Path) -> list[Path]:
    """Write the template and its words; returns the files. Raises OSError."""
    template = folder / "posmember.admx"
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(template, admx())]
    for name, language in LANGUAGES.items():
        (folder / name).mkdir(exist_ok=True)
        written.append(_write(folder / name / "posmember.adml", adml(language)))
    return written


def _write(path: Path, root: Element) -> Path:
    indent(root)
    path.write_bytes(tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return path


def admx() -> Element:
    """The policies, without a word."""
    root = Element("policyDefinitions", xmlns=SCHEMA, revision="1.0", schemaVersion="1.0")
    spaces = SubElement(root, "policyNamespaces")
    SubElement(spaces, "target", prefix="posmember", namespace=NAMESPACE)
    SubElement(root, "resources", minRequiredRevision="1.0")
    supported = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(supported, "definition", name=SUPPORTED, displayName=_string(SUPPORTED))
    categories = SubElement(root, "categories")
    for name in _CATEGORIES:
        category = SubElement(categories, "category", name=name, displayName=_string(name))
        if name != ROOT_CATEGORY:
            SubElement(category, "parentCategory", ref=ROOT_CATEGORY)
    policies = SubElement(root, "policies")
    for setting in (*SETTINGS, *POLICIES):
        _add_policy(policies, setting)
    return root


def _add_policy(policies: Element, setting: Setting[Any]) -> None:
    name = setting.policy
    switch = {"valueName": name} if isinstance(setting.kind, Flag) else {}
    shown = {} if switch else {"presentation": f"$(presentation.{name})"}
    policy = SubElement(
        policies,
        "policy",
        {
            "name": name,
            "class": "Machine",
            "displayName": _string(name),
            "explainText": _string(f"{name}_Help"),
            "key": REGISTRY_KEY,
            **switch,
            **shown,
        },
    )
    SubElement(policy, "parentCategory", ref=_category(setting))
    SubElement(policy, "supportedOn", ref=SUPPORTED)
    if switch:
        for when, number in (("enabledValue", "1"), ("disabledValue", "0")):
            SubElement(SubElement(policy, when), "decimal", value=number)
    else:
        _add_element(SubElement(policy, "elements"), setting)


def _add_element(elements: Element, setting: Setting[Any]) -> None:
    kind, named = setting.kind, {"id": _VALUE, "valueName": setting.policy}
    if isinstance(kind, Choice):
        enum = SubElement(elements, "enum", named, required="true")
        for each in kind.of:
            item = SubElement(enum, "item", displayName=_string(_item(setting, each)))
            SubElement(SubElement(item, "value"), "string").text = each.value
    elif isinstance(kind, Whole):
        least = "0" if kind.or_zero else str(kind.least)
        bounds = {"minValue": least, "maxValue": str(kind.most), "required": "true"}
        SubElement(elements, "decimal", {**named, **bounds})
    else:  # a number with decimals is a text there, too: the registry has none
        length = {"maxLength": str(MAX_TEXT), "required": "true"}
        SubElement(elements, "text", {**named, **length})


def adml(language: str) -> Element:
    """The words in one language: "zh" or "en"."""
    root = Element("policyDefinitionResources", xmlns=SCHEMA, revision="1.0", schemaVersion="1.0")
    SubElement(root, "displayName").text = "posmember"
    SubElement(root, "description").text = getattr(_CATEGORIES[ROOT_CATEGORY], language)
    resources = SubElement(root, "resources")
    table = SubElement(resources, "stringTable")
    for text in _texts():
        SubElement(table, "string", id=text.id).text = getattr(text.words, language)
    presentations = SubElement(resources, "presentationTable")
    for setting in (*SETTINGS, *POLICIES):
        if not isinstance(setting.kind, Flag):
            _add_presentation(presentations, setting, getattr(setting.name, language))
    return root


def _add_presentation(presentations: Element, setting: Setting[Any], label: str) -> None:
    shown = SubElement(presentations, "presentation", id=setting.policy)
    if isinstance(setting.kind, Choice):
        values = [each.value for each in setting.kind.of]
        place = str(values.index(setting.preset.value))
        SubElement(shown, "dropdownList", refId=_VALUE, defaultItem=place).text = label
    elif isinstance(setting.kind, Whole):
        number = str(setting.preset)
        SubElement(shown, "decimalTextBox", refId=_VALUE, defaultValue=number).text = label
    else:
        box = SubElement(shown, "textBox", refId=_VALUE)
        SubElement(box, "label").text = label


def _texts() -> Iterator[Text]:
    yield Text(SUPPORTED, _SUPPORTED_WORDS)
    for name, words in _CATEGORIES.items():
        yield Text(name, words)
    for setting in (*SETTINGS, *POLICIES):
        yield Text(setting.policy, setting.name)
        yield Text(f"{setting.policy}_Help", _help(setting))
        if isinstance(setting.kind, Choice):
            for each in setting.kind.of:
                yield Text(_item(setting, each), Words(each.value, each.value))


def _help(setting: Setting[Any]) -> Words:
    bounds = ""
    if isinstance(setting.kind, Number | Whole):
        bounds = f" ({setting.kind.least:g} - {setting.kind.most:g} {setting.kind.unit})"
    return Words(f"{setting.help.zh}{bounds}", f"{setting.help.en}{bounds}")


def _category(setting: Setting[Any]) -> str:
    return POLICY_CATEGORY if setting in POLICIES else setting.page.value


def _item(setting: Setting[Any], each: Any) -> str:
    return f"{setting.policy}_{each.value}"


def _string(name: str) -> str:
    return f"$(string.{name})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
