"""Training mode: everything as ever, on a platform in this process in place of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posmember.domain.identifier import Identifier

if TYPE_CHECKING:
    from posmember.api.http.client import Network


@dataclass(frozen=True, slots=True)
class Training:
    """What training is done on.

    Args:
        network: makes what the platform is asked through, in a thread, as it takes its time.
        knows: whether one of its members is found by this. Nobody else is asked for, shown or
            kept: it may be a real customer's code.
    """

    network: Callable[[], Network]
    knows: Callable[[Identifier], bool]
