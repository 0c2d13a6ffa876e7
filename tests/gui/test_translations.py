"""The English translation is complete, up to date and keeps every placeholder."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from posmember.resources import resource
from posmember.ui.i18n import install_language

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources/translations/posmember_en.ts"
PLACEHOLDER = re.compile(r"{\w+}")
CHINESE = re.compile("[\u4e00-\u9fff]")
Messages = dict[tuple[str, str, str], ET.Element]


def messages(path: Path) -> Messages:
    """Read a catalogue: (context, source, comment) to the message."""
    found: Messages = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            key = (name, message.findtext("source", ""), message.findtext("comment", ""))
            found[key] = message
    return found


def test_the_catalogue_holds_what_the_code_says(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = [*sorted((ROOT / "posmember/ui").rglob("*.py")), ROOT / "posmember/app.py"]
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    command = [str(tool), "-silent", *map(str, sources), "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    wanted, known = set(messages(fresh)), set(messages(CATALOGUE))
    assert len(wanted) > 300
    assert wanted - known == set(), "run lupdate and translate what is new"
    assert known - wanted == set(), "run lupdate: these are in the code no more"


def test_every_message_is_translated() -> None:
    for key, message in messages(CATALOGUE).items():
        translation = message.find("translation")
        assert translation is not None, key
        assert translation.get("type") is None, key
        assert (translation.text or "").strip(), key
        assert not CHINESE.search(translation.text or ""), key


def test_a_translation_uses_no_placeholder_that_is_not_given() -> None:
    for (_, source, comment), message in messages(CATALOGUE).items():
        used = set(PLACEHOLDER.findall(message.findtext("translation", "")))
        given = set(PLACEHOLDER.findall(source + comment))
        assert used <= given, source


def test_the_compiled_file_is_of_this_catalogue(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(resource("translations/posmember_en.qm")))
    for (context, source, comment), message in messages(CATALOGUE).items():
        compiled = translator.translate(context, source, comment or None)
        assert compiled == message.findtext("translation"), source


@pytest.fixture
def restored_locale() -> object:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("restored_locale")
def test_english_is_installed(qapp: QApplication) -> None:
    install_language(qapp, "en")
    try:
        assert QCoreApplication.translate("Messages", "可用") == "Valid"
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()
    assert QCoreApplication.translate("Messages", "可用") == "可用"


@pytest.mark.usefixtures("restored_locale")
def test_chinese_brings_qts_own_words(qapp: QApplication) -> None:
    install_language(qapp, "zh")
    try:
        assert QCoreApplication.translate("Messages", "可用") == "可用"
        assert QCoreApplication.translate("QWidgetTextControl", "&Copy") == "复制(&C)"
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()


def test_another_language_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="fr"):
        install_language(qapp, "fr")
