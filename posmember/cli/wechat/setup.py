"""``posmember wechat-setup``: WeChat Pay's keys, or a relay's token, into the system's keyring."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from posmember.api.wechat.access import check_access
from posmember.api.wechat.crypto import Certificate, PrivateKey, PublicKey
from posmember.api.wechat.gate import DEFAULT_BASE_URL, Access, MerchantAccess, RelayAccess
from posmember.api.wechat.keys import key_faults, public_key_faults
from posmember.api.wechat.serials import normal_key_id, normal_serial
from posmember.cli.exits import WrongUseError, fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.lines import say, say_done
from posmember.cli.secret_input import read_secret
from posmember.cli.wechat.words import explain_card
from posmember.errors import ConfigError, CredentialError, PosMemberError
from posmember.lookup.wechat_keys import drop_access, keep_access, kept_access
from posmember.report.outcomes import Exit, exit_code
from posmember.settings.files import read_file
from posmember.trust.audit import audit_path
from posmember.trust.credentials import KeyringStore
from posmember.trust.pasted import pasted

K = TypeVar("K")

_KEPT: Final = "已保存到系统密钥库 / kept in the system's keyring"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    merchant = actions.add_parser("merchant", help="the merchant's own key, from PEM files")
    _add_ids(merchant)
    merchant.add_argument("--mchid", required=True, help="商户号")
    merchant.add_argument(
        "--key", type=Path, required=True, metavar="FILE", help="apiclient_key.pem"
    )
    merchant.add_argument(
        "--serial", help="of the merchant's certificate, as any tool shows it; or --certificate"
    )
    merchant.add_argument(
        "--certificate", type=Path, metavar="FILE",
        help="apiclient_cert.pem: to read the serial from, and to check the key by",
    )  # fmt: skip
    merchant.add_argument(
        "--public-key", action="append", required=True, metavar="ID=FILE",
        help="WeChat Pay's, PUB_KEY_ID_…=pub_key.pem; several: the first one encrypts",
    )  # fmt: skip
    merchant.add_argument(
        "--base-url", default=DEFAULT_BASE_URL, metavar="URL", help="of WeChat Pay (%(default)s)"
    )
    add_key = actions.add_parser("add-key", help="WeChat Pay's new public key")
    add_key.add_argument("public_key", metavar="ID=FILE")
    relay = actions.add_parser("relay", help="a relay of the chain's own; its token is asked for")
    _add_ids(relay)
    relay.add_argument("--url", required=True, help="the relay's base address")
    relay.add_argument(
        "--fills-openid", action="store_true", help="the relay knows each card's openid"
    )
    actions.add_parser("show", help="what is set up, without its secrets")
    actions.add_parser("remove", help="forget all of it")


def _add_ids(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--brand-id", required=True, help="品牌 ID")
    parser.add_argument("--card-id", required=True, help="会员卡模板 ID")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    try:
        return _ACTIONS[args.action](args)
    except PosMemberError as error:
        return fail(explain_card(error), exit_code(error))


def _merchant(args: argparse.Namespace) -> int:
    if not args.serial and args.certificate is None:
        raise WrongUseError("缺少 --serial 或 --certificate / --serial or --certificate is needed")
    certificate = None if args.certificate is None else _read(Certificate, args.certificate)
    access = MerchantAccess(
        mchid=args.mchid,
        serial=normal_serial(args.serial) if args.serial else certificate.serial,  # type: ignore[union-attr]
        brand_id=args.brand_id,
        template_id=args.card_id,
        private_key=_read(PrivateKey, args.key),
        public_keys=_public_keys(args.public_key),
        base_url=args.base_url,
        certificate=certificate,
    )
    check_access(access)
    _refuse(key_faults(access, datetime.now(UTC)))
    return _keep(access)


def _add_key(args: argparse.Namespace) -> int:
    """The new key encrypts; the one before still verifies, as long as both are in use."""
    access = _kept()
    if not isinstance(access, MerchantAccess):
        return fail("没有设置商户密钥 / no merchant's key is set up", Exit.WRONG_USE)
    new = _public_keys([args.public_key])
    for name, key in new.items():  # one before it may have expired: that is why this one comes
        _refuse(public_key_faults(access, name, key, datetime.now(UTC)))
    keys = {**new, **{name: key for name, key in access.public_keys.items() if name not in new}}
    return _keep(replace(access, public_keys=keys))


def _relay(args: argparse.Namespace) -> int:
    token = pasted(read_secret("中转服务的令牌 / the relay's token: "))
    if not token:
        return fail("没有输入令牌 / no token was given", Exit.WRONG_USE)
    return _keep(
        RelayAccess(
            base_url=args.url,
            brand_id=args.brand_id,
            template_id=args.card_id,
            token=token,
            fills_openid=args.fills_openid,
        )
    )


def _show(_args: argparse.Namespace) -> int:
    access = _kept()
    if access is None:
        say("没有设置 / not set up")
        return Exit.NOT_FOUND
    kind = "商户密钥 / merchant" if isinstance(access, MerchantAccess) else "中转服务 / relay"
    say(f"{kind}: {access.base_url}")
    say(f"品牌 / brand: {access.brand_id}, 会员卡模板 / card template: {access.template_id}")
    if isinstance(access, MerchantAccess):
        say(f"商户号 / mchid: {access.mchid}, 证书序列号 / serial: {access.serial}")
        say("微信支付公钥 / public keys: " + ", ".join(access.public_keys))
    elif access.fills_openid:
        say("openid 由中转服务补上 / the relay fills in openids")
    return Exit.FOUND


def _remove(_args: argparse.Namespace) -> int:
    from_keyring(lambda: drop_access(KeyringStore(), audit_path()), WRITE_LIMIT_S)
    say_done("已删除 / removed")
    return Exit.FOUND


_ACTIONS = {
    "merchant": _merchant,
    "add-key": _add_key,
    "relay": _relay,
    "show": _show,
    "remove": _remove,
}


def _kept() -> Access | None:
    return from_keyring(lambda: kept_access(KeyringStore(), audit_path()))


def _keep(access: Access) -> int:
    from_keyring(lambda: keep_access(KeyringStore(), access, audit_path()), WRITE_LIMIT_S)
    say_done(_KEPT)
    return Exit.FOUND


def _public_keys(given: list[str]) -> Mapping[str, PublicKey]:
    keys = {}
    for text in given:
        name, equals, path = text.partition("=")
        if not equals or not path:
            raise ConfigError("--public-key: ID=FILE")
        keys[normal_key_id(name)] = _read(PublicKey, Path(path))
    return keys


def _refuse(faults: Iterator[str]) -> None:
    """Raise WrongUseError with the first fault, where there is any."""
    for fault in faults:
        raise WrongUseError(f"没有保存 / not kept: {fault}")


def _read(kind: Callable[[bytes], K], path: Path) -> K:
    """What a file holds; a file that holds no such thing is wrong use. Raises WrongUseError."""
    try:
        return kind(read_file(path))
    except (CredentialError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WrongUseError(f"文件不对,没有保存 / not kept, {path}: {why}") from error
