"""The till's instance: what a second start and other programs get from it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posmember import __version__
from posmember.link.framing import PROTOCOLS, Message
from posmember.link.requests import (
    Refusal,
    RequestError,
    read_asked,
    read_handed,
    read_token,
)
from posmember.settings.declared import Programs
from posmember.ui.beside.instance.orders import Orders
from posmember.ui.beside.instance.screen import screen_event
from posmember.ui.beside.instance.server import Server

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.beside.front.window import FrontWindow
    from posmember.ui.beside.instance.claim import Instance
    from posmember.ui.beside.instance.conversation import Answer, Conversation
    from posmember.ui.beside.instance.lookups import Lookups
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow
    from posmember.ui.setup.front import SetupFront

_log = logging.getLogger(__name__)

TOLD_AFTER_MS = 50
"""What changes together on the screen is told as one."""


class InstancePart(QObject):
    """Answers at the socket of its session.

    Args:
        front: brings the window up. setup: may lie in its place. lookups: for programs that ask
            beside the window.
    """

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        front: FrontWindow,
        setup: SetupFront,
        lookups: Lookups,
        instance: Instance,
    ) -> None:
        super().__init__(window)
        self._window, self._lookups = window, lookups
        self._handed = instance.handed
        self._listens = False
        self._front = front
        self._orders = Orders(window, controller, front, setup.is_open)
        self._server = Server(instance.where, self._handle, self)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(TOLD_AFTER_MS)
        self._telling.timeout.connect(self._tell)
        window.rendered.connect(self._see)
        assert window.codes is not None, "codes come with the rest of the window"
        self._codes = window.codes
        self._codes.chosen_moved.connect(self._see)

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; where they allow it no more, nobody is told more."""
        self._orders.use(settings)
        self._lookups.use(settings)
        if self._lookups.programs is Programs.OFF:
            for client in self._subscribers():
                client.close()
        if not self._listens:  # nobody is heard before it is known what they may
            self._listens = True
            self._server.listen()
            self._take_first()

    async def aclose(self) -> None:
        """Listen no more."""
        self._telling.stop()
        await self._server.aclose()

    def _take_first(self) -> None:
        """Take what was given at this process's own start."""
        handed, self._handed = self._handed, None
        if handed is None or handed.is_empty:
            return
        try:
            self._orders.take(handed)
        except RequestError as error:  # the window says why
            _log.info("an order at the start: %s", error.refusal)

    # --- requests ------------------------------------------------------------------------------

    def _handle(self, client: Conversation, what: str, message: Message) -> Answer:
        match what:
            case "hello":
                return self._hello()
            case "show":
                self._front.bring_up(token=read_token(message))
                return {}
            case "look_up":
                handed = read_handed(message)
                self._orders.take(handed, read_token(message))
                _log.info("an order was handed over")
                return {}
            case "ask":
                asked = read_asked(message)
                self._lookups.check_allowed()
                return self._lookups.answer(asked)
            case "subscribe":
                return self._subscribe(client)
            case _:
                words = "没有这种请求 / no such request"
                raise RequestError(Refusal.UNKNOWN_REQUEST, words)

    def _hello(self) -> Message:
        return {
            "program": "posmember",
            "version": __version__,
            "protocols": list(PROTOCOLS),
            "programs": self._lookups.programs.value,
        }

    def _subscribe(self, client: Conversation) -> Message:
        """Tell a client of the screen from now on; its present state goes with the answer."""
        self._lookups.check_allowed()
        client.subscribed, client.told = True, self._event()
        return {"screen": client.told}

    # --- the screen ----------------------------------------------------------------------------

    def _see(self) -> None:
        if not self._telling.isActive() and self._subscribers():
            self._telling.start()

    def _tell(self) -> None:
        event = self._event()
        for client in self._subscribers():
            if event != client.told:
                client.told = event
                client.tell(event)

    def _event(self) -> Message:
        masked = self._lookups.programs is not Programs.FULL
        at_hand = self._codes.at_hand()
        code = at_hand.details.code if at_hand is not None else ""
        # A till that takes the code has to know whether it can be used.
        verdict = at_hand.details.verdict if at_hand is not None else None
        return screen_event(self._window.view(), code, verdict, masked=masked)

    def _subscribers(self) -> list[Conversation]:
        return [client for client in self._server.clients() if client.subscribed]
