"""The package for Windows Installer (GPO, Intune), by wixl on this system. Per machine.

The recipe is written here, as a component a file with a name of its own is more than a person
writes by hand. What wixl has no words for is put into the package's tables afterwards.
"""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from dev_run import execute_quietly, say

from installers.places import HERE, NAME
from installers.windows_setup import ICON, Kind

_CLOSER: Final = HERE / "msi" / "closer.c"
_SPACE: Final = uuid.UUID("8c1f2a74-3f2b-4b0e-9a55-6b1f3a0d7c21")
"""Components have the same GUIDs in every version, made of this and their paths."""
_UPGRADES: Final = "6C2E0B6E-1B1A-4D0F-9E35-0A6F3B1C9D22"
"""Of every version; never another one."""
_RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_WINDOWS: Final = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
_SETUP: Final = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
_LEAST_BUILD: Final = 17763
_PROGRAMS: Final = {f"{NAME}.exe": "Window", f"{NAME}-cli.exe": "Cli"}
"""What they are called in the tables, where they are named."""
_PAYLOAD: Final = "payload"
_HIDDEN: Final = "PASSPHRASE"
_AUTOSTART: Final = 'AUTOSTART = "1" OR (AUTOSTARTNOW AND NOT AUTOSTART = "0")'
_INSTALLING: Final = "NOT REMOVE"
# As SYSTEM, when the files are there; what fails takes all of it back.
_DEFERRED: Final = {"Execute": "deferred", "Impersonate": "no", "Return": "check"}
_ACTIONS: Final = (
    ("Smoke", "--smoke --offscreen", _INSTALLING),
    ("Prepare", "setup --prepare-machine", _INSTALLING),
    (
        "Configure",
        'setup --machine --from "[CONFIG]"',
        f"{_INSTALLING} AND CONFIG AND NOT {_HIDDEN}",
    ),
    (
        "Provide",
        f'setup --machine --from "[CONFIG]" --passphrase-file "[{_HIDDEN}]"',
        f"{_INSTALLING} AND CONFIG AND {_HIDDEN}",
    ),
)


_PROPERTIES: Final = {
    # No log shows where the passphrase lies.
    "MsiHiddenProperties": _HIDDEN,
    # A file of the same version may be another one; none is left out for that.
    "REINSTALLMODE": "amus",
    "ARPNOMODIFY": "1",
}
QUERIES: Final = (
    *(
        f"INSERT INTO `Property` (`Property`, `Value`) VALUES ('{name}', '{value}')"
        for name, value in _PROPERTIES.items()
    ),
    f"UPDATE `Component` SET `Condition` = '{_AUTOSTART}' WHERE `Component` = 'Autostart'",
    # The version of before is removed within the installation, so that its failure brings it back.
    "UPDATE `InstallExecuteSequence` SET `Sequence` = 1501"
    " WHERE `Action` = 'RemoveExistingProducts'",
    # A program in the package itself: nothing is installed yet. An upgrade's removal needs it not.
    "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`)"
    " VALUES ('Close', 2, 'Closer', '')",
    "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`)"
    " VALUES ('Close', 'NOT UPGRADINGPRODUCTCODE', 1399)",
)
"""What is done to the package that wixl made, in the words of Windows Installer's tables."""


