"""Types codes into a stand-in till, with whatever may come in between: a table of what came of it.

``python -m tests.end2end.typing_till --codes 1000``: on Xvfb with a window manager, a share of them
with a Chinese input method on in its Chinese mode.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from threading import Thread
from typing import Any

from Xlib import X, display
from Xlib.ext import xtest

from tests.end2end.waiting import wait_until
from tests.scanrig.desktop import Desktop, Ime, available, desktop
from tests.scanrig.keyboard import Keyboard, Move
from tests.scanrig.program import started

TILL, OTHER = "收银台 - 单据", "便签"
_ANSWER_S = 20.0
_ASKED_S = 5.0
_TRIES, _STEADY = 5, 4
WRONG = ("wrong window", "lost", "in its dialog")
_PAUSE_MS = 10
_LATEST_MS = 600
"""All is typed by then."""
_LETTERS = "0123456789" * 3 + "ABCDEFGHJKLMNPQRSTUVWXYZ" + "abcdxyz-"
DISTURBANCES = (
    ("nothing", 10),
    ("another window", 4),
    ("another window, twice", 1),
    ("a menu of another window", 2),
    ("a dialog of the till", 3),
    ("a dialog before", 1),
    ("the till answers with a dialog", 1),
    ("the till closes", 2),
    ("the till has another title", 1),
    ("this window", 2),
    ("Caps Lock is on", 1),
)
_HANDS = ("key", "key", "button")
_SHARES = ((Ime.NONE, 0.6), (Ime.IBUS_ZH, 0.2), (Ime.FCITX_ZH, 0.2))

State = dict[str, Any]


class Peer:
    """A window in a process of its own, by its stdin and stdout."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._states: SimpleQueue[State] = SimpleQueue()
        self.told: SimpleQueue[State] = SimpleQueue()
        """Lines of the log, as they come."""
        Thread(target=self._read, daemon=True).start()
        self._states.get(timeout=_ANSWER_S)

    def tell(self, do: str, **more: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()

    def ask(self, do: str, **more: object) -> State:
        self.tell(do, **more)
        return self._states.get(timeout=_ANSWER_S)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = json.loads(line)
            (self.told if "log" in message else self._states).put(message)


class Pointer:
    """A mouse on an X server, as a touch screen's finger comes to most programs too."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)

    def click(self, x: int, y: int) -> None:
        """Press and release the first button at a place of the screen."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._display, X.ButtonPress, 1)
        xtest.fake_input(self._display, X.ButtonRelease, 1, 30)
        self._display.sync()

    def close(self) -> None:
        """Leave the server."""
        self._display.close()


@dataclass(frozen=True, slots=True)
class Case:
    """One code, and what came of it.

    Args:
        how: by which hand it was asked for: Ctrl+Enter, or the button.
        what: "right", "stopped", "look" (all typed, and it was said that another window came),
            "wrong window", "lost", or "in its dialog": a dialog that the till's program was just
            opening got a key.
    """

    ime: str
    disturbance: str
    how: str
    what: str
    told: str = field(repr=False, default="")


class Show:
    """A till, another program, and posmember, on one desktop."""

    def __init__(self, on: Desktop, peers: tuple[Peer, Peer, Peer], random: Random) -> None:
        self._ime = on.ime
        self._till, self._other, self._mine = peers
        self._keyboard, self._pointer = Keyboard(on.display), Pointer(on.display)
        self._random = random
        self._states: tuple[State, ...] = ()

    def close(self) -> None:
        """Leave the keyboard and the pointer."""
        self._keyboard.close()
        self._pointer.close()

    def hand_over(self) -> Case:
        """Have one code typed, and something happen meanwhile."""
        names, weights = zip(*DISTURBANCES, strict=True)
        disturbance = self._random.choices(names, weights)[0]
        code = "".join(self._random.choices(_LETTERS, k=self._random.randint(8, 16)))
        how = self._random.choice(_HANDS)
        for _ in range(_TRIES):
            self._set_up(code, disturbance)
            if self._press(how):
                break
        else:
            raise AssertionError(f"posmember did not take its own {how}")
        self._disturb(disturbance)
        try:
            told = self._mine.told.get(timeout=_ANSWER_S)
        except Empty:
            return Case(str(self._ime), disturbance, how, "lost", "nothing was said")
        what = self._judge(code, told)
        where = f" {code} {self._states}" if what in WRONG else ""
        return Case(str(self._ime), disturbance, how, what, f"{told['said']}{where}")

    def _set_up(self, code: str, disturbance: str) -> None:
        """Everything as in the beginning, but for what is there before; posmember is in front."""
        self._keyboard.lock("Caps_Lock", on=disturbance == "Caps Lock is on")
        for peer in (self._till, self._other):
            for what in ("clear", "close dialog", "close menu"):
                peer.tell(what)
                peer.ask("state")
        self._other.tell("hide")
        self._till.tell("title", title=TILL)
        _bring(self._till, "show")
        if disturbance == "a dialog before":
            self._till.tell("open dialog")
            wait_until(lambda: bool(self._till.ask("state")["open"]), "the dialog")
        elif disturbance == "the till answers with a dialog":
            self._till.tell("answer with dialog")
        _bring(self._mine, "show", code=code)

    def _press(self, how: str) -> bool:
        """Ask for the code; returns whether posmember got it, and no window that came late."""
        while not self._mine.told.empty():
            self._mine.told.get()
        if how == "button":
            place = self._mine.ask("state")["button"]
            if not place:
                return False
            self._pointer.click(*place)
        else:
            self._strike()
        try:
            return bool(self._mine.told.get(timeout=_ASKED_S)["log"] == "asked")
        except Empty:
            return False

    def _strike(self) -> None:
        """Strike Ctrl+Enter, and let go of Ctrl a moment later."""
        control = self._keyboard.named("Control_L").code
        enter = self._keyboard.named("Return").code
        held_ms = self._random.randint(20, 90)
        self._keyboard.play(
            [
                Move(0, control, down=True),
                Move(10, enter, down=True),
                Move(10 + held_ms, enter, down=False),
                Move(15 + held_ms + self._random.randint(0, 60), control, down=False),
            ]
        )

    def _disturb(self, what: str) -> None:
        at = round(self._random.triangular(0, _LATEST_MS))
        match what:
            case "another window":
                self._other.tell("show", after_ms=at)
            case "another window, twice":
                self._other.tell("show", after_ms=at)
                self._other.tell("hide", after_ms=at + self._random.randint(5, 40))
            case "a menu of another window":
                self._other.tell("open menu", after_ms=at)
            case "a dialog of the till":
                self._till.tell("open dialog", after_ms=at)
            case "the till closes":
                self._till.tell("hide", after_ms=at)
            case "the till has another title":
                self._till.tell("title", title="日结", after_ms=at)
            case "this window":
                self._mine.tell("front", after_ms=at)

    def _judge(self, code: str, told: State) -> str:
        till, other, mine = self._states = self._at_rest()
        if till["dialog"]:
            return "in its dialog"
        if till["menu"] or other["field"] or other["entered"] or other["menu"]:
            return "wrong window"
        if other["dialog"] or mine["field"] or mine["scans"]:
            return "wrong window"
        arrived = till["entered"] == [code] and not till["field"]
        log = str(told["log"])
        if log.startswith("hand-over: typed, and"):
            return "right" if arrived else "look"
        if log.startswith("hand-over: typed"):
            return "right" if arrived else "lost"
        is_beginning = code.startswith(till["field"]) and till["entered"] in ([], [code])
        return "stopped" if told["said"] and is_beginning else "lost"

    def _at_rest(self) -> tuple[State, State, State]:
        """Wait until nothing has changed for a while: what comes late counts, too."""
        last: list[tuple[State, State, State]] = []

        def is_at_rest() -> bool:
            now = self._till.ask("state"), self._other.ask("state"), self._mine.ask("state")
            last.append(now)
            return len(last) > 4 and last[-1] == last[-2] == last[-3] == last[-4]

        wait_until(is_at_rest, "rest")
        return last[-1]


def _bring(peer: Peer, do: str, **more: object) -> None:
    """Have a window come to the front, and stay: one that was shown just now may come late."""
    steady = 0

    def is_in_front() -> bool:
        nonlocal steady
        steady += 1
        if not peer.ask("state")["front"]:
            steady = 0
            peer.tell(do, **more)
        return steady >= _STEADY

    peer.tell(do, **more)
    wait_until(is_in_front, "a window in front")


@contextmanager
def show(on: Desktop, random: Random) -> Iterator[Show]:
    """Start the three programs."""
    program = Path(sys.executable).resolve().name
    with ExitStack() as stack:
        windows = [
            ("tests.end2end.code_window", TILL),
            ("tests.end2end.code_window", OTHER),
            ("tests.end2end.typing_window", program, "收银台*", str(_PAUSE_MS)),
        ]
        till, other, mine = [Peer(stack.enter_context(started(on, *each))) for each in windows]
        made = Show(on, (till, other, mine), random)
        stack.callback(made.close)
        yield made


def run(
    codes: int,
    seed: int = 0,
    shares: Sequence[tuple[Ime, float]] = _SHARES,
    at_once: int = 1,
) -> list[Case]:
    """Type codes, shared among input methods.

    Args:
        at_once: desktops that are there at the same time.
    """
    parts = [
        (ime, round(codes * share / at_once), f"{seed} {ime} {number}")
        for number in range(at_once)
        for ime, share in shares
    ]
    with ThreadPoolExecutor(at_once) as pool:
        return [case for cases in pool.map(_part, *zip(*parts, strict=True)) for case in cases]


def _part(ime: Ime, codes: int, seed: str) -> list[Case]:
    reason = available(ime)
    assert not reason, reason
    cases: list[Case] = []
    with desktop(ime) as on, show(on, Random(seed)) as made:
        for _ in range(codes):
            cases.append(made.hand_over())
            if cases[-1].what in WRONG:
                say(f"{cases[-1]} {cases[-1].told}")
    return cases


def table(cases: Sequence[Case]) -> str:
    """Count what came of them, by what happened meanwhile."""
    columns = ("right", "stopped", "look", *WRONG)
    lines = [f"{'':32}" + "".join(f"{column:>14}" for column in columns)]
    for by in ("disturbance", "ime", "how"):
        for name in sorted({getattr(case, by) for case in cases}):
            counts = Counter(case.what for case in cases if getattr(case, by) == name)
            lines.append(f"{name:32}" + "".join(f"{counts[each]:14}" for each in columns))
    counts = Counter(case.what for case in cases)
    lines.append(f"{len(cases)} codes".ljust(32) + "".join(f"{counts[c]:14}" for c in columns))
    return "\n".join(lines)


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--at-once", type=int, default=2, help="desktops at the same time")
    wanted = parser.parse_args()
    found = run(wanted.codes, wanted.seed, at_once=wanted.at_once)
    say(table(found))
    sys.exit(any(case.what in WRONG for case in found))
