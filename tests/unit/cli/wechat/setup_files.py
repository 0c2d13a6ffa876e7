"""Keys of nobody in files, and `posmember wechat-setup merchant` with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from posmember.api.wechat.access import from_text
from posmember.api.wechat.gate import MerchantAccess, RelayAccess
from posmember.lookup.desk import KEYRING_NAME
from posmember.trust.credentials import get_long
from tests.end2end.program import Result
from tests.fakes.wechat import BRAND, TEMPLATE, TOKEN, MemoryStore, pair

SERIAL = 0x0157F09EFDC096DE15EBE81A47057A7232F1B8E1
PLATFORM_SERIAL = 0x6A00112233445566778899AABBCCDDEEFF001122
KEY_1, KEY_2 = "PUB_KEY_ID_00000001", "PUB_KEY_ID_00000002"
IDS = ("--brand-id", BRAND, "--card-id", TEMPLATE)
RELAY = ("wechat-setup", "relay", *IDS, "--url", "https://relay.invalid/wechat")


def write_pems(folder: Path) -> Path:
    """Fill a folder with keys of nobody, and files that are none."""
    merchant = pair("merchant")
    contents = {
        "apiclient_key.pem": merchant.private_pem,
        "pub_key.pem": pair("platform").public_pem,
        "pub_key_2.pem": pair("stranger").public_pem,
        "apiclient_cert.pem": _certificate(),
        "others_cert.pem": _certificate("stranger"),
        "expired_cert.pem": _certificate(days=(-9, -1)),
        "early_cert.pem": _certificate(days=(1, 9)),
        "short_cert.pem": _certificate("short"),
        "platform_cert.pem": _certificate("platform", PLATFORM_SERIAL),
        "platform_expired.pem": _certificate("platform", PLATFORM_SERIAL, days=(-9, -1)),
        "own_pub.pem": merchant.public_pem,
        "short.pem": pair("short", 1024).private_pem,
        "encrypted.pem": merchant.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"x"),
        ),
        "empty.pem": b"",
        "text.pem": "不是密钥".encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def _certificate(
    owner: str = "merchant", serial: int = SERIAL, *, days: tuple[int, int] = (-1, 1)
) -> bytes:
    key = (pair(owner, 1024) if owner == "short" else pair(owner)).private
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "1900000001")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def merchant(pems: Path, **changes: str) -> list[str]:
    """The arguments of a right `merchant`, but for what is changed; "" leaves an option out."""
    options = {
        "mchid": "1900000001",
        "serial": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
        "key": str(pems / "apiclient_key.pem"),
        "public-key": f"{KEY_1}={pems / 'pub_key.pem'}",
        "brand-id": BRAND,
        "card-id": TEMPLATE,
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    given = [(f"--{name}", value) for name, value in options.items() if value]
    return ["wechat-setup", "merchant", *(part for option in given for part in option)]


def kept(store: MemoryStore) -> MerchantAccess | RelayAccess | None:
    text = get_long(store, KEYRING_NAME)
    return from_text(text) if text is not None else None


def kept_merchant(store: MemoryStore) -> MerchantAccess:
    access = kept(store)
    assert isinstance(access, MerchantAccess)
    return access


def tells_nothing_secret(result: Result) -> None:
    """No key, no part of one and no token is told."""
    for secret in ("BEGIN", "PRIVATE", TOKEN, *pair("merchant").private_pem.decode().split()[3:6]):
        assert secret not in result.out + result.err
