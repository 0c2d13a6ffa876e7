"""``posmember wechat-setup``: WeChat Pay's keys, or a relay's token, into the system's keyring."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from posmember.api.wechat.gate import DEFAULT_BASE_URL, Access, MerchantAccess, RelayAccess
from posmember.cli.exits import Exit, WrongUseError, exit_code, fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.lines import say, say_done
from posmember.cli.secret_input import read_secret
from posmember.cli.wechat.words import explain_card
from posmember.errors import ConfigError, PosMemberError
from posmember.lookup.wechat_files import (
    KeyFaultError,
    KeyFileError,
    MerchantFiles,
    read_merchant,
    with_new_key,
)
from posmember.lookup.wechat_keys import drop_access, keep_access, kept_access
from posmember.trust.audit import audit_path
from posmember.trust.credentials import KeyringStore
from posmember.trust.pasted import pasted

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
    files = MerchantFiles(
        brand_id=args.brand_id,
        template_id=args.card_id,
        mchid=args.mchid,
        key=args.key,
        public_keys=[_public_key(each) for each in args.public_key],
        certificate=args.certificate,
        serial=args.serial or "",
        base_url=args.base_url,
    )
    return _keep(_read(lambda: read_merchant(files, datetime.now(UTC))))


def _add_key(args: argparse.Namespace) -> int:
    access = _kept()
    if not isinstance(access, MerchantAccess):
        return fail("没有设置商户密钥 / no merchant's key is set up", Exit.WRONG_USE)
    name, path = _public_key(args.public_key)
    return _keep(_read(lambda: with_new_key(access, name, path, datetime.now(UTC))))


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


def _public_key(text: str) -> tuple[str, Path]:
    """An id and a file. Raises ConfigError."""
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise ConfigError("--public-key: ID=FILE")
    return name, Path(path)


def _read(read: Callable[[], MerchantAccess]) -> MerchantAccess:
    """What files hold; those that hold no such thing are wrong use. Raises WrongUseError."""
    try:
        return read()
    except KeyFileError as error:
        words = "文件不对,没有保存 / not kept"
        raise WrongUseError(f"{words}, {error.path}: {error.why}") from error
    except KeyFaultError as error:
        raise WrongUseError(f"没有保存 / not kept: {error}") from error
