"""Single keys of the configuration are changed; the rest stays as a person wrote it."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest

from posmember.api.qimai.signing import SignKeys
from posmember.errors import ConfigError
from posmember.settings import config, declared
from posmember.settings.edit import (
    FileChangedError,
    save_scanner,
    save_settings,
    save_sign_keys,
    sign_keys_by_hand,
)
from posmember.settings.setting import Setting

LEAST = '[platform]\nopen_id = "an-id"\ngrant_code = "a-code"\n'
COMMENTED = """\
# 人民广场店
[platform]
open_id   = "an-id"   # from the backend
grant_code = 'a-code'

[scanner]   # the counter's
# it was 50 before
max_gap_ms = 40 # slow
prefix = "~"
device = ""

[store]
code = "1001"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "c.toml"
    written.write_bytes(COMMENTED.encode())
    return written


def save(
    path: Path,
    prefix: str = "",
    *,
    suffix: str = "",
    enter_follows: bool = True,
    max_gap_ms: int = 35,
) -> bool:
    try:
        save_scanner(
            path, prefix=prefix, suffix=suffix, enter_follows=enter_follows, max_gap_ms=max_gap_ms
        )
    except ConfigError:
        return False
    return True


def loaded(path: Path) -> config.ScannerSettings:
    return config.load({config.CONFIG_VARIABLE: str(path)}).scanner


def test_what_is_saved_is_what_is_loaded(path: Path) -> None:
    assert save(path, "\x02", suffix="\x03", enter_follows=False, max_gap_ms=60)
    assert loaded(path) == config.ScannerSettings("\x02", False, 60, suffix="\x03")


def test_comments_and_everything_else_stay(path: Path) -> None:
    assert save(path, "%", max_gap_ms=35)
    changed = COMMENTED.replace("max_gap_ms = 40", "max_gap_ms = 35").replace('"~"', '"%"')
    now = path.read_text("utf-8")
    assert now.replace("enter_follows = true\n", "").replace('suffix = ""\n', "") == changed
    assert save(path, "%", max_gap_ms=35)
    assert path.read_text("utf-8") == now, "saving the same again changes nothing"


PREFIXES = [
    *map(chr, range(0x20)),
    "\x7f",
    "\x80",
    '"',
    "\\",
    "'",
    "#",
    "]C1",
    "\r\n",
    " ",
    "，",
    "😀",
]


@pytest.mark.parametrize("prefix", PREFIXES, ids=ascii)
def test_every_prefix_comes_back(path: Path, prefix: str) -> None:
    assert save(path, prefix)
    assert loaded(path).prefix == prefix
    assert not set(path.read_bytes()) & {*range(0x0A), 0x7F}, "no control character as it is"


