"""The pages of the customer's screen: one sentence, a member, the code to join by."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from posmember.ui.beside.customer.big_text import BigText
from posmember.ui.beside.customer.content import MOST_OFFERS, WELCOME, Content
from posmember.ui.beside.customer.offer_row import NO_OFFER, OfferRow
from posmember.ui.beside.customer.sizes import Sizes
from posmember.ui.widgets.join_code import JoinCode

translate = QCoreApplication.translate
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class SentencePage(QWidget):
    """The store's name, and one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._store = BigText("muted", align=_CENTRE)
        self._sentence = BigText(bold=True, lines=2, align=_CENTRE)
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(2)
        self._layout.addWidget(self._store)
        self._layout.addWidget(self._sentence)
        self._layout.addStretch(3)

    def show_words(self, store: str, sentence: str) -> None:
        """Say it."""
        self._store.set_text(store)
        self._sentence.set_text(sentence)

    def fit(self, sizes: Sizes) -> None:
        """Write in these sizes."""
        self._store.set_sizes(sizes.value, sizes.least)
        self._sentence.set_sizes(sizes.name, sizes.title)
        self._layout.setContentsMargins(*[sizes.margin] * 4)
        self._layout.setSpacing(sizes.space)


class JoinPage(QWidget):
    """The code to join by, and what it is for."""

    def __init__(self) -> None:
        super().__init__()
        self._code = JoinCode()
        self._title = BigText(bold=True, align=_CENTRE)
        self._title.set_text(translate("CustomerScreen", "扫码入会"))
        self._line = BigText("muted", align=_CENTRE)
        self._line.set_text(translate("CustomerScreen", "还不是会员？请用手机扫一扫"))
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._code, 1)
        self._layout.addWidget(self._line)

    def show_code(self, picture: QImage) -> None:
        """Show another code; a null one is none."""
        self._code.show_picture(picture)

    def fit(self, sizes: Sizes) -> None:
        """Write in these sizes."""
        self._title.set_sizes(sizes.name, sizes.title)
        self._line.set_sizes(sizes.unit, sizes.least)
        self._layout.setContentsMargins(*[sizes.margin] * 4)
        self._layout.setSpacing(sizes.space)


class MemberPage(QWidget):
    """Who it is, what they have, and the coupons that can be used now: as many as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._content, self._sizes = WELCOME, Sizes()
        self._name, self._tier = BigText(bold=True), BigText("accent", bold=True)
        self._points, self._points_word = _figure(), _figure_word()
        self._stored, self._stored_word = _figure(), _figure_word()
        self._points_word.set_text(translate("CustomerScreen", "积分"))
        self._stored_word.set_text(translate("CustomerScreen", "储值"))
        self._checking = BigText("muted", align=_CENTRE)
        self._checking.set_text(translate("CustomerScreen", "优惠券核对中…"))
        self._more = BigText("muted", align=_CENTRE)
        self._nearly = BigText("accent", bold=True, lines=2, align=_CENTRE)
        self._nearly_frame = QFrame()
        self._nearly_frame.setObjectName("nearly")
        self._rows = [OfferRow() for _number in range(MOST_OFFERS)]
        self._lay_out()

    def show_content(self, content: Content) -> None:
        """Show a member; `WELCOME` keeps nothing of one before."""
        self._content = content
        self._name.set_text(content.name)
        self._tier.set_text(content.tier)
        for figure, word, text in (
            (self._points, self._points_word, content.points),
            (self._stored, self._stored_word, content.stored),
        ):
            figure.set_text(text)
            figure.setVisible(bool(text))
            word.setVisible(bool(text))
        self._nearly.set_text(content.nearly)
        self._nearly_frame.setVisible(bool(content.nearly))
        self._show_offers()

    def fit(self, sizes: Sizes) -> None:
        """Write in these sizes."""
        self._sizes = sizes
        directions = QBoxLayout.Direction
        self._head.setDirection(directions.TopToBottom if sizes.is_high else directions.LeftToRight)
        self._name.set_sizes(sizes.name, sizes.title)
        self._tier.set_sizes(sizes.title, sizes.least)
        for figure, word in (
            (self._points, self._points_word),
            (self._stored, self._stored_word),
        ):
            figure.set_sizes(sizes.value, sizes.least)
            word.set_sizes(sizes.least, sizes.least)
        self._more.set_sizes(sizes.least, sizes.least)
        self._checking.set_sizes(sizes.title, sizes.least)
        self._nearly.set_sizes(sizes.title, sizes.least)
        for row in self._rows:
            row.fit(sizes)
        self._layout.setContentsMargins(*[sizes.margin] * 4)
        self._layout.setSpacing(sizes.space)
        self._offers.setSpacing(sizes.space // 3)
        self._show_offers()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._show_offers()

    def _lay_out(self) -> None:
        who, figures = QVBoxLayout(), QHBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._tier)
        for figure, word in (
            (self._points, self._points_word),
            (self._stored, self._stored_word),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(word)
            column.addWidget(figure)
            figures.addLayout(column, 1)
        self._head = QHBoxLayout()
        self._head.addLayout(who, 1)
        self._head.addLayout(figures, 1)
        inside = QVBoxLayout(self._nearly_frame)
        inside.addWidget(self._nearly)
        self._offers = QVBoxLayout()
        for row in self._rows:
            self._offers.addWidget(row)
            row.hide()
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._checking)
        self._layout.addLayout(self._offers)
        self._layout.addWidget(self._more)
        self._layout.addStretch(1)
        self._layout.addWidget(self._nearly_frame)

    def _show_offers(self) -> None:
        offers = self._content.offers
        shown = offers[: self._room()]
        for number, row in enumerate(self._rows):
            row.show_offer(shown[number] if number < len(shown) else NO_OFFER)
            row.setVisible(number < len(shown))
        left = self._content.coupons - sum(offer.count for offer in shown)
        more = translate("CustomerScreen", "还有 {count} 张可用").format(count=left)
        self._more.set_text(more if left > 0 else "")
        self._more.setVisible(left > 0)
        self._checking.setVisible(self._content.is_checking)

    def _counted(self) -> int:
        return sum(offer.count for offer in self._content.offers)

    def _room(self) -> int:
        """How many rows there is room for, with a line for the others where not all fit."""
        self._layout.activate()  # what was only just shown is not in what its parts remember
        sizes, gap = self._sizes, self._sizes.space // 3
        used = 2 * sizes.margin + self._head.sizeHint().height() + 3 * sizes.space
        if self._content.nearly:
            used += self._nearly_frame.sizeHint().height() + sizes.space
        heights = [self._rows[0].needed(offer) + gap for offer in self._content.offers]
        room = self.height() - used
        if sum(heights) <= room and self._content.coupons == self._counted():
            return len(heights)
        room -= self._more.height() + sizes.space
        fit = [number for number in range(len(heights) + 1) if sum(heights[:number]) <= room]
        return max(1, fit[-1]) if fit else 1


def _figure() -> BigText:
    return BigText(bold=True, align=Qt.AlignmentFlag.AlignRight)


def _figure_word() -> BigText:
    return BigText("muted", align=Qt.AlignmentFlag.AlignRight)
