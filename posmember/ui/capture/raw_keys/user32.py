"""The few functions of Windows' user32.dll that reading keys takes."""

from __future__ import annotations

import ctypes
from typing import Any, Protocol

from posmember import windows_dll

_KEYBOARD = (0x01, 0x06)
"""Usage page and usage of keyboards ("HID Clients Supported in Windows")."""
_RIDEV_REMOVE, _RIDEV_INPUTSINK, _RIDEV_DEVNOTIFY = 0x0001, 0x0100, 0x2000
_RIDI_DEVICENAME = 0x20000007
_RID_INPUT = 0x10000003
_RIM_TYPEKEYBOARD = 1
_FAILED = 0xFFFFFFFF


class System(Protocol):
    """What is asked of Windows. All but `is_toggled` raise OSError where Windows refuses."""

    def is_toggled(self, virtual_key: int) -> bool:
        """Return whether a lock such as VK_CAPITAL is on."""

    def keyboards(self) -> dict[int, str]:
        """Return the names of all keyboards by their handles."""

    def device_name(self, device: int) -> str:
        r"""Return the name of a device, such as ``\\?\HID#VID_05E0&PID_1200#...``."""

    def listen(self, window: int) -> None:
        """Have WM_INPUT of all keyboards sent to a window, whichever program has the focus."""

    def stop_listening(self) -> None:
        """Have no more WM_INPUT sent."""

    def raw_input(self, handle: int) -> bytes:
        """Return the RAWINPUT structure that the lParam of a WM_INPUT stands for."""


class _RawInputDevice(ctypes.Structure):
    _fields_ = (
        ("usage_page", ctypes.c_ushort),
        ("usage", ctypes.c_ushort),
        ("flags", ctypes.c_uint32),
        ("target", ctypes.c_void_p),
    )


class _RawInputDeviceListItem(ctypes.Structure):
    _fields_ = (("device", ctypes.c_void_p), ("kind", ctypes.c_uint32))


_HEADER_SIZE = 8 + 2 * ctypes.sizeof(ctypes.c_void_p)


class User32:
    """The real one. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        self._dll: Any = windows_dll.load("user32")
        self._dll.GetKeyState.restype = ctypes.c_short
        for function in (self._dll.GetRawInputDeviceInfoW, self._dll.GetRawInputData):
            function.restype = ctypes.c_uint32
        self._dll.GetRawInputDeviceInfoW.argtypes = (
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip
        self._dll.GetRawInputData.argtypes = (
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32,
        )  # fmt: skip
        self._dll.GetRawInputDeviceList.restype = ctypes.c_uint32

    def is_toggled(self, virtual_key: int) -> bool:
        return bool(self._dll.GetKeyState(virtual_key) & 1)

    def keyboards(self) -> dict[int, str]:
        item_size = ctypes.sizeof(_RawInputDeviceListItem)
        count = ctypes.c_uint32()
        self._dll.GetRawInputDeviceList(None, ctypes.byref(count), item_size)
        items = (_RawInputDeviceListItem * count.value)()
        got = self._dll.GetRawInputDeviceList(items, ctypes.byref(count), item_size)
        if got == _FAILED:  # one was plugged in meanwhile, or it is refused
            raise windows_dll.refused()
        handles = [item.device for item in items[:got] if item.kind == _RIM_TYPEKEYBOARD]
        return {handle: self.device_name(handle) for handle in handles}

    def device_name(self, device: int) -> str:
        length = ctypes.c_uint32()
        ask = self._dll.GetRawInputDeviceInfoW
        ask(device, _RIDI_DEVICENAME, None, ctypes.byref(length))
        name = ctypes.create_unicode_buffer(length.value + 1)
        if ask(device, _RIDI_DEVICENAME, name, ctypes.byref(length)) == _FAILED:
            raise windows_dll.refused()
        return name.value

    def listen(self, window: int) -> None:
        self._register(_RIDEV_INPUTSINK | _RIDEV_DEVNOTIFY, window)

    def stop_listening(self) -> None:
        self._register(_RIDEV_REMOVE, None)

    def raw_input(self, handle: int) -> bytes:
        size = ctypes.c_uint32()
        ask = self._dll.GetRawInputData
        ask(handle, _RID_INPUT, None, ctypes.byref(size), _HEADER_SIZE)
        data = ctypes.create_string_buffer(size.value)
        if ask(handle, _RID_INPUT, data, ctypes.byref(size), _HEADER_SIZE) == _FAILED:
            raise windows_dll.refused()
        return data.raw

    def _register(self, flags: int, window: int | None) -> None:
        device = _RawInputDevice(*_KEYBOARD, flags, window)
        done = self._dll.RegisterRawInputDevices(
            ctypes.byref(device), 1, ctypes.sizeof(_RawInputDevice)
        )
        if not done:
            raise windows_dll.refused()
