"""The controller where nobody is found: what the code looks like; its other case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.errors import ApiTimeoutError, MemberNotFoundError
from posmember.lookup.sections import Section
from tests.gui.driving import answer, desk, hint_text, on_qasync, shows
from tests.gui.silent_tones import note_tones

NOBODY = "没有找到这位会员"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1395792468", "手机号少 1 位"),
        ("139579246812", "手机号多 1 位"),
        ("6901234567892", "这是商品条码，请扫会员码"),
        ("036000291452", "像是商品条码，请扫会员码"),
        ("qm0000001", NOBODY),
    ],
)
def test_what_it_looks_like_is_said(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    note_tones(monkeypatch)

    async def play() -> None:
        async with desk() as at:
            run = await at.scan(code)
            assert words not in hint_text(at.window), "the platform is asked first"
            run.fail_all(MemberNotFoundError("nobody"))
            await at.end(run)
            assert words in hint_text(at.window)
            assert shows(at.window, words)
            assert (words == NOBODY) == shows(at.window, NOBODY), "nothing else is said beside it"

    on_qasync(qapp, play)


def test_another_failure_says_nothing_of_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_tones(monkeypatch)

    async def play() -> None:
        async with desk() as at:
            run = await at.scan("6901234567892")
            run.fail_all(ApiTimeoutError("slow"))
            await at.end(run)
            assert not shows(at.window, "商品条码")

    on_qasync(qapp, play)


@pytest.mark.parametrize("found_by", ["QM0000001", "qm0000001"])
def test_who_is_found_in_the_other_case(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, found_by: str
) -> None:
    note_tones(monkeypatch)

    async def play() -> None:
        async with desk() as at:
            run = await at.scan("QM0000001")
            identifier = Identifier(IdentifierKind.MEMBER_CODE, found_by)
            assert identifier in run.request.identifiers
            member = replace(answer(Section.MEMBER, "A"), found_by=identifier)
            run.deliver(Section.MEMBER, member)
            await at.end(run)
            assert shows(at.window, "A级")
            assert ("Caps Lock" in hint_text(at.window)) == (found_by == "qm0000001")

    on_qasync(qapp, play)
