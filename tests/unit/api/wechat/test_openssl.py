"""Signatures, encrypted values and certificates against the openssl command, another hand."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.domain.wechat.card import CardSubject
from posmember.domain.wechat.change import CardChange
from tests.fakes.network import NOON
from tests.fakes.wechat import Till, merchant_access

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")

OAEP = ("-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1")
SUBJECT = CardSubject("478515832665", "obLatjnx9gnqzS4myYGmLZ7LgLBA")
CARD = (
    b'{"user_card_code":"478515832665","card_id":"pbLatjvWOibDc5-TBnbUk1pD12o0",'
    b'"openid":"obLatjnx9gnqzS4myYGmLZ7LgLBA","brand_id":"1004",'
    b'"level":"\xe9\x92\xbb\xe7\x9f\xb3\xe4\xbc\x9a\xe5\x91\x98"}'
)
KEY_ID = "PUB_KEY_ID_0114232134912410000000000000"
SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"

# The five lines of api/README for the document's examples; typed, not computed.
GET_LINES = (
    "GET\n"
    "/v3/brand/partner/card-member/user-cards/478515832665"
    "?brand_id=1004&card_id=pbLatjvWOibDc5-TBnbUk1pD12o0&openid=obLatjnx9gnqzS4myYGmLZ7LgLBA\n"
    "1795233600\n"
    "{nonce}\n"
    "\n"
)
PATCH_BODY = (
    '{"brand_id":"1004","openid":"obLatjnx9gnqzS4myYGmLZ7LgLBA",'
    '"card_color":"#FFFF00","level":"钻石会员"}'
)
PATCH_LINES = (
    "PATCH\n"
    "/v3/brand/partner/card-member/user-cards/478515832665?card_id=pbLatjvWOibDc5-TBnbUk1pD12o0\n"
    "1795233600\n"
    "{nonce}\n" + PATCH_BODY.replace("{", "{{").replace("}", "}}") + "\n"
)


def openssl(*arguments: str, stdin: bytes = b"") -> bytes:
    done = subprocess.run(["openssl", *arguments], input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Key:
    """A key that openssl made, in files that openssl reads."""

    def __init__(self, folder: Path, name: str) -> None:
        self.private_path, self.public_path = folder / f"{name}.pem", folder / f"{name}.pub.pem"
        made = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
        self.private_path.write_bytes(made)
        self.public_path.write_bytes(openssl("pkey", "-in", str(self.private_path), "-pubout"))

    @property
    def private(self) -> PrivateKey:
        return PrivateKey(self.private_path.read_bytes())

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.public_path.read_bytes())

    def sign(self, text: bytes) -> str:
        made = openssl("dgst", "-sha256", "-sign", str(self.private_path), stdin=text)
        return base64.b64encode(made).decode()

    def encrypt(self, value: bytes) -> str:
        how = ("-encrypt", "-pubin", "-inkey", str(self.public_path), *OAEP)
        return base64.b64encode(openssl("pkeyutl", *how, stdin=value)).decode()

    def decrypt(self, value: str) -> bytes:
        how = ("-decrypt", "-inkey", str(self.private_path), *OAEP)
        return openssl("pkeyutl", *how, stdin=base64.b64decode(value))

    def certificate(self, serial: str) -> bytes:
        how = ("-subj", "/CN=Tenpay.invalid", "-days", "30", "-set_serial", f"0x{serial}")
        return openssl("req", "-x509", "-key", str(self.private_path), *how)


@pytest.fixture(scope="session")
def merchant(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return Key(tmp_path_factory.mktemp("merchant"), "apiclient_key")


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return Key(tmp_path_factory.mktemp("platform"), "pub_key")


def signed_by(key: Key, body: bytes, *, key_id: str = KEY_ID) -> httpx.Response:
    text = b"1795233600\nEcXN0LdH7Ysj4nUY\n" + body + b"\n"
    headers = {
        "Wechatpay-Serial": key_id,
        "Wechatpay-Timestamp": "1795233600",
        "Wechatpay-Nonce": "EcXN0LdH7Ysj4nUY",
        "Wechatpay-Signature": key.sign(text),
    }
    return httpx.Response(200, content=body, headers=headers)


def till(merchant: Key, platform: Key, answer: httpx.Response) -> Till:
    access = merchant_access(private_key=merchant.private, public_keys={KEY_ID: platform.public})
    return Till(answer, access=access)


def test_the_tests_time_is_the_one_that_was_typed() -> None:
    assert int(NOON) == 1795233600


async def test_a_query_carries_the_signature_that_openssl_makes(
    merchant: Key, platform: Key
) -> None:
    here = till(merchant, platform, signed_by(platform, CARD))
    await here.cards.get(SUBJECT)
    (sent,) = here.signed
    text = GET_LINES.format(nonce=sent["nonce"]).encode()
    assert sent["signature"] == merchant.sign(text)
    assert sent["timestamp"] == "1795233600"
    assert here.requests[0].content == b""


async def test_a_change_carries_the_signature_that_openssl_makes(
    merchant: Key, platform: Key
) -> None:
    here = till(merchant, platform, signed_by(platform, CARD))
    await here.cards.modify(SUBJECT, CardChange(color="#FFFF00", level="钻石会员"))
    (sent,) = here.signed
    assert here.requests[0].content == PATCH_BODY.encode()
    assert sent["signature"] == merchant.sign(PATCH_LINES.format(nonce=sent["nonce"]).encode())


async def test_an_answer_that_openssl_signed_is_accepted(merchant: Key, platform: Key) -> None:
    found = await till(merchant, platform, signed_by(platform, CARD)).cards.get(SUBJECT)
    assert (found.value.code, found.value.level) == ("478515832665", "钻石会员")


def test_openssl_verifies_our_signature_and_we_openssls(merchant: Key, tmp_path: Path) -> None:
    text = "一行\n".encode()
    ours = tmp_path / "signature"
    ours.write_bytes(base64.b64decode(merchant.private.sign(text)))
    verify = ("-verify", str(merchant.public_path), "-signature", str(ours))
    assert b"Verified OK" in openssl("dgst", "-sha256", *verify, stdin=text)
    assert merchant.public.verifies(merchant.sign(text), text)
    assert not merchant.public.verifies(merchant.sign(text), text + b"\n")


VALUES = ["13800000001", "王小明", "好" * 71, "x" * 214]


@pytest.mark.parametrize("value", VALUES)
def test_what_openssl_encrypted_is_decrypted(merchant: Key, value: str) -> None:
    assert merchant.private.decrypt(merchant.encrypt(value.encode())) == value


@pytest.mark.parametrize("value", VALUES)
def test_openssl_decrypts_what_was_encrypted(platform: Key, value: str) -> None:
    assert platform.decrypt(platform.public.encrypt(value)) == value.encode()


def test_oaep_with_sha256_is_another_and_not_readable(merchant: Key) -> None:
    other = ("-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256")
    how = ("-encrypt", "-pubin", "-inkey", str(merchant.public_path), *other)
    made = openssl("pkeyutl", *how, stdin=b"13800000001")
    assert merchant.private.decrypt(base64.b64encode(made).decode()) is None


@pytest.mark.parametrize(
    "serial",
    [SERIAL, "0157F09EFDC096DE15EBE81A47057A7232F1B8E1", "000057F09EFDC096", "01", "80", "0ABC"],
)
def test_a_platform_certificate_gives_key_and_serial(platform: Key, serial: str) -> None:
    certificate = platform.certificate(serial)
    told = openssl("x509", "-noout", "-serial", stdin=certificate).decode().strip()
    assert told == f"serial={Certificate(certificate).serial}"
    key = PublicKey(certificate)
    assert key.pem().encode() == certificate, "kept with its serial and its days"
    assert platform.private.belongs_to(key)


async def test_an_answer_signed_with_a_platform_certificates_key(
    merchant: Key, platform: Key
) -> None:
    certificate = platform.certificate(SERIAL)
    keys = {Certificate(certificate).serial: PublicKey(certificate)}
    access = merchant_access(private_key=merchant.private, public_keys=keys)
    here = Till(signed_by(platform, CARD, key_id=SERIAL), access=access)
    assert (await here.cards.get(SUBJECT)).value.code == "478515832665"
    assert here.requests[0].headers["wechatpay-serial"] == SERIAL


def test_both_forms_of_a_private_key_are_read_and_kept_as_one(merchant: Key) -> None:
    old = openssl("rsa", "-in", str(merchant.private_path), "-traditional")
    assert b"BEGIN RSA PRIVATE KEY" in old
    assert PrivateKey(old).pem() == merchant.private.pem()
    assert merchant.private.pem().encode() == merchant.private_path.read_bytes()
