"""Windows is asked who signed a program: the calls, by a stand-in for its libraries."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import pytest

from posmember.updates.signer import signer_by, signer_of

PATH = Path("setup.exe")


class Find:
    """A function of a library, with what ctypes lets one say of it."""

    restype: Any = None

    def __init__(self, found: int | None) -> None:
        self._found = found

    def __call__(self, *_about: Any) -> int | None:
        return self._found


class Windows:
    """Stands for wintrust and crypt32.

    Args:
        trusts: what WinVerifyTrust says; 0 is yes. signed: whether there is a signature at all.
        name: of its certificate.
    """

    def __init__(self, trusts: int = 0, name: str = "CN=us", *, signed: bool = True) -> None:
        self._trusts, self._name, self._signed = trusts, name, signed
        self.CertFindCertificateInStore = Find(2**40 if signed else None)
        self.closed: list[str] = []
        self.actions: list[tuple[str, int, int]] = []

    def WinVerifyTrust(self, _window: None, _verify: Any, data: Any) -> int:
        told = data._obj
        self.actions.append((told.file.contents.path, told.ui, told.action))
        assert told.size == ctypes.sizeof(told)
        return self._trusts

    def CryptQueryObject(self, *_about: Any) -> int:
        return int(self._signed)

    def CryptMsgGetParam(self, *about: Any) -> int:
        about[-1]._obj.value = 40
        return 1

    def CertGetNameStringW(self, certificate: Any, *about: Any) -> int:
        assert certificate.value == 2**40
        about[-2].value = self._name
        return len(self._name) + 1

    def CertFreeCertificateContext(self, _certificate: Any) -> None:
        self.closed.append("certificate")

    def CryptMsgClose(self, _message: Any) -> None:
        self.closed.append("message")

    def CertCloseStore(self, _store: Any, _how: int) -> None:
        self.closed.append("store")


def test_whoever_windows_trusts() -> None:
    windows = Windows()
    assert signer_by(windows, windows, PATH) == "CN=us"
    assert windows.actions == [("setup.exe", 2, 1), ("setup.exe", 2, 2)]
    assert windows.closed == ["certificate", "message", "store"]


@pytest.mark.parametrize(
    "windows",
    [Windows(0x800B0109 - 2**32), Windows(signed=False), Windows(name="")],
    ids=["not trusted", "not signed", "without a name"],
)
def test_nobody(windows: Windows) -> None:
    assert signer_by(windows, windows, PATH) == ""


def test_elsewhere_nobody_has() -> None:
    assert signer_of(PATH) == ""
