"""The composition root: paints the window, then brings in everything else, and ends it all.

Two stages, so that a till is ready to scan as soon as it can be. First Qt alone: the window
is painted and takes keys, while the event loop, the network and the rest are imported, one
part a turn of Qt's loop. Then the same window on asyncio, until it is closed. What fails in
either is said in the window, which can then only be closed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.opening.ending import Ending
from posmember.ui.opening.failure import say_it_failed
from posmember.ui.opening.first_stage import Opening
from posmember.ui.opening.training import TrainingWish
from posmember.ui.theme import STYLE_ARGUMENTS, install_theme

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

    from posmember.lookup.desk import Opened
    from posmember.lookup.training import Training
    from posmember.settings.config import Settings
    from posmember.settings.window_place import WindowPlace
    from posmember.ui.controller import Controller
    from posmember.ui.settings.last_check import LastCheck
    from posmember.ui.settings.place import SetupPlace
    from posmember.ui.settings.session_keys import SessionKeys
    from posmember.ui.setup.support_source import SupportSource
    from posmember.ui.till.connection import Connection
    from posmember.ui.wechat.desk import DeskOnDemand

    Script = Callable[[MainWindow, Controller], Coroutine[Any, Any, None]]
    Loaded = tuple[Settings, Callable[[], str], Callable[[], Opened]]
    Load = Callable[[], Loaded]
    Place = Callable[[], SetupPlace]

TRAINING: Final = -1
"""What `run` returns where training mode is to follow."""
FAILED: Final = 1
NO_DISPLAY: Final = 2


def run(
    load: Load,
    *,
    language: str = "zh",
    script: Script | None = None,
    training: Training | None = None,
    place: Place | None = None,
) -> int:
    """Show the window until it is closed, or the system asks for an end (SIGINT, SIGTERM).

    Ends the process with 2 where there is no display.

    Args:
        load: gives the settings, a function that gives the open key, and one that gives what
            WeChat Pay is asked with (both called in a thread, as they may wait for a person to
            unlock the keyring; again after they failed). May raise ConfigError, which the window
            then shows.
        language: "zh" or "en".
        script: something to do with the running window; when it is done, the window closes, and
            it is cancelled where the window is closed before.
        training: what it is for training mode; None for a till.
        place: gives where the till is set up in the window, from which training mode can be asked
            for, too; None where it cannot be.

    Returns:
        The process's exit code: 0, or 1 where the window could do nothing, because of a bug; or
        `TRAINING`: the window was closed for training mode.
    """
    app = _application()
    with Ending() as ending:
        window: MainWindow | None = None
        try:
            install_theme(app, styled=True)
            install_language(app, language)
            window = MainWindow()
            window.closing.connect(ending.ask)
            wish = TrainingWish(window)
            if training is not None:
                window.training.show()
            elif place is not None:
                window.training.offer()
            opening = Opening(window)
            place_before = _place_of_last_time()
            window.show_fitting(place_before)
            opening.watch_keys()
            if not _all_imported(app, ending, opening):
                return 0
            if training is None:  # which writes nothing
                _remember_place(window, place_before)
            code = _run_on_asyncio(app, ending, window, opening, load, script, training, place)
            return TRAINING if wish.is_there and not code else code
        except Exception as error:
            if ending.asked:
                raise
            return _stay(app, ending, window, error)


def open_display() -> None:
    """Make the process's application, for whoever has more to put away than `run`.

    Ends the process with 2 where there is no display.
    """
    _application()


def _application() -> QApplication:
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    made = QApplication.instance()
    if isinstance(made, QApplication):
        return made
    said: list[str] = []
    # Without a display Qt would abort the process, which looks like a crash.
    qInstallMessageHandler(partial(_hear, said))
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    qInstallMessageHandler(None)
    _write(*said)
    app.setApplicationName("posmember")
    # Closing has to end a lookup first; see `_serve`.
    app.setQuitOnLastWindowClosed(False)
    return app


def _hear(said: list[str], kind: QtMsgType, _at: QMessageLogContext, text: str) -> None:
    """Keep what Qt says while it looks for a display, and end where it gives up."""
    from PySide6.QtCore import QtMsgType

    from posmember.domain.texts import one_line

    said.append(one_line(text))
    if kind == QtMsgType.QtFatalMsg:
        words = "打不开窗口,请检查 DISPLAY 和 QT_QPA_PLATFORM / no display to open a window on"
        _write(f"posmember: {words}: {said[0]}")
        os._exit(NO_DISPLAY)  # Qt would abort as soon as this returns


def _write(*lines: str) -> None:
    if sys.stderr is not None:  # a windowed program on Windows has none
        sys.stderr.writelines(f"{line}\n" for line in lines)
        sys.stderr.flush()


def _place_of_last_time() -> WindowPlace | None:
    from posmember.settings.window_place import place_path, read_place

    path = place_path()
    return read_place(path) if path is not None else None


def _remember_place(window: MainWindow, known: WindowPlace | None) -> None:
    """Write down where the window comes to rest, from now on: it is painted already."""
    from posmember.settings.window_place import place_path
    from posmember.ui.widgets.window_memory import WindowMemory

    path = place_path()
    if path is not None:
        window.closing.connect(WindowMemory(window, path, known).keep_last)


def _all_imported(app: QApplication, ending: Ending, opening: Opening) -> bool:
    """The first stage; returns whether there is to be a second. Raises what an import raises."""
    ending.then(app.exit)
    if not ending.asked:
        app.exec()
    if opening.failure is not None:
        raise opening.failure
    return not ending.asked


def _stay(app: QApplication, ending: Ending, window: MainWindow | None, error: Exception) -> int:
    """Say what failed, in the window or in one of its own, until that is closed."""
    said = say_it_failed(window, error)
    app.setQuitOnLastWindowClosed(True)
    ending.then(app.exit)
    if not ending.asked:
        app.exec()
    said.hide()
    return FAILED


def _run_on_asyncio(
    app: QApplication,
    ending: Ending,
    window: MainWindow,
    opening: Opening,
    load: Load,
    script: Script | None,
    training: Training | None,
    place: Place | None,
) -> int:
    import asyncio

    import qasync

    from posmember.ui.threads import let_daemons_end

    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(_serve(ending, window, opening, load, script, training, place))
    finally:
        let_daemons_end()


async def _serve(
    ending: Ending,
    window: MainWindow,
    opening: Opening,
    load: Load,
    script: Script | None,
    training: Training | None,
    place: Place | None,
) -> int:
    """The second stage: one future stands for every way in which the program ends."""
    import asyncio

    from posmember.errors import PosMemberError
    from posmember.ui.controller import Controller
    from posmember.ui.opening import wiring
    from posmember.ui.opening.connecting import connecting
    from posmember.ui.opening.reload import Parts, Reload
    from posmember.ui.settings.session_keys import SessionKeys
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.threads import MainThreadCollector
    from posmember.ui.till.connection import Connection
    from posmember.ui.wechat.desk import DeskOnDemand
    from posmember.ui.widgets.motion import follow_desktop

    closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    ending.then(lambda: None if closed.done() else closed.set_result(None))
    playing: asyncio.Future[None] | None = None
    async with AsyncExitStack() as started:
        keys = SessionKeys()
        connect = partial(connecting, load, keys, training.network if training else None)
        found = connect()
        connection = Connection(found.begin, found.waits_for_key)
        desk = DeskOnDemand(found.begin_desk, window)
        # The first lookup is not to wait for it, nor a person to be asked for two passwords.
        connection.watch(lambda: _connected(connection, desk))
        cards = wiring.wechat(window, desk)
        knows = training.knows if training is not None else None
        controller = Controller(window, connection, found.settings, cards, knows)
        cards.unseen.connect(controller.tell)
        started.push_async_callback(controller.shutdown)
        entry = wiring.identify(window, connection, controller)
        started.push_async_callback(entry.aclose)
        window.prepare()
        MainThreadCollector(window)
        support = partial(_support, load, keys, training is None)
        front = SetupFront(window, place, keys, connection, support)
        started.push_async_callback(front.aclose)
        front.opening.connect(entry.close_sheet)
        keyboard = opening.hand_over(controller)
        sources = wiring.listen(keyboard, window, controller, front)
        started.callback(sources.stop)
        forgetting = wiring.forget_by_itself(window, keyboard, sources)
        started.callback(forgetting.stop)
        if training is None:  # which opens no socket, not even the desktop's
            forgetting.start()
            started.callback(follow_desktop())
        check = wiring.check(window, sources, front)
        beside = wiring.beside(window, controller, front, is_training=training is not None)
        started.push_async_callback(beside.aclose)
        parts = Parts(controller, connection, desk, sources, check, forgetting, beside)
        reload = Reload(connect, parts)
        started.push_async_callback(reload.aclose)
        wiring.set_up(window, parts, front, reload, found.settings)
        if script is not None:
            playing = asyncio.ensure_future(script(window, controller))
            playing.add_done_callback(lambda _playing: ending.ask())
        await closed
        broken = connection.failure
        window.hide()
        if playing is not None:
            await _end(playing)
    return 0 if broken is None or isinstance(broken, PosMemberError) else FAILED


def _support(
    load: Load,
    keys: SessionKeys,
    may_check: bool,
    last: LastCheck,
    place: Callable[[], SetupPlace | None],
) -> SupportSource:
    from posmember.ui.setup.support_source import SupportSource

    return SupportSource(load, keys, may_check, last, place)


def _connected(connection: Connection, desk: DeskOnDemand) -> None:
    """The platform's connection is there: look for WeChat Pay's, which may believe its clock."""
    if connection.ready:
        desk.believe(connection.result().clock)
        desk.look()


async def _end(playing: asyncio.Future[None]) -> None:
    """End a script that is not over: there is no window for it any more. Raises what it raised."""
    import asyncio

    playing.cancel()
    await asyncio.wait([playing])
    if not playing.cancelled():
        playing.result()
