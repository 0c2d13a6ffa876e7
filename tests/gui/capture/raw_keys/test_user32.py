"""How Windows is asked: the calls, with a stand-in for user32.dll."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pytest

from posmember import windows_dll
from posmember.ui.capture.raw_keys.user32 import User32

NAMES = {7: "a mouse", 8: "a keyboard", 9: "a scanner"}
MOUSE, KEYBOARD = 0, 1
KINDS = {7: MOUSE, 8: KEYBOARD, 9: KEYBOARD}
FAILED = 0xFFFFFFFF
RAW_INPUT = b"forty bytes of a key that was struck...."


class Function:
    """A function of a DLL: it can be called, and told its types."""

    def __init__(self, function: Callable[..., int]) -> None:
        self._function = function

    def __call__(self, *arguments: Any) -> int:
        return self._function(*arguments)


def target(reference: Any) -> Any:
    """Return what a ctypes.byref() refers to."""
    return reference._obj


class Dll:
    """user32.dll as Microsoft's reference describes it; each function asks for its size first."""

    def __init__(self) -> None:
        self.registered: list[tuple[int, int, int, int | None]] = []
        self.fails = False
        self.GetKeyState = Function(lambda key: -127 if key == 0x14 else -128)
        self.GetRawInputDeviceList = Function(self._list)
        self.GetRawInputDeviceInfoW = Function(self._info)
        self.GetRawInputData = Function(self._data)
        self.RegisterRawInputDevices = Function(self._register)

    def _list(self, items: Any, count: Any, size: int) -> int:
        assert size == 2 * ctypes.sizeof(ctypes.c_void_p)
        if items is None:
            target(count).value = len(NAMES)
            return 0
        for item, handle in zip(items, NAMES, strict=True):
            item.device, item.kind = handle, KINDS[handle]
        return FAILED if self.fails else len(NAMES)

    def _info(self, device: int, command: int, name: Any, length: Any) -> int:
        assert command == 0x20000007
        if name is None:
            target(length).value = len(NAMES[device]) + 1
            return 0
        assert len(name) >= len(NAMES[device]) + 1
        name.value = NAMES[device]
        return FAILED if self.fails else len(NAMES[device])

    def _data(self, handle: int, command: int, data: Any, size: Any, header_size: int) -> int:
        assert (handle, command) == (1, 0x10000003)
        assert header_size == 8 + 2 * ctypes.sizeof(ctypes.c_void_p)
        if data is None:
            target(size).value = len(RAW_INPUT)
            return 0
        data.raw = RAW_INPUT
        return FAILED if self.fails else len(RAW_INPUT)

    def _register(self, devices: Any, count: int, size: int) -> int:
        device = target(devices)
        assert (count, size) == (1, ctypes.sizeof(device))
        self.registered.append((device.usage_page, device.usage, device.flags, device.target))
        return 0 if self.fails else 1


@pytest.fixture
def dll(monkeypatch: pytest.MonkeyPatch) -> Dll:
    dll = Dll()
    monkeypatch.setattr(windows_dll, "load", lambda _name: dll)
    return dll


@pytest.mark.usefixtures("dll")
def test_a_lock_is_the_lowest_bit() -> None:
    """The highest one says that the key is down."""
    assert User32().is_toggled(0x14)
    assert not User32().is_toggled(0x90)


@pytest.mark.usefixtures("dll")
def test_the_keyboards() -> None:
    assert User32().keyboards() == {8: "a keyboard", 9: "a scanner"}


@pytest.mark.usefixtures("dll")
def test_the_bytes_of_a_key() -> None:
    assert User32().raw_input(1) == RAW_INPUT


def test_listening(dll: Dll) -> None:
    """Keyboards are usage 6 of page 1; INPUTSINK and DEVNOTIFY to listen, REMOVE to stop."""
    windows = User32()
    windows.listen(0xABCD)
    windows.stop_listening()
    assert dll.registered == [(1, 6, 0x2100, 0xABCD), (1, 6, 0x0001, None)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda windows: windows.keyboards(),
        lambda windows: windows.device_name(9),
        lambda windows: windows.raw_input(1),
        lambda windows: windows.listen(1),
        lambda windows: windows.stop_listening(),
    ],
    ids=["keyboards", "device_name", "raw_input", "listen", "stop_listening"],
)
def test_windows_refuses(dll: Dll, ask: Callable[[User32], object]) -> None:
    dll.fails = True
    with pytest.raises(OSError, match=r"."):
        ask(User32())
