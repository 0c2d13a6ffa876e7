"""Ctrl+Enter, or a button: a code is typed into the till's own program, or shown large instead."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from posmember.domain.rules.reasons import Verdict
from posmember.settings.config import HandOverSettings
from posmember.settings.declared import HAND_OVER
from posmember.settings.declared import HandOver as Allowed
from posmember.ui.beside.typing.desk import CannotTypeError, Desk, Target, Why
from posmember.ui.beside.typing.opening import open_desk
from posmember.ui.beside.typing.typist import Outcome, Typist, keys_for
from posmember.ui.beside.typing.wording import asked_text, outcome_text, refusal_text
from posmember.ui.tones import Tone, Tones
from posmember.ui.view.screen import Hint, Severity

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.main_window import MainWindow
    from posmember.ui.panels.codes import Chosen

_log = logging.getLogger(__name__)
_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")
"""The Enter of the letters, and that of the keypad."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is open: whether a code that is to be checked goes all the same.

    Args:
        still: returns what would be handed over now in the same way.
    """

    chosen: Chosen
    hint: Hint
    still: Callable[[], Chosen | None]

    def is_about(self, chosen: Chosen | None) -> bool:
        """Return whether it was asked about this one's code."""
        return chosen is not None and chosen.details.code == self.chosen.details.code


