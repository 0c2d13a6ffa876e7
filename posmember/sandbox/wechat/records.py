"""What the sandbox knows of a membership card, written as the wire has it.

Wherever the wire has an encrypted value, a record has a `Sensitive`; wherever it has the address
of one of the sandbox's own pictures, an `OwnPicture`. Both are filled in for each answer anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from posmember.sandbox.records import Json


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A value that is encrypted for the merchant.

    Args:
        for_another: encrypted with a key that is not the merchant's, so that it cannot be read.
    """

    text: str = field(repr=False)
    for_another: bool = False


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture that the sandbox serves under this name."""

    name: str


CardValue: TypeAlias = (
    "bool | int | float | str | Sensitive | OwnPicture"
    " | Sequence[CardValue] | Mapping[str, CardValue] | None"
)
Fields: TypeAlias = Mapping[str, CardValue]


@dataclass(frozen=True, slots=True)
class CardRecord:
    """One person's card, of the template CARD_ID.

    Args:
        shows: in English, what the card is there to show.
        fields: the answer's fields, in the document's order.
        stubborn: keeps only the first four characters of a new level.
    """

    code: str = field(repr=False)
    openid: str = field(repr=False)
    shows: str
    fields: Fields = field(repr=False)
    stubborn: bool = False


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a record becomes an answer: what a sensitive value and a picture turn into."""

    seal: Callable[[Sensitive], Json]
    picture_url: Callable[[OwnPicture], str]


def render(value: CardValue, how: Rendering) -> Json:
    """A value as it is sent."""
    if isinstance(value, Sensitive):
        return how.seal(value)
    if isinstance(value, OwnPicture):
        return how.picture_url(value)
    if isinstance(value, Mapping):
        return {key: render(item, how) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [render(item, how) for item in value]
    return value