@pytest.mark.parametrize(
    "text",
    [
        LEAST,
        LEAST.rstrip(),
        LEAST + "[scanner]\n",
        LEAST + "[scanner]",
        'scanner = {prefix = "x"}\n' + LEAST,
        'scanner.prefix = "x"\n' + LEAST,
        LEAST + '[store]\ncode = "1001"\n# the end',
    ],
    ids=["none", "no last line end", "empty", "bare", "inline", "dotted", "a comment at the end"],
)
def test_wherever_the_table_is_or_is_not(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert save(path, "~", max_gap_ms=20)
    assert loaded(path) == config.ScannerSettings("~", True, 20)
    platform = tomllib.loads(path.read_text("utf-8"))["platform"]
    assert platform == {"open_id": "an-id", "grant_code": "a-code"}


@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_line_ends_of_windows_stay(path: Path, begin: str) -> None:
    path.write_bytes((begin + COMMENTED.replace("\n", "\r\n")).encode())
    assert save(path, "%")
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > COMMENTED.count("\n")
    assert content.startswith(begin.encode() + "# 人民".encode())
    assert loaded(path).prefix == "%"


def test_the_spelling_of_the_signed_keys(path: Path) -> None:
    save_sign_keys(path, SignKeys.PASCAL)
    settings = config.load({config.CONFIG_VARIABLE: str(path)})
    assert settings.platform.v2_sign_keys is SignKeys.PASCAL
    assert "# from the backend" in path.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the rights of files are others there")
def test_the_files_rights_stay(path: Path) -> None:
    path.chmod(0o640)
    assert save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    assert save(link, "~")
    assert link.is_symlink()
    assert loaded(path).prefix == "~"


def test_nothing_else_is_left_in_the_folder(path: Path, tmp_path: Path) -> None:
    assert save(path)
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_told_and_left_whole(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_what: object, **_how: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(Path, "replace", refuse)
    assert not save(path, "~")
    assert path.read_text("utf-8") == COMMENTED
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="the rights of files are others there")
def test_a_read_only_file_is_told_and_left_alone(path: Path) -> None:
    path.chmod(0o444)
    before = path.stat()
    assert not save(path, "~")
    assert (path.read_text("utf-8"), path.stat()) == (COMMENTED, before)


def test_a_file_that_went_away_is_told(path: Path) -> None:
    path.unlink()
    assert not save(path, "~")
    assert not path.exists()


@pytest.mark.parametrize(
    "text",
    [b"[platform", b"\xff\xfe", b"x = " + b"[" * 20_000, b"scanner = 1\n", b"a.b = 1\na = 1\n",
     b"a" + b".a" * 20_000 + b" = 1"],
    ids=["no TOML", "no UTF-8", "brackets", "no table", "twice", "dots"],
)  # fmt: skip
def test_a_file_that_somebody_broke_is_left_alone(path: Path, text: bytes) -> None:
    path.write_bytes(text)
    assert not save(path, "~")
    assert path.read_bytes() == text


@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_line_that_is_set_is_another(path: Path, begin: str, end: str) -> None:
    text = COMMENTED + 'list = [\n  "a",\n]\n'
    path.write_bytes((begin + text.replace("\n", end)).encode())
    save_sign_keys(path, SignKeys.PASCAL)
    before = (begin + text.replace("\n", end)).encode().split(b"\n")
    now = path.read_bytes().split(b"\n")
    (added,) = [line for line in now if line not in before]
    assert [line for line in now if line != added] == before
    assert added == f'v2_sign_keys = "pascal"{end[:-1]}'.encode()


def test_line_ends_of_both_kinds_stay_as_they_are(path: Path) -> None:
    path.write_bytes(COMMENTED.replace("\n", "\r\n", 3).encode())
    save_sign_keys(path, SignKeys.PASCAL)
    assert path.read_bytes().count(b"\r\n") == 3


OF_DOTS = {
    "dots": 'platform.open_id = "an-id"\nplatform.grant_code = "a-code"\n',
    "dots below each other": 'platform.open_id = "an-id"\nstore.code = "1"\n'
    'platform.grant_code = "a-code"\n',
    "quoted": '"platform".open_id = "an-id"\n"platform".grant_code = "a-code"\n',
    "blanks": 'platform . open_id = "an-id"\nplatform."grant_code" = "a-code"\n[scanner]\n',
}
OTHERS = {
    "table": LEAST,
    "table that goes on": LEAST + "[platform.more]\nx = 1\n",
    "inline": 'platform = {open_id = "an-id", grant_code = "a-code"}\n',
}


@pytest.mark.parametrize("text", [*OF_DOTS.values(), *OTHERS.values()], ids=[*OF_DOTS, *OTHERS])
def test_the_spelling_is_saved_however_the_table_is_written(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    for spelling in (SignKeys.PASCAL, SignKeys.CAMEL):
        save_sign_keys(path, spelling)
        now = tomllib.loads(path.read_text("utf-8"))
        assert now["platform"].pop("v2_sign_keys") == spelling
        assert now == tomllib.loads(text)


@pytest.mark.parametrize("text", [*OF_DOTS.values(), LEAST], ids=[*OF_DOTS, "table"])
def test_what_is_to_be_written_by_hand_makes_no_wrong_file(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    line = sign_keys_by_hand(path, SignKeys.PASCAL)
    head, _, value = line.rpartition("] ")
    # below the table's head, or on top
    made = text.replace(f"{head}]\n", f"{head}]\n{value}\n") if head else f"{line}\n{text}"
    assert tomllib.loads(made)["platform"]["v2_sign_keys"] == "pascal"


def test_by_hand_where_the_file_is_another_kind_or_none(path: Path) -> None:
    path.write_text(OTHERS["inline"], encoding="utf-8")
    assert sign_keys_by_hand(path, SignKeys.CAMEL) == 'platform = { …, v2_sign_keys = "camel" }'
    usual = '[platform] v2_sign_keys = "camel"'
    for odd in (None, path.with_name("none.toml")):
        assert sign_keys_by_hand(odd, SignKeys.CAMEL) == usual
    path.write_bytes(b"\xff")
    assert sign_keys_by_hand(path, SignKeys.CAMEL) == usual


def test_a_file_of_two_names_is_left_alone_and_that_is_said(path: Path, tmp_path: Path) -> None:
    os.link(path, tmp_path / "other.toml")
    with pytest.raises(ConfigError, match="hard links"):
        save_sign_keys(path, SignKeys.PASCAL)
    assert path.samefile(tmp_path / "other.toml")
    assert path.read_text("utf-8") == COMMENTED


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
@pytest.mark.parametrize("kind", ["link", "two names", "folder", "pipe"])
def test_what_is_in_the_way_is_named(path: Path, tmp_path: Path, kind: str) -> None:
    new = tmp_path / ".c.toml.new"
    match kind:
        case "link":
            new.symlink_to(tmp_path / "elsewhere")
        case "two names":
            (tmp_path / "elsewhere").touch()
            os.link(tmp_path / "elsewhere", new)
        case "folder":
            new.mkdir()
        case "pipe":
            os.mkfifo(new)
    with pytest.raises(ConfigError, match=rf"{re.escape(str(new))} is in the way"):
        save_sign_keys(path, SignKeys.PASCAL)
    assert path.read_text("utf-8") == COMMENTED
    assert os.path.lexists(new), "it is not ours to remove"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can stand for two")
def test_what_another_user_left_is_named(path: Path, tmp_path: Path) -> None:
    new = tmp_path / ".c.toml.new"
    new.write_text("of before")
    os.chown(new, 4711, 4711)
    with pytest.raises(ConfigError, match=rf"{re.escape(str(new))} is in the way"):
        save_sign_keys(path, SignKeys.PASCAL)
    assert path.read_text("utf-8") == COMMENTED


# --- any setting ---------------------------------------------------------------------------------


def test_settings_are_set_and_taken_out_and_the_rest_stays(path: Path) -> None:
    seen = path.read_bytes()
    changes: dict[Setting[Any], str | bool | float | None] = {
        declared.STORE_CODE: "1002",
        declared.MAX_GAP: None,
        declared.SOUNDS: False,
        declared.TIMEOUT: 3.5,
    }
    now = save_settings(path, changes, seen=seen)
    assert path.read_bytes() == now
    settings = config.parse(tomllib.loads(now.decode()))
    assert settings.store.code == "1002"
    assert settings.scanner.max_gap_ms == 35
    assert not settings.window.sounds
    assert settings.platform.timeout_s == 3.5
    text = now.decode()
    for kept in ("# 人民广场店", 'open_id   = "an-id"   # from the backend', 'prefix = "~"'):
        assert kept in text


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "posmember" / "config.toml"
    changes = {
        declared.OPEN_ID: "an-id",
        declared.GRANT_CODE: "a-code",
        declared.STORE_NAME: "人民广场店",
    }
    save_settings(path, changes, seen=None)
    settings = config.load({config.CONFIG_VARIABLE: str(path)})
    assert (settings.platform.open_id, settings.store.name) == ("an-id", "人民广场店")
    if os.name == "posix":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_somebody_else_changed_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    seen = path.read_bytes()
    path.write_bytes(seen + b"id = 9\n")
    with pytest.raises(FileChangedError, match=re.escape(f"{path} is not changed: ")):
        save_settings(path, {declared.STORE_CODE: "1"}, seen=seen)
    assert path.read_bytes() == seen + b"id = 9\n"
    with pytest.raises(FileChangedError):
        save_settings(path, {declared.STORE_CODE: "1"}, seen=None)
    path.unlink()
    with pytest.raises(FileChangedError):
        save_settings(path, {declared.STORE_CODE: "1"}, seen=seen)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {declared.TIMEOUT: 100.0},
        {declared.OPEN_ID: None},
        {declared.BASE_URL: "http://openapi.example"},
        {declared.STORE_CODE: "1\n2"},
    ],
    ids=["too large", "required", "refused", "a line feed"],
)
def test_what_could_not_be_loaded_is_not_written(
    path: Path, changes: dict[Setting[object], str | None]
) -> None:
    seen = path.read_bytes()
    with pytest.raises(ConfigError, match=r"is not changed: (platform|store)"):
        save_settings(path, changes, seen=seen)
    assert path.read_bytes() == seen


def test_nothing_to_change_writes_nothing(path: Path) -> None:
    seen = path.read_bytes()
    before = path.stat()
    assert save_settings(path, {declared.STORE_CODE: "1001"}, seen=seen) == seen
    assert path.stat().st_ino == before.st_ino
