"""The Debian package: the frozen program, what a desktop wants of it, and what it needs itself.

It is a third party's, so the program is in /opt (File Hierarchy Standard), with its command, icons
and menu entry where every desktop looks for them. From one folder dpkg-deb makes the same file each
time.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dev_run import ROOT, StepError, execute_quietly, say

from installers import environment, freeze, sbom
from installers.places import BUILD, DIST, HERE, NAME, version

PARTS: Final = HERE / "deb"
ARCHITECTURE: Final = "amd64"
MOST_MB: Final = 50.0
PROGRAM: Final = Path("opt") / NAME / "program"
CONFIGURATION: Final = Path("etc/xdg") / NAME / "config.toml"
EXAMPLE: Final = Path("usr/share") / NAME / "config.example.toml"
ENTRY: Final = Path("usr/share/applications") / f"{NAME}.desktop"
METAINFO: Final = Path("usr/share/metainfo") / f"org.{NAME}.{NAME}.metainfo.xml"
SCRIPTS: Final = ("postinst", "prerm", "postrm")
ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
BESIDE: Final = (
    # Without one, every Chinese character is a box.
    "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei | fonts-droid-fallback",
    "ca-certificates",
    "xkb-data",
)
"""What no library names."""
RECOMMENDS: Final = ("gnome-keyring | kwalletmanager | keepassxc",)
_EMPTY: Final = (Path("etc") / NAME,)
_ELF: Final = b"\x7fELF"
_EPOCH: Final = "SOURCE_DATE_EPOCH"
_PRIVATE: Final = ("", "PySide6", "PySide6/Qt/lib", "shiboken6")
"""Folders of the frozen program in which its own libraries lie."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a package is made of.

    Args:
        program: the frozen program's folder.
        version: as Debian orders versions.
        folder: in which it is put together.
        depends: what it needs, as `needed` finds out.
        compression: by dpkg-deb; "none" is quick.
    """

    program: Path
    version: str
    folder: Path
    depends: tuple[str, ...]
    compression: str = "xz"
    made: datetime = field(default_factory=lambda: moment())

    @property
    def file_name(self) -> str:
        return f"{NAME}_{self.version}_{ARCHITECTURE}.deb"


def build() -> Path:
    """Freeze the program and pack it into ``dist/``; returns the package. Raises StepError."""
    program = with_licences(freeze.linux())
    execute_quietly([program / NAME, "--smoke"], env=without_screen())
    package = Package(program, version(), BUILD / "deb", needed(program))
    made = pack(package, DIST)
    sbom.publish(program, DIST, "debian")
    size = made.stat().st_size / 1e6
    say(f"{made.relative_to(ROOT)}: {size:.1f} MB")
    if size > MOST_MB:
        raise StepError(f"more than {MOST_MB:.0f} MB")
    return made


def with_licences(program: Path) -> Path:
    """Put everybody's licence, and the list of all, into a frozen program; returns it."""
    ask = "import sys, sysconfig; print(sysconfig.get_path('purelib'), sys.version.split()[0])"
    packages, _, python = execute_quietly([environment.PYTHON, "-c", ask]).strip().rpartition(" ")
    sbom.put_into(program, Path(packages), python)
    return program


def moment(environ: Mapping[str, str] = os.environ) -> datetime:
    """When the package's files are said to be from: SOURCE_DATE_EPOCH, else the last commit."""
    seconds = environ.get(_EPOCH) or _committed()
    return datetime.fromtimestamp(int(seconds), UTC)


def _committed() -> str:
    try:
        return execute_quietly(["git", "log", "-1", "--format=%ct"]).strip()
    except StepError:  # not a checkout
        return str(int((ROOT / "pyproject.toml").stat().st_mtime))


def pack(package: Package, folder: Path) -> Path:
    """Put a package together and write it into a folder; returns its file. Raises StepError."""
    root = package.folder
    shutil.rmtree(root, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    _lay_out(package, root)
    _control(package, root)
    for path in [root, *root.rglob("*")]:
        _even(path)
    execute_quietly(["desktop-file-validate", root / ENTRY])
    execute_quietly(["appstreamcli", "validate", "--no-net", root / METAINFO])
    made = folder / package.file_name
    half = made.with_suffix(".half")
    options = ("--root-owner-group", f"-Z{package.compression}", "--build", str(root), str(half))
    stamp = {**os.environ, _EPOCH: str(int(package.made.timestamp()))}
    execute_quietly(["dpkg-deb", *options], env=stamp)
    half.replace(made)
    return made


def _lay_out(package: Package, root: Path) -> None:
    shutil.copytree(package.program, root / PROGRAM, symlinks=True)
    for path in _EMPTY:
        (root / path).mkdir(parents=True)
    share = Path("usr/share")
    _copy("config.toml", root / CONFIGURATION, package)
    _copy("posmember.desktop", root / ENTRY, package)
    _copy("posmember.metainfo.xml", root / METAINFO, package)
    _copy("copyright", root / share / "doc" / NAME / "copyright", package)
    _copy("posmember.1", root / share / "man" / "man1" / f"{NAME}.1", package)
    execute_quietly(["gzip", "-9n", root / share / "man" / "man1" / f"{NAME}.1"])
    _icons(root / share / "icons" / "hicolor")
    example = "import sys; from installers.example import example; sys.stdout.write(example())"
    _write(root / EXAMPLE, _asked(example))
    command = root / "usr/bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/opt/{NAME}/current/{NAME}")


