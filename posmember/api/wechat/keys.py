"""What is wrong with the keys of an access, as far as they tell by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.gate import MerchantAccess
from posmember.api.wechat.serials import is_public_key_id, is_serial
from posmember.errors import CredentialError


def key_faults(access: MerchantAccess, now: datetime) -> Iterator[str]:
    """Say what is wrong, in Chinese and English, the merchant's own first; nothing is all right.

    Args:
        now: aware; certificates are valid for a time.
    """
    own = access.certificate
    if own is None and not is_serial(access.serial):
        yield (
            f"商户证书序列号不对:{access.serial} / no serial of a certificate,"
            " which has 8 to 40 hexadecimal digits"
        )
    if own is not None:
        yield from _pair_faults(access.private_key, own)
        if own.serial != access.serial:
            yield f"商户证书的序列号是 {own.serial} / is the merchant certificate's serial"
        yield from _time_faults("商户证书 / merchant certificate", own, now)
    for name, key in access.public_keys.items():
        yield from public_key_faults(access, name, key, now)


def public_key_faults(
    access: MerchantAccess, name: str, key: PublicKey, now: datetime
) -> Iterator[str]:
    """Say what is wrong with one of WeChat Pay's keys. Args as `key_faults`."""
    if access.private_key.belongs_to(key):
        yield f"{name}: 这是商户自己的公钥 / the merchant's own key, not WeChat Pay's"
    certificate = key.certificate
    if certificate is None:
        if not is_public_key_id(name):
            yield (
                f"{name}: 不是公钥 ID,要像 PUB_KEY_ID_0114232134912410000000000000"
                " / no id of a public key, as WeChat Pay shows it beside the key"
            )
        return
    if is_public_key_id(name):
        yield (
            f"{name}: 这是平台证书,要用它的序列号 {certificate.serial}"
            " / a certificate, whose id is its serial"
        )
    elif certificate.serial != name:
        yield f"{name}: 平台证书的序列号是 {certificate.serial} / is the certificate's own serial"
    yield from _time_faults(f"{name}: 平台证书 / certificate", certificate, now)


def _pair_faults(private_key: PrivateKey, certificate: Certificate) -> Iterator[str]:
    try:
        is_pair = private_key.belongs_to(PublicKey(certificate.pem().encode()))
    except CredentialError as error:  # a key of another kind, or a weak one
        yield f"商户证书 / merchant certificate: {error}"
        return
    if not is_pair:
        yield "私钥与商户证书不是一对 / the private key is not the merchant certificate's"


def _time_faults(what: str, certificate: Certificate, now: datetime) -> Iterator[str]:
    if certificate.ends <= now:
        yield f"{what}: {certificate.ends:%Y-%m-%d} 已过期 / expired"
    elif now < certificate.begins:
        yield f"{what}: {certificate.begins:%Y-%m-%d} 起才有效 / not valid before"
