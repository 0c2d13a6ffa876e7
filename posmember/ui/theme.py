"""The look of the window: design tokens, the palette and the one stylesheet made of them.

Nothing here needs the domain, so that the first paint does not wait for it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from posmember.resources import resource

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

FONT_FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
)
STYLE_ARGUMENTS = ("-style", "Fusion")
"""Arguments for QApplication. Setting the style later costs some 10 ms of the start."""

VALUE_PX, TITLE_PX, TEXT_PX, SMALL_PX = 24, 18, 16, 14
"""The sizes of letters, in pixels at 100 %: a figure, a title or verdict, a sentence, the least.

Seen from a metre the usual text is some 16 minutes of arc high.
"""

_DARK_BELOW = 128
_TOKEN_IN_STYLESHEET = re.compile(r"@([a-z-]+)")


class Tokens:
    """The colours of one scheme by their names in ``resources/styles``.

    Args:
        scheme: "light" or "dark".

    Raises:
        FileNotFoundError: the scheme's file is missing.
        ValueError: a line of it is no name and colour.
    """

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        self._values = _read_tokens(resource(f"styles/{scheme}.tokens").read_text("utf-8"))
        self._colors = {name: QColor(value) for name, value in self._values.items()}

    @property
    def names(self) -> frozenset[str]:
        """The names of all tokens."""
        return frozenset(self._values)

    def color(self, name: str) -> QColor:
        """Return a token's colour. Raises KeyError for an unknown name."""
        return self._colors[name]

    def fill_in(self, stylesheet: str) -> str:
        """Replace every ``@name`` of a stylesheet by the colour of that name."""
        return _TOKEN_IN_STYLESHEET.sub(lambda found: self._values[found[1]], stylesheet)


@cache
def tokens(scheme: str) -> Tokens:
    """Return the tokens of "light" or "dark", read once."""
    return Tokens(scheme)


def current_tokens() -> Tokens:
    """Return the tokens of the scheme that the application is in."""
    return tokens(_scheme_of(QGuiApplication.palette()))


def install_theme(app: QApplication, *, styled: bool = False) -> None:
    """Give the application its look, now and whenever the system's colour scheme changes.

    To be called once, before the first window is made.

    Args:
        styled: whether the application was made with `STYLE_ARGUMENTS`.
    """
    if not styled:
        app.setStyle("Fusion")
    app.setFont(base_font())
    # Fusion's own palette follows the system; asking for the scheme itself costs more time.
    apply_scheme(app, _scheme_of(app.palette()))
    app.styleHints().colorSchemeChanged.connect(lambda scheme: _follow(app, scheme))


def base_font() -> QFont:
    """Return the window's font: the first of our families that the system has."""
    font = QFont(list(FONT_FAMILIES))
    font.setPixelSize(TEXT_PX)
    return font


def _follow(app: QApplication, scheme: Qt.ColorScheme) -> None:
    from PySide6.QtCore import Qt

    apply_scheme(app, "dark" if scheme is Qt.ColorScheme.Dark else "light")


def _scheme_of(palette: QPalette) -> str:
    window = palette.color(QPalette.ColorRole.Window)
    return "dark" if window.lightness() < _DARK_BELOW else "light"


def apply_scheme(app: QApplication, scheme: str) -> None:
    """Give the application the colours of "light" or "dark"."""
    chosen = tokens(scheme)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(chosen.fill_in(resource("styles/window.qss").read_text("utf-8")))


def restyle(widget: QWidget) -> None:
    """Give a widget the look of its name and properties as they are now."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _read_tokens(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for line in text.splitlines():
        if not line or line.startswith("# "):
            continue
        name, value = line.split()
        values[name] = value
    return values


def _palette(chosen: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(chosen.color("panel"), chosen.color("window"))
    for target, name in (
        (role.WindowText, "text"),
        (role.Text, "text"),
        (role.ButtonText, "text"),
        (role.Base, "field"),
        (role.AlternateBase, "sunken"),
        (role.ToolTipBase, "panel"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on-accent"),
        (role.Accent, "accent"),
        (role.Link, "accent"),
        (role.Mid, "edge"),
    ):
        palette.setColor(target, chosen.color(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, chosen.color("muted"))
    return palette
