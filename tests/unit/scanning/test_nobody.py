"""What a code was perhaps, by which nobody was found."""

from __future__ import annotations

import pytest

from posmember.scanning.cleaning import clean
from posmember.scanning.nobody import Guess, guess


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1395792468", Guess.MOBILE_TOO_SHORT),
        ("1295792468", Guess.MOBILE_TOO_SHORT),
        ("139-5792-468", Guess.MOBILE_TOO_SHORT),
        ("+86 139 5792 468", Guess.MOBILE_TOO_SHORT),
        ("861395792468", Guess.MOBILE_TOO_SHORT),
        ("139579246812", Guess.MOBILE_TOO_LONG),
        ("+86 139 5792 46812", Guess.MOBILE_TOO_LONG),
        ("6901234567892", Guess.GOODS),
        ("6990000000008", Guess.GOODS),
        ("9787111234562", Guess.GOODS),
        ("9791234567896", Guess.GOODS),
        ("9771234567898", Guess.GOODS),
        ("977123456789805", Guess.GOODS),
        ("978711123456212345", Guess.GOODS),
        ("(01)06901234567892(10)A1", Guess.GOODS),
        ("010690123456789217261231", Guess.GOODS),
        ("4006381333931", Guess.LIKE_GOODS),
        ("036000291452", Guess.LIKE_GOODS),
        ("73513537", Guess.LIKE_GOODS),
        ("6901234567893", None),
        ("9787111234563", None),
        ("036000291453", None),
        ("73513538", None),
        ("01069012345678931726", None),
        ("2395792468", None),
        ("129579246812", None),
        ("139579246", None),
        ("qm0000001", None),
        ("VIP880005", None),
        ("1", None),
        ("88001", None),
    ],
)
def test_guess(text: str, expected: Guess | None) -> None:
    assert guess(clean(text)) is expected
