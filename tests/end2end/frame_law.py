"""The law of frames: nothing stands in one that a later one takes back.

But for what the cashier did, such as a scan or another order: from there on it is another story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from posmember.ui.panels.person_words import WAITING
from tests.end2end.frame_record import UNCHECKED, Frame, ListSeen, RowSeen

_NEUTRAL = {"/ 筛选", "按 / 筛选"}
_UNTOLD = {"券", "优惠券", "Coupon"}
"""What stands where a source has told neither value nor name."""


def taken_back(frames: Sequence[Frame]) -> list[str]:
    """Return in words what was told and then told otherwise, or no more; [] is as it has to be."""
    wrong: dict[str, None] = {}
    for story in stories(frames):
        for number, frame in enumerate(story):
            for later in story[number + 1 :]:
                for what in _differences(frame, later):
                    wrong[f"{frame.ms} ms: {what} (at {later.ms} ms)"] = None
    return list(wrong)


def stories(frames: Sequence[Frame]) -> list[list[Frame]]:
    """Cut the frames where something was done."""
    found: list[list[Frame]] = []
    for frame in frames:
        if frame.begins or not found:
            found.append([])
        found[-1].append(frame)
    return found


def unmoved(frames: Sequence[Frame]) -> list[str]:
    """Return which rows did not stay in the place where they first stood, though all stood."""
    wrong: dict[str, None] = {}
    for story in stories(frames):
        for before, after in pairwise(story):
            for name in ("coupons", "gift_cards"):
                for what in _moved(getattr(before, name), getattr(after, name)):
                    wrong[f"{after.ms} ms: {name}: {what}"] = None
    return list(wrong)


def _differences(before: Frame, after: Frame) -> Iterator[str]:
    for name in ("coupons", "gift_cards"):
        for what in _list_differences(getattr(before, name), getattr(after, name)):
            yield f"{name}: {what}"
    said = dict(after.person)
    for name, text in before.person:
        gone = name in said or name in ("frozen", "unchecked")
        if gone and _is_told(name, text) and said.get(name) != text:
            yield f"person: {name} {text!r} became {said.get(name)!r}"
    if before.say.words and not before.say.waits and after.say != before.say:
        # A failure is said in row C until there is a place of its own to say it in.
        said_there = (*after.coupons.words, *after.gift_cards.words, *after.page)
        sentence = before.say.words[0].partition("：")[2] or before.say.words[0]
        if not any(sentence in words for words in said_there):
            yield f"said: {before.say.words} became {after.say.words}"
    if before.page and after.page != before.page:
        yield f"page: {before.page} became {after.page}"


def _is_told(name: str, text: str) -> bool:
    """Whether it is an answer, and not what stands where one will be."""
    checks = name == "benefits" and text.startswith(("核对中", "Checking"))
    return WAITING not in text and not checks and not name.endswith(UNCHECKED)


def _list_differences(before: ListSeen, after: ListSeen) -> Iterator[str]:
    now = {code: row for row in after.rows for code in row.codes}
    for row in before.rows:
        for code in row.codes:
            then = now.get(code)
            if then is None:
                yield f"{code} is gone"
            else:
                yield from (f"{code}: {what}" for what in _row_differences(row, then))
    yield from _moved(before, after)
    told = [word for word in before.words if word not in _NEUTRAL]
    gone = [word for word in told if word not in after.words]
    if gone and (before.rows or not before.bars):
        yield f"words {gone} became {after.words}"


def _row_differences(before: RowSeen, after: RowSeen) -> Iterator[str]:
    for name in ("value", "title"):
        if getattr(before, name) in _UNTOLD:
            continue
        if getattr(before, name) != getattr(after, name):
            yield f"{name} {getattr(before, name)!r} became {getattr(after, name)!r}"
    if not before.verdict:
        return
    for name in ("verdict", "saving", "parts", "button", "starred"):
        if getattr(before, name) != getattr(after, name):
            yield f"{name} {getattr(before, name)!r} became {getattr(after, name)!r}"


def _moved(before: ListSeen, after: ListSeen) -> Iterator[str]:
    """What does not stand where it stood, by the first code of each row that is still one."""
    tops = {row.codes: row.top for row in after.rows}
    for row in before.rows:
        top = tops.get(row.codes)
        if top is not None and top != row.top:
            yield f"{row.codes[0]} moved from {row.top} to {top}"
