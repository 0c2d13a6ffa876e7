"""`posmember wechat-setup`: keys that do not belong together, serials as tools show them, pipes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from posmember.api.wechat.access import to_text
from posmember.api.wechat.crypto import PublicKey
from posmember.api.wechat.gate import MerchantAccess
from posmember.lookup.desk import KEYRING_NAME
from posmember.report.outcomes import Exit
from posmember.trust.credentials import set_long
from tests.fakes.wechat import MemoryStore, merchant_access
from tests.unit.cli.wechat.card_commands import Run
from tests.unit.cli.wechat.setup_files import (
    KEY_1,
    KEY_2,
    PLATFORM_SERIAL,
    SERIAL,
    kept_merchant,
    merchant,
    tells_nothing_secret,
)  # fmt: skip

AT = f"{PLATFORM_SERIAL:040X}"
UNFIT: dict[str, tuple[dict[str, str], str]] = {
    "another's certificate": ({"certificate": "others_cert.pem"}, "不是一对"),
    "expired": ({"certificate": "expired_cert.pem"}, "已过期"),
    "not valid yet": ({"certificate": "early_cert.pem"}, "起才有效"),
    "weak": ({"certificate": "short_cert.pem"}, "2048 bits"),
    "another serial": (
        {"serial": "5A" * 20, "certificate": "apiclient_cert.pem"},
        f"{SERIAL:040X}",
    ),
    "platform's under another": ({"public_key": "5A" * 20 + "=platform_cert.pem"}, AT),
    "platform's as a public key": ({"public_key": f"{KEY_1}=platform_cert.pem"}, AT),
    "platform's expired": ({"public_key": f"{AT}=platform_expired.pem"}, "已过期"),
    "the merchant's own key": ({"public_key": f"{KEY_1}=own_pub.pem"}, "商户自己的公钥"),
    "its own certificate": ({"public_key": f"{SERIAL:040X}=apiclient_cert.pem"}, "商户自己的公钥"),
    "public for private": ({"key": "pub_key.pem"}, "a public key"),
    "certificate for private": ({"key": "apiclient_cert.pem"}, "a certificate"),
    **{
        f"id {name}": ({"public_key": f"{name}=pub_key.pem"}, said)
        for name, said in (
            ("foo", "不是公钥 ID"),
            ("1234", "不是公钥 ID"),
            ("PUB_KEY_ID_", "不是公钥 ID"),
            ("PUB_KEY_ID_01", "不是公钥 ID"),
            ("PUB_KEY_ID_01142321-34", "不是公钥 ID"),
            ("PUB_KEY_01142321349124", "不是公钥 ID"),
            (AT, "不是公钥 ID"),
            ("", "public key id"),
            ("PUB_KEY_ID_" + "0" * 60, "public key id"),
        )
    },
    **{
        f"serial {serial}": ({"serial": serial}, "商户证书序列号不对")
        for serial in ("0", "00", "0x0", "123456", "000000000000", "ab:cd")
    },
    "endless": ({"key": "/dev/zero"}, "no regular file"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_keys_that_do_not_belong_together_are_not_kept(
    run: Run, keyring: MemoryStore, pems: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.chdir(pems)
    changes, told = UNFIT[case]
    if "certificate" in changes and "serial" not in changes:
        changes = {"serial": "", **changes}
    result = run(*merchant(pems, **changes))
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert told in result.one_line()
    tells_nothing_secret(result)
    assert keyring.kept == {}


def test_the_certificate_is_kept_to_check_by(run: Run, keyring: MemoryStore, pems: Path) -> None:
    public = f"{AT.lower()}={pems / 'platform_cert.pem'}"
    certificate = str(pems / "apiclient_cert.pem")
    assert run(*merchant(pems, certificate=certificate, serial="", public_key=public)).code == 0
    access = kept_merchant(keyring)
    assert access.certificate is not None
    assert access.certificate.serial == access.serial == f"{SERIAL:040X}"
    (key,) = access.public_keys.values()
    assert list(access.public_keys) == [AT]
    assert key.certificate is not None


HEX = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"


@pytest.mark.parametrize(
    "given",
    [
        HEX.lower(), f" {HEX} ", f"0x{HEX}", f"0X{HEX.lower()}", str(int(HEX, 16)),
        ":".join(HEX[at : at + 2] for at in range(0, 40, 2)),
        "\u200e" + " ".join(HEX[at : at + 2].lower() for at in range(0, 40, 2)),
    ],
)  # fmt: skip
def test_a_serial_is_read_however_a_tool_shows_it(
    run: Run, keyring: MemoryStore, pems: Path, given: str
) -> None:
    assert run(*merchant(pems, serial=given)).code == Exit.FOUND
    assert kept_merchant(keyring).serial == HEX


def test_a_pipe_that_nobody_writes_into_is_not_waited_for(
    run: Run, keyring: MemoryStore, pems: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(*merchant(pems, key=str(tmp_path / "pipe"))).code == Exit.WRONG_USE
    assert keyring.kept == {}


def test_a_new_key_is_checked_and_an_old_one_that_expired_is_no_hindrance(
    run: Run, keyring: MemoryStore, pems: Path
) -> None:
    old = kept_access(pems, f"{AT}", "platform_expired.pem")
    set_long(keyring, KEYRING_NAME, to_text(old))
    wrong = run("wechat-setup", "add-key", f"{KEY_2}={pems / 'platform_cert.pem'}")
    assert (wrong.code, list(kept_merchant(keyring).public_keys)) == (Exit.WRONG_USE, [AT])
    assert run("wechat-setup", "add-key", f"{KEY_2}={pems / 'pub_key_2.pem'}").code == Exit.FOUND
    assert list(kept_merchant(keyring).public_keys) == [KEY_2, AT]


def kept_access(pems: Path, key_id: str, file: str) -> MerchantAccess:
    """An access as an earlier version may have kept it."""
    key = PublicKey((pems / file).read_bytes())
    return merchant_access(public_keys={key_id: key})


@pytest.mark.parametrize(
    "given",
    [KEY_1.lower(), f" {KEY_1}", f"\u200b{KEY_1}\ufeff", "pub_key_id_0114abcdef01234567890"],
)
def test_an_id_is_kept_as_answers_name_it(
    run: Run, keyring: MemoryStore, pems: Path, given: str
) -> None:
    result = run(*merchant(pems, public_key=f"{given}={pems / 'pub_key.pem'}"))
    assert result.code == Exit.FOUND
    assert list(kept_merchant(keyring).public_keys) == [given.strip(" \u200b\ufeff").upper()]


def test_a_new_key_needs_its_id_as_well(run: Run, keyring: MemoryStore, pems: Path) -> None:
    assert run(*merchant(pems)).code == Exit.FOUND
    for name in ("foo", "PUB_KEY_ID_2", AT):
        result = run("wechat-setup", "add-key", f"{name}={pems / 'pub_key_2.pem'}")
        assert result.code == Exit.WRONG_USE
        assert "不是公钥 ID" in result.one_line()
    assert list(kept_merchant(keyring).public_keys) == [KEY_1]
