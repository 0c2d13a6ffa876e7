"""Passphrases: made to be read out, checked where people choose their own."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from itertools import cycle

import pytest

from posmember.settings.passphrase import check_passphrase, make_passphrase, plain_passphrase

LOOK_ALIKE = set("0O1IL2Z5S8B")


def test_made_of_twelve_characters_that_nobody_mixes_up() -> None:
    made = [make_passphrase() for _ in range(200)]
    assert len(set(made)) == len(made)
    for passphrase in made:
        assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", passphrase)
        assert not set(passphrase) & LOOK_ALIKE


def test_the_systems_own_chance_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    chars: Iterator[str] = cycle("37X")
    monkeypatch.setattr(secrets, "choice", lambda _from: next(chars))
    assert make_passphrase() == "37X3-7X37-X37X"


def test_what_is_made_is_good_enough() -> None:
    for _ in range(50):
        made = make_passphrase()
        if len(set(made)) > 4:  # else not even chance is
            check_passphrase(made)


@pytest.mark.parametrize(
    "typed",
    [
        "K7MX-4PQR-T9WD",
        "k7mx-4pqr-t9wd",
        "K7MX4PQRT9WD",
        " k7mx 4pqr  t9wd\n",
        "Ｋ７ＭＸ－４ＰＱＲ－Ｔ９ＷＤ",
    ],
)
def test_a_made_one_counts_however_it_is_typed(typed: str) -> None:
    assert plain_passphrase(typed) == "K7MX4PQRT9WD"


def test_ones_own_counts_as_it_is_but_for_blanks() -> None:
    assert plain_passphrase("  Correct  horse\tbattery staple ") == "Correct horse battery staple"
    assert plain_passphrase("correct horse battery staple") != plain_passphrase(
        "Correct horse battery staple"
    )


@pytest.mark.parametrize(
    "own",
    [
        "correct horse battery staple",
        "Tr0ub4dor&3x",
        "红茶 绿茶 乌龙茶 普洱茶 茉莉",
        "one two tea cup",
    ],
)
def test_long_enough(own: str) -> None:
    check_passphrase(own)


@pytest.mark.parametrize(
    "own",
    ["", "short", "elevenchars", "a b c d e f", "aaaaaaaaaaaaaaaa", "121212121212", "x y" * 100],
)
def test_what_could_be_guessed_is_refused(own: str) -> None:
    with pytest.raises(ValueError, match="12 characters or 4 words"):
        check_passphrase(own)
