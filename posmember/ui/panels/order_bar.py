"""The top of the window: who to look up, where, and for what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from posmember.ui.panels.order_numbers import OrderNumbers
from posmember.ui.widgets.fields import ChoiceBox, ScanField
from posmember.ui.widgets.labels import ElidedLabel, own_label
from posmember.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from posmember.domain.context import Order
    from posmember.domain.identifier import IdentifierKind
    from posmember.ui.panels.narrow_order import NarrowOrder

HEIGHT = 44
_DIGITS = (10, 9, 4)
"""Of amount, discount and count: room for ¥1,234,567.89 as it is typed is at most ten digits."""
_LEAST_DIGITS, _FIELD_FRAME = 6, 24
_KIND_LETTERS = 4
_STORE_LETTERS = 10
_BETWEEN_ROWS = 4
_ROOMY = 1180
"""From this width on the store's name has room in the line."""


class OrderBar(QWidget):
    """Scan field, identifier type, store, order type, amount, discount and count."""

    identifier_entered = Signal(str, object)
    order_changed = Signal()
    """The order is another one than before."""
    full_asked = Signal()
    """The full window is wanted back."""

    def __init__(self, store_name: str) -> None:
        super().__init__()
        self.scan_field = ScanField()
        self._kinds = self._make_kinds()
        self._types = Segments(
            (
                ("dine_in", self.tr("堂食")),
                ("delivery", self.tr("外卖")),
                ("pay_bill", self.tr("买单")),
            ),
            self.tr("订单类型"),
        )
        self.numbers = numbers = OrderNumbers()
        self._amount, self._discount, self._count = numbers.amount, numbers.discount, numbers.count
        self._order: Order | None = None
        self._narrow: NarrowOrder | None = None
        self._lay_out(store_name)
        self._connect()

    def set_store_name(self, name: str) -> None:
        """Show which store this is."""
        self._store.set_text(name)
        self._store.setAccessibleName(self.tr("门店 {store}").format(store=self._store.text()))

    def kind(self) -> IdentifierKind | None:
        """Return the identifier type that is chosen; None is automatic."""
        from posmember.domain.identifier import IdentifierKind

        value = self._kinds.currentData()
        return IdentifierKind(value) if value else None

    def order(self) -> Order:
        """Return the order as entered; what cannot be read counts as not entered."""
        from posmember.domain.context import Order, OrderType
        from posmember.domain.money import ZERO

        return Order(
            order_type=OrderType(self._types.value()),
            amount=self._amount.amount(),
            discount=self._discount.amount() or ZERO,
            item_count=self._count.count(),
        )

    def choose_order_type(self, value: str) -> None:
        """Choose an order type by its value."""
        self._types.choose(value)

    def take(self, order_type: str | None, numbers: Mapping[int, str]) -> None:
        """Take what another program says of the order: numbers by their place, from 0."""
        if order_type is not None:
            self._types.choose(order_type)
        self.numbers.put(numbers)

    def move_order_type(self, steps: int) -> None:
        """Choose the order type so many steps to the right (or left)."""
        self._types.step(steps)

    def enter_scan(self) -> None:
        """Take the keyboard to the scan field."""
        from PySide6.QtCore import Qt

        self.scan_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scan_field.selectAll()

    def forget(self) -> None:
        """Forget who was looked up; the order stays."""
        self.scan_field.forget()
        self.forget_kind()

    def forget_kind(self) -> None:
        """Choose the automatic identifier type."""
        self._kinds.setCurrentIndex(0)

    def set_narrow(self, *, narrow: bool) -> None:
        """Lay it out in rows for the compact window, or in one line."""
        if self._narrow is None:
            from posmember.ui.panels.narrow_order import NarrowOrder

            self._narrow = NarrowOrder(self, self._rows, self._line, self.numbers)
            self._narrow.full_asked.connect(self.full_asked)
        self._narrow.set_narrow(narrow=narrow)

    def _make_kinds(self) -> ChoiceBox:
        kinds = ChoiceBox()
        kinds.setAccessibleName(self.tr("识别类型"))
        # On Linux Qt takes the choice for the name.
        kinds.setAccessibleDescription(self.tr("手动输入时按哪种识别码查，只管下一次"))
        # As narrow as the usual choice; its list is as wide as it needs to be.
        kinds.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        kinds.setMinimumContentsLength(_KIND_LETTERS)
        for word, value in (
            (self.tr("自动"), ""),
            (self.tr("会员码"), "member_code"),
            (self.tr("手机号"), "mobile"),
            (self.tr("会员卡号"), "card_number"),
            (self.tr("支付宝用户ID"), "alipay_user_id"),
            (self.tr("微信 openid"), "wechat_openid"),
            (self.tr("微信 unionid"), "wechat_unionid"),
            (self.tr("会员ID"), "user_id"),
        ):
            kinds.addItem(word, value)
        widest = max(kinds.fontMetrics().horizontalAdvance(kinds.itemText(n)) for n in range(8))
        kinds.view().setMinimumWidth(widest + 32)
        return kinds

    def _lay_out(self, store_name: str) -> None:
        self.scan_field.setPlaceholderText(self.tr("扫码 / 手机号 / 卡号"))
        self.scan_field.setAccessibleName(self.tr("会员码、手机号或卡号"))
        self._store = ElidedLabel()
        self.set_store_name(store_name)
        self._store.setMaximumWidth(self.fontMetrics().horizontalAdvance("国" * _STORE_LETTERS))
        self._rows, row = QVBoxLayout(self), QHBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(_BETWEEN_ROWS)
        self._rows.addLayout(row)
        row.setSpacing(8)
        self._line: list[tuple[QWidget, int]] = [
            (self.scan_field, 1), (self._kinds, 0), (self._types, 0),
        ]  # fmt: skip
        for (field, name), digits in zip(self.numbers.fields, _DIGITS, strict=True):
            digit = field.fontMetrics().horizontalAdvance("0")
            field.setMinimumWidth(digit * min(digits, _LEAST_DIGITS) + _FIELD_FRAME)
            field.setMaximumWidth(digit * digits + _FIELD_FRAME)
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            field.setAccessibleName(name)
            self._line += [(self._label(self.numbers.labels[field], field), 0), (field, 0)]
        self._line.append((self._store, 0))
        for widget, stretch in self._line:
            row.addWidget(widget, stretch)
        touched = (self.scan_field, self._kinds, self._types, *map(_first, self.numbers.fields))
        for widget in touched:
            widget.setFixedHeight(HEIGHT)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        # It is in the window's title, too.
        self._store.setVisible(self.width() >= _ROOMY)

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = own_label(text, muted=True)
        label.setBuddy(buddy)
        return label

    def _connect(self) -> None:
        self.scan_field.submitted.connect(self._submit)
        self._types.chosen.connect(self._order_touched)
        self.numbers.changed.connect(self._order_touched)
        self.numbers.left.connect(self.enter_scan)

    def _submit(self, text: str) -> None:
        self.identifier_entered.emit(text, self.kind())

    def _order_touched(self, *_how: object) -> None:
        """Tell of an order that is another one now, not of every key."""
        order = self.order()
        if self._order is None:
            self._order = self._blank_order()
        if order != self._order:
            self._order = order
            self.order_changed.emit()

    def _blank_order(self) -> Order:
        from posmember.domain.context import Order

        return Order()


def _first(pair: tuple[QWidget, str]) -> QWidget:
    return pair[0]
