"""The second wall: what could be somebody's does not get through, what support needs does."""

from __future__ import annotations

import pytest

from posmember.log.redaction import redact

SECRETS = {
    "name": "王小明",
    "name between words": "member王小明found",
    "name in another script": "Жанна",
    "phone": "13800000001",
    "phone in groups": "139 5792 4681",
    "phone with dashes": "139-5792-4681",
    "phone with dots": "139.5792.4681",
    "phone with other dashes": "139\u20115792\u20134681",
    "phone with its country": "+86 139 5792 4681",
    "phone with its country in brackets": "(+86)139-5792-4681",
    "phone with low lines": "139_5792_4681",
    "phone with commas": "139,5792,4681",
    "phone with stars": "139*5792*4681",
    "phone with tildes": "139~5792~4681",
    "phone with colons": "139:5792:4681",
    "phone in quotes": "139'5792'4681",
    "phone with middle dots": "139\u20225792\u30fb4681",
    "landline": "(010) 6655-4433",
    "full-width": "１３８００００００１",
    "full-width in groups": "１３９　５７９２　４６８１",
    "payment code": "134567890123456789",
    "redemption code": "860000010002",
    "card in groups": "6222 0212 3456 7890",
    "WeChat openid": "oSandbox_openid-000000000007",
    "open key": "sandbox-open-key-not-a-secret-0123456789abcdefghij",
    "a key of 23 characters": "k3yOfTwentyThreeChars0x",
    "a key without digits": "qWeRtYuIoPaSdFgHjKlZxCv",
    "a key of small letters": "abcdefghijklmnopqrstuvw",
    "a short one of small letters": "abcdefghijklmnop",
    "a key of capitals": "ABCDEFGHIJKLMNOPQRSTUVW",
    "a key with a hyphen": "abcdefghijklmnopqrstuv-w",
    "a key with a low line": "w_abcdefghijklmnopqrstuv",
    "a key of one capital": "Abcdefghijklmnopqrstuvw",
    "token": "q0nvnQlYUOZ3ttUmwtnHdlp4Mo0=",
    "a token with a slash": "q0nv/QlYUOZ3ttUm+tnHdlp4Mo0=",
    "escaped token": "q0nvnQlYUOZ3ttUmwtnHdlp4Mo0%3D",
    "body": '{"username": "王小明", "n": 1}',
    "list": "['王小明', '李雷']",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_redacted(kind: str) -> None:
    secret = SECRETS[kind]
    for text in (secret, f"code={secret}, more", f"“{secret}”", f"会员{secret}手机"):
        assert secret not in redact(text), text
        assert "…" in redact(text)


@pytest.mark.parametrize(
    "address",
    ["https://h.example/v3/x?token=abc&name=王小明", "http://user:abc@proxy:1", "https://h/#abc"],
)
def test_an_address_keeps_its_host_alone(address: str) -> None:
    left = redact(f"proxy {address} cannot be used")
    assert "abc" not in left
    assert "王小明" not in left
    assert left.endswith(" cannot be used")


@pytest.mark.parametrize(
    "text",
    [
        "member_info code=40004 request=a1b2-77: refused with code 40004",
        "gift_cards: HTTP 502 in 1234 ms",
        "7F3A: ApiResponseError member_info: $.data.couponsList[3].template.start_at",
        "lookup: unreadable fields: $.data.memberLevelExpiredAt",
        "7F3A: SignatureRejectedError member_info",
        "posmember.errors.CredentialError: the keyring gave nothing: ServiceNotAvailable",
        "/home/till/.config/posmember-of-the-till/config.toml: platform.timeout_s is missing",
        r"C:\Program Files\posmember\_internal\posmember\resources.py is missing",
        "resource not found: sounds/not_found.wav (looked in /opt/posmember/resources/of/the/till)",
        "not application/json",
        "/home/till/配置/config.toml: platform.open_id is missing",
        "wechat_card_get: CERTIFICATE_NOT_VALID",
        "a bug in thread posmember-test",
        "the scanner's device cannot be read: PermissionError: EACCES",
        "card: ended, as nobody waits for it and others do, 12, 34",
    ],
)
def test_what_support_needs_stays(text: str) -> None:
    assert redact(text) == text


def test_a_key_in_a_path_is_one_all_the_same() -> None:
    assert redact("/srv/k3yOfTwentyThreeChars0x/config.toml") == "/srv/…/config.toml"


def test_a_home_folder_is_its_owners_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/wangxiaoming")
    monkeypatch.setenv("USERPROFILE", "/home/wangxiaoming")
    said = "/home/wangxiaoming/.config/c.toml: platform.open_id is missing"
    assert redact(said) == "~/.config/c.toml: platform.open_id is missing"
    monkeypatch.setenv("HOME", "/")
    assert redact("/a/b is missing") == "/a/b is missing"
