"""The card's sheet: what it shows of much, and of a member without a name."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from posmember.domain.wechat.card import CustomEntry
from posmember.ui.main_window import MainWindow
from posmember.ui.view.wechat import CardStage, WechatView
from posmember.ui.wechat.block import WechatCardBlock
from tests.gui import samples
from tests.gui.wechat import samples as wechat_samples


def told(block: WechatCardBlock) -> list[str]:
    labels = block.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisibleTo(block) and label.text()]


def loaded(count: int) -> WechatView:
    entries = tuple(CustomEntry(f"问题{number}", ("答",)) for number in range(count))
    card = replace(wechat_samples.CARD, custom_fields=entries)
    return WechatView(CardStage.LOADED, card=card, at=wechat_samples.AT)


def test_of_many_answers_the_first_are_shown_and_the_rest_counted(qtbot: QtBot) -> None:
    block = WechatCardBlock()
    qtbot.addWidget(block)
    block.show_wechat(loaded(5))
    assert not any("另有" in text for text in told(block))
    block.show_wechat(loaded(100))
    assert "另有 84 项" in told(block)
    assert "问题0" in told(block)
    assert "问题99" not in told(block)


def test_a_card_can_be_revealed_though_the_member_has_neither_name_nor_phone(
    qtbot: QtBot,
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    reveal = window._body.person
    view = samples.loaded_view()
    assert view.profile.person is not None
    nobody = replace(view.profile.person, name="", mobile="")
    view = replace(view, profile=replace(view.profile, person=nobody))
    window.render(replace(view, wechat=WechatView()))
    assert not reveal._reveal.isEnabled()
    window.render(replace(view, wechat=loaded(1)))
    assert reveal._reveal.isEnabled()
    window.render(replace(view, wechat=WechatView()))
    assert not reveal._reveal.isEnabled()
