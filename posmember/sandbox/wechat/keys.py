"""The sandbox's RSA keys, for both sides of WeChat Pay. The sandbox's only `import cryptography`.

RSA-SHA256 (PKCS #1 v1.5) signatures, RSA-OAEP with SHA-1 encryption, both as Base64 (API documents,
WeChat Pay). The pairs are made when first needed, once a process; none is kept in a file unless
somebody asks for it.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from posmember.sandbox.account import PUBLIC_KEY_ID, ROTATED_KEY_ID, UNKNOWN_KEY_ID

BITS: Final = 2048
LONGEST_VALUE_BYTES: Final = BITS // 8 - 42
"""How many bytes of UTF-8 one encrypted value can hold (OAEP with SHA-1)."""

PRIVATE_FILE: Final = "apiclient_key.pem"
PUBLIC_FILE: Final = "pub_key.pem"
ROTATED_FILE: Final = "pub_key_rotated.pem"

_OWNER_ONLY: Final = 0o600
_OAEP: Final = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)


class _Pair:
    """A pair of keys that is made when it is first asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: rsa.RSAPrivateKey | None = None

    def private(self) -> rsa.RSAPrivateKey:
        with self._lock:
            if self._key is None:
                self._key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
            return self._key

    def public(self) -> rsa.RSAPublicKey:
        return self.private().public_key()

    def is_made(self) -> bool:
        return self._key is not None


_MERCHANT: Final = _Pair()
_PLATFORM: Final[Mapping[str, _Pair]] = {
    PUBLIC_KEY_ID: _Pair(),
    ROTATED_KEY_ID: _Pair(),
    UNKNOWN_KEY_ID: _Pair(),
}
_KNOWN_IDS: Final = (PUBLIC_KEY_ID, ROTATED_KEY_ID)


class WechatKeys:
    """The merchant's and the platform's keys; every instance of a process has the same ones."""

    def are_made(self) -> bool:
        """Whether the two usual pairs are there, so that using them costs no time."""
        return _MERCHANT.is_made() and _PLATFORM[PUBLIC_KEY_ID].is_made()

    def make(self) -> None:
        """Make the two usual pairs if they are not there; takes 20 to 300 ms. Thread-safe."""
        _MERCHANT.private()
        _PLATFORM[PUBLIC_KEY_ID].private()

    def merchant_private_pem(self) -> bytes:
        """What the merchant signs and decrypts with: PKCS #8, not encrypted."""
        return _MERCHANT.private().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def platform_public_pem(self) -> bytes:
        """The key `PUBLIC_KEY_ID`, which usually signs answers."""
        return _public_pem(PUBLIC_KEY_ID)

    def rotated_public_pem(self) -> bytes:
        """The key `ROTATED_KEY_ID`."""
        return _public_pem(ROTATED_KEY_ID)

    def sign(self, text: bytes, rotated: bool = False) -> str:
        """The platform's signature of a text, as Base64."""
        return self.sign_as(ROTATED_KEY_ID if rotated else PUBLIC_KEY_ID, text)

    def sign_as(self, key_id: str, text: bytes) -> str:
        """The signature by one of the platform's keys, `UNKNOWN_KEY_ID` among them."""
        key = _PLATFORM[key_id].private()
        return _base64(key.sign(text, padding.PKCS1v15(), hashes.SHA256()))

    def merchant_signed(self, text: bytes, signature: str) -> bool:
        """Whether a Base64 text is the merchant's signature of exactly these bytes."""
        try:
            raw = base64.b64decode(signature, validate=True)
            _MERCHANT.public().verify(raw, text, padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True

    def encrypt(self, value: str) -> str:
        """A value that only the merchant can read, as Base64.

        Raises:
            ValueError: it is longer than `LONGEST_VALUE_BYTES`.
        """
        return _base64(_MERCHANT.public().encrypt(value.encode(), _OAEP))

    def encrypt_for_another(self, value: str) -> str:
        """A value encrypted with a key that the merchant does not have."""
        return _base64(_PLATFORM[UNKNOWN_KEY_ID].public().encrypt(value.encode(), _OAEP))

    def knows(self, key_id: str) -> bool:
        """Whether a merchant may encrypt with the platform's key of this id."""
        return key_id in _KNOWN_IDS

    def decrypt(self, key_id: str, value: str) -> str:
        """What the merchant encrypted with a key that the platform `knows`.

        Raises:
            ValueError: no Base64, of another key, or no UTF-8.
        """
        raw = base64.b64decode(value, validate=True)
        return _PLATFORM[key_id].private().decrypt(raw, _OAEP).decode()

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the files that a till imports: the merchant's key, the platform's public keys.

        Args:
            folder: made if it is not there; files of these names in it are replaced.

        Returns:
            `PRIVATE_FILE`, `PUBLIC_FILE` and `ROTATED_FILE` in it, readable by their owner alone
            where the system knows such a thing.

        Raises:
            OSError: they cannot be written.
        """
        contents: Mapping[str, Callable[[], bytes]] = {
            PRIVATE_FILE: self.merchant_private_pem,
            PUBLIC_FILE: self.platform_public_pem,
            ROTATED_FILE: self.rotated_public_pem,
        }
        folder.mkdir(parents=True, exist_ok=True)
        for name, pem in contents.items():
            _write_private(folder / name, pem())
        return tuple(folder / name for name in contents)


def _public_pem(key_id: str) -> bytes:
    return (
        _PLATFORM[key_id]
        .public()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def _write_private(path: Path, content: bytes) -> None:
    """Write a new file, whose rights are narrow before there is anything to read."""
    path.unlink(missing_ok=True)
    path.touch(_OWNER_ONLY, exist_ok=False)
    path.write_bytes(content)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
