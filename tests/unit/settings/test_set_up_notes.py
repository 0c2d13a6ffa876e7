"""Small files of set-up: the unfinished first start, the last language, the file as it is now."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.errors import ConfigError
from posmember.settings import draft
from posmember.settings import last_language as last_language_file
from posmember.settings.declared import SETTINGS
from posmember.settings.draft import draft_paths, forget_draft, read_draft, write_draft
from posmember.settings.file_now import read_file_now
from posmember.settings.last_language import (
    language_now,
    last_language,
    note_language,
    stamps,
)
from posmember.settings.policy_places import REGISTRY_KEY
from posmember.ui.setup.draft import Draft

PATHS = st.sampled_from([setting.path for setting in SETTINGS])
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=50), st.booleans(), st.integers()
)


def test_a_draft_is_kept_for_its_owner_alone_and_forgotten() -> None:
    path = draft_paths()[0]
    assert read_draft(path) == {}
    write_draft(path, {"store.code": "1001", "window.sounds": False})
    assert read_draft(path) == {"store.code": "1001", "window.sounds": False}
    if sys.platform != "win32":
        assert path.parent.stat().st_mode & 0o077 == 0
    forget_draft(path)
    forget_draft(path)
    assert read_draft(path) == {}


def test_a_draft_of_before_is_found_where_it_was_and_forgotten(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before, here = tmp_path / "system" / "setup-draft.json", tmp_path / "here" / "draft.json"
    monkeypatch.setattr(draft, "remembered_path", lambda _name: here)
    monkeypatch.setattr(platformdirs, "user_state_path", lambda *_, **__: before.parent)
    write_draft(before, {"store.code": "1001"})
    paths = draft_paths()
    assert paths == (here, before)
    kept = Draft(paths)
    assert kept.values == {"store.code": "1001"}
    kept.take({"store.code": "1002"})
    assert Draft(paths).values == {"store.code": "1002"}
    kept.forget()
    assert not here.exists()
    assert not before.exists()


def test_where_the_environment_names_no_place_the_system_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(draft, "remembered_path", lambda _name: None)
    monkeypatch.setattr(platformdirs, "user_state_path", lambda *_, **__: tmp_path)
    assert draft_paths() == (tmp_path / "setup-draft.json",)


@given(values=st.dictionaries(PATHS, VALUES))
def test_whatever_is_typed_comes_back(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str | bool | int | float]
) -> None:
    path = tmp_path_factory.mktemp("draft") / "draft.json"
    write_draft(path, values)
    assert read_draft(path) == values


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"store.code": ["x"]}', b'{"no.such": "x"}', b"\xff", b"[" * 50_000,
     b'{"store.code": "' + b"x" * 70_000 + b'"}'],
)  # fmt: skip
def test_a_draft_that_is_none_is_passed_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "draft.json"
    path.write_bytes(content)
    assert read_draft(path) == {}


def test_the_language_is_noted_once_read() -> None:
    assert last_language() == "zh"
    note_language("en", {})
    assert last_language() == "en"
    note_language("zh", {})
    assert last_language() == "zh"


@pytest.mark.parametrize("content", [b"", b"fr\n", b"\xff\xfe", b"en" * 1000])
def test_another_language_is_none(content: bytes) -> None:
    note_language("en", {})
    (path,) = Path(os.environ["HOME"]).rglob("language")
    path.write_bytes(content)
    assert last_language() == "zh"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_keeps_nobody_waiting() -> None:
    note_language("en", {})
    (path,) = Path(os.environ["HOME"]).rglob("language")
    path.unlink()
    os.mkfifo(path)
    assert last_language() == "zh"


def not_read() -> str:
    raise AssertionError("the configuration was read before the first paint")


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A file from which the language was noted; another one beside it is not there."""
    path = tmp_path / "配置\n.toml"
    path.write_text('language = "en"')
    note_language("en", stamps([path, tmp_path / "none.toml"]))
    return path


def test_as_long_as_no_file_has_changed_it_is_the_noted_one(noted: Path) -> None:
    assert noted.exists()
    assert language_now(not_read) == "en"


def test_a_file_that_was_changed_by_hand_is_read(noted: Path) -> None:
    noted.write_text('language = "zh"')
    assert language_now(lambda: "zh") == "zh"


def test_a_file_in_another_place_is_read(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (noted.parent / "none.toml").write_text('language = "zh"')
    assert language_now(lambda: "zh") == "zh"
    (noted.parent / "none.toml").unlink()
    assert language_now(not_read) == "en"
    monkeypatch.setenv("POSMEMBER_CONFIG", "elsewhere.toml")
    assert language_now(lambda: "zh") == "zh"


@pytest.mark.parametrize("content", [b"", b"en\n", b"en", b"en\n\0\0\0", b"en\n\0\0\0-", b"\xff"])
def test_a_note_of_nothing_is_none(noted: Path, content: bytes) -> None:
    assert noted.exists()
    (path,) = Path(os.environ["HOME"]).rglob("language")
    path.write_bytes(content)
    assert language_now(lambda: "zh") == "zh"


class Registry:
    """Stands in for Windows' own: a key that was written at some moment, or none."""

    HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY = "HKLM", 1, 2

    def __init__(self, written_at: int | None) -> None:
        self.written_at = written_at

    def OpenKey(self, root: str, path: str, reserved: int, access: int) -> Registry:
        assert (root, path, reserved, access) == ("HKLM", REGISTRY_KEY, 0, 3)
        if self.written_at is None:
            raise FileNotFoundError
        return self

    def QueryInfoKey(self, key: Registry) -> tuple[int, int, int | None]:
        return 0, 3, key.written_at

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


def test_a_policy_that_was_changed_in_the_registry_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry: Any = Registry(None)
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(last_language_file, "_registry_stamp", last_language_file._written_at)
    note_language("en", stamps([tmp_path / "none.toml"]))
    assert language_now(not_read) == "en"
    registry.written_at = 133_000_000
    assert language_now(lambda: "zh") == "zh"
    note_language("en", stamps([tmp_path / "none.toml"]))
    assert language_now(not_read) == "en"


def test_reading_the_language_imports_nothing_heavy() -> None:
    code = (
        "import sys; from posmember.settings.last_language import *; language_now(last_language);"
        "print(*({'platformdirs', 'tomllib', 'dataclasses', 'json'} & set(sys.modules)))"
    )
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code], env=plain, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_the_file_as_it_is_holds_also_what_is_wrong_in_it(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    environ = {"POSMEMBER_CONFIG": str(path)}
    assert read_file_now(environ).content is None
    assert read_file_now(environ).path == path
    path.write_text('odd = 1\n[platform]\ntimeout_s = "soon"\n[store]\ncode = 7\n', "utf-8")
    now = read_file_now(environ)
    assert now.given == {"platform.timeout_s": "soon", "store.code": 7}
    assert now.content == path.read_bytes()
    path.write_text("[", "utf-8")
    with pytest.raises(ConfigError, match="TOML"):
        read_file_now(environ)
