"""The keys: made late and once, what each is for, the files for a newcomer."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from posmember.sandbox.account import PUBLIC_KEY_ID, ROTATED_KEY_ID, UNKNOWN_KEY_ID
from posmember.sandbox.wechat.keys import LONGEST_VALUE_BYTES, WechatKeys
from tests.unit.sandbox.wechat.caller import FIRST, get_target, opened, sealed, signed

KEYS = WechatKeys()
COUNTING = """
import asyncio, sys, threading
import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
made = []
generate = rsa.generate_private_key
def counted(**options):
    made.append(options)
    return generate(**options)
rsa.generate_private_key = counted

from posmember.sandbox.account import RELAY_TOKEN
from posmember.sandbox.app import Sandbox
from posmember.sandbox.wechat.keys import WechatKeys
app = Sandbox().app
async def ask_the_relay():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
        headers = {"Authorization": "Bearer " + RELAY_TOKEN}
        return (await client.get("http://x" + sys.argv[1], headers=headers)).status_code
assert asyncio.run(ask_the_relay()) == 200
counts = [len(made)]
barrier = threading.Barrier(6)
pems = set()
def ask():
    barrier.wait()
    pems.add(WechatKeys().platform_public_pem())
threads = [threading.Thread(target=ask) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
counts += [len(made), len(pems)]
WechatKeys().make()
counts += [len(made), int(WechatKeys().are_made())]
print(*counts, made[0]["key_size"])
"""


def test_keys_are_made_when_needed_and_once() -> None:
    process = subprocess.run(
        [sys.executable, "-c", COUNTING, f"/relay{get_target(FIRST)}"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    at_start, by_six_threads, different, in_the_end, are_made, bits = process.stdout.split()
    assert (at_start, by_six_threads, different) == ("0", "1", "1")
    assert (in_the_end, are_made, bits) == ("2", "1", "2048")


def test_a_merchants_signature_is_of_exactly_these_bytes() -> None:
    signature = signed(b"GET\n/x\n1\nn\n\n")
    assert KEYS.merchant_signed(b"GET\n/x\n1\nn\n\n", signature)
    for text, other in [
        (b"GET\n/x\n1\nn\n", signature),
        (b"GET\n/x\n1\nn\n\n", KEYS.sign(b"GET\n/x\n1\nn\n\n")),
        (b"GET\n/x\n1\nn\n\n", signature[:-4]),
        (b"GET\n/x\n1\nn\n\n", f"{signature[:8]}\n{signature[8:]}"),
        (b"GET\n/x\n1\nn\n\n", "签名"),
        (b"GET\n/x\n1\nn\n\n", ""),
    ]:
        assert not KEYS.merchant_signed(text, other)


def test_the_platform_signs_with_three_keys() -> None:
    text = b"1\nn\n{}\n"
    signatures = {
        KEYS.sign(text),
        KEYS.sign(text, rotated=True),
        KEYS.sign_as(UNKNOWN_KEY_ID, text),
    }
    assert len(signatures) == 3
    assert KEYS.sign(text) == KEYS.sign_as(PUBLIC_KEY_ID, text)
    assert KEYS.sign(text, rotated=True) == KEYS.sign_as(ROTATED_KEY_ID, text)


@pytest.mark.parametrize("value", ["男", "13800000001", "x" * LONGEST_VALUE_BYTES])
def test_values_for_the_merchant(value: str) -> None:
    one, other = KEYS.encrypt(value), KEYS.encrypt(value)
    assert one != other
    assert (opened(one), opened(other)) == (value, value)


def test_what_cannot_be_encrypted_or_read() -> None:
    with pytest.raises(ValueError, match=r".+"):
        KEYS.encrypt("x" * (LONGEST_VALUE_BYTES + 1))
    with pytest.raises(ValueError, match=r".+"):
        opened(KEYS.encrypt_for_another("13800000009"))


@pytest.mark.parametrize("key_id", [PUBLIC_KEY_ID, ROTATED_KEY_ID])
def test_values_for_the_platform(key_id: str) -> None:
    assert KEYS.knows(key_id)
    assert KEYS.decrypt(key_id, sealed("上海", key_id)) == "上海"
    other = ROTATED_KEY_ID if key_id == PUBLIC_KEY_ID else PUBLIC_KEY_ID
    split = sealed("上海", key_id)
    for value in (
        f"{split[:8]}\n{split[8:]}",
        sealed("上海", other),
        "no base64!",
        base64.b64encode(b"short").decode(),
        "",
    ):
        with pytest.raises(ValueError, match=r".*"):
            KEYS.decrypt(key_id, value)


@pytest.mark.parametrize("key_id", [UNKNOWN_KEY_ID, "", "PUB_KEY_ID_"])
def test_keys_that_nobody_may_encrypt_with(key_id: str) -> None:
    assert not KEYS.knows(key_id)


def test_the_files_for_a_newcomer(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "keys"
    private, public, rotated = KEYS.write(folder)
    assert [path.name for path in sorted(folder.iterdir())] == [
        "apiclient_key.pem",
        "pub_key.pem",
        "pub_key_rotated.pem",
    ]
    assert private.read_bytes().partition(b"\n")[0].strip(b"-") == b"BEGIN PRIVATE KEY"
    key = load_pem_private_key(private.read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert (key.key_size, private.read_bytes()) == (2048, KEYS.merchant_private_pem())
    assert public.read_bytes() == KEYS.platform_public_pem()
    assert rotated.read_bytes() == KEYS.rotated_public_pem()
    for path in (public, rotated):
        assert isinstance(load_pem_public_key(path.read_bytes()), rsa.RSAPublicKey)


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_the_files_are_their_owners_alone_whatever_was_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "apiclient_key.pem").symlink_to(elsewhere)
    (folder / "pub_key.pem").write_text("wide open")
    (folder / "pub_key.pem").chmod(0o666)
    for path in KEYS.write(folder):
        assert (path.stat().st_mode & 0o777, path.is_symlink()) == (0o600, False)
    assert elsewhere.read_text() == "mine"


def test_a_folder_that_is_none_is_an_oserror(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(OSError, match=r".+"):
        KEYS.write(file)
