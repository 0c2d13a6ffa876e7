"""Who is at the other end of a pipe, by a stand-in for Windows."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import pytest

from posmember.link.windows import WindowsProcesses, is_own_client, is_own_server

OWN, OTHER = "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1002"


@dataclass
class Processes:
    server: int = 7
    client: int = 8
    sids: dict[int, str] = field(default_factory=lambda: {7: OWN, 8: OWN, 9: OTHER})

    def own_sid(self) -> str:
        return OWN

    def sid_of(self, pid: int) -> str:
        return self.sids.get(pid, "")

    def server_of(self, pipe: int) -> int:
        return self.server

    def client_of(self, pipe: int) -> int:
        return self.client


def test_ones_own() -> None:
    assert is_own_server(1, Processes())
    assert is_own_client(1, Processes())


@pytest.mark.parametrize("pid", [0, 9, 10], ids=["none", "another's", "not to be known"])
def test_no_other(pid: int) -> None:
    assert not is_own_server(1, Processes(server=pid))
    assert not is_own_client(1, Processes(client=pid))


@pytest.mark.skipif(sys.platform == "win32", reason="it is there")
def test_elsewhere_there_is_none() -> None:
    with pytest.raises(OSError, match="not Windows"):
        WindowsProcesses()
