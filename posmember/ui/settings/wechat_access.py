"""WeChat Pay's access made of what was typed: files read, and looked at before they are kept.

No widgets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.gate import DEFAULT_BASE_URL, Access, MerchantAccess, RelayAccess
from posmember.api.wechat.keys import key_faults
from posmember.api.wechat.serials import normal_key_id
from posmember.errors import ConfigError, CredentialError
from posmember.settings.files import read_file
from posmember.trust.pasted import pasted
from posmember.ui.wording.plain import in_lines, one_line

translate = QCoreApplication.translate

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class TypedMerchant:
    """The merchant's own key, as typed; the files are of PEM."""

    brand_id: str
    template_id: str
    mchid: str
    key_file: str
    certificate_file: str
    public_key_id: str
    public_key_file: str


@dataclass(frozen=True, slots=True)
class TypedRelay:
    """A relay of the chain's own, as typed."""

    brand_id: str
    template_id: str
    url: str
    token: str = field(repr=False)
    fills_openid: bool


def access_of(typed: TypedMerchant | TypedRelay) -> Access:
    """The access that was typed; its files are read now.

    Raises:
        ConfigError: what is wrong, in words.
    """
    return _merchant(typed) if isinstance(typed, TypedMerchant) else _relay(typed)


def _merchant(typed: TypedMerchant) -> MerchantAccess:
    certificate = _read(Certificate, typed.certificate_file)
    access = MerchantAccess(
        mchid=pasted(typed.mchid),
        serial=certificate.serial,
        brand_id=pasted(typed.brand_id),
        template_id=pasted(typed.template_id),
        private_key=_read(PrivateKey, typed.key_file),
        public_keys={
            normal_key_id(pasted(typed.public_key_id)): _read(PublicKey, typed.public_key_file)
        },
        base_url=DEFAULT_BASE_URL,
        certificate=certificate,
    )
    for fault in key_faults(access, datetime.now(UTC)):
        raise ConfigError(fault)
    return access


def _relay(typed: TypedRelay) -> RelayAccess:
    return RelayAccess(
        base_url=pasted(typed.url),
        brand_id=pasted(typed.brand_id),
        template_id=pasted(typed.template_id),
        token=pasted(typed.token),
        fills_openid=typed.fills_openid,
    )


def _read(kind: Callable[[bytes], K], name: str) -> K:
    path = pasted(name)
    try:
        return kind(read_file(Path(path)))
    except (CredentialError, OSError) as error:
        why = (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)
        text = translate("WechatKeys", "文件不对：{path}（{why}）")
        raise ConfigError(text.format(path=path, why=one_line(why))) from error


def access_text(access: Access | None) -> str:
    """Say what is kept, without its secrets."""
    if access is None:
        return translate("WechatKeys", "还没有设置")
    ids = translate("WechatKeys", "品牌 {brand}，会员卡模板 {card}")
    said = [ids.format(brand=access.brand_id, card=access.template_id)]
    if isinstance(access, MerchantAccess):
        text = translate("WechatKeys", "商户密钥：商户号 {mchid}，证书序列号 {serial}")
        said.insert(0, text.format(mchid=access.mchid, serial=access.serial))
        keys = translate("WechatKeys", "微信支付公钥：{names}")
        said.append(keys.format(names="、".join(access.public_keys)))
    else:
        said.insert(0, translate("WechatKeys", "中转服务：{url}").format(url=access.base_url))
        if access.fills_openid:
            said.append(translate("WechatKeys", "openid 由中转服务补上"))
    return in_lines(*said)
