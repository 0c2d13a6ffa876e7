"""Where the socket is, and whose folder is believed."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pipes have no folder", allow_module_level=True)

from posmember.link.places import MOST_BYTES, is_own_folder, make_private, places, session_name


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISPLAY", ":7.1")
    return Path(os.environ["XDG_RUNTIME_DIR"])


def folder() -> str:
    found = places()
    assert found is not None
    assert len(os.fsencode(found.server)) <= MOST_BYTES
    assert found.lock.startswith(found.folder)
    return found.folder


def test_the_runtime_folder_comes_first(runtime: Path) -> None:
    runtime = Path("/tmp") if len(str(runtime)) > 60 else runtime
    assert folder().endswith(("/posmember", f"posmember-{os.getuid()}", "/run"))


def test_without_one_the_state_folder(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/tmp/s")
    for wrong in ("", "relative", str(runtime / "missing")):
        monkeypatch.setenv("XDG_RUNTIME_DIR", wrong)
        assert folder() == "/tmp/s/posmember/run"
    runtime.chmod(0o777)  # anybody could put a folder into it
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    assert folder() == "/tmp/s/posmember/run"


def test_a_path_too_long_for_a_socket(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = runtime / ("x" * 100)
    deep.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setenv("XDG_STATE_HOME", str(deep))
    assert folder() == f"/tmp/posmember-{os.getuid()}"


@pytest.mark.parametrize(
    ("display", "wayland", "name"),
    [
        (":0", "", "x-0"),
        (":0.0", "wayland-0", "x-0"),
        ("", "wayland-1", "xwayland-1"),
        ("localhost:10.0", "", "xlocalhost-10"),
        ("", "", "xnone"),
        ("../../etc:1", "", "x------etc-1"),
        (f"{'h' * 200}:12.0", "", f"x{'h' * 21}-12"),
    ],
)
def test_a_session_has_a_name(
    display: str, wayland: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    assert session_name() == name


def test_a_folder_is_made_private(tmp_path: Path) -> None:
    made = tmp_path / "a" / "b"
    assert make_private(str(made))
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    made.chmod(0o755)
    assert not is_own_folder(str(made))
    assert make_private(str(made))
    assert is_own_folder(str(made))


def test_what_others_could_have_put_there_is_not_taken(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir(mode=0o700)
    link = tmp_path / "link"
    link.symlink_to(real)
    assert not make_private(str(link))
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    assert not make_private(str(open_to_all))
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert not make_private(str(file))
    assert not make_private(str(file / "below"))
    if os.getuid() == 0:
        os.chown(real, 54_321, 54_321)
        assert not make_private(str(real))
