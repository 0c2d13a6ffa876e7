"""``posmember ask``: as ``posmember lookup --json``, answered by the window that runs.

The reference client of the socket. It starts the window where none runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from posmember.cli.exits import fail
from posmember.cli.lines import complain, say_json
from posmember.cli.lookup import add_question, question
from posmember.cli.options import words
from posmember.cli.standard_input import given
from posmember.cli.streams import flush_output
from posmember.domain.identifier import IdentifierKind
from posmember.errors import ConfigError
from posmember.link.client import Client, NobodyError, SilentError, StrangerError, connect
from posmember.link.framing import PROTOCOL, Message
from posmember.link.places import Places, places
from posmember.link.requests import Refusal
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.report.question import Question, RefusedError, check_text
from posmember.resources import this_program
from posmember.settings import config
from posmember.settings.declared import Programs
from posmember.trust.credentials import OPEN_KEY_VARIABLE
from posmember.trust.process import ENVIRON

if TYPE_CHECKING:
    from collections.abc import Mapping

START_S: Final = 20.0
"""How long a window that has to be started may take until it answers."""
ANSWER_S: Final = 60.0
"""A lookup has limits of its own, which are shorter."""
_LOOK_EVERY_S: Final = 0.1
_OFF: Final = (
    '没有打开:把配置文件 [beside] 的 programs 设为 "full" 或 "masked"'
    ' / off: set programs of [beside] to "full" or "masked" in the configuration'
)
_NOBODY: Final = "窗口没有打开,也没能启动 / no window runs, and none could be started"
_SILENT: Final = "窗口没有反应,请重新打开 / the window does not answer, start it again"
_STRANGER: Final = "套接字不是本用户的,没有连接 / the socket is another user's, it was not used"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_question(parser, words(IdentifierKind))


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    args.identifier = given(args.identifier, "IDENTIFIER")
    asks = question(args)
    try:
        check_text(asks.identifier, None if args.type == "auto" else IdentifierKind(args.type))
        if config.load().beside.programs is Programs.OFF:
            return fail(_OFF, Exit.OTHER)
        told = _ask(asks)
    except RefusedError as refused:
        return fail(str(refused), Exit.WRONG_USE)
    except ConfigError as error:
        return fail(explain(error), exit_code(error))
    except NobodyError:
        return fail(_NOBODY, Exit.OTHER)
    except SilentError:
        return fail(_SILENT, Exit.OTHER)
    except StrangerError:
        return fail(_STRANGER, Exit.OTHER)
    return _print(told)


def _print(told: Message) -> int:
    if told.get("ok") is not True:
        refused = told.get("error")
        code = Exit.WRONG_USE if refused == Refusal.WRONG_VALUE else Exit.OTHER
        return fail(_OFF if refused == Refusal.OFF else str(told.get("message", "")), code)
    if told.get("report") is not None:
        say_json(told["report"])
        flush_output()
    if told.get("words"):
        complain(str(told["words"]))
    return int(told.get("exit", Exit.OTHER))


def _ask(asks: Question) -> Message:
    """Raises NobodyError, SilentError, StrangerError."""
    where = places()
    if where is None:
        raise NobodyError
    client = _connected(where)
    try:
        return client.ask(_message(asks), ANSWER_S)
    finally:
        client.close()


def _connected(where: Places) -> Client:
    """A connection to the window, which is started where none runs."""
    try:
        return connect(where)
    except NobodyError:
        started = _start()
    until = time.monotonic() + START_S
    while True:
        try:
            client = connect(where)
            started.returncode = 0  # it stays, and nobody is to wait for it
            return client
        except NobodyError:
            if time.monotonic() > until or started.poll() not in (None, 0):
                raise
        time.sleep(_LOOK_EVERY_S)


def _start() -> subprocess.Popen[bytes]:
    """Start the window as a program of its own, which stays when this one ends."""
    apart: Mapping[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        apart = {"creationflags": flags}
    environment = dict(os.environ)
    if OPEN_KEY_VARIABLE in ENVIRON:  # it is this program that goes on there
        environment[OPEN_KEY_VARIABLE] = ENVIRON[OPEN_KEY_VARIABLE]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        [*this_program(), "window", "--quiet"],
        env=environment,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        **apart,
    )


def _message(asks: Question) -> Message:
    order = asks.order
    told: Message = {
        "protocol": PROTOCOL,
        "do": "ask",
        "identifier": asks.identifier,
        "type": asks.kind,
        "order_type": order.order_type.value,
        "discount": order.discount.text(),
        "reveal": asks.reveal,
        "explain": asks.explained,
    }
    if order.amount is not None:
        told["amount"] = order.amount.text()
    if order.item_count is not None:
        told["items"] = order.item_count
    if asks.store is not None:
        told["store"] = asks.store
    if asks.at is not None:
        told["at"] = asks.at.isoformat()
    return told
