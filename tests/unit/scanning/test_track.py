"""Magnetic cards: a member's is looked up, a bank's never."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.choice import choose
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import Classification, Problem, classify

NUMBER = "6212345678901234"
BANK = Classification(problem=Problem.BANK_CARD)


@pytest.mark.parametrize(
    "sent",
    [
        ";VIP880005?",
        "%VIP880005?",
        "+VIP880005?",
        ";VIP880005?5",
        ";VIP880005??",
        ";VIP880005?;",
        "\uff1bVIP880005\uff1f",
        "\x02;VIP880005?\x03\r\n",
        "]C1;VIP880005?",
        ";]C1VIP880005?",
        "%VIP880005?;VIP880005?",
        "%WANG^XIAOMING?;VIP880005?",
        "%WANG?4;VIP880005?7",
        "%E?;VIP880005?+E?",
        "%VIP880005?;E?",
        "%VIP880005??;??",
        "%?;?+VIP880005?",
    ],
)
def test_sentinels_go(sent: str) -> None:
    assert clean(sent) == "VIP880005"
    assert classify(sent).identifiers == classify("VIP880005").identifiers


@pytest.mark.parametrize("sent", ["%E?", ";E?+E?", "%e?;?", "%?", ";?"])
def test_nothing_could_be_read(sent: str) -> None:
    assert classify(sent).problem is Problem.EMPTY


@pytest.mark.parametrize("code", ["VIP?", ";VIP", "%qm%", "qm;1?", "?", "a%b?c", ";a?b?", "%25"])
def test_what_is_no_track_stays(code: str) -> None:
    assert clean(code) == code


def test_a_phone_number_on_a_card_is_one() -> None:
    assert classify(";13957924681?").identifiers == classify("13957924681").identifiers


TRACKS = [
    f";{NUMBER}=25121010000012300000?",
    f";{NUMBER}=25121010000012300000?9",
    f"{NUMBER}=2512",
    f"{NUMBER}000=2512101000",
    f"{NUMBER[:13]}=2512101000",
    f";{NUMBER}=0000201?",
    f";{NUMBER}==2?",
    f"+99{NUMBER}=1561560000000000000003?",
    f"%B{NUMBER}^WANG/XIAOMING^2512101000?",
    f"%b{NUMBER}^wang/xiaoming^2512101000?",
    f"%B{NUMBER}^WANG/XIAOMING^25121010?;{NUMBER}=25121010?",
    f"%B{NUMBER}^WANG/XIAOMING^25121010?\r;{NUMBER}=25121010?\r",
    f"\x02;{NUMBER}=2512?\x03",
    f";{NUMBER[:4]} {NUMBER[4:8]} {NUMBER[8:]}=2512?",
    f"\uff1b{NUMBER}\uff1d2512\uff1f",
    f"qm0000001\r;{NUMBER}=2512?",
    f"\u94f6\u884c\u5361\uff1a{NUMBER}=2512",
    *(f"x{NUMBER}=2512", f"VIP{NUMBER}=2512", f"id={NUMBER}=2512", f"6901234567892 {NUMBER}=2512"),
    *(f"{NUMBER}=", f";{NUMBER}=", f";{NUMBER}=?", f"{NUMBER}=;", f";{NUMBER}=x", f";{NUMBER}=25"),
    *(f"{NUMBER}D25121010000", f"{NUMBER}d2512", f"{NUMBER}D25121010000012300000F"),
    *(f"x{NUMBER}D2512", f"{NUMBER[:8]} {NUMBER[8:]}D2512", f"\u5361\uff1a{NUMBER}D2512"),
    *(f"%B{NUMBER}^WANG/XM^", f"B{NUMBER}^WANG/XM^", f"{NUMBER}^WANG/XM^", f"%B{NUMBER}^"),
    *(f"{NUMBER}^^2512", f"xB{NUMBER}^WANG"),
]


@pytest.mark.parametrize("chosen", [None, *IdentifierKind])
@pytest.mark.parametrize("sent", TRACKS)
def test_a_bank_card_is_refused_and_nothing_of_it_kept(
    sent: str, chosen: IdentifierKind | None
) -> None:
    assert classify(sent, chosen) == BANK
    assert choose(["qm0000001", sent]).others == ("****",)


@pytest.mark.parametrize(
    "code",
    [
        *(f";{NUMBER}?", NUMBER, ";880005=2512?", "QR=MTIzNDU2Nzg5MDEyMw==", "12345678901=2512"),
        *(f"{NUMBER}=ab", f"B{NUMBER}", f"{NUMBER}D", f"{NUMBER}D2513", f"{NUMBER}d2512abc"),
        *(f"{NUMBER}^1", f"x{NUMBER}", "6212345D2512"),
    ],
)
def test_a_members_card_is_none(code: str) -> None:
    assert classify(code).problem is None
