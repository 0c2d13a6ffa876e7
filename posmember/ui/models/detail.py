"""What the details of one coupon or gift card say: ready words."""

from __future__ import annotations

from dataclasses import dataclass

from posmember.domain.rules.reasons import Verdict
from posmember.ui.wording.rules import RuleRow


@dataclass(frozen=True, slots=True)
class Details:
    """A coupon or gift card in all its words.

    Args:
        worth: what it is worth, and what kind of asset it is.
        helps: what would make it usable, and how to settle what is not known.
        no_help: that nothing would help, where nothing does.
        notices: every notice. rules: every rule that was looked at.
        texts: what the platform says of it, each with its label; and who alone knows of it.
    """

    verdict: Verdict
    verdict_word: str
    title: str
    worth: str
    validity: str
    helps: tuple[str, ...]
    no_help: tuple[str, ...]
    notices: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    texts: tuple[str, ...]
