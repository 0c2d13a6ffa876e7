"""What a customer could read on their screen, and views to be read there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QWidget

from posmember.errors import MemberNotFoundError
from posmember.lookup.sections import Failed, Section, SectionState, Skipped, SkipReason
from posmember.printing.barcodes import read_codes
from posmember.ui.beside.customer.big_text import BigText
from posmember.ui.view.screen import Nobody, View
from tests.gui import samples

ADDRESS = "https://join.example.com/member?from=till"
NOT_FOUND = Failed(MemberNotFoundError("nobody"), 5)


def nobody_view(nobody: Nobody | None = Nobody.PHONE) -> View:
    """Return a view of a lookup that found nobody."""
    skipped = Skipped(SkipReason.NOT_FOUND)
    sections: dict[Section, SectionState] = {
        Section.MEMBER: NOT_FOUND,
        Section.IDENTITY: skipped,
        Section.GIFT_CARDS: skipped,
    }
    view = replace(samples.failed_view(), sections=sections, hint=None, nobody=nobody)
    return samples.with_panels(view)


def in_sight(window: QWidget) -> list[str]:
    """Return what can be read on it."""
    labels = [label for label in window.findChildren(BigText) if label.isVisibleTo(window)]
    return [label.text() for label in labels if label.text()]


def held(window: QWidget) -> list[str]:
    """Return every text that it holds, in sight or not, and what a screen reader finds there."""
    found = [label.text() for label in window.findChildren(BigText)]
    interface = QAccessible.queryAccessibleInterface(window)
    return [*found, *_heard(interface)]


def _heard(one: QAccessibleInterface) -> Iterator[str]:
    kinds = QAccessible.Text
    for kind in (kinds.Name, kinds.Description, kinds.Value, kinds.Help):
        yield one.text(kind)
    for number in range(one.childCount()):
        child = one.child(number)
        if child is not None:
            yield from _heard(child)


def codes_in(picture: QImage) -> tuple[str, ...]:
    """Return what a phone reads in a picture."""
    gray = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    width, line = gray.width(), gray.bytesPerLine()
    pixels = bytes(gray.constBits())
    rows = (pixels[at : at + width] for at in range(0, len(pixels), line))
    return read_codes(b"".join(rows), width)
