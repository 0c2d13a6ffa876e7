"""What a screen reader finds in every state of the window: named, in order, and told once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from posmember.ui.main_window import MainWindow
from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.labels import ElidedLabel
from tests.gui import samples
from tests.gui.accessible_tree import LANGUAGES, Node, nodes, path_of, text
from tests.gui.test_geometry import SIZES, STATES, enter, leave
from tests.gui.themed import give_theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Role = QAccessible.Role
CONTROLS = frozenset(
    {
        Role.PushButton,
        Role.RadioButton,
        Role.CheckBox,
        Role.EditableText,
        Role.ComboBox,
        Role.List,
        Role.ListItem,
    }
)
LAWS = ("1366x768", "the least")


@pytest.fixture(scope="module")
def window(qapp: QApplication) -> Iterator[MainWindow]:
    """One window for all states, as at a till."""
    give_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    made.show()
    QTest.qWaitForWindowActive(made)
    made.prepare()
    made.set_connection(True, 86)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture(params=LAWS)
def sized(window: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    window.resize(*SIZES[request.param])
    return window


@pytest.fixture(params=STATES)
def found(sized: MainWindow, request: pytest.FixtureRequest) -> Iterator[list[Node]]:
    """All nodes of one state at one size."""
    enter(sized, STATES[request.param])
    yield nodes(sized)
    leave(sized)


@pytest.mark.skipif(sys.platform != "linux", reason="Qt names a few things otherwise elsewhere")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tree_of_a_loaded_window_is_as_it_is_kept(language: str) -> None:
    """Brought up to date with ``python -m tests.gui.accessible_tree LANGUAGE > FILE``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.accessible_tree", language],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == path_of(language).read_text("utf-8").splitlines()


def test_what_can_have_the_keyboard_is_a_named_control(found: list[Node]) -> None:
    focusable = [node for node in found if "focusable" in node.states]
    assert [node.line() for node in focusable if not node.name] == []
    assert [node.line() for node in focusable if node.role not in CONTROLS] == []


def test_no_part_that_scrolls_is_nameless(found: list[Node]) -> None:
    areas = [node for node in found if isinstance(node.source, QAbstractScrollArea)]
    assert areas
    assert [node.line() for node in areas if not node.name] == []


def test_nothing_without_a_place_is_said(found: list[Node]) -> None:
    said = [node for node in found if node.name or node.value or node.description]
    # A list's rows that are scrolled away are where they would be.
    assert [node.line() for node in said if node.rect.isEmpty()] == []


def test_no_text_is_read_twice(found: list[Node]) -> None:
    """Neither by a part and what it is a part of, nor by two of the same place."""
    assert list(_echoes(found)) == []


def _echoes(found: list[Node]) -> Iterator[str]:
    above: list[Node] = []
    for node in found:
        del above[node.depth :]
        for outer in above:
            heard = {outer.name, outer.description, *outer.description.split("；")} - {""}
            if node.name in heard and node.role not in (Role.Window, Role.Client):
                yield f"{node.line().strip()} in {outer.line().strip()}"
        above.append(node)
    told = [node for node in found if node.name]
    yield from (
        a.line().strip() for a, b in pairwise(told) if a.name == b.name and a.role == b.role
    )
    yield from (
        node.line().strip() for node in told if node.description == node.name and not _cut(node)
    )


def _cut(node: Node) -> bool:
    """Whether it is painted cut: its tooltip, which has it whole, is read behind it."""
    return isinstance(node.source, ElidedLabel | FittedLabel) and bool(node.source.toolTip())


def test_order_types_are_one_of_several(found: list[Node]) -> None:
    types = [node for node in found if node.name.startswith("订单类型 ")]
    assert [node.role for node in types] == [Role.RadioButton] * 3
    assert [node.name for node in types if "checked" in node.states] == ["订单类型 堂食"]


def test_figures_are_told_with_their_words(window: MainWindow) -> None:
    enter(window, STATES["loaded"])
    names = [node.name for node in nodes(window)]
    leave(window)
    assert "积分 1,280" in names
    assert "储值 \u00a5230.00" in names


def test_no_digit_of_a_phone_is_told_while_it_is_masked(window: MainWindow) -> None:
    enter(window, STATES["loaded"])
    told = text(window)
    leave(window)
    assert samples.FULL_PHONE not in told
    assert samples.FULL_NAME not in told


# --- the Tab key -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_tab_visits_everything_once_in_reading_order(sized: MainWindow, state: str) -> None:
    enter(sized, STATES[state])
    sized.scan_field.setFocus()
    seen = _tabbed(sized)
    every = {
        each for each in sized.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.window() is sized and each.focusProxy() is None and not _is_in_a_group(each)
    }  # fmt: skip
    places = [_place(sized, each) for each in seen]
    leave(sized)
    assert len(seen) == len(set(seen))
    assert {each.accessibleName() for each in every - set(seen)} == set()
    assert places == sorted(places)


def _tabbed(window: MainWindow) -> list[QWidget]:
    seen: list[QWidget] = []
    for _press in range(60):
        focused = window.focusWidget()
        if seen and focused is seen[0]:
            break
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return seen


def _is_in_a_group(widget: QWidget) -> bool:
    """Whether the arrows go there: of buttons of which one is on, Tab visits that one."""
    exclusive = getattr(widget, "autoExclusive", None)
    return exclusive is not None and exclusive() and not widget.isChecked()  # type: ignore[attr-defined]


def _place(window: MainWindow, widget: QWidget) -> tuple[int, int, int, int]:
    """Where a reader comes to it: the window's row, the list, the line in it, from the left."""
    body = window._body
    rows = (window._orders, body.person, body.say, body, window)
    row = next(n for n, part in enumerate(rows) if part.isAncestorOf(widget))
    panel = int(body.assets.gift_cards.isAncestorOf(widget))
    at = widget.mapTo(window, QPoint(0, widget.height() // 2))
    return row, panel, at.y() // 40, at.x()
