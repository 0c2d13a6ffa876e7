"""Every painted frame of a window, as what stands in it: verdicts, reasons, places, words."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from posmember.ui.main_window import MainWindow
from posmember.ui.models.assets import CARD_ROLE
from posmember.ui.panels.asset_panel import AssetPanel
from posmember.ui.panels.person_row import PersonRow
from posmember.ui.panels.say_row import SayRow

UNCHECKED = " unchecked"
"""Behind the name of a figure of which it is not known yet whether it can be spent."""
_ROWS = 60
"""So many rows of a list are noted, in sight or not; the rest is the same code."""


@dataclass(frozen=True)
class RowSeen:
    """One row, as it is painted.

    Args:
        verdict: in words; "" while it is not known.
        top: its place in the list, in pixels from the first row's.
        said: value, title, saving, then the second line and the button; "" for none.
    """

    codes: tuple[str, ...]
    verdict: str
    top: int
    value: str
    title: str
    saving: str
    parts: tuple[str, ...]
    button: str
    starred: bool
    flashes: bool


@dataclass(frozen=True)
class ListSeen:
    """A list, as it is painted: its rows, or bars, and the words around them."""

    rows: tuple[RowSeen, ...] = ()
    words: tuple[str, ...] = ()
    bars: bool = False


@dataclass(frozen=True)
class SaySeen:
    """Row C, as it is painted: its words, and whether they are about what is awaited."""

    words: tuple[str, ...] = ()
    waits: bool = False


@dataclass(frozen=True)
class Frame:
    """What stands in the window at once.

    Args:
        ms: since the recorder was started.
        person: by name what the person's row says, without what it says of nothing.
        say: row C.
        page: the words of the page in the middle, where there is one.
        begins: what was done before it, such as a scan; "" for nothing.
    """

    ms: int = 0
    person: tuple[tuple[str, str], ...] = ()
    say: SaySeen = SaySeen()
    coupons: ListSeen = ListSeen()
    gift_cards: ListSeen = ListSeen()
    page: tuple[str, ...] = ()
    begins: str = ""

    def same(self, other: Frame) -> bool:
        """Whether the same stands in both; the flash that tells of a change is no part of it."""
        return _still(self) == _still(other)


def _still(frame: Frame) -> Frame:
    coupons, cards = _unflashed(frame.coupons), _unflashed(frame.gift_cards)
    return replace(frame, ms=0, begins="", coupons=coupons, gift_cards=cards)


def _unflashed(seen: ListSeen) -> ListSeen:
    return replace(seen, rows=tuple(replace(row, flashes=False) for row in seen.rows))


class Recorder(QObject):
    """Notes each frame: at every Paint event the part that is painted is looked at.

    What a part holds is noted when it is painted, not when it changes; the parts that Qt paints
    together are one frame. Ends with `stop`.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._began = time.monotonic()
        self._at = 0
        self._painting = False
        self._begins = ""
        self.frames: list[Frame] = []
        self._now = Frame()
        body, coupons, cards = window._body, window._coupons, window._gift_cards
        self._parts: tuple[tuple[QWidget, Callable[[Frame], Frame]], ...] = (
            (body.person, lambda now: replace(now, person=_person(body.person))),
            (body.say, lambda now: replace(now, say=_say(body.say))),
            (coupons, lambda now: replace(now, coupons=_list(coupons))),
            (cards, lambda now: replace(now, gift_cards=_list(cards))),
        )
        self._end_of_cycle = QTimer(self)
        self._end_of_cycle.setSingleShot(True)
        self._end_of_cycle.timeout.connect(self._end_frame)
        self._app().installEventFilter(self)

    def mark(self, what: str) -> None:
        """Know what is about to be done; the next frame begins with it."""
        self._end_frame()
        self._begins = what

    def is_current(self) -> bool:
        """Whether what each visible part holds now is what was painted of it."""
        painted = all(look(self._now) == self._now for _root, look in self._parts)
        return painted and not self._painting and bool(self.frames)

    def stop(self) -> list[Frame]:
        """Stop; returns the frames."""
        self._app().removeEventFilter(self)
        self._end_frame()
        return self.frames

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            self._end_frame()
        elif event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self._note(watched)
        return False

    def _note(self, painted: QWidget) -> None:
        if not self._painting:
            self._painting = True
            self._at = round((time.monotonic() - self._began) * 1000)
            self._end_of_cycle.start(0)
        for root, look in self._parts:
            if root is painted or root.isAncestorOf(painted):
                self._now = look(self._now)

    def _end_frame(self) -> None:
        if not self._painting:
            return
        self._painting = False
        self._end_of_cycle.stop()
        for root, look in self._parts:
            if not root.isVisible():  # taken away, which no event of its own tells
                self._now = look(self._now)
        body = self._window._body
        pages = [page for page in (body._failure, body._empty) if page is not None]
        page = tuple(word for each in pages for word in _words(each))
        frame = replace(self._now, ms=self._at, page=page, begins=self._begins)
        if not self.frames or not frame.same(self.frames[-1]):
            self.frames.append(frame)
            self._begins = ""

    def _app(self) -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app


def _person(row: PersonRow) -> tuple[tuple[str, str], ...]:
    if row._content is None or not row._content.isVisible():
        return ()
    figures = {
        name + UNCHECKED * figure.waits(): figure
        for name, figure in (("points", row._points), ("stored", row._stored))
    }
    said = {
        "name": row._name.text(),
        "phone": row._phone.text(),
        "tier": row._tier.text(),
        "until": row._until.text(),
        "card": row._card.text(),
        **{name: " ".join(_words(figure)) for name, figure in figures.items()},
        "benefits": row._benefits.said(),
        "labels": " ".join(_words(row._labels)),
        "frozen": " ".join(_words(row._frozen)),
        "unchecked": " ".join(_words(row._unchecked)),
    }
    return tuple((name, text) for name, text in said.items() if text)


def _say(row: SayRow) -> SaySeen:
    waits = bool(row._waiting) and row.text() == row._waiting
    return SaySeen(_words(row), waits)


def _list(panel: AssetPanel) -> ListSeen:
    bars = panel._bars is not None and panel._bars.isVisible()
    made = panel.row_list
    if made is None or not made.isVisible():
        return ListSeen(words=_words(panel), bars=bars)
    model, scrolled = made.model(), made.verticalScrollBar().value()
    delegate, rows = made._rows, []
    for number in range(min(model.rowCount(), _ROWS)):
        index = model.index(number, 0)
        card, row = index.data(CARD_ROLE), made._model.row(number)
        codes = [_code(asset) for asset in row.assets]
        seen = RowSeen(
            codes=tuple(codes),
            verdict=card.verdict_word if card.verdict is not None else "",
            top=made.visualRect(index).top() + scrolled,
            value=card.value,
            title=card.title,
            saving=card.saving,
            parts=card.parts,
            button=card.action.words if card.action is not None else "",
            starred=row.key == delegate.starred,
            flashes=row.key in delegate.flashing,
        )
        rows.append(seen)
    return ListSeen(tuple(rows), _words(panel), bars)


def _code(assessed: object) -> str:
    asset = getattr(assessed, "coupon", None) or assessed.card  # type: ignore[attr-defined]
    return str(asset.own_id)


def _words(part: QWidget) -> tuple[str, ...]:
    """Every text in sight of a part: of its labels and buttons."""
    labels = [each.text() for each in part.findChildren(QLabel) if each.isVisible()]
    buttons = [each.text() for each in part.findChildren(QAbstractButton) if each.isVisible()]
    return tuple(text for text in (*labels, *buttons) if text)
