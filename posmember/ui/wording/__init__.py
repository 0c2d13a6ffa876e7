"""The cashier's words, by what they speak of; `posmember.ui.messages` gathers them."""
