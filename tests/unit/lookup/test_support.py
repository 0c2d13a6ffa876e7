"""The support bundle: what is in it, and that nothing of anybody or any secret is."""

from __future__ import annotations

import zipfile
from datetime import datetime
from importlib import metadata
from pathlib import Path

import pytest

from posmember import __version__
from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.values import CHINA
from posmember.errors import ApiBusinessError
from posmember.log.files import log_folder
from posmember.lookup.check import Finding, Outcome, Step
from posmember.lookup.support import MAX_LOG_BYTES, save_support, support_entries
from posmember.settings.config import PlatformSettings, Settings
from posmember.settings.files import MAX_BYTES
from posmember.settings.policy import Policy

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
SETTINGS = Settings(
    PlatformSettings("open-1234567890", "grant-1234567890", proxy="http://till:secret@proxy:8080"),
    Store("1001", "88001", "人民广场店"),
    policy=Policy("/etc/posmember/policy.toml", {"platform.timeout_s": 8}, ("a.b is no key",)),
    path=Path("/home/till/config.toml"),
    given=frozenset({"platform.open_id", "store.code"}),
)


@pytest.fixture
def log() -> Path:
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def whole(settings: Settings | None = SETTINGS, problem: str = "") -> dict[str, str]:
    return dict(support_entries(settings, problem, (), NOW))


def test_what_is_in_it(log: Path) -> None:
    (log / "posmember.log").write_text("2026-11-20 INFO posmember: newest\n", encoding="utf-8")
    (log / "posmember.log.1").write_text("2026-11-19 INFO posmember: older\n", encoding="utf-8")
    findings = [
        Finding(Step.CLOCK, Outcome.NOTE, offset_s=-720),
        Finding(Step.IDENTITY, Outcome.FAILED, ApiBusinessError("refused", code="40300")),
    ]
    entries = support_entries(SETTINGS, "", findings, NOW)
    assert f"posmember {__version__}\n" in entries["versions.txt"]
    assert "made 2026-11-20T12:00:00+08:00" in entries["versions.txt"]
    assert "store.code = '1001' (file)\n" in entries["settings.txt"]
    assert "platform.timeout_s = 8.0 (policy)\n" in entries["settings.txt"]
    assert "window.sounds = True (default)\n" in entries["settings.txt"]
    assert "platform.v2_sign_keys = 'camel' (default)\n" in entries["settings.txt"]
    assert "ignored: a.b is no key" in entries["settings.txt"]
    assert entries["check.txt"] == (
        "clock note -720 s\nidentity failed ApiBusinessError refused 40300\n"
    )
    assert entries["log.txt"].index("older") < entries["log.txt"].index("newest")


def test_the_spelling_of_the_signed_keys_is_in_it() -> None:
    good = Finding(Step.KEYS, Outcome.GOOD, spelling=SignKeys.CAMEL)
    assert support_entries(SETTINGS, "", [good], NOW)["check.txt"] == "keys good camel\n"


def test_no_secret_and_nobody_is_in_it(log: Path) -> None:
    (log / "posmember.log").write_text(
        "2026-11-20 INFO posmember: 王小明 13957924681 860000010001\n", encoding="utf-8"
    )
    text = "".join(whole().values())
    for secret in ("secret", "open-1234567890", "grant-1234567890", "王小明", "13957924681"):
        assert secret not in text
    assert "860000010001" not in text
    assert "http://proxy:8080" in text


def test_without_a_configuration_the_reason_is_in_it() -> None:
    assert "no configuration file" in whole(None, "no configuration file")["settings.txt"]
    assert whole(None)["settings.txt"] == "none\n"
    assert whole()["check.txt"] == "none\n"


def test_of_a_long_log_the_newest_is_kept(log: Path) -> None:
    line = "2026-11-20 INFO posmember: a line\n"
    for number in range(3):
        name = f"posmember.log.{number}" if number else "posmember.log"
        (log / name).write_text(f"file {number}\n" + line * (1_000_000 // len(line)), "utf-8")
    kept = whole()["log.txt"]
    assert len(kept) <= MAX_LOG_BYTES
    assert "file 0" in kept
    assert "file 2" not in kept


def test_a_log_that_cannot_be_read_is_said(log: Path) -> None:
    (log / "posmember.log").mkdir()
    assert "posmember.log: " in whole()["log.txt"]


def test_it_is_one_zip_file(tmp_path: Path) -> None:
    path = tmp_path / "support.zip"
    save_support({"a.txt": "甲\n", "b.txt": "b\n"}, path)
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        assert {name: bundle.read(name).decode() for name in bundle.namelist()} == {
            "a.txt": "甲\n",
            "b.txt": "b\n",
        }
    with pytest.raises(OSError, match=r".+"):
        save_support({}, tmp_path / "none" / "support.zip")


def test_a_library_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert "keyring not installed\n" in whole()["versions.txt"]


def test_of_half_a_line_nothing_is_kept(log: Path) -> None:
    newest, older = "the newest\n" * 90_000, "a whole line\n" * 1000
    half = MAX_LOG_BYTES - len(newest) - len(older)
    assert half + len(older) < MAX_BYTES - 20
    (log / "posmember.log").write_text(newest, "utf-8")
    (log / "posmember.log.1").write_text(f"139 5792 {'4' * (half - 1)}\n{older}", "utf-8")
    assert set(whole()["log.txt"].splitlines()) == {"the newest", "a whole line"}


@pytest.mark.parametrize(
    ("tail", "gone"),
    [("13957924681", "1395"), ("139 5792 4681", "139 5"), ("a" * 40, "aaa"), ("王" * 40, "王")],
)
def test_a_line_is_not_cut_in_what_could_be_somebodys(log: Path, tail: str, gone: str) -> None:
    for room in range(1, 16):
        start = "word " * 399
        line = start + "w" * (2000 - len(start) - room - 1) + " " + tail + " more" * 2000
        (log / "posmember.log").write_text(f"{line}\n", "utf-8")
        kept = whole()["log.txt"]
        assert kept.startswith("word word")
        assert gone not in kept
        assert len(kept) < 2100


def test_when_the_check_ran_is_in_it() -> None:
    findings = [Finding(Step.NAME, Outcome.GOOD)]
    check = support_entries(None, "", findings, NOW, NOW)["check.txt"]
    assert check == "checked 2026-11-20T12:00:00+08:00\nname good\n"


def test_what_a_window_and_a_terminal_do_not_show_is_not_in_it(log: Path) -> None:
    (log / "posmember.log").write_text("a\x1b[31mb\u202ec\x00d\re\n  f\n", "utf-8")
    assert whole()["log.txt"] == "a[31mbcd\ne\n  f\n"