class HandOver(QObject):
    """Types codes into the till; see `posmember.ui.beside.parts.Part`.

    Args:
        window: owns this; its code at hand is what goes.
        is_training: whether nothing may reach another program.
        open_desk: gives the desktop.
        tones: what a refusal sounds like; None makes them.
    """

    def __init__(
        self,
        window: MainWindow,
        *,
        is_training: bool,
        open_desk: Callable[[], Desk] = open_desk,
        tones: Tones | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._is_training = window, is_training
        self._open_desk = open_desk
        self._tones = tones or Tones(self, enabled=False)
        self._settings = HandOverSettings()
        self._is_allowed = self._is_over = False
        self._desk: Desk | None = None
        self._asked: _Asked | None = None
        self._going: tuple[Chosen, Verdict] | None = None
        self._run = 0  # the lookup whose code goes
        self._tapped = -math.inf
        self._typist = Typist(self)
        self._typist.ended.connect(self._end)
        for keys in _KEYS:
            QShortcut(QKeySequence(keys), window, self.hand_over).setAutoRepeat(False)
        window.close_first(self.take_back)
        window.cleared.connect(self._forget)
        window.rendered.connect(self._follow)
        assert window.codes is not None, "codes come with the rest of the window"
        window.codes.chosen_moved.connect(self._look)
        window.codes.hand_over_requested.connect(self._tap)

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; None is that there are no valid ones."""
        self._settings = settings.hand_over if settings is not None else HandOverSettings()
        self._is_allowed = settings is None or settings.value(HAND_OVER) is Allowed.ON
        self._tones.enabled = settings is not None and settings.window.sounds
        self._window.offer_hand_over(offered=not self._why_never())

    async def aclose(self) -> None:
        """Type no more, and let go of the desktop."""
        self._is_over = True
        self._typist.stop(Why.FORGOTTEN)
        self._tones.close()
        self._let_go()

    # --- what the cashier does -----------------------------------------------------------------

    def hand_over(self) -> None:
        """Type the code that is shown large, else the one at hand; asked again, it says yes."""
        if self._window.codes is not None:
            self._hand_over(self._window.codes.chosen)

    def take_back(self) -> bool:
        """Ask no longer; returns whether something was asked."""
        asked, self._asked = self._asked, None
        if asked is None or not self._window.messages.says(asked.hint):
            return False
        self._window.messages.take_back(asked.hint)
        self._note_on_sheet("")
        return True

    def _tap(self, chosen: Chosen) -> None:
        """Type the code beside a button; the second tap of two in a row is no answer, no code."""
        before, self._tapped = self._tapped, monotonic()
        if (self._tapped - before) * 1000 < QApplication.doubleClickInterval():
            return
        codes = self._window.codes
        at_hand = codes.chosen() if codes is not None else None
        is_at_hand = at_hand is not None and at_hand.details.code == chosen.details.code
        beside = partial(_as_it_is_now, chosen)  # the suggested one, and a row is selected
        self._hand_over(codes.chosen if codes is not None and is_at_hand else beside)

    def _hand_over(self, choose: Callable[[], Chosen | None]) -> None:
        if self._typist.is_typing():
            return
        messages = self._window.messages
        if self._window.secrets.keeps_keys():
            messages.warn(self.tr("没有输入：先输完密码，或按 Esc 取消"))
            return
        if not self._window.scan_field.is_looked_up():  # what is typed there is somebody else's
            messages.warn(self.tr("扫码框里的还没查：先按回车查询，再按 Ctrl+Enter"))
            return
        asked, self._asked = self._asked, None
        chosen = choose()
        if chosen is None:
            messages.warn(self.tr("先选一张券或卡，再按 Ctrl+Enter"))
            return
        is_yes = asked is not None and messages.says(asked.hint) and asked.is_about(chosen)
        if asked is not None:
            messages.take_back(asked.hint)
            self._note_on_sheet("")
        self._consider(chosen, choose, is_confirmed=is_yes)

    def _answer(self, place: int) -> None:
        asked, self._asked = self._asked, None
        self._note_on_sheet("")
        if asked is None or place:
            return
        chosen = asked.still()
        if chosen is not None and asked.is_about(chosen):
            self._consider(chosen, asked.still, is_confirmed=True)

    # --- whether it goes -----------------------------------------------------------------------

    def _consider(
        self, chosen: Chosen, choose: Callable[[], Chosen | None], *, is_confirmed: bool
    ) -> None:
        details = chosen.details
        if not details.code:
            self._show(chosen)  # which says that there is none
        elif details.verdict is None:
            self._window.messages.warn(self.tr("还在核对，核对完再按 Ctrl+Enter"))
        elif details.verdict is Verdict.NOT_USABLE:
            self._refuse(self.tr("没有输入，不能用：{why}").format(why=details.sentence))
            self._note("refused", 0, details.verdict)
        elif why := self._why_never():
            self._refuse(why, chosen)
            self._note("not typed", 0, details.verdict)
        elif details.verdict is Verdict.CHECK and not is_confirmed:
            self._ask(chosen, choose)
        else:
            self._begin(chosen, details.verdict)

    def _why_never(self) -> str:
        if self._is_training:
            return self.tr("培训模式不会输进收银系统，请扫码或复制")
        if not self._is_allowed:
            return self.tr("由总部管理：这里不能把码输进收银系统，请扫码或复制")
        if not self._settings.program or not self._settings.title:
            return self.tr("还没有设置收银程序和它的窗口标题，请扫码或复制")
        return ""

    def _ask(self, chosen: Chosen, choose: Callable[[], Chosen | None]) -> None:
        answers = (self.tr("输入"), self.tr("不输入"))
        hint = Hint(Severity.WARNING, asked_text(chosen.details.sentence), answers=answers)
        self._asked = _Asked(chosen, hint, choose)
        self._window.messages.say(hint, self._answer)
        self._note_on_sheet(hint.text)

    def _look(self) -> None:
        """A question is about one code: where another is at hand, it is over."""
        if self._asked is not None and not self._asked.is_about(self._asked.still()):
            self.take_back()

    def _follow(self) -> None:
        """Type no further where another member comes, however they come."""
        if self._typist.is_typing() and self._shown_run() != self._run:
            self._typist.stop(Why.FORGOTTEN)

    def _shown_run(self) -> int:
        view = self._window.view()
        return view.run if view is not None else 0

    def _forget(self) -> None:
        self.take_back()
        self._typist.stop(Why.FORGOTTEN)

    # --- typing --------------------------------------------------------------------------------

    def _begin(self, chosen: Chosen, verdict: Verdict) -> None:
        try:
            keys = keys_for(self._settings.template, chosen.details.code)
            self._desk = self._desk or self._open_desk()
        except CannotTypeError as error:
            self._refuse(refusal_text(error.why), chosen)
            self._note(f"not typed, {error.why}", 0, verdict)
            return
        self._going, self._run = (chosen, verdict), self._shown_run()
        target = Target(self._settings.program, self._settings.title)
        self._typist.start(self._desk, target, keys, self._settings.pause_ms)

    def _end(self, outcome: Outcome) -> None:
        going, self._going = self._going, None
        assert going is not None
        chosen, verdict = going
        self._tapped = monotonic()  # a tap that was meant for the first time comes late
        if outcome.why is None:
            what = "typed, and another window came" if outcome.has_moved else "typed"
            self._note(what, outcome.keys, verdict)
            self._window.messages.say(Hint(Severity.INFO, outcome_text(outcome)))
            self._note_on_sheet(outcome_text(outcome))
            return
        self._note(f"stopped, {outcome.why}", outcome.keys, verdict)
        if outcome.why is Why.NO_DESK:
            self._let_go()  # the next time it is looked for anew
        if outcome.why is not Why.FORGOTTEN:
            self._refuse(outcome_text(outcome), chosen)
        elif outcome.keys and not self._is_over:  # the till has a part of it
            # Not before all of whoever comes is shown, which takes away what was said.
            QTimer.singleShot(0, self, partial(self._refuse, outcome_text(outcome)))
        if not self._window.isActiveWindow():
            self._window.raise_()  # seen, but without the keyboard, which is not ours to take
            QApplication.alert(self._window)

    def _let_go(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()

    def _refuse(self, words: str, chosen: Chosen | None = None) -> None:
        """Say why nothing was typed, or not all; the code is shown for the till's scanner."""
        self._tones.play(Tone.WRONG)
        self._window.messages.warn(words)
        if chosen is not None:
            self._show(chosen, words)
        else:
            self._note_on_sheet(words)

    def _show(self, chosen: Chosen, note: str = "") -> None:
        if self._window.codes is not None:
            self._window.codes.show_chosen(chosen, note)

    def _note_on_sheet(self, words: str) -> None:
        if self._window.codes is not None:
            self._window.codes.note(words)

    def _note(self, what: str, keys: int, verdict: Verdict) -> None:
        _log.info("hand-over: %s, %d keys, %s", what, keys, verdict)


def _as_it_is_now(chosen: Chosen) -> Chosen | None:
    """What is known now of what was chosen; None where it is not there any more."""
    shown = chosen.panel.shown_code(chosen.place)
    if shown is None or shown.details.code != chosen.details.code:
        return None
    return replace(chosen, details=shown.details)
