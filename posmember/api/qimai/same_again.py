"""What a list holds many times over is read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from posmember.api.decode import Node

T = TypeVar("T")


class SameAgain(Generic[T]):
    """Reads equal objects once: the same again by its key and by every one of its fields.

    What is unreadable in such an object is reported where it came first.

    Args:
        key: the field to find an earlier one by.
        read: makes the value of an object.
    """

    def __init__(self, key: str, read: Callable[[Node], T]) -> None:
        self._key = key
        self._read = read
        self._known: dict[str, tuple[Node, T]] = {}

    def read(self, node: Node) -> T:
        """The value of an object, made now or before."""
        key = node.text(self._key)
        before = self._known.get(key)
        if before is not None and before[0].same_as(node):
            return before[1]
        value = self._read(node)
        self._known[key] = (node, value)
        return value