def make(payload: Path, folder: Path, kind: Kind) -> Path:
    """Make the package of a frozen program.

    Args:
        payload: the frozen program's folder, its programs signed.
        folder: where it goes.

    Returns:
        It, signed where there is a certificate.

    Raises:
        StepError: wixl, or signing, failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{NAME}-{kind.version}.msi"
    work = folder / f"{made.stem}-msi"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    shutil.copy(ICON, work / ICON.name)
    (work / _PAYLOAD).symlink_to(payload)
    closer = _built_closer(work / "closer.exe")
    if kind.certificate is not None:
        kind.certificate.sign(closer)
    recipe = work / f"{NAME}.wxs"
    tree = ElementTree(product(payload, closer.name, kind.version))
    indent(tree)
    tree.write(recipe, encoding="utf-8", xml_declaration=True)
    made.unlink(missing_ok=True)
    execute_quietly(["wixl", "--arch", "x64", "--output", made, recipe])
    _complete(made)
    shutil.rmtree(work)
    if kind.certificate is not None:
        kind.certificate.sign(made)
    say(f"made {made.name}, {made.stat().st_size / 1e6:.1f} MB")
    return made


def _built_closer(made: Path) -> Path:
    options = ("-Os", "-s", "-municode", "-mwindows", "-Wall", "-Werror")
    execute_quietly(["x86_64-w64-mingw32-gcc", *options, "-o", made, _CLOSER])
    return made


def _complete(package: Path) -> None:
    """Put into the tables what wixl has no words for, or puts elsewhere."""
    for query in QUERIES:
        execute_quietly(["msibuild", package, "-q", query])


# --- the recipe --------------------------------------------------------------------------------


def product(payload: Path, closer: str, version: str) -> Element:
    """The recipe, as wixl reads it; icon, closer and payload lie beside it."""
    root = Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    whole = SubElement(
        root,
        "Product",
        Id="*",
        Name=NAME,
        UpgradeCode=_UPGRADES,
        Language="1033",
        Codepage="1252",
        Version=version,
        Manufacturer=f"The {NAME} authors",
    )
    SubElement(
        whole, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine"
    )
    SubElement(whole, "MajorUpgrade", DowngradeErrorMessage="A newer version is installed.")
    SubElement(whole, "Media", Id="1", Cabinet="posmember.cab", EmbedCab="yes")
    SubElement(whole, "Icon", Id="Icon.ico", SourceFile=ICON.name)
    SubElement(whole, "Property", Id="ARPPRODUCTICON", Value="Icon.ico")
    SubElement(whole, "Binary", Id="Closer", SourceFile=closer)
    _searches_and_conditions(whole)
    components = _files(whole, payload)
    _features(whole, components)
    _actions(whole)
    return root


def _searches_and_conditions(whole: Element) -> None:
    _search(whole, "WINDOWSBUILD", _WINDOWS, "CurrentBuildNumber")
    _search(whole, "AUTOSTARTNOW", _RUN, NAME)
    _search(whole, "SETUPISHERE", _SETUP, "DisplayVersion")
    refusals = {
        f"Installed OR (VersionNT64 AND WINDOWSBUILD >= {_LEAST_BUILD})": (
            "64-bit Windows 10 1809 or newer is needed."
        ),
        "Installed OR NOT SETUPISHERE": (
            "posmember was installed by its setup program. Remove it first; its settings stay."
        ),
    }
    for condition, words in refusals.items():
        SubElement(whole, "Condition", Message=words).text = condition


def _search(whole: Element, name: str, key: str, value: str) -> None:
    held = SubElement(whole, "Property", Id=name)
    SubElement(
        held,
        "RegistrySearch",
        Id=f"Look{name}",
        Root="HKLM",
        Key=key,
        Name=value,
        Type="raw",
        Win64="yes",
    )


def _files(whole: Element, payload: Path) -> list[str]:
    """The folders with all files; returns the components' names."""
    target = SubElement(whole, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = SubElement(target, "Directory", Id="ProgramFiles64Folder")
    chosen = SubElement(programs, "Directory", Id="INSTALLDIR", Name=NAME)
    app = SubElement(chosen, "Directory", Id="AppFolder", Name="app")
    components: list[str] = []
    _folder(app, payload, payload, components)
    menu = SubElement(target, "Directory", Id="ProgramMenuFolder")
    components += [_menu(menu), _autostart(chosen)]
    return components


def _folder(parent: Element, folder: Path, payload: Path, components: list[str]) -> None:
    for path in sorted(folder.iterdir()):
        place = path.relative_to(payload).as_posix()
        if path.is_dir():
            inner = SubElement(parent, "Directory", Id=_identifier("d", place), Name=path.name)
            _folder(inner, path, payload, components)
            continue
        held = _component(parent, _identifier("c", place), place)
        name = _PROGRAMS.get(place) or _identifier("f", place)
        told = {"Source": f"{_PAYLOAD}/{place}", "Name": path.name, "KeyPath": "yes"}
        SubElement(held, "File", told, Id=name)
        components.append(_identifier("c", place))


def _component(parent: Element, name: str, what: str) -> Element:
    guid = str(uuid.uuid5(_SPACE, what)).upper()
    return SubElement(parent, "Component", Id=name, Guid=guid, Win64="yes")


def _identifier(kind: str, place: str) -> str:
    return f"{kind}{uuid.uuid5(_SPACE, place).hex}"


def _menu(menu: Element) -> str:
    """The Start menu's entry; what is in the registry tells the setup program of this package."""
    held = _component(menu, "Menu", "the Start menu")
    target = f"[#{_PROGRAMS[f'{NAME}.exe']}]"
    SubElement(
        held, "Shortcut", Id="Shortcut", Name=NAME, Target=target, WorkingDirectory="AppFolder"
    )
    _value(held, rf"Software\{NAME}", "Package", "[ProductVersion]", is_key=True)
    _value(held, rf"Software\{NAME}", "InstallDir", "[INSTALLDIR]", is_key=False)
    return "Menu"


def _autostart(folder: Element) -> str:
    held = _component(folder, "Autostart", "the start with Windows")
    _value(held, _RUN, NAME, f'"[AppFolder]{NAME}.exe"', is_key=True)
    return "Autostart"


def _value(held: Element, key: str, name: str, value: str, *, is_key: bool) -> None:
    told = {"Root": "HKLM", "Key": key, "Name": name, "Type": "string", "Value": value}
    SubElement(held, "RegistryValue", told | ({"KeyPath": "yes"} if is_key else {}))


def _features(whole: Element, components: list[str]) -> None:
    feature = SubElement(whole, "Feature", Id="Program", Level="1")
    for name in components:
        SubElement(feature, "ComponentRef", Id=name)


def _actions(whole: Element) -> None:
    """When the files are there, try and set up; see `QUERIES` for what closes the program."""
    for name, command, _condition in _ACTIONS:
        SubElement(whole, "CustomAction", _DEFERRED, Id=name, FileKey="Cli", ExeCommand=command)
    order = SubElement(whole, "InstallExecuteSequence")
    before = "InstallFiles"
    for name, _command, condition in _ACTIONS:
        SubElement(order, "Custom", Action=name, After=before).text = condition
        before = name
