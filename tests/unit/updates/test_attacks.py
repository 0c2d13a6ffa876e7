"""What stands between a till and its updates, or in their place, gets nothing run: over loopback.

Each attack is told by a word of its own, and what comes after it, honest again, is taken.
"""

from __future__ import annotations

import json
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from releases import keys
from releases.repository import TARGETS_KEYS

from posmember.errors import UpdateError, UpdateProblem
from posmember.updates.source.repository import part_path
from posmember.updates.updates import Plan, Updates
from tests.fakes.update_server import Visit, Web, serving
from tests.fakes.update_tills import (
    CONTENT,
    IMPATIENT,
    PACE,
    SETUP_1,
    SETUP_2,
    V1,
    V2,
    Made,
)

P = UpdateProblem
TARGET = f".{SETUP_1}"


def problem_of(ask: Callable[[], object]) -> UpdateProblem:
    with pytest.raises(UpdateError) as told:
        ask()
    return told.value.problem


def fetched(updates: Updates) -> bytes:
    found = updates.fetch()
    assert found is not None
    assert found[0].version in (V1, V2)
    return found[1].read_bytes()


def metadata(made: Made) -> Path:
    return made.repository.folder / "metadata"


def nothing_is_there(plan: Plan) -> bool:
    """Whether no file lies where setup would be started from."""
    return not list((plan.folder / "targets").glob("*"))


def test_what_is_honest_is_fetched_and_asked_for_once(updates: Updates, web: Web) -> None:
    assert fetched(updates) == CONTENT
    assert fetched(updates) == CONTENT
    assert [range for path, range in web.asked if TARGET in path] == [
        "bytes=0-99999", "bytes=100000-199999", "bytes=200000-299999", "bytes=300000-307199",
    ]  # fmt: skip


def test_words_of_a_page_within_a_file_are_the_files(made: Made, updates: Updates) -> None:
    """A setup holds them, and any piece may begin there."""
    content = CONTENT[: PACE.piece] + b"<html><head><title>" + CONTENT
    made.add(SETUP_2, V2, content)
    assert fetched(updates) == content


# --- signatures ----------------------------------------------------------------------------------


def test_a_strangers_repository(made: Made, strangers: Made, updates: Updates) -> None:
    shutil.rmtree(made.repository.folder)
    shutil.copytree(strangers.repository.folder, made.repository.folder)
    assert problem_of(updates.fetch) is P.UNSIGNED


def test_a_root_that_only_its_own_keys_sign(
    made: Made, strangers: Made, updates: Updates, plan: Plan
) -> None:
    strangers.repository.rotate("root1")
    shutil.copy(metadata(strangers) / "2.root.json", metadata(made))
    assert problem_of(updates.fetch) is P.UNSIGNED
    (metadata(made) / "2.root.json").unlink()
    assert fetched(Updates(plan, PACE)) == CONTENT


def test_one_key_where_two_have_to_sign(made: Made, updates: Updates) -> None:
    path = metadata(made) / "2.targets.json"
    told = json.loads(path.read_bytes())
    del told["signatures"][0]
    path.write_text(json.dumps(told))
    assert problem_of(updates.fetch) is P.UNSIGNED


def test_one_letter_of_what_is_signed(made: Made, updates: Updates) -> None:
    path = metadata(made) / "2.targets.json"
    signed, changed = b'"version": "1.1.0"', b'"version": "1.1.1"'
    assert signed in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(signed, changed))
    assert problem_of(updates.fetch) is P.UNSIGNED


def test_no_metadata_at_all(made: Made, updates: Updates) -> None:
    (metadata(made) / "timestamp.json").write_bytes(b"{}")
    assert problem_of(updates.fetch) is P.UNREADABLE


# --- time ----------------------------------------------------------------------------------------


def test_a_frozen_repository(made: Made, updates: Updates) -> None:
    made.repository.now = lambda: datetime.now(UTC).replace(microsecond=0) - timedelta(days=15)
    made.repository.refresh()
    assert problem_of(updates.fetch) is P.EXPIRED
    made.repository.now = lambda: datetime.now(UTC).replace(microsecond=0)
    made.repository.refresh()
    assert fetched(updates) == CONTENT


def test_yesterdays_repository(made: Made, updates: Updates, plan: Plan) -> None:
    yesterday = made.folder / "yesterday"
    shutil.copytree(made.repository.folder, yesterday)
    made.add(SETUP_2, V2, CONTENT[::-1])
    assert fetched(updates) == CONTENT[::-1]
    shutil.rmtree(made.repository.folder)
    shutil.copytree(yesterday, made.repository.folder)
    assert problem_of(Updates(plan, PACE).fetch) is P.OLD


