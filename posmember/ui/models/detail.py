"""What the sheet of one coupon or gift card says: ready words."""

from __future__ import annotations

from dataclasses import dataclass, field

from posmember.domain.rules.reasons import Verdict
from posmember.ui.wording.rules import RuleRow


@dataclass(frozen=True, slots=True)
class Details:
    """A coupon or gift card in all its words.

    Args:
        verdict: None while an answer that it needs is under way.
        worth: what it is worth, and what kind of asset it is.
        sentence: why it can be used or not, in one sentence.
        helps: what would make it usable, and how to settle what is not known.
        conditions: under what it can be used. notices: what to know besides.
        rules: every rule that was looked at.
        texts: what the platform says of it, each with its label; and who alone knows of it.
        code: the redemption code or card number, in full, or ""; code_label: which of the two.
    """

    verdict: Verdict | None
    verdict_word: str
    title: str
    worth: str
    sentence: str
    helps: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    texts: tuple[str, ...] = ()
    code_label: str = ""
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code that is to be scanned from the screen, and what it is of.

    Args:
        number: its place among those alike, from 1. count: how many of them there are.
    """

    details: Details
    number: int = 1
    count: int = 1
