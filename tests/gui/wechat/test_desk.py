"""What WeChat Pay is asked with: found when it is set up later, and asked for by F10 alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from posmember.errors import CredentialError
from posmember.lookup.desk import Opened, PerhapsDesk, WechatDesk
from posmember.ui.threads import settled
from posmember.ui.view.wechat import CardStage
from tests.fakes.wechat_desk import ScriptedService, a_card, scripted_desk, supervised
from tests.gui.wechat.driving import Counter, Key, counter, on_qasync, subject, until


class Keys:
    """What a till's keyring and note say, as the test sets them; counts who asks."""

    def __init__(self, tmp_path: Path) -> None:
        self.service = ScriptedService()
        self._desk = scripted_desk(self.service, supervised(), tmp_path / "audit.jsonl")
        self.noted = self.kept = self.locked = False
        self.looks, self.asked = 0, 0

    @property
    def tries(self) -> int:
        return self.looks + self.asked

    def begin(self) -> asyncio.Future[Opened]:
        self.looks += 1
        if not self.noted:
            return settled(PerhapsDesk(self._ask))
        if self.locked:
            return settled(error=CredentialError("locked"))
        return settled(self._desk)

    def _ask(self) -> WechatDesk | None:
        self.asked += 1
        if self.locked:
            raise CredentialError("locked")
        return self._desk if self.kept else None


def played(qapp: QApplication, tmp_path: Path, work: Callable[[Counter, Keys], object]) -> None:
    """Do something at a window whose keys the test sets; nobody has set them up yet."""

    async def play() -> None:
        keys = Keys(tmp_path)
        async with counter(tmp_path, made=keys.begin) as at:
            await at.active()
            done = work(at, keys)
            assert asyncio.iscoroutine(done)
            await done

    on_qasync(qapp, play)


def is_over(at: Counter) -> bool:
    """Whether nothing is being opened."""
    return not at.cards._desk._opening.under_way


async def shows_a_card(at: Counter, keys: Keys) -> None:
    await until(lambda: bool(keys.service.asked), "the query")
    assert keys.service.asked[0].subject == subject()
    keys.service.asked[0].give(a_card())
    await at.settled(CardStage.LOADED)


def test_keys_set_up_later_are_found_at_the_next_member(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, keys: Keys) -> None:
        await at.known_member("B")
        assert at.view.wechat is None
        keys.noted = True
        await at.known_member("A")
        await until(lambda: at.view.wechat is not None, "the card's place")
        assert keys.asked == 0
        at.press(Key.Key_F10)
        await shows_a_card(at, keys)
        looks = keys.looks
        await at.known_member("B")
        assert keys.looks == looks, "what is there is not opened again"

    played(qapp, tmp_path, work)


def test_f10_asks_the_keyring_of_a_till_that_was_set_up_before_there_was_a_note(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(at: Counter, keys: Keys) -> None:
        keys.kept = True
        await at.known_member()
        assert (at.view.wechat, keys.asked) == (None, 0)
        at.press(Key.Key_F10)
        await shows_a_card(at, keys)
        assert keys.asked == 1

    played(qapp, tmp_path, work)


def test_f10_where_nothing_is_set_up_shows_nothing(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, keys: Keys) -> None:
        await at.known_member()
        at.press(Key.Key_F10)
        await until(lambda: keys.asked == 1 and is_over(at), "the keyring")
        at.press(Key.Key_F10)
        await until(lambda: keys.asked == 2 and is_over(at), "the keyring again")
        assert at.view.wechat is None
        await at.known_member("B")
        assert keys.asked == 2, "a member asks nobody"

    played(qapp, tmp_path, work)


def test_a_keyring_that_is_unlocked_later(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, keys: Keys) -> None:
        keys.noted = keys.kept = keys.locked = True
        await at.known_member()
        await until(lambda: at.view.wechat is not None, "the card's place")
        tries = keys.tries
        at.press(Key.Key_F10)
        assert at.is_at(CardStage.FAILED)
        await until(lambda: keys.tries == tries + 1 and is_over(at), "another try")
        await at.painted()
        assert at.is_at(CardStage.FAILED), "still locked"
        await at.known_member("B")
        assert keys.tries == tries + 1, "a member asks nobody for a password"
        keys.locked = False
        await at.known_member("A")
        at.press(Key.Key_F10)
        await shows_a_card(at, keys)

    played(qapp, tmp_path, work)


def test_a_card_that_was_wanted_for_another_member_is_not_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def play() -> None:
        late: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()
        service = ScriptedService()
        async with counter(tmp_path, made=late) as at:
            await at.active()
            await at.known_member("A")
            at.press(Key.Key_F10)
            await at.known_member("B")
            late.set_result(scripted_desk(service, supervised(), tmp_path / "a.jsonl"))
            await until(lambda: at.view.wechat is not None, "the card's place")
            await at.painted()
            assert at.is_at(CardStage.IDLE)
            assert service.asked == []

    on_qasync(qapp, play)
