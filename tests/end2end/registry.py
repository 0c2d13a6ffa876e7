r"""Reads the machine's policy from a real registry of Windows, and compares.

By hand, as it takes Windows, or wine with a Windows build of Python:
``python tests\end2end\registry.py`` as administrator there; ``WINEPREFIX=FOLDER wine python.exe
tests/end2end/registry.py 2>&1 </dev/null | cat`` under wine, with ``PYTHONPATH=Z:\…`` naming the
checkout. Nothing but Python itself has to be installed. It writes into
``HKLM\Software\Policies\posmember``, which must not be there before, and takes it away again.
"""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from typing import Any, Final

from posmember.settings import declared
from posmember.settings.last_language import language_now, note_language, stamps
from posmember.settings.policy import NO_POLICY, Policy, machine_policy
from posmember.settings.policy_places import REGISTRY_KEY

winreg: Any = import_module("winreg")  # there is none elsewhere

LOCAL_MACHINE: Final = winreg.HKEY_LOCAL_MACHINE
SOUNDS: Final = declared.SOUNDS.path
CHINESE: Final = "人民广场店·总部 𠮷"
TAKEN: Final = {
    "PlatformOpenId": (winreg.REG_SZ, "head-office"),
    "platformgrantcode": (winreg.REG_SZ, "granted"),
    "StoreName": (winreg.REG_SZ, CHINESE),
    "PlatformTimeoutS": (winreg.REG_SZ, "3.5"),
    "ScannerMaxGapMs": (winreg.REG_DWORD, 60),
    "ScannerSerialBaud": (winreg.REG_QWORD, 19200),
    "StoreCode": (winreg.REG_EXPAND_SZ, "%SystemRoot%"),
    "WindowSounds": (winreg.REG_DWORD, 0),
    "WindowLanguage": (winreg.REG_SZ, "en"),
    "PhoneLookup": (winreg.REG_SZ, "masked"),
}
IGNORED: Final = {
    "StoreId": (winreg.REG_MULTI_SZ, ["one", "two"]),
    "PlatformProxy": (winreg.REG_BINARY, b"\x00\xff"),
    "WindowClearAfterS": (winreg.REG_SZ, "soon"),
    "ScannerEnterFollows": (winreg.REG_DWORD, 2),
    "PlatformBaseUrl": (winreg.REG_SZ, "http://relay.invalid"),
    "SettingsAccess": (winreg.REG_NONE, None),
    "Colour": (winreg.REG_SZ, "red"),
    "": (winreg.REG_SZ, "the key's own value"),
}


def main() -> int:
    """Write, read and compare; returns the exit code."""
    check("there is no policy before", machine_policy(), NO_POLICY)
    note_language("en", stamps(["nowhere"]))
    check("the language is as noted", language_now(lambda: "zh"), "en")
    write(winreg.KEY_WOW64_32KEY, {"WindowSounds": (winreg.REG_DWORD, 0)})
    try:
        # By Windows' documents the views share what is below Software\\Policies.
        check("what a 32-bit program writes is read", machine_policy().raw, {SOUNDS: False})
        write(winreg.KEY_WOW64_64KEY, {**TAKEN, **IGNORED})
        compare(machine_policy())
        check("a policy that came later is read at the start", language_now(lambda: "zh"), "zh")
    finally:
        for view in (winreg.KEY_WOW64_32KEY, winreg.KEY_WOW64_64KEY):
            with contextlib.suppress(FileNotFoundError):
                winreg.DeleteKeyEx(LOCAL_MACHINE, REGISTRY_KEY, view, 0)
    check("there is none behind", machine_policy(), NO_POLICY)
    return 0


def write(view: int, values: dict[str, tuple[int, Any]]) -> None:
    """Write values of these kinds into one view of the registry."""
    access = winreg.KEY_WRITE | view
    with winreg.CreateKeyEx(LOCAL_MACHINE, REGISTRY_KEY, 0, access) as key:
        for name, (kind, value) in values.items():
            winreg.SetValueEx(key, name, 0, kind, value)


def compare(policy: Policy) -> None:
    """See that what can be taken is, as it was written, and that the rest is told."""
    check("place", policy.place, rf"HKLM\{REGISTRY_KEY}")
    check("how many are taken", len(policy.raw), len(TAKEN))
    check("a text", policy.value(declared.OPEN_ID), "head-office")
    check("a name in other letters", policy.value(declared.GRANT_CODE), "granted")
    check("Chinese", policy.value(declared.STORE_NAME), CHINESE)
    check("a number as a text", policy.value(declared.TIMEOUT), 3.5)
    check("a DWORD", policy.value(declared.MAX_GAP), 60)
    check("a QWORD", policy.value(declared.SERIAL_BAUD), 19200)
    check("EXPAND_SZ, not expanded", policy.value(declared.STORE_CODE), "%SystemRoot%")
    check("a switch", policy.value(declared.SOUNDS), False)
    check("a choice", policy.value(declared.PHONE_LOOKUP), "masked")
    for line in policy.ignored:
        say(f"  ignored: {line}")
    check("how many are ignored", len(policy.ignored), len(IGNORED))


def check(what: str, found: object, wanted: object) -> None:
    """Say what was found. Raises AssertionError where it is something else."""
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")
    say(f"✓ {what}")


def say(line: str) -> None:
    """Write a line as UTF-8, whatever the console's code page is."""
    sys.stdout.buffer.write(f"{line}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
