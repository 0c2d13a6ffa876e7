"""Makes all that stands beside the till, and joins it to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posmember.ui.beside.customer.screen import CustomerScreen
from posmember.ui.beside.hand_over import HandOver
from posmember.ui.beside.native import Native
from posmember.ui.beside.parts import Beside, Part
from posmember.ui.updating.part import Updating

if TYPE_CHECKING:
    from posmember.ui.beside.front.window import FrontWindow
    from posmember.ui.beside.http.part import HttpPart
    from posmember.ui.beside.instance.claim import Instance
    from posmember.ui.beside.instance.part import InstancePart
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.till.connection import Connection


def make(
    window: MainWindow,
    controller: Controller,
    connection: Connection,
    sources: ScanSources,
    front: SetupFront,
    instance: Instance | None,
    *,
    is_training: bool,
) -> Beside:
    """What stands beside the till's own program; in training nothing of it reaches others.

    Args:
        instance: this process's place as the one of its session; None where it is not.
    """
    native = Native(window, controller, sources, front, is_training=is_training)
    hand_over = HandOver(window, is_training=is_training)
    parts: list[Part] = [native, hand_over, CustomerScreen(window)]
    if not is_training:
        parts.append(Updating(window, controller, front.is_open))
    if instance is not None:
        parts += _programs(window, controller, connection, native.front, front, instance)
    return Beside(*parts)


def _programs(
    window: MainWindow,
    controller: Controller,
    connection: Connection,
    front: FrontWindow,
    setup: SetupFront,
    instance: Instance,
) -> tuple[InstancePart, HttpPart]:
    """What other programs of the till, and a second start, find."""
    # Here, as training and a demo do without: with Qt's network these are 3.5 MB.
    from posmember.trust.credentials import KeyringStore
    from posmember.trust.http_token import read_token
    from posmember.ui.beside.http.part import HttpPart
    from posmember.ui.beside.instance.lookups import Lookups
    from posmember.ui.beside.instance.part import InstancePart

    lookups = Lookups(connection)
    http = HttpPart(lookups, lambda: read_token(KeyringStore()), window)
    http.told.connect(controller.tell)
    return InstancePart(window, controller, front, setup, lookups, instance), http
