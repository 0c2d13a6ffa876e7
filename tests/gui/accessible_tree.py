"""What a screen reader finds in the window, as text: ``python -m tests.gui.accessible_tree``.

Each line is one node: its role, its name, its value and its states, indented by its depth. What
is not in sight is no part of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parents[1] / "samples" / "accessible"
SIZE = (1366, 768)
_STATES = ("focusable", "focused", "selected", "checked", "disabled", "readOnly")


@dataclass(frozen=True)
class Node:
    """One thing that a screen reader can go to.

    Args:
        depth: how many nodes are above it.
        states: names of `QAccessible.State` that are on.
        source: the object that it stands for; of a list's row None.
    """

    depth: int
    role: QAccessible.Role
    name: str
    value: str
    description: str
    states: tuple[str, ...]
    rect: QRect
    source: QObject | None

    def line(self) -> str:
        """Return it as one line of text."""
        said = [self.role.name, f'"{self.name}"' if self.name else ""]
        said.append(f"= {self.value}" if self.value else "")
        said.append(f"({self.description})" if self.description else "")
        said.append(f"[{', '.join(self.states)}]" if self.states else "")
        return "  " * self.depth + " ".join(filter(None, said))


def nodes(root: QObject) -> list[Node]:
    """Return everything in sight below an object, it first, in a reader's order."""
    found = QAccessible.queryAccessibleInterface(root)
    assert found is not None
    return list(_walk(found, 0))


def text(root: QObject) -> str:
    """Return the tree as text; the focus is where it is."""
    return "".join(f"{node.line()}\n" for node in nodes(root))


def _walk(found: QAccessibleInterface, depth: int) -> Iterator[Node]:
    state = found.state()
    if state.invisible:
        return
    what = QAccessible.Text
    yield Node(
        depth,
        found.role(),
        found.text(what.Name),
        found.text(what.Value),
        found.text(what.Description).strip(),
        tuple(name for name in _STATES if getattr(state, name)),
        found.rect(),
        found.object(),
    )
    for number in range(found.childCount()):
        child = found.child(number)
        if child.isValid():
            yield from _walk(child, depth + 1)


def sample_text(language: str) -> str:
    """Return the tree of a loaded window with a selected row, in a process of its own kind."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from posmember.ui.i18n import install_language
    from posmember.ui.main_window import MainWindow
    from posmember.ui.theme import install_theme
    from tests.gui import samples
    from tests.gui.test_geometry import STATES, enter, settle

    app = QApplication([])
    install_theme(app)
    install_language(app, language)
    window = MainWindow(store_name="人民广场店")
    window.resize(*SIZE)
    window.show()
    QTest.qWaitForWindowActive(window)
    window.prepare()
    window.set_connection(True, 86)
    enter(window, STATES["selected"])
    settle()
    assert samples.FULL_PHONE not in text(window)
    return text(window)


def path_of(language: str) -> Path:
    """Return where the tree is kept that the window is compared with."""
    return FOLDER / f"{language}.txt"


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = sys.argv[1] if len(sys.argv) > 1 else "zh"
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(sample_text(wanted))
