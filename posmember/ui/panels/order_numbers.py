"""The order's numbers: amount, discount and count, and those of the customer before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.ui.widgets.fields import CountField, EntryField, MoneyField

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class OrderNumbers(QObject):
    """The three fields. What was taken out of them for another customer is offered once.

    The offer is over when something is typed here; a key that a scanner's burst takes back out
    again was not typed.
    """

    changed = Signal()
    """A field holds something else."""
    problems_changed = Signal(str)
    """What is wrong with the fields, in words, or "" for nothing."""
    offer_changed = Signal()
    left = Signal()
    """Enter was pressed in one of them."""
    entering = Signal()
    """One of them is about to get the keyboard; it has to be in sight for that."""

    def __init__(self) -> None:
        super().__init__()
        self.amount, self.discount, self.count = MoneyField(), MoneyField(), CountField()
        self.blank = self.tr("未填")
        self.amount.setPlaceholderText(self.blank)
        self.discount.setPlaceholderText("0.00")
        self.count.setPlaceholderText(self.blank)
        self.fields: tuple[tuple[EntryField, str], ...] = (
            (self.amount, self.tr("订单金额")),
            (self.discount, self.tr("已优惠")),
            (self.count, self.tr("件数")),
        )
        self.labels: dict[EntryField, str] = {
            self.amount: self.tr("金额 ¥"),
            self.discount: self.tr("已优惠 ¥"),
            self.count: self.tr("件数"),
        }
        self._taken: dict[int, str] = {}
        self._left: tuple[str, ...] = ()
        self._is_offered = self._is_typed_over = self._is_typing = False
        for field, _label in self.fields:
            field.textEdited.connect(self._edited)
            field.textChanged.connect(self._changed)
            field.problem_changed.connect(self._tell_problems)
            field.returnPressed.connect(self.left)

    def enter(self) -> None:
        """Take the keyboard: the first field, or from one to the next."""
        from PySide6.QtCore import Qt

        fields = [field for field, _label in self.fields]
        now = next((number for number, field in enumerate(fields) if field.hasFocus()), -1)
        field = fields[(now + 1) % len(fields)]
        self.entering.emit()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def enter_place(self, place: int) -> None:
        """Take the keyboard to a field, by its place from 0."""
        from PySide6.QtCore import Qt

        field = self.fields[place][0]
        self.entering.emit()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def take_back(self) -> bool:
        """Take back what is being typed in a field; returns whether one has the keyboard."""
        field = next((field for field, _label in self.fields if field.hasFocus()), None)
        if field is None:
            return False
        field.take_back()
        return True

    # --- whose they are ------------------------------------------------------------------------

    def numbers(self) -> tuple[str, ...]:
        """Return the texts of the fields."""
        return tuple(field.text() for field, _label in self.fields)

    def take_out(self, places: Collection[int]) -> None:
        """Take texts out of their fields, and offer them; a place is a field's, from 0."""
        texts = self.numbers()
        self._taken = {place: texts[place] for place in places}
        self._is_offered, self._is_typed_over = True, False
        self._set(dict.fromkeys(self._taken, ""))
        self._left = self.numbers()
        self.offer_changed.emit()

    def offer(self) -> str:
        """Say what can be brought back, and how; "" for nothing."""
        from posmember.scanning.entry import EntryProblem, read_amount
        from posmember.ui.messages import amount_text

        if not self._is_offered or self._is_typed_over:
            return ""
        amount = read_amount(self._taken.get(0, ""))
        if amount is None or isinstance(amount, EntryProblem):
            return self.tr("上一单填的数已清除，F8 恢复")
        return self.tr("上一单 {amount} 已清除，F8 恢复").format(amount=amount_text(amount))

    def end_offer(self) -> None:
        """Offer no longer what was taken out; it is not forgotten yet."""
        self._is_offered = False
        self.offer_changed.emit()

    def restore(self) -> bool:
        """Put back what is offered; returns whether anything was."""
        return bool(self.offer()) and self.bring_back()

    def bring_back(self) -> bool:
        """Put back what was taken out, if nothing was typed since; returns whether it was."""
        taken, self._taken = self._taken, {}
        brings = bool(taken) and not self._is_typed_over
        self.end_offer()
        if brings:
            self._set(taken)
        return brings

    def forget_taken(self) -> None:
        """Forget what was taken out."""
        self._taken = {}
        self.end_offer()

    def forget(self) -> None:
        """Forget the numbers, and those that were taken out."""
        self.forget_taken()
        self._set(dict.fromkeys(range(len(self.fields)), ""))

    def put(self, texts: Mapping[int, str]) -> None:
        """Let fields hold texts, by their place from 0: what was offered of before is over."""
        if texts:
            self.forget_taken()
            self._set(dict(texts))

    def _set(self, texts: dict[int, str]) -> None:
        """Set texts as one change; none of them is left in what undo would bring back."""
        for place, text in texts.items():
            field = self.fields[place][0]
            field.blockSignals(True)
            field.put(text)
            field.blockSignals(False)
            field.check()
        self.changed.emit()

    def _edited(self) -> None:
        self._is_typing = True

    def _changed(self) -> None:
        typed, self._is_typing = self._is_typing, False
        if self._taken:
            # Set back as it was, it was a scanner's first key.
            self._is_typed_over = typed or self.numbers() != self._left
            self.offer_changed.emit()
        self.changed.emit()

    def _tell_problems(self) -> None:
        from posmember.ui.messages import entry_problem_text, joined

        words = [
            entry_problem_text(label, field.problem)
            for field, label in self.fields
            if field.problem is not None
        ]
        self.problems_changed.emit(joined(words))
