"""Where the window was: a small file, read with care, written whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.settings.window_place import (
    WindowPlace,
    WindowPlaces,
    format_places,
    parse_places,
    place_path,
    read_places,
    write_places,
)

PLACE = WindowPlace(-1200, 40, 1280, 800, False, "HDMI-1")
numbers = st.integers(-100_000, 100_000)
sides = st.integers(1, 100_000)


places = st.builds(WindowPlace, numbers, numbers, sides, sides, st.booleans(), st.text())
both = st.builds(WindowPlaces, st.none() | places, st.none() | places, st.booleans())


@given(both)
def test_what_is_written_is_read_again(written: WindowPlaces) -> None:
    read = parse_places(format_places(written))
    assert read is not None
    assert read.is_compact == written.is_compact
    for place, again in zip(written[:2], read[:2], strict=True):
        assert (again is None) == (place is None)
        if place is not None and again is not None:
            assert again[:5] == place[:5]
            name = place.screen
            assert again.screen == name or not (
                name.isascii() and name.isprintable() and len(name) <= 80
            )


@given(
    st.one_of(
        st.binary(max_size=500),
        st.from_regex(rb"1( -?[0-9]{0,8}){0,8}\n", fullmatch=True),
        st.from_regex(rb"2 [01]\n((-|(-?[0-9]{0,7} ){5}x?)\n){0,3}", fullmatch=True),
    )
)
def test_anything_else_is_no_place_and_no_error(content: bytes) -> None:
    read = parse_places(content)
    found = [place for place in read[:2] if place is not None] if read is not None else []
    assert all(place.width > 0 and place.height > 0 for place in found)


def test_what_an_earlier_edition_wrote_is_read() -> None:
    assert parse_places(b"1 -1200 40 1280 800 0 HDMI-1\n") == WindowPlaces(PLACE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"1 0 0 1280 800 0 HDMI-1",
        b"2 0 0 1280 800 0 HDMI-1\n",
        b"1 0 0 1280 800\n",
        b"1 0 0 1280 800 2 HDMI-1\n",
        b"1 0 0 0 800 0 HDMI-1\n",
        b"1 0 0 1280 -800 0 HDMI-1\n",
        b"1 0 0 1280 9999999999 0 HDMI-1\n",
        b"1 - 0 1280 800 0 HDMI-1\n",
        b"1 0 0 1280 800 0 " + b"x" * 400 + b"\n",
        "1 0 0 1280 ８００ 0 HDMI-1\n".encode(),
        b"\x00" * 40,
        b"2 1\n",
        b"2 2\n-\n-\n",
        b"2 1\n-\n-\n-\n",
        b"2 1\n-\n0 0 420 0 0 HDMI-1\n",
        b"2 1\n\n-\n",
        b"1 0 0 1280 800 0 HDMI-1\n-\n",
        b"3 1\n-\n-\n",
    ],
)
def test_a_broken_file_is_ignored(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window"
    path.write_bytes(content)
    assert read_places(path) is None


def test_a_folder_a_pipe_or_nothing_in_its_place_is_ignored(tmp_path: Path) -> None:
    assert read_places(tmp_path) is None
    assert read_places(tmp_path / "window") is None
    assert read_places(tmp_path / "a\0b") is None
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        assert read_places(tmp_path / "pipe") is None
    link = tmp_path / "link"
    link.symlink_to("/dev/zero" if sys.platform != "win32" else tmp_path)
    assert read_places(link) is None


def test_it_is_kept_in_a_folder_that_is_made(isolated: Path) -> None:
    path = place_path()
    assert path is not None
    assert isolated in path.parents
    assert "config" not in path.parts
    write_places(path, WindowPlaces(PLACE))
    assert read_places(path) == WindowPlaces(PLACE)
    assert path.read_bytes() == b"1 -1200 40 1280 800 0 HDMI-1\n", "an earlier edition reads it"
    write_places(path, WindowPlaces(PLACE, PLACE, is_compact=True))
    line = b"-1200 40 1280 800 0 HDMI-1\n"
    assert path.read_bytes() == b"2 1\n" + line + line
    write_places(path, WindowPlaces(is_compact=True))
    assert path.read_bytes() == b"2 1\n-\n-\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there it is %LOCALAPPDATA%")
@pytest.mark.parametrize("named", ["", "relative"])
def test_without_a_named_folder_it_is_the_homes(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", named)
    assert place_path() == Path.home() / ".local/state/posmember/window"


def test_on_windows_it_is_in_the_local_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert place_path() == tmp_path / "posmember" / "window"
    monkeypatch.delenv("LOCALAPPDATA")
    assert place_path() is None


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    """Killed at any moment of writing over and over, what can be read is one of the two places."""
    path = tmp_path / "window"
    code = (
        "import sys; from pathlib import Path\n"
        "from posmember.settings.window_place import WindowPlace, WindowPlaces, write_places\n"
        "places = [WindowPlace(n, n, 1000 + n, 700, bool(n), 'HDMI-' + 'x' * 60) for n in (0, 1)]\n"
        "both = [WindowPlaces(place, place, place.is_maximised) for place in places]\n"
        "path = Path(sys.argv[1])\n"
        "write_places(path, both[0]); print(flush=True)\n"
        "while True:\n"
        "    for each in both: write_places(path, each)\n"
    )
    for part in range(6):
        with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(part / 300)  # another moment each time; none of them matters
            writer.send_signal(signal.SIGKILL)
        read = read_places(path)
        assert read is not None
        assert read.full is not None
        assert read.full == read.compact
        assert (read.full.x, read.full.width) in ((0, 1000), (1, 1001))
    write_places(path, WindowPlaces(PLACE))
    assert read_places(path) == WindowPlaces(PLACE), "what a killed one left is in nobody's way"
