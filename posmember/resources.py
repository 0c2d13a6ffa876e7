"""Where the program's own files are: icons, styles, sounds, translations, sample data."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    Args:
        name: The path below `resources/`, with forward slashes, such as `styles/tokens.qss`.

    Raises:
        FileNotFoundError: Nothing of that name is there.
    """
    # A wheel and a frozen program carry the files inside the package, a checkout beside it.
    packaged = _PACKAGE / "_resources"
    root = packaged if packaged.is_dir() else _PACKAGE.parent / "resources"
    path = root / name
    if not path.exists():
        raise FileNotFoundError(f"resource not found: {name} (looked in {root})")
    return path
