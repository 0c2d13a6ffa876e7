"""`posmember wechat-setup`: keys from PEM files, a relay's token, into the keyring and back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from posmember.api.wechat.gate import DEFAULT_BASE_URL, RelayAccess
from posmember.errors import CredentialError
from posmember.lookup.desk import KEYRING_NAME
from posmember.report.outcomes import Exit
from posmember.trust.credentials import set_long
from tests.fakes.wechat import BRAND, TEMPLATE, TOKEN, MemoryStore, pair
from tests.unit.cli.wechat.card_commands import Run
from tests.unit.cli.wechat.setup_files import (
    KEY_1,
    KEY_2,
    RELAY,
    SERIAL,
    kept,
    kept_merchant,
    merchant,
    tells_nothing_secret,
)  # fmt: skip

# --- the merchant's keys -----------------------------------------------------------------------


def test_keys_are_kept_as_the_files_have_them(run: Run, keyring: MemoryStore, pems: Path) -> None:
    result = run(*merchant(pems))
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert "密钥库" in result.out
    tells_nothing_secret(result)
    access = kept_merchant(keyring)
    assert access.base_url == DEFAULT_BASE_URL
    assert (access.brand_id, access.template_id) == (BRAND, TEMPLATE)
    assert (access.mchid, access.serial[:4]) == ("1900000001", "5157")
    signature = access.private_key.sign(b"x")
    assert signature == pair("merchant").sign(b"x")
    assert access.public_keys[KEY_1].verifies(pair("platform").sign(b"x"), b"x")


def test_no_entry_is_too_long_for_windows(run: Run, keyring: MemoryStore, pems: Path) -> None:
    run(*merchant(pems))
    assert len(keyring.kept) > 2
    assert max(len(value.encode("utf-16-le")) for value in keyring.kept.values()) <= 2560


def test_the_serial_is_read_from_the_certificate(
    run: Run, keyring: MemoryStore, pems: Path
) -> None:
    arguments = merchant(pems, serial="", certificate=str(pems / "apiclient_cert.pem"))
    assert run(*arguments).code == Exit.FOUND
    assert kept_merchant(keyring).serial == f"{SERIAL:040X}"


def test_several_public_keys_the_first_of_which_encrypts(
    run: Run, keyring: MemoryStore, pems: Path
) -> None:
    run(*merchant(pems), "--public-key", f"{KEY_2}={pems / 'pub_key_2.pem'}")
    assert list(kept_merchant(keyring).public_keys) == [KEY_1, KEY_2]


WRONG_FILES: dict[str, dict[str, str]] = {
    "empty": {"key": "empty.pem"},
    "text": {"key": "text.pem"},
    "too short": {"key": "short.pem"},
    "encrypted": {"key": "encrypted.pem"},
    "public for private": {"key": "pub_key.pem"},
    "private for public": {"public_key": "apiclient_key.pem"},
    "text for public": {"public_key": "text.pem"},
    "no certificate": {"serial": "", "certificate": "pub_key.pem"},
}


@pytest.mark.parametrize("option", ["key", "public_key", "certificate"])
@pytest.mark.parametrize("name", ["none.pem", ".", "endless.pem", "pipe.pem", "huge.pem"])
def test_what_cannot_be_read_is_wrong_use(
    run: Run, keyring: MemoryStore, pems: Path, tmp_path: Path, option: str, name: str
) -> None:
    if sys.platform != "win32":
        (tmp_path / "endless.pem").symlink_to("/dev/zero")
        os.mkfifo(tmp_path / "pipe.pem")
    (tmp_path / "huge.pem").write_bytes(bytes(2_000_000))
    file = str(tmp_path / name)
    given = {option: f"{KEY_2}={file}" if option == "public_key" else file}
    result = run(*merchant(pems, **given | ({"serial": ""} if option == "certificate" else {})))
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert file in result.one_line()
    assert keyring.kept == {}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_wrong_file_is_told_and_nothing_changed(
    run: Run, keyring: MemoryStore, pems: Path, case: str
) -> None:
    run(*merchant(pems))
    before = dict(keyring.kept)
    changes = {
        name: str(pems / value) if value and name != "public_key" else value
        for name, value in WRONG_FILES[case].items()
    }
    if "public_key" in changes:
        changes["public_key"] = f"{KEY_2}={pems / changes['public_key']}"
    result = run(*merchant(pems, **changes))
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert result.one_line()
    tells_nothing_secret(result)
    assert keyring.kept == before


WRONG_WORDS: dict[str, dict[str, str]] = {
    "mchid": {"mchid": "19 0"},
    "serial": {"serial": "ser:ial"},
    "brand": {"brand_id": "b" * 33},
    "template": {"card_id": "卡"},
    "no id of a public key": {"public_key": "=pub_key.pem"},
    "no file of a public key": {"public_key": "K1="},
    "neither": {"public_key": "pub_key.pem"},
    "in clear": {"base_url": "http://api.mch.weixin.qq.com"},
    "no address": {"base_url": "weixin"},
}


@pytest.mark.parametrize("case", WRONG_WORDS)
def test_what_cannot_be_right_is_told_and_nothing_changed(
    run: Run, keyring: MemoryStore, pems: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.chdir(pems)
    result = run(*merchant(pems, **WRONG_WORDS[case]))
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert result.one_line()
    tells_nothing_secret(result)
    assert keyring.kept == {}


@pytest.mark.parametrize("missing", ["mchid", "key", "public_key", "brand_id", "card_id", "serial"])
def test_what_is_missing_is_wrong_use(
    run: Run, keyring: MemoryStore, pems: Path, missing: str
) -> None:
    result = run(*merchant(pems, **{missing: ""}))
    assert result.code == Exit.WRONG_USE
    assert f"--{missing.replace('_', '-')}" in result.one_line()
    assert keyring.kept == {}


# --- WeChat Pay's new key ----------------------------------------------------------------------


def test_a_new_public_key_encrypts_and_the_one_before_still_verifies(
    run: Run, keyring: MemoryStore, pems: Path
) -> None:
    run(*merchant(pems))
    result = run("wechat-setup", "add-key", f"{KEY_2}={pems / 'pub_key_2.pem'}")
    assert (result.code, result.err) == (Exit.FOUND, "")
    keys = kept_merchant(keyring).public_keys
    assert list(keys) == [KEY_2, KEY_1]
    assert keys[KEY_2].verifies(pair("stranger").sign(b"x"), b"x")
    assert keys[KEY_1].verifies(pair("platform").sign(b"x"), b"x")


def test_a_key_that_was_imported_wrongly_is_mended_by_importing_it_again(
    run: Run, keyring: MemoryStore, pems: Path
) -> None:
    run(*merchant(pems, public_key=f"{KEY_1}={pems / 'pub_key_2.pem'}"))
    assert run("wechat-setup", "add-key", f"{KEY_1}={pems / 'pub_key.pem'}").code == Exit.FOUND
    key = kept_merchant(keyring).public_keys[KEY_1]
    assert key.verifies(pair("platform").sign(b"x"), b"x")


def test_without_a_merchants_key_there_is_nothing_to_add_to(
    run: Run, keyring: MemoryStore, pems: Path
) -> None:
    add = ("wechat-setup", "add-key", f"{KEY_2}={pems / 'pub_key_2.pem'}")
    assert run(*add).code == Exit.WRONG_USE
    run(*RELAY, stdin=TOKEN)
    result = run(*add)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "没有设置商户密钥" in result.one_line()
    assert isinstance(kept(keyring), RelayAccess)


# --- a relay -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fills", [True, False])
def test_a_relay_and_its_token_are_kept(run: Run, keyring: MemoryStore, fills: bool) -> None:
    options = ["--fills-openid"] if fills else []
    result = run(*RELAY, *options, stdin=f"{TOKEN}\nmore\n")
    assert (result.code, result.err) == (Exit.FOUND, "")
    tells_nothing_secret(result)
    assert kept(keyring) == RelayAccess(
        "https://relay.invalid/wechat", BRAND, TEMPLATE, TOKEN, fills
    )


@pytest.mark.parametrize("token", ["", "\n", "a b", "令牌", "x" * 4097])
def test_what_is_no_token_is_wrong_use(run: Run, keyring: MemoryStore, token: str) -> None:
    result = run(*RELAY, stdin=token)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert not token.strip() or token not in result.one_line()
    assert keyring.kept == {}


def test_a_relay_in_clear_is_refused(run: Run, keyring: MemoryStore) -> None:
    result = run(*RELAY, "--url", "http://relay.invalid", stdin=TOKEN)
    assert result.code == Exit.WRONG_USE
    tells_nothing_secret(result)
    assert keyring.kept == {}


def test_the_token_is_no_argument(run: Run, keyring: MemoryStore) -> None:
    assert run(*RELAY, "--token", TOKEN).code == Exit.WRONG_USE
    assert keyring.kept == {}


def test_one_way_takes_the_place_of_the_other(run: Run, keyring: MemoryStore, pems: Path) -> None:
    run(*merchant(pems))
    many = len(keyring.kept)
    run(*RELAY, stdin=TOKEN)
    assert isinstance(kept(keyring), RelayAccess)
    assert len(keyring.kept) < many, "nothing is left of the keys"
    assert not any("PRIVATE" in value for value in keyring.kept.values())


# --- show and remove ---------------------------------------------------------------------------


def test_what_is_set_up_is_shown_without_its_secrets(run: Run, pems: Path) -> None:
    run(*merchant(pems))
    result = run("wechat-setup", "show")
    assert (result.code, result.err) == (Exit.FOUND, "")
    for told in (DEFAULT_BASE_URL, BRAND, TEMPLATE, "1900000001", "5157F09EF", KEY_1, "商户密钥"):
        assert told in result.out
    tells_nothing_secret(result)
    run(*RELAY, "--fills-openid", stdin=TOKEN)
    result = run("wechat-setup", "show")
    for told in ("https://relay.invalid/wechat", "中转服务", "openid"):
        assert told in result.out
    tells_nothing_secret(result)


def test_nothing_set_up_is_3(run: Run) -> None:
    result = run("wechat-setup", "show")
    assert (result.code, result.err) == (Exit.NOT_FOUND, "")
    assert "没有设置" in result.out


def test_removing_leaves_nothing(run: Run, keyring: MemoryStore, pems: Path) -> None:
    keyring.kept["another's"] = "entry"
    run(*merchant(pems))
    assert run("wechat-setup", "remove").code == Exit.FOUND
    assert keyring.kept == {"another's": "entry"}
    assert run("wechat-setup", "remove").code == Exit.FOUND
    assert run("wechat-setup", "show").code == Exit.NOT_FOUND


def test_what_is_kept_but_not_usable_is_5_and_can_be_removed(
    run: Run, keyring: MemoryStore
) -> None:
    set_long(keyring, KEYRING_NAME, "junk")
    result = run("wechat-setup", "show")
    assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
    assert "junk" not in result.one_line()
    run("wechat-setup", "remove")
    assert keyring.kept == {}


def test_quotes_around_the_token_are_no_part_of_it(run: Run, keyring: MemoryStore) -> None:
    assert run(*RELAY, stdin=f"\ufeff“{TOKEN}”\n").code == Exit.FOUND
    access = kept(keyring)
    assert isinstance(access, RelayAccess)
    assert access.token == TOKEN


def test_a_keyring_that_fails_is_told(
    run: Run, keyring: MemoryStore, pems: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_what: str) -> None:
        raise CredentialError("the keyring took nothing: KeyringLocked")

    keyring.watch = locked
    for arguments in (merchant(pems), RELAY):
        result = run(*arguments, stdin=TOKEN)
        assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
        assert "KeyringLocked" in result.one_line()
        tells_nothing_secret(result)
