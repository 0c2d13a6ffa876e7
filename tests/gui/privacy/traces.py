"""Looks for what is left of a person: in Qt's objects, in a screen reader's tree, in Python."""

from __future__ import annotations

import gc
import types
from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAction,
    QGuiApplication,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

RUN = 4
"""So many digits of a number in a row are a trace of it."""
MOST_UNDOS = 50
ROLES = (*range(40), *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 12))
_HEAVY = frozenset({"windowIcon", "icon", "palette", "font", "cursor", "style", "locale", "mask"})


def pieces(phone: str) -> set[str]:
    """Return what no text may hold of a phone number."""
    return {phone[start : start + RUN] for start in range(len(phone) - RUN + 1)}


def qt_traces(needles: set[str]) -> list[str]:
    """Return where in Qt's objects and the screen reader's tree any of these is, in words."""
    found = []
    for owner, where, text in _all_texts():
        if any(needle in text for needle in needles):
            found.append(f"{type(owner).__name__} {owner.objectName()!r}, {where}: {text!r}")
    return found


def _all_texts() -> Iterator[tuple[QObject, str, str]]:
    for one in list(_objects()):
        yield from ((one, where, text) for where, text in _texts_of(one))
    for window in QApplication.topLevelWidgets():
        interface = QAccessible.queryAccessibleInterface(window)
        if interface is not None:
            yield from ((window, where, text) for where, text in _heard(interface, ""))


def _objects() -> Iterator[QObject]:
    application = QApplication.instance()
    assert application is not None
    roots: list[QObject] = [application, *QGuiApplication.topLevelWindows()]
    roots += QApplication.allWidgets()
    seen: set[int] = set()
    while roots:
        one = roots.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        roots += one.children()
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            roots.append(one.model())
        if isinstance(one, QWidget):
            roots += one.actions()


def _texts_of(one: QObject) -> Iterator[tuple[str, str]]:
    meta = one.metaObject()
    for number in range(meta.propertyCount()):
        name = str(meta.property(number).name())
        if name not in _HEAVY:
            yield f"property {name}", _said(_value(one, name))
    for each in one.dynamicPropertyNames():
        dynamic = bytes(each.data()).decode()
        yield f"dynamic property {dynamic}", _said(_value(one, dynamic))
    text = getattr(one, "text", None)
    if callable(text) and not isinstance(one, QAction):
        yield "text()", _said(text())
    if isinstance(one, QTextDocument):
        yield "document", one.toPlainText()
    if isinstance(one, QAbstractItemModel):
        yield from _rows(one, QModelIndex())
    if isinstance(one, QLineEdit):
        yield from _undone(one)


def _value(one: QObject, name: str) -> object:
    try:
        return one.property(name)
    except RuntimeError:  # of a type that Python does not know: no text
        return None


def _said(value: object) -> str:
    """The texts in a value; no repr of what is Qt's, as that has addresses."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "\n".join(map(_said, value))
    return repr(value) if module_of(value).startswith("posmember") else ""


def _rows(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)  # every model here has one column
        for role in ROLES:
            yield f"row {row}, role {role}", _said(model.data(index, role))


def _undone(field: QLineEdit) -> Iterator[tuple[str, str]]:
    """What undo, and then redo, would bring back; the field is as it was in the end."""
    before = field.text()
    for step in (field.undo, field.redo):
        for _time in range(MOST_UNDOS):
            step()
            if field.text() != before:
                yield step.__name__, field.text()
    field.setText(before)


def _heard(one: QAccessibleInterface, path: str) -> Iterator[tuple[str, str]]:
    for kind in QAccessible.Text:
        if kind is not QAccessible.Text.UserText:
            yield f"accessible {kind.name} of {path}", one.text(kind)
    written = one.textInterface()
    if written is not None:
        yield f"accessible text of {path}", written.text(0, written.characterCount())
    for number in range(one.childCount()):
        child = one.child(number)
        if child is not None:
            yield from _heard(child, f"{path}/{number}")


def python_traces(make_needle: Callable[[], str]) -> list[str]:
    """Return who in Python holds a text with a needle in it, in words: class or module, and where.

    Args:
        make_needle: makes it anew, so that no constant is found.
    """
    gc.unfreeze()  # what was there before the tests is looked through, too
    gc.collect()
    needle = make_needle()
    found = []
    containers = gc.get_objects()
    for one in containers:
        if isinstance(one, types.FrameType) or one is containers or _is_pytests(one):
            continue
        if any(needle in text and text is not needle for text in _strings(one)):
            keys = [str(key)[:20] for key in one][:8] if isinstance(one, dict | list) else []
            name = f"{type(one).__module__}.{type(one).__qualname__}"
            found.append(f"{name} {keys}, held by {_owners(one)}")
    return found


def _is_pytests(one: object) -> bool:
    """Whether it is what pytest has to say of a test that failed before."""
    return module_of(one).startswith("_pytest")


def module_of(one: object) -> str:
    """Where an object's class is from; anything of one whose compiled module tells it otherwise."""
    return str(type(one).__module__)


def _strings(one: object) -> Iterator[str]:
    """The texts that an object holds, also in what Python's collector does not look at."""
    for held in gc.get_referents(one):
        if type(held) is str:
            yield held
        elif type(held) in (dict, tuple) and not gc.is_tracked(held):
            yield from _strings(held)


def _owners(one: object) -> list[str]:
    owners = [type(each).__qualname__ for each in gc.get_referrers(one) if each is not one]
    return sorted(owners)[:4]
