"""``posmember setup --export``, ``--export-qr``: what is written, where a passphrase is shown."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from posmember.api.clock import PlatformClock
from posmember.cli.setup import export, passphrases
from posmember.domain.values import CHINA
from posmember.report.outcomes import Exit
from posmember.settings import pages, provisioning
from posmember.settings.declared import STORE_CODE
from posmember.settings.pages import PageCollector, read_pages
from posmember.settings.provisioning import read_provision
from posmember.settings.sealing import Cost, seal
from tests.fakes.network import ManualTime
from tests.fakes.printed import codes_of_pdf, codes_of_picture
from tests.fakes.provisions import CHEAP, OPEN_KEY, PASSPHRASE, PROVISION, SETTINGS
from tests.unit.cli.setup.conftest import Pc, Run

pytestmark = pytest.mark.usefixtures("qapp")

OWN = "correct horse battery staple"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def quick(content: bytes, passphrase: str, clear: bytes, _cost: Cost) -> bytes:
        return seal(content, passphrase, clear, CHEAP)

    for module in (pages, provisioning):
        monkeypatch.setattr(module, "seal", quick)
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def till(pc: Pc, run: Run) -> Pc:
    """A till that is set up, and what is at hand to export it."""
    assert run("--from", pc.file, "--passphrase-file", pc.passphrase).code == Exit.FOUND
    pc.passphrase.write_text(OWN, "utf-8")
    return pc


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown on the terminal's standard error."""
    shown: list[str] = []
    monkeypatch.setattr(passphrases, "_has_terminal", lambda: True)
    monkeypatch.setattr(passphrases, "complain", shown.append)
    monkeypatch.setattr(passphrases, "make_passphrase", lambda: PASSPHRASE)
    return shown


def test_a_file_for_others(till: Pc, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "for-all.toml"
    result = run("--export", target, "--passphrase-file", till.passphrase)
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert result.out.splitlines()[-1] == f"✓ {target}"
    read = read_provision(target.read_bytes(), OWN)
    assert read.secrets == PROVISION.secrets
    expected = {each: value for each, value in SETTINGS.items() if each is not STORE_CODE}
    assert read.settings == expected
    for secret in (OPEN_KEY, OWN, "a-password"):
        assert secret not in result.out
        assert secret.encode() not in target.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_with_its_store(till: Pc, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "twin.toml"
    assert run("--export", target, "--with-store", "--passphrase-file", till.passphrase).code == 0
    assert read_provision(target.read_bytes(), OWN) == PROVISION


def test_without_wechat_that_is_said(till: Pc, run: Run, tmp_path: Path) -> None:
    options = ("--with-wechat", "--passphrase-file", till.passphrase)
    assert "WeChat Pay is not set up" in run("--export", tmp_path / "a", *options).out


def test_a_passphrase_is_made_and_shown_on_the_terminal_alone(
    till: Pc, run: Run, tmp_path: Path, terminal: list[str]
) -> None:
    target = tmp_path / "made.toml"
    result = run("--export", target)
    assert result.code == Exit.FOUND
    (line,) = terminal
    assert line.endswith(f": {PASSPHRASE}")
    assert PASSPHRASE not in result.out
    assert read_provision(target.read_bytes(), PASSPHRASE).secrets == PROVISION.secrets


def test_no_terminal_to_show_one_on(till: Pc, run: Run, tmp_path: Path) -> None:
    result = run("--export", tmp_path / "a.toml")
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "--passphrase-file" in result.one_line()
    assert not (tmp_path / "a.toml").exists()


@pytest.mark.parametrize("own", ["short", "aaaaaaaaaaaaaaaaaa"])
def test_a_passphrase_that_could_be_guessed(till: Pc, run: Run, tmp_path: Path, own: str) -> None:
    till.passphrase.write_text(own)
    result = run("--export", tmp_path / "a.toml", "--passphrase-file", till.passphrase)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "口令太容易猜" in result.one_line()
    assert own not in result.err
    assert not (tmp_path / "a.toml").exists()


def test_a_till_that_is_not_set_up(pc: Pc, run: Run, tmp_path: Path) -> None:
    pc.passphrase.write_text(OWN)
    result = run("--export", tmp_path / "a.toml", "--passphrase-file", pc.passphrase)
    assert result.code == Exit.WRONG_USE
    assert "no configuration file" in result.one_line()


def test_a_till_without_a_key(till: Pc, run: Run, tmp_path: Path) -> None:
    till.keyring.kept.clear()
    result = run("--export", tmp_path / "a.toml", "--passphrase-file", till.passphrase)
    assert result.code == Exit.KEYS_REFUSED
    assert "set-open-key" in result.one_line()


@pytest.mark.parametrize("option", ["--export", "--export-qr"])
def test_a_place_that_cannot_be_written(till: Pc, run: Run, tmp_path: Path, option: str) -> None:
    target = tmp_path / "missing" / "a.pdf"
    result = run(option, target, "--passphrase-file", till.passphrase)
    assert result.code == Exit.OTHER
    assert str(target) in result.one_line()


# --- printed ------------------------------------------------------------------------------------


def test_a_page_as_pdf_and_as_picture(till: Pc, run: Run, tmp_path: Path) -> None:
    for name, read in (("a.pdf", lambda pdf: codes_of_pdf(pdf)[0]), ("A.PNG", codes_of_picture)):
        result = run("--export-qr", tmp_path / name, "--passphrase-file", till.passphrase)
        assert (result.code, result.err) == (Exit.FOUND, "")
        codes = read((tmp_path / name).read_bytes())
        assert f"✓ 二维码 / codes: {len(codes)}" in result.out
        assert "! 没有会员系统的时间，按这台电脑的" in result.out
        collector = PageCollector()
        now = datetime.now(CHINA)
        for code in codes:
            collector.take(code, now)
        found = read_pages(collector.whole(), OWN, now)
        assert found.secrets == PROVISION.secrets
        assert found.until is not None
        assert timedelta(days=6) < found.until - now <= timedelta(days=7)


def test_good_for_as_long_as_was_said_by_the_platforms_time(
    till: Pc, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = ManualTime()
    monkeypatch.setattr(export, "ask_witness", lambda _loop: PlatformClock(time))
    until = PlatformClock(time).now() + timedelta(days=2)
    options = ("--days", "2", "--passphrase-file", till.passphrase)
    result = run("--export-qr", tmp_path / "a.png", *options)
    assert "✓ 时间 / time: 会员系统的 / the platform's" in result.out
    assert f"✓ 有效期至 / good until: {until:%Y-%m-%d %H:%M}" in result.out


def test_several_pictures(
    till: Pc, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = tuple(f"CODE{n}" for n in range(12))
    monkeypatch.setattr(export, "write_pages", lambda *_told: codes)
    options = ("--passphrase-file", till.passphrase)
    assert run("--export-qr", tmp_path / "a.png", *options).code == Exit.FOUND
    found = [codes_of_picture((tmp_path / name).read_bytes()) for name in ("a.png", "a-2.png")]
    assert sorted(code for page in found for code in page) == sorted(codes)