@pytest.mark.parametrize("role", ["snapshot", "targets"])
def test_old_parts_among_new_ones(made: Made, updates: Updates, role: str) -> None:
    made.add(SETUP_2, V2, CONTENT[::-1])
    shutil.copy(metadata(made) / f"2.{role}.json", metadata(made) / f"3.{role}.json")
    assert problem_of(updates.fetch) is P.OLD


@pytest.mark.parametrize("off_days", [-2, 2])
def test_a_clock_that_is_off(made: Made, plan: Plan, off_days: int) -> None:
    with serving(made.repository.folder, lambda: time.time() + off_days * 86400) as web:
        updates = Updates(replace(plan, url=web.url), PACE)
        assert problem_of(updates.fetch) is P.CLOCK
        made.repository.now = lambda: datetime.now(UTC).replace(microsecond=0) - timedelta(days=15)
        made.repository.refresh()
        assert problem_of(updates.fetch) is P.CLOCK


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [CONTENT[:-1] + b"x", b"x" + CONTENT[1:]], ids=["its last byte", "its first byte"]
)
def test_another_file_of_the_same_length(
    made: Made, updates: Updates, plan: Plan, content: bytes
) -> None:
    (served,) = (made.repository.folder / "targets").glob(f"*{TARGET}")
    served.write_bytes(content)
    assert problem_of(updates.fetch) is P.DAMAGED
    assert nothing_is_there(plan)
    served.write_bytes(CONTENT)
    assert fetched(updates) == CONTENT


@pytest.mark.parametrize("content", [CONTENT[:150_000], CONTENT + b"x"], ids=["shorter", "longer"])
def test_a_file_of_another_length(made: Made, updates: Updates, plan: Plan, content: bytes) -> None:
    (served,) = (made.repository.folder / "targets").glob(f"*{TARGET}")
    served.write_bytes(content)
    assert problem_of(updates.fetch) is P.DAMAGED
    assert nothing_is_there(plan)


def test_a_file_that_is_gone(made: Made, updates: Updates) -> None:
    shutil.rmtree(made.repository.folder / "targets")
    assert problem_of(updates.fetch) is P.STATUS


def test_a_name_that_leads_out_of_the_folder(made: Made, updates: Updates, plan: Plan) -> None:
    """By whoever holds the keys: python-tuf itself keeps such a name within its folder."""
    made.repository.withdraw(SETUP_1)
    made.add("x.exe", V2, CONTENT)
    targets = made.repository._read(made.repository._below_root()[0].signed.__class__)
    targets.signed.targets["../../x.exe"] = targets.signed.targets.pop("x.exe")
    made.repository._sign_targets(targets)
    assert updates.fetch() is None
    assert nothing_is_there(plan)


def test_what_was_kept_is_spoilt(updates: Updates, plan: Plan) -> None:
    assert fetched(updates) == CONTENT
    for kept in (plan.folder / "metadata").rglob("*.json"):
        kept.write_bytes(b"\0" * 9)
    (plan.folder / "targets" / SETUP_1).write_bytes(CONTENT[:-1] + b"x")
    assert fetched(Updates(plan, PACE)) == CONTENT


# --- the line ------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["timestamp.json", TARGET])
def test_data_without_an_end(web: Web, updates: Updates, plan: Plan, part: str) -> None:
    web.answers[part] = web.pour
    assert problem_of(updates.fetch) is P.LONG
    assert nothing_is_there(plan)


@pytest.mark.parametrize("part", ["timestamp.json", TARGET])
def test_a_byte_now_and_then(web: Web, plan: Plan, part: str) -> None:
    web.answers[part] = web.drip
    assert problem_of(Updates(plan, IMPATIENT).fetch) is P.SLOW
    assert web.dripped < 100, "which take five seconds, and as many more as the machine is late"


def test_a_cut_download_goes_on_where_it_broke_off(web: Web, updates: Updates, plan: Plan) -> None:
    def cut(visit: Visit) -> None:
        if not visit.headers["Range"].startswith("bytes=200000"):
            visit.serve()
            return
        visit.send(
            206,
            b"half",
            {"Content-Length": "100000", "Content-Range": "bytes 200000-299999/307200"},
        )
        visit.close_connection = True
        visit.connection.shutdown(2)

    web.answers[TARGET] = cut
    assert problem_of(updates.fetch) is P.NO_CONNECTION
    assert part_path(plan.folder).stat().st_size == 200_000
    web.answers.clear()
    web.asked.clear()
    assert fetched(Updates(plan, PACE)) == CONTENT
    asked = [range for path, range in web.asked if TARGET in path]
    assert asked == ["bytes=200000-299999", "bytes=300000-307199"]
    assert not part_path(plan.folder).exists()


