"""What a frozen program is made of: a list (CycloneDX, JSON) and everybody's licence, beside it.

The list is written plainly: its format is a page of JSON, and the libraries for it bring twenty
packages of their own to the environment that freezes.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import sysconfig
import uuid
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any, Final

from dev_run import ROOT, StepError

from installers.places import NAME, version

LIST: Final = "sbom.cdx.json"
LICENCES: Final = "licences"
PYTHONS: Final = "Python.txt"
"""Python's licence, here and where `gather` keeps it."""
_VERSION: Final = "python-version"
_TEXTS: Final = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_TOOLS: Final = frozenset(
    (
        *("altgraph", "hatchling", "macholib", "packaging", "pathspec", "pefile", "pip", "pluggy"),
        *("pyinstaller-hooks-contrib", "setuptools", "trove-classifiers", "wheel"),
    )
)
"""What builds, and is not in what is frozen; PyInstaller itself is, by its loader."""
_HERE_PYTHONS: Final = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
_COMMON: Final = Path("/usr/share/common-licenses")
_OF_QT: Final = ("LGPL-3", "GPL-3")
"""Qt's package names its licence, and brings another one's text."""
_QT_WORDS: Final = """\
Qt, PySide6 and Shiboken (c) The Qt Company Ltd. and others are used under the GNU Lesser General
Public License, version 3: see Qt-LGPL-3.txt and Qt-GPL-3.txt. They are files of their own, in
_internal/PySide6 and _internal/shiboken6, unchanged, and may be replaced by other builds of the
same version. Their source: https://download.qt.io/official_releases/QtForPython/
"""


def put_into(
    folder: Path, packages: Path, python: str, python_licence: Path = _HERE_PYTHONS
) -> None:
    """Write the list and the licences into a frozen program's folder.

    Args:
        packages: the ``site-packages`` that it was frozen from.
        python: the version of Python in it. python_licence: the file with its licence; without it
            that of the Python that runs this.

    Raises:
        StepError: a package comes without a licence.
    """
    found = dict(sorted(_distributions(packages)))
    licences = folder / LICENCES
    licences.mkdir()
    shutil.copy(ROOT / "packaging" / "LICENSE", licences / f"{NAME}.txt")
    shutil.copy(python_licence, licences / PYTHONS)
    (licences / "Qt.txt").write_text(_QT_WORDS, encoding="utf-8")
    for name in _OF_QT:
        shutil.copy(_COMMON / name, licences / f"Qt-{name}.txt")
    for name, (place, about) in found.items():
        _copy_licences(name, place, about, licences)
    listed = bill([about for _place, about in found.values()], python)
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    (folder / LIST).write_text(text, encoding="utf-8")


def gather(packages: Path, python_licence: Path, folder: Path) -> None:
    """Keep what `put_into` needs of an environment, for another system to put it in.

    Args:
        packages: see `put_into`. folder: made anew.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for place in packages.glob("*.dist-info"):
        shutil.copytree(place, folder / place.name)
    shutil.copy(python_licence, folder / PYTHONS)
    (folder / _VERSION).write_text(platform.python_version(), encoding="ascii")


def gathered_python(folder: Path) -> str:
    """The version of Python that `gather` noted."""
    return (folder / _VERSION).read_text(encoding="ascii").strip()


def publish(folder: Path, target: Path, system: str) -> Path:
    """Put a frozen program's list beside its installers, too; returns it there."""
    made = target / f"{NAME}-{version()}-{system}.cdx.json"
    shutil.copy(folder / LIST, made)
    return made


def bill(packages: list[Message], python: str) -> dict[str, Any]:
    """The list, by each package's own metadata. The same packages give the same list."""
    parts = [_component(about) for about in packages]
    parts.append(
        {
            **_named("Python", python),
            "cpe": f"cpe:2.3:a:python:python:{python}:*:*:*:*:*:*:*",
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    subject = {**_named(NAME, version()), "type": "application"}
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts, sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": number.urn,
        "version": 1,
        "metadata": {"component": subject},
        "components": parts,
    }


def _component(about: Message) -> dict[str, Any]:
    name, release = about["Name"], about["Version"]
    part = {**_named(name, release), "purl": f"pkg:pypi/{_plain(name)}@{release}"}
    licence = about["License-Expression"] or _classified(about) or about["License"]
    if licence:
        # A whole licence's text stands here with some: its first line names it.
        part["licenses"] = [{"license": {"name": licence.strip().splitlines()[0][:80]}}]
    return part


def _classified(about: Message) -> str:
    told = [str(each) for each in about.get_all("Classifier", [])]
    return ", ".join(each.rpartition(" :: ")[2] for each in told if each.startswith("License ::"))


def _is_licence(path: Path) -> bool:
    return "licenses" in path.parts or bool(_TEXTS.match(path.name))


def _named(name: str, release: str) -> dict[str, Any]:
    return {"type": "library", "name": name, "version": release}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _distributions(packages: Path) -> Iterator[tuple[str, tuple[Path, Message]]]:
    for place in packages.glob("*.dist-info"):
        about = BytesHeaderParser().parsebytes((place / "METADATA").read_bytes())
        name = _plain(about["Name"])
        if name not in _TOOLS | {NAME}:
            yield name, (place, about)


def _copy_licences(name: str, place: Path, about: Message, licences: Path) -> None:
    """Copy what a package says of its rights; where it has no file, what its metadata says."""
    texts = [path for path in place.rglob("*") if path.is_file() and _is_licence(path)]
    for text in texts:
        told = "-".join(text.relative_to(place).with_suffix("").parts)
        shutil.copy(text, licences / f"{name}-{told}.txt")
    if not texts:
        said = about["License-Expression"] or _classified(about) or about["License"]
        if not said:
            raise StepError(f"{name} says nothing of its licence")
        (licences / f"{name}.txt").write_text(f"{name} {about['Version']}: {said}\n", "utf-8")
