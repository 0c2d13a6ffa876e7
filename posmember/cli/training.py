"""``posmember training``, ``posmember --training``: the whole product, and nothing that is real.

The sandbox platform runs in this process: no socket is opened to anybody, and of the till only its
configuration is read, for its scanner and sounds. Nothing is written but a folder that goes with
the window: the audit log of cards that are changed in training.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from posmember.cli.demo import PIN, SUPERVISOR, MemoryStore, settings_for
from posmember.cli.exits import fail
from posmember.cli.window import interrupts_end_at_once
from posmember.domain.identifier import Identifier
from posmember.errors import ConfigError
from posmember.lookup.training import Training
from posmember.report.outcomes import Exit
from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    MCHID,
    MERCHANT_SERIAL,
    OPEN_KEY,
    PUBLIC_KEY_ID,
)
from posmember.sandbox.members.all import build_members
from posmember.settings import config
from posmember.settings.config import DEFAULT_TIMEOUT_S, Settings

if TYPE_CHECKING:
    from posmember.api.http.client import Network
    from posmember.lookup.desk import WechatDesk

ADDRESS: Final = "https://training.invalid"
"""No name of anybody's (RFC 2606): what would still look for it finds nobody."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language (%(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    if importlib.util.find_spec("starlette") is None:
        return fail("培训模式需要 posmember[sandbox] / install posmember[sandbox]", Exit.WRONG_USE)
    interrupts_end_at_once()
    from posmember import app

    with tempfile.TemporaryDirectory(prefix="posmember-training-") as folder:

        def load() -> app.Loaded:
            return training_settings(), lambda: OPEN_KEY, lambda: training_desk(Path(folder))

        training = Training(training_network, is_for_training)
        return app.run(load, language=args.language, training=training)


def training_settings() -> Settings:
    """The training store's, with what the till's own say of its scanner and window, if anything.

    They have no file: nothing that is changed in training is kept.
    """
    training = settings_for(ADDRESS)
    platform = replace(training.platform, proxy="none")
    try:
        own = config.load()
    except ConfigError:
        return replace(training, platform=platform)
    return replace(own, platform=platform, store=training.store, path=None, given=frozenset())


def training_network() -> Network:
    """A platform of its own, which keeps nothing of what it is asked."""
    # Not before the first paint: they bring httpx and starlette.
    from posmember.api.http.in_process import in_process
    from posmember.sandbox.app import Sandbox

    _known()
    return in_process(Sandbox(kept_calls=0).app)


def is_for_training(identifier: Identifier) -> bool:
    """Whether one of the training members is found by this."""
    return identifier.value in _known()


@cache
def _known() -> frozenset[str]:
    """All that the training members are found by."""
    return frozenset(_identifiers())


def _identifiers() -> Iterator[str]:
    for member in build_members(datetime.now(UTC).replace(second=0, microsecond=0)):
        ids = member.ids
        yield from filter(
            None,
            (
                str(member.user_id),
                ids.code,
                ids.mobile,
                ids.card_number,
                ids.alipay_user_id,
                ids.wechat_openid,
                ids.wechat_unionid,
            ),
        )


def training_desk(folder: Path) -> WechatDesk:
    """A WeChat Pay of its own, with one supervisor; its audit log goes into the folder."""
    from posmember.api.wechat.crypto import PrivateKey, PublicKey
    from posmember.api.wechat.gate import MerchantAccess
    from posmember.lookup.desk import WechatDesk
    from posmember.lookup.wechat import WechatService
    from posmember.sandbox.wechat.keys import WechatKeys
    from posmember.trust.supervisors import LOCK_NAME, Supervisors

    keys = WechatKeys()
    access = MerchantAccess(
        MCHID,
        MERCHANT_SERIAL,
        BRAND_ID,
        CARD_ID,
        PrivateKey(keys.merchant_private_pem()),
        {PUBLIC_KEY_ID: PublicKey(keys.platform_public_pem())},
        ADDRESS,
    )
    store = MemoryStore()
    Supervisors(store, lock=folder / LOCK_NAME).set_pin(SUPERVISOR, PIN)
    service = WechatService(access, DEFAULT_TIMEOUT_S, training_network(), proxy="none")
    return WechatDesk(service, store, folder / "audit.jsonl")
