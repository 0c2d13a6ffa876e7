"""Seals bytes with a passphrase: scrypt makes the key, AES-256-GCM encrypts and authenticates.

What is sealed begins with its own header, which states how the key is made; header and what stands
beside it in clear are authenticated, too. Whoever opens it is never made to take more memory than
`MAX_MEMORY`, whatever the header says.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from posmember.settings.passphrase import plain_passphrase
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem

MAX_MEMORY: Final = 256 * 1024 * 1024
"""Bytes that making a key may take."""

_VERSION: Final = 1
_SALT, _NONCE, _CHECK, _KEY, _TAG = 16, 12, 8, 32, 16
_HEADER: Final = struct.Struct(f">BBBB{_SALT}s{_NONCE}s{_CHECK}s")
_LEAST_LOG_N, _MOST_LOG_N, _MOST_R, _MOST_P = 4, 20, 8, 4
_LABEL: Final = b"posmember sealed\0"


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to try one passphrase (RFC 7914): ``128 * r * 2**log_n`` bytes, `p` times."""

    log_n: int = 17
    r: int = 8
    p: int = 1

    @property
    def is_bearable(self) -> bool:
        """Whether this program takes it upon itself."""
        in_bounds = _LEAST_LOG_N <= self.log_n <= _MOST_LOG_N
        in_bounds = in_bounds and 1 <= self.r <= _MOST_R and 1 <= self.p <= _MOST_P
        return in_bounds and 128 * self.r << self.log_n <= MAX_MEMORY


DEFAULT_COST: Final = Cost()
"""128 MiB, some 0.4 s on a till."""


def seal(content: bytes, passphrase: str, clear: bytes, cost: Cost = DEFAULT_COST) -> bytes:
    """Encrypt bytes; only with the passphrase and beside the same clear bytes do they open.

    Raises:
        ProvisionError: the machine's memory is too small.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # at a till, only for setting up

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    key, check = _derived(passphrase, salt, cost)
    header = _HEADER.pack(_VERSION, cost.log_n, cost.r, cost.p, salt, nonce, check)
    return header + AESGCM(key).encrypt(nonce, content, _LABEL + header + clear)


def unseal(sealed: bytes, passphrase: str, clear: bytes) -> bytes:
    """Decrypt what `seal` gave.

    Raises:
        ProvisionError: the passphrase is another one; or it is cut, of another version, or
            changed, as is what stands beside it in clear.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if sealed[:1] not in (b"", bytes([_VERSION])):
        raise ProvisionError(ProvisionProblem.OTHER_VERSION)
    if len(sealed) < _HEADER.size + _TAG:
        raise ProvisionError(ProvisionProblem.CUT)
    header, encrypted = sealed[: _HEADER.size], sealed[_HEADER.size :]
    _version, log_n, r, p, salt, nonce, check = _HEADER.unpack(header)
    cost = Cost(log_n, r, p)
    if not cost.is_bearable:
        raise ProvisionError(ProvisionProblem.CHANGED, "scrypt")
    key, expected = _derived(passphrase, salt, cost)
    if not compare_digest(check, expected):
        raise ProvisionError(ProvisionProblem.WRONG_PASSPHRASE)
    try:
        return AESGCM(key).decrypt(nonce, encrypted, _LABEL + header + clear)
    except InvalidTag as error:
        raise ProvisionError(ProvisionProblem.CHANGED) from error


def _derived(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """The key, and what tells a wrong passphrase from a changed content."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    scrypt = Scrypt(salt=salt, length=_KEY + _CHECK, n=1 << cost.log_n, r=cost.r, p=cost.p)
    try:
        made = scrypt.derive(plain_passphrase(passphrase).encode("utf-8", "surrogatepass"))
    except MemoryError as error:
        raise ProvisionError(ProvisionProblem.NO_MEMORY) from error
    return made[:_KEY], made[_KEY:]
