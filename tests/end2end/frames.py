"""What each painted frame of a lookup says: ``python -m tests.end2end.frames --identity 0.3``.

The window and its controller, against the sandbox over HTTP. As a command the sandbox is a process
of its own, and the record is printed: a line a frame, a letter a row of a list.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from tests.end2end.frame_record import Frame, ListSeen, Recorder
    from tests.gui.driving import Desk

SIZE = (1366, 688)
_MARKS = {"可用": "●", "需确认": "▲", "不可用": "○", "": "?"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Act = Callable[["Desk", "Recorder"], Awaitable[None]]


async def recorded(
    base_url: str, code: str, act: Act | None = None, *, timeout_s: float = 8
) -> list[Frame]:
    """Scan a code; returns every frame from then on until all is settled and painted.

    The platform's clock stands still meanwhile.

    Args:
        act: what the cashier does meanwhile; it waits itself for what it wants to see first.
        timeout_s: how long a call may take, in seconds.
    """
    from posmember.api.clock import PlatformClock
    from posmember.cli.demo import settings_for
    from posmember.lookup.backend import Backend
    from posmember.sandbox.account import OPEN_KEY
    from posmember.ui.threads import settled
    from posmember.ui.till.connection import Connection
    from tests.end2end.frame_record import Recorder
    from tests.gui.driving import desk

    settings = settings_for(base_url)
    settings = replace(settings, platform=replace(settings.platform, timeout_s=timeout_s))
    # "In 1 hour 59 minutes" becomes another text with the time alone.
    minute = PlatformClock().now().replace(second=0, microsecond=0)
    with patch.object(PlatformClock, "now", lambda _clock: minute):
        made = settled(Backend(settings, OPEN_KEY))
        async with desk(backend=Connection(lambda: made), settings=settings) as at:
            at.window.resize(*SIZE)
            recorder = Recorder(at.window)
            try:
                recorder.mark(f"scan {code}")
                at.controller.scan(code)
                if act is not None:
                    await act(at, recorder)
                await settled_and_painted(at, recorder)
            finally:
                frames = recorder.stop()
    return frames


async def settled_and_painted(at: Desk, recorder: Recorder) -> None:
    """Wait until nothing is asked any more, and what came of it is on the screen."""
    from tests.gui.driving import until

    def is_settled() -> bool:
        controller = at.controller
        waits = controller._rendering.waits or controller._refreshing.waits
        return not controller._lookups.running and not waits and recorder.is_current()

    await until(is_settled, "everything to be settled and painted")


async def until_checking(at: Desk, recorder: Recorder) -> None:
    """Wait until coupons are painted whose verdicts are not known yet."""
    from tests.gui.driving import until

    def is_checking() -> bool:
        rows = recorder.frames[-1].coupons.rows if recorder.frames else ()
        return bool(rows) and not any(row.verdict for row in rows)

    await until(is_checking, "coupons that are being checked")


async def choose_delivery(at: Desk, recorder: Recorder) -> None:
    """Change the order type while identity is late."""
    await until_checking(at, recorder)
    recorder.mark("delivery")
    at.window._orders.choose_order_type("delivery")


async def type_amount(at: Desk, recorder: Recorder) -> None:
    """Type an amount while identity is late."""
    await until_checking(at, recorder)
    recorder.mark("amount 58")
    at.window.numbers.fields[0][0].setText("58")


async def refresh(at: Desk, recorder: Recorder) -> None:
    """Press F5 once all is there."""
    await settled_and_painted(at, recorder)
    recorder.mark("F5")
    at.window.refresh_requested.emit()


async def scan_another(at: Desk, recorder: Recorder) -> None:
    """Scan the next member while the one before is being checked."""
    await until_checking(at, recorder)
    recorder.mark("scan qm0000030")
    at.controller.scan("qm0000030")


ACTS: dict[str, Act] = {
    "delivery": choose_delivery,
    "amount": type_amount,
    "refresh": refresh,
    "scan": scan_another,
}


# --- the command -------------------------------------------------------------------------------


def table(frames: Sequence[Frame]) -> str:
    """Return a record as text: a line a frame, then what each row says in the end."""
    letters: dict[str, str] = {}
    lines = [f"{'ms':>5}  {'row C':<44}  {'coupons':<34}  gift cards"]
    for frame in frames:
        if frame.begins:
            lines.append(f"       -- {frame.begins}")
        said = " ".join(frame.say.words or frame.page) or "-"
        coupons, cards = (_short(seen, letters) for seen in (frame.coupons, frame.gift_cards))
        lines.append(f"{frame.ms:>5}  {_padded(said, 44)}  {coupons:<34}  {cards}")
    lines += ["", "? 核对中  ● 可用  ▲ 需确认  ○ 不可用  ★ suggested  ! flashes", ""]
    for seen in (frames[-1].coupons, frames[-1].gift_cards) if frames else ():
        for row in seen.rows:
            why = " · ".join(filter(None, (row.saving, *row.parts)))
            said = f"{letters[row.codes[0]]}  {_MARKS.get(row.verdict, row.verdict)} {row.value}"
            lines.append(f"{said} {row.title}  {why}")
    return "\n".join(lines)


def _padded(text: str, columns: int) -> str:
    """Cut or fill up a text to so many columns of a terminal: wide characters take two."""
    cut = _width(text) > columns
    while _width(text) > columns - cut:
        text = text[:-1]
    return text + "~" * cut + " " * (columns - cut - _width(text))


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _short(seen: ListSeen, letters: dict[str, str]) -> str:
    if not seen.rows:
        return "bars" if seen.bars else "-"
    found = []
    for row in seen.rows:
        number = len(letters)
        new = _LETTERS[number] if number < len(_LETTERS) else f"[{number}]"
        letter = letters.setdefault(row.codes[0], new)
        more = "★" if row.starred else ""
        found.append(letter + _MARKS.get(row.verdict, row.verdict) + more + "!" * row.flashes)
    return " ".join(found)


@contextmanager
def _sandbox(faults: Sequence[str]) -> Iterator[str]:
    """Serve the sandbox in a process of its own; gives its address."""
    options = [option for fault in faults for option in ("--fault", fault)]
    command = [sys.executable, "-m", "posmember", "sandbox", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().rpartition(" ")[2].strip()
        finally:
            process.terminate()


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns 1 where something was told and taken back."""
    parser = argparse.ArgumentParser(prog="python -m tests.end2end.frames", description=__doc__)
    for name in ("member", "identity", "cards"):
        parser.add_argument(f"--{name}", type=float, default=0, metavar="S", help="late by seconds")
    parser.add_argument("--fault", action="append", default=[], help="as the sandbox takes it")
    parser.add_argument("--code", default="qm0000001", help="what is scanned (%(default)s)")
    parser.add_argument("--do", choices=ACTS, help="what is done meanwhile; F5: when all is there")
    chosen = parser.parse_args(arguments)
    late = {"member_info": chosen.member, "identity": chosen.identity, "gift_cards": chosen.cards}
    faults = [f"{api}=slow{seconds * 1000:.0f}" for api, seconds in late.items() if seconds]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from posmember.ui.theme import install_theme
    from posmember.ui.widgets.rows import list_view
    from tests.end2end.frame_law import taken_back
    from tests.gui.driving import on_qasync

    app = QApplication([])
    install_theme(app)
    # Offscreen, Qt takes it that less motion is wanted.
    setattr(list_view, "reduced_motion", lambda: False)  # noqa: B010 - not its own name
    with _sandbox([*faults, *chosen.fault]) as base_url:
        act = ACTS.get(chosen.do or "")
        frames = on_qasync(app, lambda: recorded(base_url, chosen.code, act))
    wrong = taken_back(frames)
    sys.stdout.write(f"{table(frames)}\n\n{len(frames)} frames, taken back: {len(wrong)}\n")
    sys.stdout.writelines(f"  {what}\n" for what in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
