"""Who signed a program (Authenticode), by Windows' own word. Elsewhere nobody has."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from posmember import windows_dll

SignerOf = Callable[[Path], str]
"""Gives the name of a file's signer; "" where it has none that Windows trusts."""

_NO_WINDOW, _NO_REVOCATION, _A_FILE, _VERIFY, _CLOSE = 2, 0, 1, 1, 2
_EMBEDDED, _BINARY, _OF_A_FILE = 1 << 10, 1 << 1, 1
_SIGNER_INFO, _SUBJECT_CERTIFICATE = 7, 0xB0000
_ENCODING: Final = 0x10001
_WHOLE_NAME, _X500 = 2, 3
_LONGEST: Final = 1_000


_Eight = ctypes.c_ubyte * 8


class _Guid(ctypes.Structure):
    _fields_ = (
        ("a", ctypes.c_uint32), ("b", ctypes.c_uint16), ("c", ctypes.c_uint16),
        ("d", _Eight),
    )  # fmt: skip


class _FileInfo(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32), ("path", ctypes.c_wchar_p), ("file", ctypes.c_void_p),
        ("subject", ctypes.c_void_p),
    )  # fmt: skip


class _TrustData(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32), ("policy", ctypes.c_void_p), ("sip", ctypes.c_void_p),
        ("ui", ctypes.c_uint32), ("revocation", ctypes.c_uint32), ("choice", ctypes.c_uint32),
        ("file", ctypes.POINTER(_FileInfo)), ("action", ctypes.c_uint32),
        ("state", ctypes.c_void_p), ("url", ctypes.c_wchar_p), ("flags", ctypes.c_uint32),
        ("context", ctypes.c_uint32), ("settings", ctypes.c_void_p),
    )  # fmt: skip


def signer_of(path: Path) -> str:
    """See `SignerOf`."""
    if sys.platform == "win32":
        return signer_by(windows_dll.load("wintrust"), windows_dll.load("crypt32"), path)
    return ""


def signer_by(wintrust: Any, crypt32: Any, path: Path) -> str:
    """The same, by these libraries of Windows."""
    return _name(crypt32, path) if _is_trusted(wintrust, path) else ""


def _is_trusted(wintrust: Any, path: Path) -> bool:
    """Whether the signature is whole, and of somebody whom this Windows trusts."""
    verify = _Guid(0x00AAC56B, 0xCD44, 0x11D0, _Eight(*bytes.fromhex("8cc200c04fc295ee")))
    about = _FileInfo(ctypes.sizeof(_FileInfo), str(path), None, None)
    data = _TrustData()
    data.size, data.ui, data.revocation = ctypes.sizeof(_TrustData), _NO_WINDOW, _NO_REVOCATION
    data.choice, data.file, data.action = _A_FILE, ctypes.pointer(about), _VERIFY
    answer = wintrust.WinVerifyTrust(None, ctypes.byref(verify), ctypes.byref(data))
    data.action = _CLOSE
    wintrust.WinVerifyTrust(None, ctypes.byref(verify), ctypes.byref(data))
    return int(answer) == 0


def _name(crypt32: Any, path: Path) -> str:
    """The whole name of the certificate that signed, such as ``CN=…, O=…``; "" where none did."""
    store, message = ctypes.c_void_p(), ctypes.c_void_p()
    found = crypt32.CryptQueryObject(
        _OF_A_FILE, ctypes.c_wchar_p(str(path)), _EMBEDDED, _BINARY, 0, None, None, None,
        ctypes.byref(store), ctypes.byref(message), None,
    )  # fmt: skip
    if not found:
        return ""
    try:
        return _name_in(crypt32, store, message)
    finally:
        crypt32.CryptMsgClose(message)
        crypt32.CertCloseStore(store, 0)


def _name_in(crypt32: Any, store: ctypes.c_void_p, message: ctypes.c_void_p) -> str:
    size = ctypes.c_uint32()
    if not crypt32.CryptMsgGetParam(message, _SIGNER_INFO, 0, None, ctypes.byref(size)):
        return ""
    info = ctypes.create_string_buffer(size.value)
    if not crypt32.CryptMsgGetParam(message, _SIGNER_INFO, 0, info, ctypes.byref(size)):
        return ""
    find = crypt32.CertFindCertificateInStore
    find.restype = ctypes.c_void_p
    certificate = ctypes.c_void_p(find(store, _ENCODING, 0, _SUBJECT_CERTIFICATE, info, None))
    if certificate.value is None:
        return ""
    try:
        name = ctypes.create_unicode_buffer(_LONGEST)
        kind = ctypes.c_uint32(_X500)
        length = crypt32.CertGetNameStringW(
            certificate, _WHOLE_NAME, 0, ctypes.byref(kind), name, _LONGEST
        )
        return name.value if length > 1 else ""
    finally:
        crypt32.CertFreeCertificateContext(certificate)
