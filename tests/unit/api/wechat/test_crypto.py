"""Keys: which are taken, what they refuse, and that nothing of them is ever shown."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, x25519

from posmember.api.wechat.crypto import MIN_BITS, Certificate, PrivateKey, PublicKey
from posmember.domain.wechat.change import MAX_SECRET_BYTES
from posmember.errors import CredentialError
from tests.fakes.wechat import PHONE, pair, private_key, public_key

AnyKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
KINDS = ("rsa 1024", "rsa 2040", "ec", "ed25519", "x25519")


@cache
def other(kind: str) -> AnyKey | x25519.X25519PrivateKey:
    """A key that is no RSA key of 2048 bits or more."""
    match kind.split():
        case ["rsa", bits]:
            return rsa.generate_private_key(65537, int(bits))
        case ["ec"]:
            return ec.generate_private_key(ec.SECP256R1())
        case ["ed25519"]:
            return ed25519.Ed25519PrivateKey.generate()
        case _:
            return x25519.X25519PrivateKey.generate()


def private_pem(key: AnyKey | x25519.X25519PrivateKey, password: bytes = b"") -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption(),
    )


def public_pem(key: AnyKey | x25519.X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@pytest.mark.parametrize("kind", KINDS)
def test_another_or_a_weak_key_is_refused(kind: str) -> None:
    with pytest.raises(CredentialError, match="not an RSA key of 2048 bits or more"):
        PrivateKey(private_pem(other(kind)))
    with pytest.raises(CredentialError, match="not an RSA key of 2048 bits or more"):
        PublicKey(public_pem(other(kind)))


def test_the_weakest_key_that_is_taken_is_the_platforms_own_size() -> None:
    assert pair("merchant").private.key_size == MIN_BITS == 2048


def certificate(key: AnyKey, serial: int = 1) -> bytes:
    """A certificate in PEM that a key made of itself."""
    name, today = x509.Name([]), datetime(2026, 11, 21, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(serial)
    builder = builder.not_valid_before(today).not_valid_after(today + timedelta(days=30))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def with_other_bytes(pem: bytes, old: str, new: str) -> bytes:
    """A PEM file whose first bytes of this form are others of the same length."""
    first, *lines, last = pem.splitlines(keepends=True)
    der, was, then = base64.b64decode(b"".join(lines)), bytes.fromhex(old), bytes.fromhex(new)
    assert was in der
    assert len(was) == len(then)
    return first + base64.encodebytes(der.replace(was, then, 1)) + last


def on_sm2(pem: bytes) -> bytes:
    """The same key by name on the curve SM2, which banks use, and cryptography does not know."""
    return with_other_bytes(pem, "06082a8648ce3d030107", "06082a811ccf5501822d")


EC = ec.generate_private_key(ec.SECP256R1())
JUNK = {
    "SM2, private": on_sm2(private_pem(EC)),
    "SM2, public": on_sm2(public_pem(EC)),
    "a certificate of version 8": with_other_bytes(certificate(EC), "a003020102", "a003020107"),
    "nothing": b"",
    "text": b"not a key",
    "not text": b"\xff\xfe\x00",
    "empty PEM": b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
    "broken PEM": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    "cut PEM": b"-----BEGIN PRIVATE KEY-----\nAAAA",
    "broken public": b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    "broken certificate": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
}


@pytest.mark.parametrize("pem", JUNK.values(), ids=JUNK)
def test_what_is_no_key_is_refused_with_few_words(pem: bytes) -> None:
    with pytest.raises(
        CredentialError, match=r"^no private key in PEM(, but a (certificate|public key))?$"
    ):
        PrivateKey(pem)
    with pytest.raises(CredentialError, match=r"^no public key or certificate in PEM$"):
        PublicKey(pem)
    with pytest.raises(CredentialError, match=r"^no certificate in PEM$"):
        Certificate(pem)


def test_the_halves_of_a_pair_are_not_mixed_up() -> None:
    with pytest.raises(CredentialError, match="no private key"):
        PrivateKey(pair("merchant").public_pem)
    with pytest.raises(CredentialError, match="no public key"):
        PublicKey(pair("merchant").private_pem)
    with pytest.raises(CredentialError, match="no certificate"):
        Certificate(pair("merchant").public_pem)


def test_a_certificate_has_a_serial_though_its_key_is_of_an_unknown_kind() -> None:
    pem = on_sm2(certificate(EC, 0xABC))
    assert Certificate(pem).serial == "0ABC"
    with pytest.raises(CredentialError, match=r"^no public key or certificate in PEM$"):
        PublicKey(pem)


@pytest.mark.parametrize(
    ("serial", "spelt"),
    [(0x1, "01"), (0x80, "80"), (0xABC, "0ABC"), (0x157F09EFDC096DE, "0157F09EFDC096DE")],
)
def test_a_serial_has_whole_bytes(serial: int, spelt: str) -> None:
    assert Certificate(certificate(EC, serial)).serial == spelt


def test_a_private_key_with_a_password_says_so() -> None:
    pem = private_pem(pair("merchant").private, b"a-password")
    with pytest.raises(CredentialError, match="encrypted with a password"):
        PrivateKey(pem)


def test_a_key_is_kept_and_read_back() -> None:
    ours, theirs = private_key("merchant"), public_key("platform")
    assert PrivateKey(ours.pem().encode()).sign(b"x") == ours.sign(b"x")
    assert PublicKey(theirs.pem().encode()).pem() == theirs.pem()
    assert pair("merchant").private_pem.decode() == ours.pem()
    assert pair("platform").public_pem.decode() == theirs.pem()


# --- signatures ----------------------------------------------------------------------------------

TEXT = b"1795233600\nnonce\n{}\n"


def test_a_signature_is_of_its_text_and_its_key_alone() -> None:
    signature = pair("platform").sign(TEXT)
    assert public_key("platform").verifies(signature, TEXT)
    assert not public_key("platform").verifies(signature, TEXT[:-1])
    assert not public_key("merchant").verifies(signature, TEXT)


def signed_otherwise(how: str) -> str:
    key = pair("platform").private
    if how == "pss":
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.MAX_LENGTH)
        return base64.b64encode(key.sign(TEXT, pss, hashes.SHA256())).decode()
    digest: hashes.HashAlgorithm = hashes.SHA1() if how == "sha1" else hashes.SHA512()
    return base64.b64encode(key.sign(TEXT, padding.PKCS1v15(), digest)).decode()


@pytest.mark.parametrize("how", ["pss", "sha1", "sha512"])
def test_another_kind_of_signature_is_none(how: str) -> None:
    assert not public_key("platform").verifies(signed_otherwise(how), TEXT)


ALTERED: dict[str, Callable[[str], str]] = {
    "nothing": lambda good: "",
    "cut": lambda good: good[:-4],
    "longer": lambda good: good + "AAAA",
    "a sign that is none": lambda good: good.rstrip("=") + "!=",
    "a space before": lambda good: " " + good,
    "a newline after": lambda good: good + "\n",
    "chinese": lambda good: "签名",
    "zeros": lambda good: base64.b64encode(bytes(256)).decode(),
    "the other alphabet": lambda good: base64.urlsafe_b64encode(bytes([251] * 256)).decode(),
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_what_is_no_signature_does_not_verify(alter: Callable[[str], str]) -> None:
    assert not public_key("platform").verifies(alter(pair("platform").sign(TEXT)), TEXT)


# --- encrypted values ----------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", "0", PHONE, "王小明", "💳", "好" * 71, "x" * 214])
def test_a_value_goes_there_and_back(value: str) -> None:
    assert pair("platform").decrypt(public_key("platform").encrypt(value)) == value
    assert private_key("merchant").decrypt(pair("merchant").encrypt(value)) == value


def test_the_same_value_is_never_encrypted_to_the_same_text() -> None:
    assert public_key("platform").encrypt(PHONE) != public_key("platform").encrypt(PHONE)


def test_the_longest_value_of_a_change_is_the_longest_that_the_weakest_key_takes() -> None:
    key = public_key("platform")
    assert pair("platform").private.key_size == MIN_BITS
    assert MAX_SECRET_BYTES == 214
    key.encrypt("x" * MAX_SECRET_BYTES)
    with pytest.raises(ValueError, match="Encryption failed"):
        key.encrypt("x" * (MAX_SECRET_BYTES + 1))
    with pytest.raises(ValueError, match="Encryption failed"):
        key.encrypt("好" * 72)


def not_text() -> str:
    oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
    made = pair("merchant").private.public_key().encrypt(b"\xff\xfe", oaep)
    return base64.b64encode(made).decode()


@pytest.mark.parametrize(
    "value",
    [
        "vvysDQeEaH3I+wRh14St0abIkvQyFgh/fbWY==",
        "",
        PHONE,
        "好",
        base64.b64encode(bytes(256)).decode(),
        base64.b64encode(b"\xff" * 256).decode(),
        base64.b64encode(bytes(255)).decode(),
        base64.b64encode(bytes(257)).decode(),
    ],
    ids=["the document's", "nothing", "clear", "chinese", "zeros", "ones", "short", "long"],
)
def test_what_cannot_be_decrypted_is_none(value: str) -> None:
    assert private_key("merchant").decrypt(value) is None


def test_what_was_encrypted_for_another_or_is_no_text_is_none() -> None:
    assert private_key("merchant").decrypt(pair("stranger").encrypt(PHONE)) is None
    assert private_key("merchant").decrypt(not_text()) is None
    cut = pair("merchant").encrypt(PHONE)[:-1]
    assert private_key("merchant").decrypt(cut) is None


def test_a_key_shows_nothing_of_itself() -> None:
    key = private_key("merchant")
    line = key.pem().splitlines()[1]
    for text in (repr(key), str(key), repr(public_key("platform"))):
        assert line not in text
        assert "BEGIN" not in text
