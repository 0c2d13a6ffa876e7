"""Why nothing was set up by a provisioning file or by printed pages."""

from __future__ import annotations

from enum import StrEnum

from posmember.errors import PosMemberError


class ProvisionProblem(StrEnum):
    """Why nothing was set up by a provisioning file or by printed pages."""

    NOT_ONE = "not_one"
    """It is something else."""
    OTHER_VERSION = "other_version"
    """Another version of the program made it."""
    CUT = "cut"
    """A part of it is missing."""
    WRONG_PASSPHRASE = "wrong_passphrase"
    CHANGED = "changed"
    """Somebody, or a copy that failed, has changed it since it was made."""
    CONTENT = "content"
    """It is whole, and holds what this program does not know, or no key."""
    EXPIRED = "expired"
    CLOCK = "clock"
    """It was made later than it is now: this computer's clock is slow."""
    OTHER_MERCHANT = "other_merchant"
    """This till is set up for another open id."""
    POLICY_MERCHANT = "policy_merchant"
    """The machine's policy names another open id."""
    TOO_LONG = "too_long"
    """It does not fit on printed pages."""
    NO_MEMORY = "no_memory"
    """This machine has not got the memory that the passphrase's check takes."""
    HALF_DONE = "half_done"
    """Secrets were kept, the configuration was not written: once more completes it."""


class ProvisionError(PosMemberError):
    """A provisioning file or printed pages are not taken; nothing was changed but in `HALF_DONE`.

    Args:
        problem: why.
        detail: what more is known, such as the name of a setting; never a value.
    """

    def __init__(self, problem: ProvisionProblem, detail: str = "") -> None:
        super().__init__(f"{problem.value}: {detail}" if detail else problem.value)
        self.problem = problem
        self.detail = detail
