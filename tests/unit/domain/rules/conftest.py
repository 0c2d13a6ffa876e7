"""What holds for every test of the domain."""

from __future__ import annotations

import pytest

from posmember.domain.rules import hours, rows_time


@pytest.fixture(autouse=True, scope="session")
def fresh_caches() -> None:
    """Read every text anew.

    A mutation run forks after a first session: what was read then would hide a mutant of what
    reads.
    """
    for module in (hours, rows_time):
        for each in vars(module).values():
            if clear := getattr(each, "cache_clear", None):
                clear()
