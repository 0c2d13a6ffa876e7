"""The client against servers that are none: it never waits long, and tells strangers nothing."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

if sys.platform == "win32":
    pytest.skip("there is no AF_UNIX", allow_module_level=True)

from posmember.link import client, rights
from posmember.link.client import NobodyError, SilentError, StrangerError, connect
from posmember.link.meeting import Met, meet
from posmember.link.places import Places
from posmember.link.processes import process_started
from posmember.link.requests import Handed

HELLO = {"protocol": 1, "do": "hello"}


@pytest.fixture
def where() -> Iterator[Places]:
    # A socket's name has to be short; and a killed run may have left one with a process' number.
    with tempfile.TemporaryDirectory(prefix="posmember-client-", dir="/tmp") as folder:
        yield Places(folder, f"{folder}/s", f"{folder}/l", f"{folder}/h")


@contextmanager
def serving(where: Places, answer: bytes | None) -> Iterator[list[bytes]]:
    """A server that gives one answer to whatever it is sent; None is silence, b"" an end."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(where.server)
        server.listen()
        done = threading.Event()

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(65536))
                if answer is None:
                    done.wait()
                else:
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield heard
        finally:
            done.set()
            thread.join()


def test_nobody(where: Places) -> None:
    with pytest.raises(NobodyError):
        connect(where)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(where.server)  # as a killed program leaves it
    with pytest.raises(NobodyError):
        connect(where)
    assert meet(where, None).met is Met.NOBODY
    Path(where.server).unlink()
    assert meet(where, None).met is Met.NOBODY


@pytest.mark.parametrize("answer", [None, b"", b"no json\n", b"[]\n"])
def test_what_does_not_answer_is_left(where: Places, answer: bytes | None) -> None:
    with serving(where, answer):
        talk = connect(where, 0.3)
        with pytest.raises(SilentError):
            talk.ask(HELLO, 0.3)
        talk.close()


def test_a_meeting(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "word")
    with serving(where, b'{"protocol":1,"ok":true}\n') as heard:
        assert meet(where, None).met is Met.TAKEN
    assert heard == [b'{"protocol":1,"do":"show","token":"word"}\n']
    Path(where.server).unlink()
    with serving(where, b'{"protocol":1,"ok":false,"message":"why"}\n'):
        meeting = meet(where, Handed("a", quiet=True))
    assert (meeting.met, meeting.words) == (Met.REFUSED, "why")


def test_a_hung_one_is_known_in_time(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the limits that it sets: how late a busy machine is says nothing of them."""
    assert client.ANSWERS_WITHIN_S < 3
    limits: list[float | None] = []
    settimeout = socket.socket.settimeout

    def noted(connection: socket.socket, limit: float | None) -> None:
        limits.append(limit)
        settimeout(connection, limit)

    monkeypatch.setattr(client, "time", SimpleNamespace(monotonic=lambda: 7.0))
    with serving(where, None):
        monkeypatch.setattr(socket.socket, "settimeout", noted)
        assert meet(where, None).met is Met.SILENT
    assert limits == [client.ANSWERS_WITHIN_S] * 3, "to connect, to send, and to hear"


def test_another_users_is_told_nothing(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "peer_of", lambda _connection: (1, os.getuid() + 1))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(where.server)
        server.listen()
        with pytest.raises(StrangerError):
            connect(where)
        assert meet(where, None).met is Met.STRANGER
        heard, _ = server.accept()
        with heard:
            assert heard.recv(10) == b""


def test_a_folder_that_others_may_enter_is_not_believed(where: Places) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(where.server)
        server.listen()
        Path(where.folder).chmod(0o755)
        with pytest.raises(StrangerError):
            connect(where)
        Path(where.folder).chmod(0o700)
        with pytest.raises(StrangerError):
            connect(where._replace(server=where.folder))


def test_a_process_is_told_from_a_later_one() -> None:
    own = process_started(os.getpid())
    assert own.isdigit() or sys.platform != "linux"
    assert process_started(os.getpid()) == own
    assert process_started(2**22 + 1) == ""
