"""What one card of a list says: ready words, with the marks and colours that go with them."""

from __future__ import annotations

from dataclasses import dataclass

from posmember.domain.rules.reasons import Verdict


@dataclass(frozen=True, slots=True)
class CardLine:
    """One reason on a card.

    Args:
        hint: what to do about it, or "".
        blocks: whether it blocks; otherwise it is a thing to check.
    """

    text: str
    hint: str = ""
    blocks: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A coupon or gift card in words. Compared by identity: one card is one row.

    Args:
        value: in few large letters what it is worth.
        kind: what kind of asset it is.
        saving: what it would save, as an estimate, or "".
        code: the redemption code or card number, in full.
        lines: every reason.
        remedy: what would help where several reasons block, or "".
        tags: every notice.
    """

    verdict: Verdict
    verdict_word: str
    value: str
    kind: str
    title: str
    saving: str
    validity: str
    code_label: str
    code: str
    lines: tuple[CardLine, ...]
    tags: tuple[str, ...]
    remedy: str = ""

    def sentence(self) -> str:
        """Return the whole card as one sentence, for a screen reader."""
        parts = [self.verdict_word, self.value, self.kind, self.title, self.saving, self.validity]
        if self.code:
            parts.append(f"{self.code_label} {self.code}")
        parts.extend(f"{line.text} {line.hint}".strip() for line in self.lines)
        parts.append(self.remedy)
        parts.extend(self.tags)
        return "；".join(part for part in parts if part)
