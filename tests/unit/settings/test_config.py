"""The configuration: where it is looked for, what it may hold, and how each mistake is named."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pytest

from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ConfigError
from posmember.settings import config, places
from posmember.settings.config import ScannerSettings


@pytest.fixture(autouse=True)
def etc_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for the machine's folder of last resort, which may hold a real configuration."""
    monkeypatch.setattr(places, "MACHINE_FOLDER", str(tmp_path / "etc" / "xdg"))
    return tmp_path / "etc" / "xdg"


LEAST = '[platform]\nopen_id = "an-id"\ngrant_code = "a-code"\n'
PLATFORM = {"open_id": "an-id", "grant_code": "a-code"}


def written(path: Path, text: str = LEAST, encoding: str = "utf-8") -> dict[str, str]:
    """Write a file; returns the environment that names it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return {config.CONFIG_VARIABLE: str(path)}


def test_the_least_file(tmp_path: Path) -> None:
    settings = config.load(written(tmp_path / "c.toml"))
    assert settings.path == tmp_path / "c.toml"
    assert settings.store == Store()
    platform = settings.platform
    assert (platform.open_id, platform.grant_code) == ("an-id", "a-code")
    assert platform.base_url == "https://openapi.qmai.cn"
    assert platform.v2_sign_keys is SignKeys.CAMEL
    assert platform.timeout_s == 8.0
    assert platform.min_amount_use_unit is MinSpendUnit.AUTO
    assert not platform.allow_insecure_http
    assert not platform.clear_text
    assert settings.scanner == ScannerSettings("", True, 35, None, "", "", 9600)
    assert settings.window.sounds
    assert settings.window.clear_after_s == 90


def test_everything_set() -> None:
    settings = config.parse(
        {
            "platform": {
                **PLATFORM,
                "base_url": "http://till-proxy.example:8080/qmai",
                "v2_sign_keys": "pascal",
                "allow_insecure_http": True,
                "timeout_s": 3,
                "min_amount_use_unit": "fen",
            },
            "store": {"code": "1001", "id": 88001, "name": " 人民广场店 "},
            "scanner": {
                "prefix": " \x02~",
                "enter_follows": False,
                "max_gap_ms": 50,
                "url_pattern": r" https://m\.example/c\?v=(?P<code>[0-9]+) ",
                "device": " VID_05E0 ",
                "serial_port": " COM3 ",
                "serial_baud": 115_200,
            },
            "window": {"sounds": False, "clear_after_s": 300},
        }
    )
    scanner = settings.scanner
    assert scanner.prefix == " \x02~", "every character of it counts"
    assert not scanner.enter_follows
    assert scanner.max_gap_ms == 50
    assert scanner.url_pattern is not None
    assert scanner.url_pattern.fullmatch("https://m.example/c?v=880001")
    assert (scanner.device, scanner.serial_port) == ("VID_05E0", "COM3")
    assert scanner.serial_baud == 115_200
    assert not settings.window.sounds
    assert settings.window.clear_after_s == 300
    assert settings.store == Store("1001", "88001", "人民广场店")
    assert settings.platform.v2_sign_keys is SignKeys.PASCAL
    assert settings.platform.timeout_s == 3.0
    assert settings.platform.min_amount_use_unit is MinSpendUnit.FEN
    assert settings.platform.clear_text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({}, "platform.open_id is missing"),
        ({"platform": 3}, "platform has to be a table"),
        ({"platform": [PLATFORM]}, "platform has to be a table"),
        ({"platform": {"open_id": "x"}}, "platform.grant_code is missing"),
        ({"platform": {**PLATFORM, "open_id": ""}}, "platform.open_id is empty"),
        ({"platform": {**PLATFORM, "open_id": "  "}}, "platform.open_id is empty"),
        ({"platform": {**PLATFORM, "open_id": True}}, "platform.open_id has to be a text"),
        ({"platform": {**PLATFORM, "open_id": 1.5}}, "platform.open_id has to be a text"),
        ({"platform": {**PLATFORM, "grant_code": ["x"]}}, "platform.grant_code has to be a text"),
        ({"platform": {**PLATFORM, "timeout_s": "8"}}, "platform.timeout_s has to be a number"),
        ({"platform": {**PLATFORM, "timeout_s": True}}, "platform.timeout_s has to be a number"),
        ({"platform": {**PLATFORM, "timeout_s": 0.4}}, "platform.timeout_s has to be from 0.5 to"),
        ({"platform": {**PLATFORM, "timeout_s": 61}}, "platform.timeout_s has to be from 0.5 to"),
        (
            {"platform": {**PLATFORM, "timeout_s": float("nan")}},
            "platform.timeout_s has to be from",
        ),
        (
            {"platform": {**PLATFORM, "v2_sign_keys": "kebab"}},
            "platform.v2_sign_keys has to be one",
        ),
        ({"platform": {**PLATFORM, "v2_sign_keys": []}}, "platform.v2_sign_keys has to be one of"),
        (
            {"platform": {**PLATFORM, "min_amount_use_unit": "jiao"}},
            "platform.min_amount_use_unit has to be one of",
        ),
        (
            {"platform": {**PLATFORM, "allow_insecure_http": "yes"}},
            "platform.allow_insecure_http has to be true or false",
        ),
        (
            {"platform": {**PLATFORM, "base_url": "http://openapi.example"}},
            "platform.base_url: plain http is refused",
        ),
        (
            {"platform": {**PLATFORM, "base_url": "openapi.example"}},
            "platform.base_url: not an http",
        ),
        ({"platform": {**PLATFORM, "base_url": "ftp://a.example"}}, "platform.base_url: not an"),
        (
            {"platform": {**PLATFORM, "base_url": "https://a:b@c.example"}},
            "platform.base_url: only",
        ),
        ({"platform": {**PLATFORM, "base_url": "https://[::1"}}, "platform.base_url: not an http"),
        ({"platform": {**PLATFORM, "openid": "x"}}, "platform.openid is no key that posmember"),
        (
            {"platform": PLATFORM, "store": {"kode": "1"}},
            "store.kode is no key that posmember knows",
        ),
        ({"platform": PLATFORM, "store": "1001"}, "store has to be a table"),
        ({"platform": PLATFORM, "store": {"code": False}}, "store.code has to be a text"),
        ({"platform": PLATFORM, "shop": {}}, "shop is no key that posmember knows"),
        ({"platform": PLATFORM, "scanner": []}, "scanner has to be a table"),
        ({"platform": PLATFORM, "window": True}, "window has to be a table"),
    ],
)
def test_each_mistake_is_named_by_its_path(content: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(content)
    assert str(caught.value).startswith(words)


def scanner(**content: object) -> ScannerSettings:
    return config.parse({"platform": PLATFORM, "scanner": content}).scanner


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("prefix", True, "has to be a text"),
        ("prefix", ["~"], "has to be a text"),
        ("enter_follows", "yes", "has to be true or false"),
        ("enter_follows", 1, "has to be true or false"),
        ("max_gap_ms", 4, "has to be from 5 to 120"),
        ("max_gap_ms", 121, "has to be from 5 to 120"),
        ("max_gap_ms", 35.5, "has to be a whole number"),
        ("max_gap_ms", float("nan"), "has to be from 5 to 120"),
        ("max_gap_ms", float("inf"), "has to be from 5 to 120"),
        ("max_gap_ms", True, "has to be a number"),
        ("max_gap_ms", "35", "has to be a number"),
        ("url_pattern", 1.5, "has to be a text"),
        ("url_pattern", "https://(", ": is no regular expression: "),
        ("url_pattern", "https://m.example/.*", ": lacks the named group (?P<code>...)"),
        ("url_pattern", "(?P<code>(a+)+)", ": repeats a group that ends in a repeat"),
        ("url_pattern", "x" * 501, ": is longer than 500 characters"),
        ("device", False, "has to be a text"),
        ("serial_port", 1.0, "has to be a text"),
        ("serial_baud", 299, "has to be from 300 to 921600"),
        ("serial_baud", 921_601, "has to be from 300 to 921600"),
        ("serial_baud", 9600.5, "has to be a whole number"),
        ("serial_baud", "9600", "has to be a number"),
        ("speed", 3, "is no key that posmember knows"),
    ],
)
def test_each_mistake_about_the_scanner_is_named(key: str, value: object, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        scanner(**{key: value})
    separator = "" if words.startswith(":") else " "
    assert str(caught.value).startswith(f"scanner.{key}{separator}{words}")
    assert "\n" not in str(caught.value)


def test_what_a_scanner_may_be_at_most_and_at_least() -> None:
    assert scanner(max_gap_ms=5).max_gap_ms == 5
    assert scanner(max_gap_ms=120.0).max_gap_ms == 120
    assert scanner(serial_baud=300).serial_baud == 300
    assert scanner(serial_baud=921_600).serial_baud == 921_600
    assert scanner(url_pattern="  ").url_pattern is None
    assert scanner(prefix=7).prefix == "7"


@pytest.mark.parametrize("value", ["no", 0])
def test_sounds_are_on_or_off(value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse({"platform": PLATFORM, "window": {"sounds": value}})
    assert str(caught.value) == "window.sounds has to be true or false"


def test_an_unknown_key_of_the_window_is_named() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse({"platform": PLATFORM, "window": {"sound": True}})
    assert str(caught.value) == "window.sound is no key that posmember knows"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "[::1]"])
def test_plain_http_to_this_machine_is_no_clear_text(host: str) -> None:
    settings = config.parse({"platform": {**PLATFORM, "base_url": f"http://{host}:8000"}})
    assert not settings.platform.clear_text


def test_a_wrong_key_in_a_file_is_named_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    with pytest.raises(ConfigError) as caught:
        config.load(written(path, LEAST + "colour = 1\n"))
    assert str(caught.value) == f"{path}: platform.colour is no key that posmember knows"


def test_a_mark_at_the_beginning_is_no_mistake(tmp_path: Path) -> None:
    settings = config.load(written(tmp_path / "c.toml", LEAST, "utf-8-sig"))
    assert settings.platform.open_id == "an-id"


def test_the_line_ends_of_windows(tmp_path: Path) -> None:
    settings = config.load(written(tmp_path / "c.toml", LEAST.replace("\n", "\r\n")))
    assert settings.platform.grant_code == "a-code"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("open_id = ", "utf-8"),
        ("[platform\n", "utf-8"),
        (LEAST + 'grant_code = "again"\n', "utf-8"),
        (LEAST + "# 人民广场店\n", "gbk"),
        (LEAST, "utf-16"),
        (LEAST + "timeout_s = " + "9" * 5000, "utf-8"),
        ("\x00", "utf-8"),
    ],
    ids=["no value", "no bracket", "twice", "GBK", "UTF-16", "endless number", "NUL"],
)
def test_what_is_no_toml_is_said(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "c.toml"
    with pytest.raises(ConfigError) as caught:
        config.load(written(path, text, encoding))
    assert str(caught.value).startswith(f"{path}: not a TOML file: ")
    assert path.read_bytes() == text.encode(encoding)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load({config.CONFIG_VARIABLE: str(tmp_path)})
    assert str(caught.value).startswith(f"{tmp_path}: cannot be read: ")


def test_a_name_that_no_file_can_have() -> None:
    name = "x" * 5000
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load({config.CONFIG_VARIABLE: name})


def test_a_missing_file_is_named_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "c.toml"
    with pytest.raises(ConfigError) as caught:
        config.load({config.CONFIG_VARIABLE: str(path)})
    assert str(caught.value) == f"no configuration file; looked for {path}"
    assert list(tmp_path.iterdir()) == []


def test_the_variable_stands_alone(tmp_path: Path) -> None:
    user = config.candidate_paths()[0]
    written(user)
    with pytest.raises(ConfigError):
        config.load({config.CONFIG_VARIABLE: str(tmp_path / "none.toml")})


UNIX = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="the folders are others there"
)


@UNIX
def test_the_users_file_comes_before_each_of_the_machines(tmp_path: Path, etc_xdg: Path) -> None:
    folders = [tmp_path / name for name in ("home", "first", "second")]
    environ = {
        "XDG_CONFIG_HOME": str(folders[0]),
        "XDG_CONFIG_DIRS": f"{folders[1]}:relative::{folders[2]}:{folders[1]}",
    }
    places_in_order = [folder / "posmember" / "config.toml" for folder in (*folders, etc_xdg)]
    assert config.candidate_paths(environ) == tuple(places_in_order)
    for path in reversed(places_in_order):
        written(path)
        assert config.load(environ).path == path


@UNIX
@pytest.mark.parametrize("home", ["", "relative/config"])
@pytest.mark.parametrize("dirs", [None, "", "relative:"])
def test_what_is_unset_empty_or_relative(
    etc_xdg: Path, isolated: Path, home: str, dirs: str | None
) -> None:
    environ = {"XDG_CONFIG_HOME": home} | ({} if dirs is None else {"XDG_CONFIG_DIRS": dirs})
    folders = (isolated / "home" / ".config", etc_xdg)
    assert config.candidate_paths(environ) == tuple(
        folder / "posmember" / "config.toml" for folder in folders
    )


@UNIX
def test_without_a_home_there_are_the_machines(
    etc_xdg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "nowhere")
    assert config.candidate_paths({}) == (etc_xdg / "posmember" / "config.toml",)


def test_without_any_file_every_place_is_named() -> None:
    with pytest.raises(ConfigError) as caught:
        config.load()
    for path in config.candidate_paths():
        assert str(path) in str(caught.value)
        assert not path.exists()


@UNIX
def test_a_name_that_is_no_text_is_still_told(tmp_path: Path) -> None:
    named = {config.CONFIG_VARIABLE: os.fsdecode(os.fsencode(tmp_path) + b"/\xb5\xea.toml")}
    with pytest.raises(ConfigError) as caught:
        config.load(named)
    assert str(caught.value).encode().endswith(rb"/\udcb5\udcea.toml")
    assert config.load(written(Path(named[config.CONFIG_VARIABLE]))).platform.open_id == "an-id"


def test_loading_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    environ = written(path)
    before = path.stat()
    config.load(environ)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert list(tmp_path.iterdir()) == [path]
    assert tomllib.loads(path.read_text("utf-8"))["platform"] == PLATFORM


@pytest.mark.parametrize("seconds", [0, 10, 90, 3600])
def test_when_the_screen_is_cleared(seconds: int) -> None:
    settings = config.parse({"platform": PLATFORM, "window": {"clear_after_s": seconds}})
    assert settings.window.clear_after_s == seconds


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (9, "window.clear_after_s has to be 0, or from 10 to 3600"),
        (1, "window.clear_after_s has to be 0, or from 10 to 3600"),
        (-1, "window.clear_after_s has to be from 0 to 3600"),
        (3601, "window.clear_after_s has to be from 0 to 3600"),
        (10.5, "window.clear_after_s has to be a whole number"),
        ("90", "window.clear_after_s has to be a number"),
        (False, "window.clear_after_s has to be a number"),
    ],
)
def test_when_the_screen_cannot_be_cleared(seconds: object, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        config.parse({"platform": PLATFORM, "window": {"clear_after_s": seconds}})
