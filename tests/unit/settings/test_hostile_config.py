"""Configurations that are no files, never end, or keep a parser busy: one clear error."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pytest

from posmember.errors import ConfigError
from posmember.settings import config
from posmember.settings.edit import MAX_CHANGED, save_scanner
from posmember.settings.files import MAX_BYTES
from posmember.settings.kinds import MAX_TEXT
from posmember.settings.toml import MAX_DOTS, read_toml

LEAST = '[platform]\nopen_id = "an-id"\ngrant_code = "a-code"\n'
MOST = 20
"""So many times as long as a long file that is honest; what they are made for takes hundreds."""


@cache
def honest_s() -> float:
    """How long this machine takes for a file of that size with nothing wrong but its names."""
    content = "".join(f"[a{number}]\nb = 'c'\n" for number in range(40_000)).encode()
    began = time.process_time()
    read_toml(content)
    return time.process_time() - began


def failure(content: bytes, path: Path) -> str:
    """What is said about a file, quickly, and on one line that can be read."""
    path.write_bytes(content)
    began = time.process_time()
    with pytest.raises(ConfigError) as caught:
        config.load({config.CONFIG_VARIABLE: str(path)})
    assert time.process_time() - began < MOST * honest_s()
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert len(text) < len(str(path)) + 300
    return text


HUGE = {
    "brackets": "x = " + "[" * 100_000,
    "closed brackets": "x = " + "[" * 100_000 + "]" * 100_000,
    "tables": "x = " + "{a = " * 100_000,
    "double brackets": "[[" * 50_000,
    "a key of dots": "a" + ".a" * 50_000 + " = 1",
    "spaced dots": "a" + " . a" * 50_000 + " = 1",
    "a table of dots": "[" + "a." * 50_000 + "a]",
    "quoted dots": "'a'" + ".'a'" * 50_000 + " = 1",
    "dots behind a text": '"=" . a' + ".a" * 50_000 + " = 1",
    "dots in a table": "x = {a" + ".a" * 50_000 + " = 1}",
    "dots in many keys": "".join(f"a{i}.b.c.d = 1\n" for i in range(40_000)),
    "dots between texts": '"""""" . ' * 50_000,
    "open texts": '"\\' * 200_000 + "." * 2_000,
    "open long texts": '"""a' + ".\n" * 200_000,
    "digits": LEAST + "timeout_s = " + "9" * 900_000,
    "hexadecimal digits": "[platform]\nopen_id = 0x" + "f" * 900_000,
    "an exponent": LEAST + "timeout_s = 1e999999",
    "a long name": LEAST + "x" * 900_000 + " = 1",
    "a long text": LEAST + '[store]\nname = "' + "x" * 900_000 + '"',
    "a pattern of brackets": LEAST + '[scanner]\nurl_pattern = "' + "(" * 499 + '"',
    "a pattern of numbers": LEAST + '[scanner]\nurl_pattern = "(?P<code>a{99999999999})"',
    "many keys": "".join(f"a{i} = 1\n" for i in range(90_000)),
    "many tables": "[[a]]\n" * 150_000,
    "a long array": "x = [" + "1," * 400_000 + "]",
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_made_to_keep_a_parser_busy(tmp_path: Path, name: str) -> None:
    failure(HUGE[name].encode(), tmp_path / "c.toml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe[\x00", "not a TOML file: "),
        (LEAST.encode("utf-16"), "not a TOML file: "),
        (LEAST.encode() + b"# \xc8\xcb\n", "not a TOML file: "),
        (b"\0" * 1000, "not a TOML file: "),
        (b'\xef\xbb\xbf\xef\xbb\xbf[platform]\nopen_id = ""', "not a TOML file: "),
        (b"a = 2026-02-30\n", "not a TOML file: "),
        (b"a = 99999-01-01\n", "not a TOML file: "),
        (b'a = "\\ud800"\n', "not a TOML file: "),
        (LEAST.encode() + b"timeout_s = 1979-05-27T07:32:00Z", "timeout_s has to be a number"),
        (LEAST.encode() + b"timeout_s = -inf", "platform.timeout_s has to be from"),
        (LEAST.encode() + b"[store]\ncode = 1979-05-27", "store.code has to be a text"),
        (b'[platform]\nopen_id = "\\u0000"', "platform.open_id holds a control character"),
        (b'[platform]\nopen_id = "a\\nb"', "platform.open_id holds a control character"),
        (b'[platform]\nopen_id = "\\u200b \\ufeff"', "platform.open_id is empty"),
        (b"[platform]\nopen_id = -9" + b"9" * 41, "platform.open_id has to be a text"),
    ],
)  # fmt: skip
def test_what_is_no_configuration(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in failure(content, tmp_path / "c.toml")


def test_what_pasting_brings_along_is_no_part_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        '[platform]\nopen_id = "\u200b an\u2060-id\ufeff "\ngrant_code = "a-code"\n', "utf-8"
    )
    assert config.load({config.CONFIG_VARIABLE: str(path)}).platform.open_id == "an-id"


