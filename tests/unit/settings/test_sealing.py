"""The seal: opens with its passphrase alone, and never takes more memory than it may."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf import scrypt

from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.sealing import DEFAULT_COST, MAX_MEMORY, Cost, seal, unseal
from tests.fakes.provisions import CHEAP, PASSPHRASE

CONTENT = b"a secret that nobody sees"
CLEAR = b"what everybody sees"
SALT = slice(4, 20)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(CONTENT, PASSPHRASE, CLEAR, CHEAP)


def problem(sealed: bytes, passphrase: str = PASSPHRASE, clear: bytes = CLEAR) -> ProvisionProblem:
    with pytest.raises(ProvisionError) as raised:
        unseal(sealed, passphrase, clear)
    return raised.value.problem


def test_opens_with_its_passphrase(sealed: bytes) -> None:
    assert unseal(sealed, "k7mx4pqrt9wd", CLEAR) == CONTENT
    assert CONTENT not in sealed
    assert PASSPHRASE.encode() not in sealed


def test_it_is_another_each_time(sealed: bytes) -> None:
    assert seal(CONTENT, PASSPHRASE, CLEAR, CHEAP)[SALT] != sealed[SALT]


def test_by_the_book(sealed: bytes) -> None:
    """Opened by the standard library's scrypt and a bare AES-GCM, by the layout alone."""
    key = hashlib.scrypt(b"K7MX4PQRT9WD", salt=sealed[SALT], n=16, r=1, p=1, dklen=40)
    assert sealed[:4] == bytes([1, 4, 1, 1])
    assert sealed[32:40] == key[32:]
    clear = b"posmember sealed\0" + sealed[:40] + CLEAR
    assert AESGCM(key[:32]).decrypt(sealed[20:32], sealed[40:], clear) == CONTENT


def test_what_a_till_pays() -> None:
    assert (DEFAULT_COST.log_n, DEFAULT_COST.r, DEFAULT_COST.p) == (17, 8, 1)
    assert DEFAULT_COST.is_bearable


def test_another_passphrase(sealed: bytes) -> None:
    assert problem(sealed, "another one of four words") is ProvisionProblem.WRONG_PASSPHRASE


def test_other_words_beside_it(sealed: bytes) -> None:
    assert problem(sealed, clear=CLEAR + b" ") is ProvisionProblem.CHANGED


@pytest.mark.parametrize("length", [0, 1, 39, 40, 55])
def test_cut(sealed: bytes, length: int) -> None:
    assert problem(sealed[:length]) is ProvisionProblem.CUT


def test_cut_at_the_end(sealed: bytes) -> None:
    assert problem(sealed[:-1]) is ProvisionProblem.CHANGED


def test_another_version(sealed: bytes) -> None:
    assert problem(b"\2" + sealed[1:]) is ProvisionProblem.OTHER_VERSION


@pytest.mark.parametrize(
    "cost",
    [(31, 8, 1), (255, 255, 255), (17, 255, 1), (19, 8, 1), (20, 4, 1), (17, 8, 255), (3, 1, 1),
     (17, 0, 1), (17, 8, 0)],
)  # fmt: skip
def test_no_file_makes_a_till_take_more_than_it_may(
    sealed: bytes, monkeypatch: pytest.MonkeyPatch, cost: tuple[int, int, int]
) -> None:
    def asked(**_told: object) -> object:
        raise AssertionError("memory was asked for")

    monkeypatch.setattr(scrypt, "Scrypt", asked)
    assert problem(b"\1" + bytes(cost) + sealed[4:]) is ProvisionProblem.CHANGED


def test_the_most_that_is_taken() -> None:
    bearable = [
        128 * r << log_n for log_n in range(256) for r in range(256) if Cost(log_n, r).is_bearable
    ]
    assert max(bearable) == MAX_MEMORY


def test_too_little_memory(sealed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor:
        def __init__(self, **_told: object) -> None:
            pass

        def derive(self, _passphrase: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(scrypt, "Scrypt", Poor)
    assert problem(sealed) is ProvisionProblem.NO_MEMORY
