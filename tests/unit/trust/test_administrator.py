"""Who is the machine's administrator."""

from __future__ import annotations

import ctypes
import os
import sys
from types import SimpleNamespace

import pytest

from posmember.trust.administrator import is_administrator


@pytest.mark.parametrize(("uid", "is_one"), [(0, True), (1000, False)])
def test_on_unix_root(monkeypatch: pytest.MonkeyPatch, uid: int, is_one: bool) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: uid, raising=False)
    assert is_administrator() is is_one


@pytest.mark.parametrize(("told", "is_one"), [(1, True), (0, False)])
def test_on_windows_an_elevated_process(
    monkeypatch: pytest.MonkeyPatch, told: int, is_one: bool
) -> None:
    shell = SimpleNamespace(IsUserAnAdmin=lambda: told)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    assert is_administrator() is is_one
