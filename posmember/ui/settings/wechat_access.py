"""WeChat Pay's access made of what was typed, and what is kept of it, in words.

No widgets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from posmember.api.wechat.gate import Access, MerchantAccess, RelayAccess
from posmember.errors import ConfigError
from posmember.lookup.wechat_files import (
    KeyFileError,
    MerchantFiles,
    read_merchant,
    with_new_key,
)
from posmember.trust.pasted import pasted
from posmember.ui.wording.plain import in_lines, one_line

translate = QCoreApplication.translate


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


@dataclass(frozen=True, slots=True)
class TypedKey:
    """WeChat Pay's new public key, as typed, for the merchant's access that is kept."""

    public_key_id: str
    public_key_file: str


Typed = TypedMerchant | TypedRelay | TypedKey


def access_of(typed: Typed, kept: Access | None) -> Access:
    """The access that was typed; its files are read now.

    Args:
        kept: what is kept so far.

    Raises:
        ConfigError: what is wrong, in words.
    """
    try:
        match typed:
            case TypedMerchant():
                return read_merchant(_merchant(typed), datetime.now(UTC))
            case TypedRelay():
                return _relay(typed)
            case TypedKey():
                return _with_key(typed, kept)
    except KeyFileError as error:
        text = translate("WechatKeys", "文件不对：{path}（{why}）")
        words = text.format(path=error.path, why=one_line(error.why))
        raise ConfigError(words) from error


def _merchant(typed: TypedMerchant) -> MerchantFiles:
    public_key = Path(pasted(typed.public_key_file))
    return MerchantFiles(
        brand_id=pasted(typed.brand_id),
        template_id=pasted(typed.template_id),
        mchid=pasted(typed.mchid),
        key=Path(pasted(typed.key_file)),
        public_keys=[(pasted(typed.public_key_id), public_key)],
        certificate=Path(pasted(typed.certificate_file)),
    )


def _with_key(typed: TypedKey, kept: Access | None) -> MerchantAccess:
    if not isinstance(kept, MerchantAccess):
        raise ConfigError(translate("WechatKeys", "还没有商户密钥，请先保存商户密钥"))
    path = Path(pasted(typed.public_key_file))
    return with_new_key(kept, pasted(typed.public_key_id), path, datetime.now(UTC))


def _relay(typed: TypedRelay) -> RelayAccess:
    return RelayAccess(
        base_url=pasted(typed.url),
        brand_id=pasted(typed.brand_id),
        template_id=pasted(typed.template_id),
        token=pasted(typed.token),
        fills_openid=typed.fills_openid,
    )


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
