"""A busy day at a bad network: every lookup is interrupted at some moment.

By the next scan, by Esc, by F5, or by another order type. Told at the end: what the process held
before and after, whether the program still answers, whether a section is still waited for, and
whether anything of another person was ever rendered.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from posmember import app
from posmember.cli.demo import settings_for
from posmember.lookup.sections import Loading
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.members.all import build_members
from posmember.sandbox.members.others import mixed_members
from posmember.sandbox.records import MemberRecord
from posmember.settings.config import WindowSettings
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.view.screen import View
from tests.bench.children.keys import GAP_MS, scan
from tests.bench.children.process import holdings
from tests.bench.children.report import beat

TIMEOUT_S = 2.0
"""Of a call; shorter than a till's, so that what waits for it is over sooner."""
BETWEEN_SCANS_S = 0.06
"""Two codes less than 35 ms apart are one burst."""
SETTLED_S = 12.0
"""A lookup has its last state by then, with all the calls that may follow one another."""
QUIET_S = 15.0
"""What was left behind has come to its end by then."""
_WARM_UP, _LAST = 30, 5
_PROBE_EACH = 100
_MOST_EACH_S = 1.0
"""How long an interruption may take on average, probes included, before it is given up."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member of the sandbox, and what may be shown of them.

    Args:
        told: user id, names and phone, as any of the answers has them.
        assets: the codes of coupons and gift cards.
    """

    code: str
    told: frozenset[str]
    assets: frozenset[str]


def everybody() -> list[Somebody]:
    """The members whom member-info finds by a code, but those whose answers are of two people."""
    mixed = {each.name for each in mixed_members()}
    enrolled = [each for each in build_members(datetime.now(UTC)) if each.ids.code]
    members = [each for each in enrolled if each.name not in mixed]
    return [
        Somebody(
            each.ids.code,
            frozenset(["", str(each.user_id), each.name.strip(), each.ids.mobile, *_names(each)]),
            frozenset([*(c.code for c in each.coupons), *(c.number for c in each.cards)]),
        )
        for each in members
        if each.ids.by_code and len(each.coupons) < 100
    ]


def _names(member: MemberRecord) -> Iterator[str]:
    """What identity calls a member, who is called so where member-info failed."""
    for key in ("nickname", "username"):
        yield str((member.user or {}).get(key) or "").strip()


@dataclass
class Watch:
    """Looks at every view that is rendered: is it the person who was scanned?"""

    everybody: list[Somebody]
    scanned: Somebody | None = None
    renders: int = 0
    runs: dict[int, Somebody] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    view: View | None = None

    def __post_init__(self) -> None:
        self._owner = {code: each for each in self.everybody for code in each.assets}

    def see(self, view: View) -> None:
        """Check one view; a run's number belongs to the code that was scanned last."""
        self.renders += 1
        self.view = view
        if view.run and view.run not in self.runs and self.scanned is not None:
            self.runs[view.run] = self.scanned
        wanted = self.runs.get(view.run)
        for what in self._strange(view, wanted):
            self.strangers.append(f"run {view.run}: {what}")

    def _strange(self, view: View, wanted: Somebody | None) -> list[str]:
        person, assets = view.profile.person, view.profile.assets()
        if wanted is None:
            return ["somebody, and nobody was scanned"] if person or assets else []
        found = []
        if person is not None:
            shown = {person.user_id, person.name, person.mobile}
            found += [f"{what} for {wanted.code}" for what in sorted(shown - wanted.told)]
        codes = [c.redemption_code for c in view.profile.coupons]
        codes += [card.card_number for card in view.profile.gift_cards]
        owners = [self._owner.get(code, wanted) for code in codes]
        return found + [f"an asset of {each.code}" for each in owners if each is not wanted]


