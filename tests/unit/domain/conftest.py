"""What holds for every test of the domain."""

from __future__ import annotations

import pytest

from posmember.domain import hours, rules_time


@pytest.fixture(autouse=True, scope="session")
def fresh_caches() -> None:
    """Read every text anew.

    A mutation run forks after a first session: what was read then would hide a mutant of what
    reads.
    """
    for module in (hours, rules_time):
        for each in vars(module).values():
            if clear := getattr(each, "cache_clear", None):
                clear()
