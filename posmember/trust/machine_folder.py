"""The machine's folder: every user reads it, an administrator alone writes to it.

On Windows anybody may make a folder below ProgramData, and then owns it; so whatever was there
before becomes the administrators', with all that is in it. By Microsoft's reference:
"SetNamedSecurityInfoW function", "Security Descriptor String Format".
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from posmember import windows_dll

FOLDER_RIGHTS: Final = "O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
"""Nothing from above; the system and administrators all, users to read."""
CONTENT_RIGHTS: Final = "O:BAD:"
"""Nothing of its own; all from the folder."""
_READABLE_BY_ALL: Final = 0o022
_MOST: Final = 1000

_FILE: Final = 1
_OWNER, _RIGHTS, _CUT_OFF, _INHERITED = 0x1, 0x4, 0x8000_0000, 0x2000_0000
_SDDL_REVISION: Final = 1
_REPARSE: Final = 0x400


class System(Protocol):
    """What is asked of Windows."""

    def give(self, path: Path, rights: str, *, inherits: bool) -> None:
        """Set owner and rights of a file or folder. Raises OSError where it refuses."""


def make_machine_folder(folder: Path, system: System | None = None) -> None:
    """Make the folder, or make one that is there such. Needs an administrator's rights.

    Args:
        system: Windows; a stand-in for tests.

    Raises:
        OSError: it cannot be made, or is a link to somewhere else.
    """
    if sys.platform == "win32" and system is None:
        system = Advapi32()
    if system is None:
        os.umask(_READABLE_BY_ALL)
        folder.mkdir(parents=True, exist_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    _must_be_no_link(folder)
    system.give(folder, FOLDER_RIGHTS, inherits=False)
    # From here on nobody else puts anything in.
    for number, path in enumerate(folder.rglob("*")):
        if number == _MOST:
            raise OSError(f"more than {_MOST} files in {folder}")
        _must_be_no_link(path)
        system.give(path, CONTENT_RIGHTS, inherits=True)


def _must_be_no_link(path: Path) -> None:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_file_attributes", 0) & _REPARSE:
        raise OSError(f"a link to somewhere else: {path}")


class Advapi32:
    """The real one. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        self._advapi, self._kernel = windows_dll.load("advapi32"), windows_dll.load("kernel32")
        self._kernel.LocalFree.argtypes = (ctypes.c_void_p,)
        self._advapi.SetNamedSecurityInfoW.argtypes = (
            *(ctypes.c_wchar_p, ctypes.c_int, ctypes.c_uint32),
            *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p),
        )

    def give(self, path: Path, rights: str, *, inherits: bool) -> None:
        """See `System.give`."""
        what = _OWNER | _RIGHTS | (_INHERITED if inherits else _CUT_OFF)
        with self._parts(rights) as (owner, access):
            name = str(path)
            code = self._advapi.SetNamedSecurityInfoW(name, _FILE, what, owner, None, access, None)
        if code:
            raise windows_dll.refused(code)

    @contextmanager
    def _parts(self, rights: str) -> Iterator[tuple[ctypes.c_void_p, ctypes.c_void_p]]:
        """The owner and the list of who may do what, as long as the block lasts."""
        made, owner, access = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
        convert = self._advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW
        convert.argtypes = (ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p)
        if not convert(rights, _SDDL_REVISION, ctypes.byref(made), None):
            raise windows_dll.refused(None)
        flag = ctypes.byref(ctypes.c_int())  # whether it is there, or a default: it is as given
        try:
            self._advapi.GetSecurityDescriptorOwner(made, ctypes.byref(owner), flag)
            self._advapi.GetSecurityDescriptorDacl(made, flag, ctypes.byref(access), flag)
            yield owner, access
        finally:
            self._kernel.LocalFree(made)
