"""The catalogue in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from posmember.resources import resource


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(resource("translations/posmember_en.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
