"""WeChat Pay's signatures and encrypted values. The only `import cryptography`.

RSA-SHA256 and RSA-OAEP, as api/README says (WeChat Pay, APIv3); OAEP with SHA-1 is the
platform's choice.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from posmember.errors import CredentialError

MIN_BITS: Final = 2048
_OAEP: Final = padding.OAEP(
    mgf=padding.MGF1(hashes.SHA1()),
    algorithm=hashes.SHA1(),
    label=None,
)
_NO_KEY: Final = (ValueError, UnsupportedAlgorithm, x509.InvalidVersion)
_CERTIFICATE_MARK: Final = b"BEGIN CERTIFICATE"
_PUBLIC_MARK: Final = b"PUBLIC KEY-----"


class PrivateKey:
    """The merchant's private key: signs requests, and decrypts what is meant for the merchant.

    Args:
        pem: an unencrypted PEM file (``apiclient_key.pem``).

    Raises:
        CredentialError: it is no such key, or a weak one.
    """

    def __init__(self, pem: bytes) -> None:
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except TypeError as error:
            raise CredentialError("the private key is encrypted with a password") from error
        except _NO_KEY as error:
            raise CredentialError(f"no private key in PEM{_what_it_is(pem)}") from error
        if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < MIN_BITS:
            raise CredentialError(f"not an RSA key of {MIN_BITS} bits or more")
        self._key = key

    def sign(self, text: bytes) -> str:
        """The Base64 of the RSA-SHA256 signature (PKCS #1 v1.5)."""
        signature = self._key.sign(text, padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(signature).decode("ascii")

    def decrypt(self, value: str) -> str | None:
        """What a Base64 value holds; None where it was not encrypted for this key."""
        try:
            return self._key.decrypt(_base64(value), _OAEP).decode()
        except ValueError:  # not Base64, another key, not UTF-8
            return None

    def belongs_to(self, key: PublicKey) -> bool:
        """Whether it is the private half of a public key."""
        return key.is_half_of(self._key.public_key())

    def pem(self) -> str:
        """The key as unencrypted PKCS #8, to be kept in a keyring."""
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode("ascii")


class PublicKey:
    """A public key of WeChat Pay: verifies answers, and encrypts what is meant for the platform.

    Args:
        pem: a public key (``pub_key.pem``), or a platform certificate.

    Raises:
        CredentialError: it is neither, or a weak one.
    """

    def __init__(self, pem: bytes) -> None:
        try:
            is_certificate = _CERTIFICATE_MARK in pem
            key = _key_in(pem) if is_certificate else serialization.load_pem_public_key(pem)
        except _NO_KEY as error:
            raise CredentialError("no public key or certificate in PEM") from error
        self.certificate = Certificate(pem) if is_certificate else None
        """The certificate that it came in, if it did."""
        if not isinstance(key, rsa.RSAPublicKey) or key.key_size < MIN_BITS:
            raise CredentialError(f"not an RSA key of {MIN_BITS} bits or more")
        self._key = key

    def is_half_of(self, key: rsa.RSAPublicKey) -> bool:
        """Whether it is this key."""
        return self._key.public_numbers() == key.public_numbers()

    def verifies(self, signature: str, text: bytes) -> bool:
        """Whether the Base64 of an RSA-SHA256 signature is one of exactly these bytes."""
        try:
            self._key.verify(_base64(signature), text, padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True

    def encrypt(self, value: str) -> str:
        """The Base64 of a value encrypted for the platform.

        Raises:
            ValueError: it is longer than the key can take: 214 bytes for one of 2048 bits.
        """
        return base64.b64encode(self._key.encrypt(value.encode(), _OAEP)).decode("ascii")

    def pem(self) -> str:
        """The key in PEM, in its certificate where it came in one."""
        if self.certificate is not None:
            return self.certificate.pem()
        return self._key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode("ascii")


class Certificate:
    """A certificate: the merchant's own, or one of the platform.

    Args:
        pem: its file, such as ``apiclient_cert.pem``.

    Raises:
        CredentialError: it is none.
    """

    def __init__(self, pem: bytes) -> None:
        try:
            self._certificate = x509.load_pem_x509_certificate(pem)
        except _NO_KEY as error:
            raise CredentialError("no certificate in PEM") from error
        serial = f"{self._certificate.serial_number:X}"
        self.serial = serial.zfill(len(serial) + len(serial) % 2)
        """As ``serial_no`` spells it: upper-case hex of whole bytes, as openssl shows it."""
        self.begins = self._certificate.not_valid_before_utc
        self.ends = self._certificate.not_valid_after_utc

    def pem(self) -> str:
        """The certificate in PEM."""
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _key_in(pem: bytes) -> object:
    return x509.load_pem_x509_certificate(pem).public_key()


def _what_it_is(pem: bytes) -> str:
    """What a file is in place of a private key, as far as it says so."""
    if _CERTIFICATE_MARK in pem:
        return ", but a certificate"
    return ", but a public key" if _PUBLIC_MARK in pem else ""


def _base64(text: str) -> bytes:
    """The bytes of a Base64 text. Raises ValueError."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not Base64") from error
