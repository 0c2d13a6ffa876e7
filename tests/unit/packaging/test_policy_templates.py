"""The template of the machine's policy: whole, in both languages, and read as it is written."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, parse, tostring

import pytest
from policy_templates import LANGUAGES, SCHEMA, main
from xmlschema import XMLSchema

from posmember.settings.declared import POLICIES, SETTINGS
from posmember.settings.policy import registry_policy
from posmember.settings.policy_places import REGISTRY_KEY

SAMPLES = Path(__file__).parents[2] / "samples"
N = {"p": SCHEMA}
REFERENCE = re.compile(r"\$\((string|presentation)\.([A-Za-z0-9_]+)\)")
SHOWN_AS = {"enum": "dropdownList", "decimal": "decimalTextBox", "text": "textBox"}
ALL = (*SETTINGS, *POLICIES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("policy")
    assert main([str(made)]) == 0
    return made


@pytest.fixture(scope="module")
def admx(folder: Path) -> Element:
    return parse(folder / "posmember.admx").getroot()


@pytest.fixture(params=LANGUAGES)
def adml(folder: Path, request: pytest.FixtureRequest) -> Element:
    return parse(folder / request.param / "posmember.adml").getroot()


@pytest.fixture(scope="module")
def grammar() -> XMLSchema:
    return XMLSchema(str(SAMPLES / "policy_template.xsd"))


def test_it_keeps_to_the_grammar_of_templates(folder: Path, grammar: XMLSchema) -> None:
    files = [folder / "posmember.admx", *folder.rglob("*.adml")]
    assert len(files) == 1 + len(LANGUAGES)
    for file in files:
        assert [str(error) for error in grammar.iter_errors(str(file))] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<parentCategory", "<parentKategory"),
        ('class="Machine"', 'class="Till"'),
        ('name="WindowSounds"', 'name="Window.Sounds"'),
        ("$(string.WindowSounds)", "WindowSounds"),
        ('<decimal value="1"', '<decimal value="-1"'),
        ('revision="1.0"', 'revision="1"'),
        (' key="Software', ' place="Software'),
    ],
)
def test_the_grammar_refuses_what_no_editor_takes(
    folder: Path, grammar: XMLSchema, right: str, wrong: str
) -> None:
    _declaration, _, written = (folder / "posmember.admx").read_text("utf-8").partition("\n")
    assert grammar.is_valid(written)
    assert right in written
    assert not grammar.is_valid(written.replace(right, wrong, 1))


def test_every_setting_is_a_policy_of_the_machine(admx: Element) -> None:
    policies = admx.findall(".//p:policy", N)
    assert [policy.get("name") for policy in policies] == [setting.policy for setting in ALL]
    assert {policy.get("class") for policy in policies} == {"Machine"}
    assert {policy.get("key") for policy in policies} == {REGISTRY_KEY}


def test_the_parts_stand_in_the_order_that_the_editor_wants(admx: Element) -> None:
    assert [child.tag.partition("}")[2] for child in admx] == [
        *("policyNamespaces", "resources", "supportedOn", "categories", "policies")
    ]
    for policy in admx.findall(".//p:policy", N):
        parts = [child.tag.partition("}")[2] for child in policy]
        assert parts[:2] == ["parentCategory", "supportedOn"]
        assert parts[2:] in (["elements"], ["enabledValue", "disabledValue"])


def test_every_word_and_presentation_is_there_once(admx: Element, adml: Element) -> None:
    written = tostring(admx, encoding="unicode")
    wanted: dict[str, set[str]] = {"string": set(), "presentation": set()}
    for kind, name in REFERENCE.findall(written):
        wanted[kind].add(name)
    for kind, path in (
        ("string", ".//p:stringTable/p:string"),
        ("presentation", ".//p:presentationTable/p:presentation"),
    ):
        ids = [str(element.get("id")) for element in adml.findall(path, N)]
        assert sorted(ids) == sorted(wanted[kind]), "each that is asked for, once, and no other"
    assert all(string.text for string in adml.findall(".//p:string", N))


def test_each_element_is_shown_as_what_it_is(admx: Element, adml: Element) -> None:
    for policy in admx.findall(".//p:policy", N):
        elements = policy.findall("p:elements/*", N)
        name = policy.get("name")
        shown = adml.findall(f".//p:presentation[@id='{name}']/*", N)
        assert [SHOWN_AS[each.tag.partition("}")[2]] for each in elements] == [
            each.tag.partition("}")[2] for each in shown
        ]
        assert [each.get("id") for each in elements] == [each.get("refId") for each in shown]


def test_categories_and_what_is_supported_are_defined(admx: Element) -> None:
    defined = {category.get("name") for category in admx.findall(".//p:category", N)}
    used = {parent.get("ref") for parent in admx.findall(".//p:parentCategory", N)}
    assert used == defined
    supported = {each.get("name") for each in admx.findall(".//p:definition", N)}
    assert {each.get("ref") for each in admx.findall(".//p:policy/p:supportedOn", N)} == supported


def chosen(policy: Element) -> list[object]:
    """What the editor writes into the registry, for each way of setting a policy."""
    numbers = [int(str(each.get("value"))) for each in policy.findall("p:*/p:decimal[@value]", N)]
    items = [str(each.text) for each in policy.findall(".//p:value/p:string", N)]
    bounds = [
        int(str(each.get(bound)))
        for each in policy.findall(".//p:elements/p:decimal", N)
        for bound in ("minValue", "maxValue")
    ]
    return [*numbers, *items, *bounds]


def test_what_the_editor_writes_is_read(admx: Element) -> None:
    checked = 0
    for policy in admx.findall(".//p:policy", N):
        for value in chosen(policy):
            written: dict[str, object] = {str(policy.get("name")): value}
            found = registry_policy(written.copy)
            assert found.ignored == ()
            assert len(found.raw) == 1
            checked += 1
    assert checked >= 20


def test_every_choice_of_a_setting_can_be_chosen(admx: Element) -> None:
    access = admx.find(".//p:policy[@name='SettingsAccess']", N)
    assert access is not None
    assert chosen(access) == ["open", "pin", "locked"]


@pytest.mark.parametrize("arguments", [[], ["a", "b"]])
def test_wrong_use_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().out.startswith("usage: ")
