"""What became of updates: what does not run here is not tried for ever."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from posmember.domain.values import CHINA
from posmember.settings.updates import Version
from posmember.updates.notes import Notes, read_notes, settled, tried, write_notes

OLD, NEW = Version(1, 0, 0), Version(1, 1, 0)
AT = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)


def test_they_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "state" / "notes.json"
    notes = Notes(AT, NEW, "hash", 2, ("a", "b"))
    write_notes(path, notes)
    assert read_notes(path) == notes
    write_notes(path, Notes())
    assert read_notes(path) == Notes()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"checked_at": 5}',
        b'{"checked_at": "2026-11-20T12:00:00"}', b'{"trying": "x"}', b'{"given_up": [1]}',
        b'{"given_up": "a"}', b'{"tries": "many"}', b'{"tries": {}}',
    ],
)  # fmt: skip
def test_what_is_no_note_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(content)
    assert read_notes(path) == Notes()


def test_it_runs() -> None:
    notes = tried(Notes(), NEW, "hash")
    assert settled(notes, NEW, 0) == Notes()


def test_it_does_not_start_here() -> None:
    notes = settled(tried(Notes(), NEW, "hash"), OLD, 10)
    assert notes == Notes(given_up=("hash",))
    assert settled(notes, OLD, 10) == notes


@pytest.mark.parametrize("code", [5, 6, None])
def test_another_reason_is_tried_again_and_not_for_ever(code: int | None) -> None:
    notes = Notes()
    for tries in (1, 2):
        notes = settled(tried(notes, NEW, "hash"), OLD, code)
        assert (notes.tries, notes.given_up) == (tries, ())
    assert settled(tried(notes, NEW, "hash"), OLD, code) == Notes(given_up=("hash",))


def test_another_build_begins_anew() -> None:
    notes = settled(tried(settled(tried(Notes(), NEW, "a"), OLD, 6), NEW, "b"), OLD, 6)
    assert (notes.sha256, notes.tries) == ("b", 1)
