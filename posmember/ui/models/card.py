"""What one row of a list says: ready words, with the marks and colours that go with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from posmember.domain.rules.reasons import Verdict
from posmember.ui.wording.plain import joined

_SPELLED: Final = re.compile(r"[0-9]|[^0-9]+")


class ActionKind(StrEnum):
    """What the program can do for a row."""

    ORDER_TYPE = "order_type"
    AMOUNT = "amount"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Action:
    """The least change, where the program can make it, or bring the cashier to where it is made.

    Args:
        order_type: for ORDER_TYPE, the one to change to.
    """

    kind: ActionKind
    words: str
    order_type: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A coupon or gift card in words. Compared by identity: one card is one row.

    Args:
        verdict: None while an answer that it needs is under way.
        value: in few large letters what it is worth.
        kind: what kind of asset it is.
        saving: what it would save, as an estimate, or "".
        validity: how long it holds.
        parts: the second line, what matters most first; each is whole or left out.
        code: the redemption code or card number, in full.
        action: what the program can do about it, or None.
    """

    verdict: Verdict | None
    verdict_word: str
    value: str
    kind: str
    title: str
    saving: str
    validity: str
    parts: tuple[str, ...]
    code_label: str
    code: str
    action: Action | None = None

    def sentence(self) -> str:
        """Return the whole row as one sentence, for a screen reader.

        In the order in which it is asked for: which one, whether, why, what to do, its code.
        """
        said = [self.title, self.value, self.kind, self.verdict_word, *self.parts, self.saving]
        if self.action is not None:
            said.append(self.action.words)
        said = [" ".join(part.replace("→", " ").split()) for part in said]
        if self.code:
            said.append(f"{self.code_label} {spelled(self.code)}")
        return joined(part for part in dict.fromkeys(said) if part)


def spelled(code: str) -> str:
    """Part the digits of a code, so that they are read one by one and not as a number."""
    return " ".join(_SPELLED.findall(code))