def test_texts_and_comments_may_have_dots(tmp_path: Path) -> None:
    dots = "." * (2 * MAX_DOTS)
    path = tmp_path / "c.toml"
    store = f'[store]\nname = \'\'\'{dots[:900]}\'\'\'\ncode = """{dots[:900]}\\"""""\n# {dots}'
    path.write_text(f"{LEAST}{store}\n# '{dots}", encoding="utf-8")
    assert config.load({config.CONFIG_VARIABLE: str(path)}).store.name == dots[:900]
    assert read_toml(("a" + ".a" * MAX_DOTS + " = 1").encode())
    with pytest.raises(ConfigError, match="dots"):
        read_toml(("a" + ".a" * (MAX_DOTS + 1) + " = 1").encode())


def test_the_longest_text(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    for length, fits in ((MAX_TEXT, True), (MAX_TEXT + 1, False)):
        content = f'{LEAST}[store]\nname = "{"x" * length}"\n'.encode()
        if fits:
            path.write_bytes(content)
            assert len(config.load({config.CONFIG_VARIABLE: str(path)}).store.name) == length
        else:
            assert "store.name is longer than" in failure(content, path)


def test_no_memory_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(_text: str) -> dict[str, object]:
        raise MemoryError

    monkeypatch.setattr("tomllib.loads", too_much)
    with pytest.raises(ConfigError, match="memory"):
        read_toml(LEAST.encode())


# --- what is no file -----------------------------------------------------------------------------

if sys.platform != "win32":

    def fifo(path: Path) -> None:
        os.mkfifo(path)

    def local_socket(path: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:  # a socket's name has to be short
            bound = socket.socket(socket.AF_UNIX)
            bound.bind(f"{folder}/s")
            bound.close()
            Path(folder, "s").rename(path)

    def link_to(target: str) -> Callable[[Path], None]:
        return lambda path: path.symlink_to(target)

    NO_FILES: dict[str, Callable[[Path], None]] = {
        "a pipe": fifo,
        "a socket": local_socket,
        "a folder": Path.mkdir,
        "endless": link_to("/dev/zero"),
        "nothing": link_to("/dev/null"),
        "random": link_to("/dev/urandom"),
        "a terminal": link_to("/dev/ptmx"),
    }

    @pytest.mark.parametrize("name", NO_FILES)
    def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path, name: str) -> None:
        path = tmp_path / "c.toml"
        NO_FILES[name](path)
        with pytest.raises(ConfigError, match=r"c\.toml: cannot be read: no regular file"):
            config.load({config.CONFIG_VARIABLE: str(path)})
        with pytest.raises(ConfigError, match="is not changed: no regular file"):
            save_scanner(path, prefix="", suffix="", enter_follows=True, max_gap_ms=35)

    def test_a_link_to_itself(tmp_path: Path) -> None:
        path = tmp_path / "c.toml"
        path.symlink_to(path)
        with pytest.raises(ConfigError, match="cannot be read"):
            config.load({config.CONFIG_VARIABLE: str(path)})


@pytest.mark.parametrize("length", [MAX_BYTES, MAX_BYTES + 1, 1 << 40])
def test_the_longest_file(tmp_path: Path, length: int) -> None:
    path = tmp_path / "c.toml"
    path.write_text(LEAST + "#", encoding="utf-8")
    if length == MAX_BYTES:
        with path.open("a", encoding="utf-8") as file:
            file.write("#" * (length - path.stat().st_size))
        assert config.load({config.CONFIG_VARIABLE: str(path)}).platform.open_id == "an-id"
        return
    os.truncate(path, length)  # with a hole, which takes no room
    with pytest.raises(ConfigError, match="cannot be read: longer than 1024 KiB"):
        config.load({config.CONFIG_VARIABLE: str(path)})


def test_a_name_with_a_nul() -> None:
    with pytest.raises(ConfigError, match="cannot be read: no name of a file"):
        config.load({config.CONFIG_VARIABLE: "c\0.toml"})


def test_a_file_that_would_take_long_to_change_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    for length, changed in ((MAX_CHANGED, True), (MAX_CHANGED + 1, False)):
        content = LEAST + "\n" * (length - len(LEAST))
        path.write_bytes(content.encode())
        began = time.process_time()
        with nullcontext() if changed else pytest.raises(ConfigError, match="longer than 64 KiB"):
            save_scanner(path, prefix="~", suffix="", enter_follows=True, max_gap_ms=35)
        assert time.process_time() - began < MOST * honest_s()
        assert (path.read_bytes() == content.encode()) is not changed
