"""WeChat Pay's part of `posmember doctor`: wrong keys are found, and right ones are tried."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from posmember.api.clock import PlatformClock
from posmember.api.http.proxies import SYSTEM
from posmember.api.wechat.access import to_text
from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.gate import Access
from posmember.cli.exits import Exit
from posmember.cli.wechat import doctor
from posmember.lookup.desk import KEYRING_NAME, NOTE_NAME
from posmember.trust.audit import audit_path
from posmember.trust.credentials import set_long
from tests.fakes.wechat import MemoryStore, pair
from tests.fakes.wechat_desk import merchant, public_key, relay
from tests.unit.cli.wechat.card_commands import SetUp
from tests.unit.cli.wechat.setup_files import PLATFORM_SERIAL, SERIAL

Check = Callable[[], tuple[Exit, list[str], str]]
AT = f"{PLATFORM_SERIAL:040X}"
NO_IDS = ("foo", "PUB_KEY_ID_", "PUB_KEY_ID_1234567", "1234", "PUB_KEY_ID_0114-2321", AT)
"""What an earlier version kept as the id of a public key."""


@pytest.fixture
def check(
    keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Runs the checks; returns the exit code, what is right, and the line on standard error."""
    monkeypatch.setattr(doctor, "KeyringStore", lambda: keyring)
    note = audit_path().with_name(NOTE_NAME)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch()

    def run() -> tuple[Exit, list[str], str]:
        told: list[str] = []
        code = doctor.check_wechat(8, SYSTEM, lambda line: told.append(line.both()))
        return code, told, capsys.readouterr().err

    return run


def keep(keyring: MemoryStore, access: Access) -> None:
    set_long(keyring, KEYRING_NAME, to_text(access))


@pytest.mark.parametrize("way", [merchant, relay])
def test_what_is_right_is_told(set_up: SetUp, check: Check, way: Callable[[], Access]) -> None:
    sandbox = set_up(way())
    code, told, err = check()
    assert (code, err) == (Exit.FOUND, "")
    assert told[-1].startswith("微信支付 / WeChat Pay: http")
    assert len(sandbox.calls) == 1


def test_where_nothing_is_set_up_the_keyring_is_not_asked(
    check: Check, keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check() == (Exit.FOUND, [], "")
    audit_path().with_name(NOTE_NAME).unlink()
    monkeypatch.setattr(keyring, "get", None)
    assert check() == (Exit.FOUND, [], "")


def wrong(pems: Path) -> dict[str, tuple[Access, str]]:
    """What an earlier version may have kept, or what went wrong with time; and how it is said."""

    def certificate(name: str) -> Certificate:
        return Certificate((pems / name).read_bytes())

    def platform(name: str) -> PublicKey:
        return PublicKey((pems / name).read_bytes())

    own = replace(merchant(), private_key=PrivateKey(pair("merchant").private_pem))
    of_file = replace(own, serial=f"{SERIAL:040X}")
    return {
        "another's": (replace(of_file, certificate=certificate("others_cert.pem")), "不是一对"),
        "expired": (replace(of_file, certificate=certificate("expired_cert.pem")), "已过期"),
        "weak": (replace(of_file, certificate=certificate("short_cert.pem")), "2048 bits"),
        "serial": (replace(own, certificate=certificate("apiclient_cert.pem")), f"{SERIAL:040X}"),
        "platform's": (replace(own, public_keys={"5A" * 20: platform("platform_cert.pem")}), AT),
        "old platform's": (
            replace(own, public_keys={AT: platform("platform_expired.pem")}),
            "已过期",
        ),
        "own": (
            replace(own, public_keys={"PUB_KEY_ID_00000001": platform("own_pub.pem")}),
            "商户自己的",
        ),
        **{
            f"id {name}": (replace(own, public_keys={name: platform("pub_key.pem")}), "不是公钥 ID")
            for name in NO_IDS
        },
        "serial 00": (replace(own, serial="00"), "商户证书序列号不对:00"),
    }


@pytest.mark.parametrize(
    "case",
    [
        *("another's", "expired", "weak", "serial", "platform's", "old platform's", "own"),
        *(f"id {name}" for name in NO_IDS),
        "serial 00",
    ],
)
def test_keys_that_do_not_belong_together_are_found(
    check: Check, keyring: MemoryStore, pems: Path, case: str
) -> None:
    access, said = wrong(pems)[case]
    keep(keyring, access)
    code, told, err = check()
    assert (code, told) == (Exit.KEYS_REFUSED, [])
    assert err.count("\n") == 1
    assert said in err


def test_a_key_that_the_platform_does_not_know_is_found(set_up: SetUp, check: Check) -> None:
    """Of a serial alone nobody can tell but the platform."""
    set_up(merchant(private_key=PrivateKey(pair("stranger").private_pem)))
    code, _told, err = check()
    assert code is Exit.KEYS_REFUSED
    assert "不认密钥" in err


def test_a_platforms_key_that_is_another_is_found(set_up: SetUp, check: Check) -> None:
    set_up(merchant(public_keys={"PUB_KEY_ID_00000000": public_key()}))
    code, _told, err = check()
    assert code is Exit.KEYS_REFUSED
    assert "add-key" in err


def test_a_fast_clock_is_no_fault_of_the_keys_where_the_other_platform_says_so(
    set_up: SetUp, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(clock_offset_s=-1200)
    code, _told, err = check()
    assert code is Exit.OTHER
    assert "快了 20 分钟" in err
    witness = PlatformClock()
    moment = witness.local_time()
    witness.observe(formatdate(time.time() - 1200, usegmt=True), moment, moment)
    assert doctor.check_wechat(8, SYSTEM, lambda _line: None, witness) is Exit.FOUND
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("fault", ["wx_page404", "http403", "html", "rate_limited"])
def test_what_is_no_answer_of_the_platforms_is_no_good(
    set_up: SetUp, check: Check, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    async def at_once(_seconds: float) -> None:
        """Wait for nothing."""

    monkeypatch.setattr("posmember.api.retries.pause", at_once)
    set_up(faults=[f"wechat_get={fault}"])
    code, told, err = check()
    assert code is not Exit.FOUND
    assert err.count("\n") == 1
    assert not any(line.startswith("微信支付 / ") for line in told)


def test_what_the_keyring_holds_and_is_none_is_found(check: Check, keyring: MemoryStore) -> None:
    set_long(keyring, KEYRING_NAME, "junk")
    code, _told, err = check()
    assert code is Exit.KEYS_REFUSED
    assert "junk" not in err