@pytest.mark.parametrize("left", [b"x" * 150_000, b"x" * 999_999], ids=["begun", "too long"])
def test_what_another_version_left_is_not_gone_on_from_for_good(
    updates: Updates, plan: Plan, left: bytes
) -> None:
    part = part_path(plan.folder)
    part.parent.mkdir(parents=True, mode=0o700)
    part.write_bytes(left)
    if len(left) < len(CONTENT):
        assert problem_of(updates.fetch) is P.DAMAGED
    assert fetched(updates) == CONTENT


def test_a_server_that_knows_no_parts(web: Web, updates: Updates, plan: Plan) -> None:
    web.answers[TARGET] = lambda visit: visit.serve(ranges=False)
    part = part_path(plan.folder)
    part.parent.mkdir(parents=True, mode=0o700)
    part.write_bytes(CONTENT[:1000])
    assert fetched(updates) == CONTENT


@pytest.mark.parametrize(
    ("part", "status"),
    [("root.json", 301), ("timestamp.json", 302), ("timestamp.json", 307), (TARGET, 308)],
)
def test_a_redirect_is_not_followed(
    made: Made, web: Web, updates: Updates, part: str, status: int
) -> None:
    with serving(made.repository.folder, time.time) as elsewhere:
        web.answers[part] = lambda visit: visit.send(
            status, b"", {"Location": f"{elsewhere.url}{visit.path}"}
        )
        assert problem_of(updates.fetch) is P.LOGIN  # as a portal does
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("part", "status"),
    [("root.json", 200), ("timestamp.json", 200), ("timestamp.json", 407), (TARGET, 511)],
)
def test_a_page_to_log_in(web: Web, updates: Updates, plan: Plan, part: str, status: int) -> None:
    page = b"<!doctype html><title>Hotel WLAN</title><form>" + b" " * 300
    web.answers[part] = lambda visit: visit.send(status, page, {"Content-Type": "text/html"})
    assert problem_of(updates.fetch) is P.LOGIN
    web.answers.clear()
    assert fetched(Updates(plan, PACE)) == CONTENT


def test_a_server_that_fails(web: Web, updates: Updates) -> None:
    web.answers["timestamp.json"] = lambda visit: visit.send(503, b"later")
    assert problem_of(updates.fetch) is P.STATUS


def test_nobody_there(plan: Plan) -> None:
    with socket.socket() as nobody:  # nor anybody else's server, as long as this has the port
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        assert problem_of(Updates(replace(plan, url=url), PACE).fetch) is P.NO_CONNECTION


def test_the_program_ends_in_the_middle(web: Web, updates: Updates) -> None:
    def last(visit: Visit) -> None:
        visit.serve()
        updates.stop()

    web.answers[TARGET] = last
    assert problem_of(updates.fetch) is P.ENDED


# --- the disk ------------------------------------------------------------------------------------


def test_a_disk_that_is_full_before(
    updates: Updates, plan: Plan, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=60_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert problem_of(updates.fetch) is P.NO_SPACE
    assert [path for path, _range in web.asked if TARGET in path] == []


def test_a_disk_that_fills_up_in_the_middle(updates: Updates, plan: Plan) -> None:
    part = part_path(plan.folder)
    part.parent.mkdir(parents=True, mode=0o700)
    part.symlink_to("/dev/full")
    assert problem_of(updates.fetch) is P.NO_SPACE
    assert nothing_is_there(plan)
    part.unlink()
    assert fetched(updates) == CONTENT


def test_a_folder_that_others_may_write_to(updates: Updates, plan: Plan) -> None:
    plan.folder.mkdir()
    plan.folder.chmod(0o777)
    assert problem_of(updates.fetch) is P.NOT_PRIVATE


def test_a_key_that_is_replaced_is_followed(made: Made, updates: Updates, plan: Plan) -> None:
    assert fetched(updates) == CONTENT
    for name in ("root2", *TARGETS_KEYS, "online"):
        made.repository.rotate(name)
    made.add(SETUP_2, V2, CONTENT[::-1])
    assert fetched(Updates(plan, PACE)) == CONTENT[::-1]
    assert "root2.root1.retired" in {path.name for path in made.repository.key_folder.iterdir()}
    assert keys.names(made.repository.key_folder) == sorted(
        ["online", "root1", "root2", "root3", *TARGETS_KEYS]
    )
