"""The tokens of both schemes are alike, and their texts can be read."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from posmember.resources import resource
from posmember.ui.theme import FONT_FAMILIES, apply_scheme, current_tokens, install_theme, tokens

SCHEMES = ("light", "dark")
READABLE = 4.5
"""The least contrast of text (WCAG 2.2, level AA)."""

TEXT_ON_GROUND = (
    ("text", "window"), ("text", "panel"), ("text", "field"), ("text", "sunken"),
    ("text", "accent-soft"), ("text", "check-soft"), ("text", "error-soft"),
    ("muted", "window"), ("muted", "panel"), ("muted", "sunken"), ("muted", "blocked-soft"),
    ("muted", "accent-soft"), ("accent", "panel"), ("accent", "sunken"), ("on-accent", "accent"),
    ("on-accent", "usable"), ("usable", "panel"), ("check", "check-soft"), ("check", "panel"),
    ("blocked", "blocked-soft"), ("error", "panel"), ("on-error", "error"), ("accent", "window"),
    ("text", "blocked-soft"), ("blocked", "panel"), ("blocked", "sunken"), ("muted", "check-soft"),
    ("usable", "accent-soft"), ("check", "accent-soft"), ("blocked", "accent-soft"),
    ("usable", "sunken"), ("check", "sunken"), ("accent", "accent-soft"),
    ("usable", "usable-soft"), ("error", "window"), ("check", "window"),
)  # fmt: skip


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_both_schemes_have_the_same_tokens() -> None:
    assert tokens("light").names == tokens("dark").names


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    chosen = tokens(scheme)
    assert contrast(chosen.color(text), chosen.color(ground)) >= READABLE


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_stylesheet_is_filled_in(scheme: str) -> None:
    raw = resource("styles/window.qss").read_text("utf-8")
    filled = tokens(scheme).fill_in(raw)
    assert re.search("@[a-z]", raw)
    assert not re.search("@[a-z]", filled)


BORDER_ON_GROUND = ("window", "panel", "field", "accent-soft")
SEEN = 3.0
"""The least contrast of a control's border (WCAG 2.2, 1.4.11)."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", BORDER_ON_GROUND)
def test_the_borders_of_controls_are_seen(scheme: str, ground: str) -> None:
    chosen = tokens(scheme)
    for border in ("edge", "accent"):
        assert contrast(chosen.color(border), chosen.color(ground)) >= SEEN


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        tokens("light").fill_in("QLabel { color: @nothing; }")


def test_the_application_takes_the_look(qapp: QApplication) -> None:
    install_theme(qapp)
    qapp.setStyleSheet("")  # it stands before the style itself
    assert qapp.style().objectName() == "fusion"
    assert tuple(qapp.font().families()) == FONT_FAMILIES
    for scheme in ("dark", "light"):
        apply_scheme(qapp, scheme)
        assert current_tokens().scheme == scheme
        window = qapp.palette().color(QPalette.ColorRole.Window)
        assert window == tokens(scheme).color("window")
