"""Training mode's parts: what it is set up by, whom it knows, and a platform without a network."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from posmember import app
from posmember.cli import parser, training, window
from posmember.cli.demo import settings_for
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.wechat.card import CardSubject
from posmember.lookup.backend import Backend
from posmember.lookup.sections import Loaded, Section, SectionState
from posmember.lookup.service import Request
from posmember.sandbox.account import OPEN_KEY
from posmember.settings.config import Settings

CODE = Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")


class Sockets:
    """Refuses every socket but the pair that an event loop wakes itself by."""

    def __init__(self) -> None:
        self.refused: list[tuple[Any, ...]] = []
        self.is_on = True
        sys.addaudithook(self.see)  # for the life of the process

    def see(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.is_on or not event.startswith("socket."):
            return
        is_pair = event == "socket.__new__" and args[1] in (-1, socket.AF_UNIX)
        if not is_pair and event != "socket.gethostname":
            self.refused.append((event, *args[1:]))
            raise AssertionError(f"{event} in training")


async def test_a_lookup_and_a_card_open_no_socket(tmp_path: Path) -> None:
    sockets = Sockets()
    try:
        network = training.training_network()
        backend = Backend(training.training_settings(), OPEN_KEY, network=network)
        backend.wake()
        states: dict[Section, SectionState] = {}
        await backend.lookup.run(Request([CODE]), states.__setitem__)
        assert all(isinstance(states[section], Loaded) for section in Section)
        await backend.aclose()
        desk = training.training_desk(tmp_path)
        card = await desk.service.get(CardSubject("VIP880001", "oSandbox_openid-000000000001"))
        assert card.value.level == "金卡会员"
        await desk.service.aclose()
        with pytest.raises(AssertionError):
            socket.create_connection(("127.0.0.1", 9))
    finally:
        sockets.is_on = False
    assert {event for event, *_ in sockets.refused} <= {"socket.getaddrinfo"}
    assert len(sockets.refused) == 1, "that of the test itself"


def test_a_till_without_a_configuration_can_train() -> None:
    settings = training.training_settings()
    assert settings.path is None
    assert settings.platform.base_url == training.ADDRESS
    assert settings.platform.proxy == "none"


def test_of_the_tills_own_the_scanner_and_the_sounds_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[platform]\nopen_id = "mine"\ngrant_code = "mine"\nproxy = "http://proxy.example"\n'
        '[store]\ncode = "77"\n[scanner]\nprefix = "~"\n[window]\nsounds = false\n'
    )
    before = config.read_bytes()
    monkeypatch.setenv("POSMEMBER_CONFIG", str(config))
    settings = training.training_settings()
    assert settings.scanner.prefix == "~"
    assert not settings.window.sounds
    assert settings.store.code == "1001"
    assert settings.path is None, "the scanner check has nowhere to write"
    assert "mine" not in repr(settings.platform)
    assert settings.platform == replace(settings_for(training.ADDRESS).platform, proxy="none")
    assert config.read_bytes() == before


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("qm0000001", True),
        ("13800000001", True),
        ("VIP880005", True),
        ("100001", True),
        ("oSandbox_openid-000000000007", True),
        ("qm7777777", False),
        ("13912345678", False),
        ("", False),
    ],
)
def test_whom_training_knows(value: str, known: bool) -> None:
    assert training.is_for_training(Identifier(IdentifierKind.MEMBER_CODE, value)) is known


def test_the_option_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(args: Any) -> int:
        asked.append(args.language)
        return 0

    monkeypatch.setattr(training, "run", run)
    assert parser.run(["--training", "--language", "en"]) == 0
    assert parser.run(["training"]) == 0
    assert asked == ["en", "zh"]


def test_the_till_comes_back_after_training(monkeypatch: pytest.MonkeyPatch) -> None:
    codes, started = [app.TRAINING, app.TRAINING, 0], []

    class Ended:
        def __init__(self, command: list[str]) -> None:
            started.append(command)

        def __enter__(self) -> Ended:
            return self

        def __exit__(self, *error: object) -> None:
            pass

    def shown(load: object, *, language: str, place: object, instance: object) -> int:
        assert place is not None
        assert language == "en"
        return codes.pop(0)

    monkeypatch.setattr(app, "run", shown)
    monkeypatch.setattr(subprocess, "Popen", Ended)
    monkeypatch.setattr(signal, "signal", lambda *_handler: None)
    assert window.open_window("en") == 0
    assert [command[-3:] for command in started] == [["training", "--language", "en"]] * 2


def test_settings_of_training_are_whole() -> None:
    assert isinstance(training.training_settings(), Settings)