def _icons(folder: Path) -> None:
    drawing = ROOT / "resources" / "icons" / f"{NAME}.svg"
    places = {size: folder / f"{size}x{size}" / "apps" / f"{NAME}.png" for size in ICON_SIZES}
    scalable = folder / "scalable" / "apps" / drawing.name
    for place in (*places.values(), scalable):
        place.parent.mkdir(parents=True)
    shutil.copyfile(drawing, scalable)
    wanted = {str(size): str(place) for size, place in places.items()}
    _asked(f"from installers.icons import draw; draw({str(drawing)!r}, {wanted!r})")


def _asked(code: str) -> str:
    """What a few lines print in the environment that freezes: it has Qt, and the program."""
    path = os.pathsep.join((str(ROOT), str(HERE.parent)))
    settings = {**without_screen(), "PYTHONPATH": path}
    return execute_quietly([environment.PYTHON, "-c", code], env=settings)


def without_screen() -> dict[str, str]:
    """This environment, for what draws where nobody sees it."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def _control(package: Package, root: Path) -> None:
    folder = root / "DEBIAN"
    _write(folder / "control", control(package, installed_kb(root)))
    _write(folder / "conffiles", f"/{CONFIGURATION}\n")
    for name in SCRIPTS:
        _copy(name, folder / name, package)
        (folder / name).chmod(0o755)
    sums = (
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(root)}\n"
        for path in _files(root)
        if folder not in path.parents
    )
    _write(folder / "md5sums", "".join(sums))


def control(package: Package, kilobytes: int) -> str:
    """The package's description for dpkg."""
    fields = {
        "Package": NAME,
        "Version": package.version,
        "Architecture": ARCHITECTURE,
        "Maintainer": "the posmember authors <posmember@localhost>",
        "Installed-Size": str(kilobytes),
        "Depends": ", ".join(package.depends),
        "Recommends": ", ".join(RECOMMENDS),
        "Section": "misc",
        "Priority": "optional",
    }
    described = (PARTS / "description").read_text(encoding="utf-8").rstrip("\n")
    return "".join(f"{name}: {told}\n" for name, told in fields.items()) + described + "\n"


def installed_kb(root: Path) -> int:
    """How much room a tree takes, each file by itself, as Debian's policy counts."""
    return sum(-(-path.stat().st_size // 1024) for path in _files(root))


def content_mark(program: Path) -> str:
    """A few digits that are another frozen program's only if a file of it is another."""
    whole = hashlib.sha256()
    for path in _files(program):
        whole.update(f"{path.relative_to(program)}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:10]


def needed(program: Path) -> tuple[str, ...]:
    """Find what a frozen program takes from the system: Debian's packages, with least versions.

    Raises StepError where a library is neither in it nor on this machine.
    """
    work = BUILD / "shlibs"
    shutil.rmtree(work, ignore_errors=True)
    tree = work / "debian" / NAME / PROGRAM
    shutil.copytree(program, tree, symlinks=True)
    (tree.parents[2] / "DEBIAN").mkdir()
    source = f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: {ARCHITECTURE}\n"
    _write(work / "debian" / "control", source)
    own = [f"-l{tree / '_internal' / each}" for each in _PRIVATE]
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", f"-x{NAME}", *own]
    command += [f"-e{path}" for path in _files(tree) if _is_library(path)]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if "error:" in line]
        raise StepError("\n".join(told) or done.stderr)
    return depends(done.stdout)


def depends(shlibs: str) -> tuple[str, ...]:
    """The packages that dpkg-shlibdeps tells, and those that no library names, in order."""
    found = re.search(r"^shlibs:Depends=(.+)$", shlibs, re.MULTILINE)
    if found is None:
        raise StepError("dpkg-shlibdeps told nothing")
    return tuple(sorted({each.strip() for each in found[1].split(",")} | set(BESIDE)))


def _is_library(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ELF)) == _ELF


def _files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _copy(name: str, target: Path, package: Package) -> None:
    text = (PARTS / name).read_text(encoding="utf-8")
    build = f"{package.version}-{content_mark(package.program)}" if "@BUILD@" in text else ""
    said = {
        "@VERSION@": package.version,
        "@DATE@": f"{package.made:%Y-%m-%d}",
        "@BUILD@": build,
    }
    for word, value in said.items():
        text = text.replace(word, value)
    _write(target, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _even(path: Path) -> None:
    """Give a file the rights that it has everywhere, whatever this machine's umask."""
    if not path.is_symlink():
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
