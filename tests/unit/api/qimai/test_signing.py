"""The request signature."""

from __future__ import annotations

import pytest

from posmember.api.qimai.signing import SignKeys, public_fields, signed_text, token

OPEN_KEY = "LyvrkvkxRkG2R6aM55bXpPwjYAbkEXTbVnKwfDYvVHjNwNFAmx"
OPEN_ID, GRANT_CODE = "d14c1559e87b747d577c834b275a4310", "ba67d4fa46"


def test_the_published_example() -> None:
    fields = public_fields(OPEN_ID, GRANT_CODE, 1465185768, 11886, SignKeys.CAMEL)
    assert token(OPEN_KEY, fields) == "cFw0t9IuvL9jVo9qAzk0qMcw5BM%3D"


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        (SignKeys.CAMEL, "grantCode=g&nonce=7&openId=o&timestamp=5"),
        (SignKeys.PASCAL, "GrantCode=g&Nonce=7&OpenId=o&Timestamp=5"),
    ],
)
def test_signed_text(spelling: SignKeys, text: str) -> None:
    assert signed_text(public_fields("o", "g", 5, 7, spelling)) == text


def test_the_spellings_sign_differently() -> None:
    tokens = {
        token(OPEN_KEY, public_fields(OPEN_ID, GRANT_CODE, 1, 2, spelling)) for spelling in SignKeys
    }
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("a-b_c.d~e", "a-b_c.d~e"),
        ("a b", "a%20b"),
        ("a+b/c=d&e", "a%2Bb%2Fc%3Dd%26e"),
        ("100%", "100%25"),
        ("门店", "%E9%97%A8%E5%BA%97"),
        ("", ""),
    ],
)
def test_values_are_percent_encoded(value: str, encoded: str) -> None:
    fields = public_fields(value, "g", 5, 7, SignKeys.CAMEL)
    assert signed_text(fields) == f"grantCode=g&nonce=7&openId={encoded}&timestamp=5"


def test_a_token_holds_no_character_that_is_not_safe() -> None:
    for nonce in range(200):
        signature = token("钥匙", public_fields("o", "g", 5, nonce, SignKeys.CAMEL))
        assert signature.endswith("%3D")
        assert not set(signature) & set("+/= ")