class Day:
    """The window, its keys, and what is interrupted."""

    def __init__(
        self, window: MainWindow, controller: Controller, base_url: str, seed: int
    ) -> None:
        self._window, self._controller = window, controller
        self._host, self._port = base_url.removeprefix("http://").split(":")
        self._dice = random.Random(seed)
        self._watch = Watch(everybody())
        self._free_at = 0.0
        self._ways: Counter[str] = Counter()
        self._struck = 0
        self._probes: list[dict[str, Any]] = []
        self._show = window.render
        window.render = self._render  # type: ignore[method-assign]

    def _render(self, view: View) -> None:
        self._watch.see(view)
        self._show(view)

    # --- what a cashier does ---------------------------------------------------------------------

    async def _scan(self) -> None:
        """Scan somebody else than the one before, as soon as a scanner could."""
        await asyncio.sleep(max(self._free_at - time.monotonic(), 0))
        watch = self._watch
        others = [each for each in watch.everybody if each is not watch.scanned]
        watch.scanned = self._dice.choice(others)
        scan(self._window.windowHandle(), watch.scanned.code)
        keys_s = (len(watch.scanned.code) + 1) * GAP_MS / 1000
        self._free_at = time.monotonic() + keys_s + BETWEEN_SCANS_S
        self._struck += 1

    def _strike(self, key: Qt.Key) -> None:
        sequence = QKeySequence(key)
        shortcuts = self._window.findChildren(QShortcut)
        next(each for each in shortcuts if each.key() == sequence).activated.emit()

    async def _interrupt(self) -> None:
        """One lookup, and what comes between."""
        await self._scan()
        await asyncio.sleep(self._dice.uniform(0.0, 0.25))
        way = self._dice.choice(["next scan", "Esc", "F5", "order type"])
        self._ways[way] += 1
        if way == "Esc":
            self._strike(Qt.Key.Key_Escape)
        elif way == "F5":
            await self._settled(self._dice.choice([0.0, 0.4]))
            self._strike(Qt.Key.Key_F5)
            await asyncio.sleep(self._dice.uniform(0.0, 0.15))
        elif way == "order type":
            self._strike(self._dice.choice([Qt.Key.Key_F3, Qt.Key.Key_F4]))
            # Every fourth one is waited for until the platform is asked again for it.
            await asyncio.sleep(self._dice.choice([0.0, 0.0, 0.0, self._dice.uniform(0.5, 0.65)]))

    async def _probe(self, after: int) -> None:
        """A lookup that nobody interrupts."""
        await self._scan()
        started_at = time.monotonic()
        settled = await self._settled(SETTLED_S)
        states = self._states()
        beat()
        self._probes.append(
            {
                "after": after,
                "settled": settled,
                "found": states.get("member") == "Loaded",
                "states": states,
                "ms": round((time.monotonic() - started_at) * 1000),
                "memory": holdings(int(self._port)).get("memory"),
            }
        )

    async def _settled(self, limit_s: float) -> bool:
        """Wait until no section of who was scanned is waited for; gives whether that came."""
        end, watch = time.monotonic() + limit_s, self._watch
        while time.monotonic() < end:
            view = watch.view
            is_of_them = view is not None and watch.runs.get(view.run) is watch.scanned
            if view is not None and is_of_them and not _waits(view):
                return True
            await asyncio.sleep(0.01)
        return False

    def _states(self) -> dict[str, str]:
        """What each section has come to, a failure by its error's name."""
        view = self._watch.view
        sections = view.sections if view is not None else {}
        return {
            str(section): type(getattr(state, "error", state)).__name__
            for section, state in sections.items()
        }

    # --- the day ---------------------------------------------------------------------------------

    async def live(self, count: int) -> dict[str, Any]:
        """Warm up, interrupt so many lookups, and tell what became of it."""
        await self._tell_server("calm")
        for number in range(_WARM_UP):
            await self._probe(number - _WARM_UP)
        before = await self._at_rest(None)
        await self._tell_server("storm")
        started_at, done = time.monotonic(), 0
        limit_s = 60 + count * _MOST_EACH_S
        while done < count and time.monotonic() - started_at < limit_s:
            await self._interrupt()
            beat()
            done += 1
            if done % _PROBE_EACH == 0:
                await self._probe(done)
        seconds = time.monotonic() - started_at
        answers = await self._tell_server("told")
        await self._tell_server("calm")
        stuck = sum(not probe["settled"] for probe in self._probes)
        for _ in range(_LAST):
            await self._probe(done)
        after = await self._at_rest(before)
        last = self._probes[-_LAST:]
        return {
            "interruptions": done,
            "seconds": round(seconds, 1),
            "ways": dict(self._ways),
            "answers": answers,
            "renders": self._watch.renders,
            "lost": self._struck - len(self._watch.runs),
            "strangers": self._watch.strangers,
            "before": before,
            "after": after,
            "stuck": stuck + sum(not probe["settled"] for probe in last),
            "last": last,
            "probes": self._probes[_WARM_UP:-_LAST],
        }

    async def _at_rest(self, before: dict[str, float] | None) -> dict[str, float]:
        """What is held once what was left behind has come to its end."""
        end = time.monotonic() + QUIET_S
        held = holdings(int(self._port))
        while time.monotonic() < end:
            await asyncio.sleep(0.5)
            held, earlier = holdings(int(self._port)), held
            same = [held[key] == earlier[key] for key in held if key != "memory"]
            grown = before is not None and held["tasks"] > before["tasks"]
            if all(same) and not grown:
                break
        return held

    async def _tell_server(self, what: str) -> Any:
        """Ask something of the server itself, over a connection that is closed again."""
        reader, writer = await asyncio.open_connection(self._host, int(self._port))
        writer.write(f"POST /{what} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        told = json.loads(await reader.readexactly(length))
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        return told


def _waits(view: View) -> bool:
    return any(isinstance(state, Loading) for state in view.sections.values())


def run(base_url: str, count: int, seed: int) -> int:
    """Run the program on a server, live the day, print what it tells as JSON."""
    settings = settings_for(base_url)
    platform = replace(settings.platform, timeout_s=TIMEOUT_S)
    settings = replace(settings, platform=platform, window=WindowSettings(sounds=False))

    def load() -> app.Loaded:
        return settings, lambda: OPEN_KEY, lambda: None

    async def script(window: MainWindow, controller: Controller) -> None:
        print(json.dumps(await Day(window, controller, base_url, seed).live(count)), flush=True)

    return app.run(load, script=script)


if __name__ == "__main__":
    url, wanted, seeded = sys.argv[1:]
    sys.exit(run(url, int(wanted), int(seeded)))
