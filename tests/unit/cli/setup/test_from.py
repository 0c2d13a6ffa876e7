"""``posmember setup --from``: what it does, says and ends with; ``--remove``."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from posmember.cli import keyring_wait
from posmember.cli.setup import waiting
from posmember.cli.setup.passphrases import PASSPHRASE_VARIABLE
from posmember.cli.setup.waiting import WaitingStore
from posmember.errors import CredentialError, KeyringSilentError
from posmember.report.outcomes import Exit
from posmember.settings import edit
from posmember.settings.declared import OPEN_ID, PROXY
from posmember.settings.policy import Policy
from posmember.trust.process import SECRET_VARIABLES
from tests.fakes.provisions import OPEN_KEY, PASSPHRASE
from tests.fakes.wechat import MemoryStore
from tests.unit.cli.setup.conftest import Pc, Run

SECRETS = (OPEN_KEY, PASSPHRASE, PASSPHRASE.replace("-", ""), "a-password")


@pytest.fixture(autouse=True)
def umask_as_before() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def set_up(run: Run, pc: Pc, *more: str) -> list[str]:
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase, *more)
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert not any(secret in result.out for secret in SECRETS)
    return result.out.splitlines()


def test_set_up_a_line_a_step(run: Run, pc: Pc) -> None:
    assert set_up(run, pc) == [
        f"✓ 装机文件 / provisioning file: {pc.file}",
        "✓ 开放密钥 / open key: 已写入 / set",
        "✓ 开放平台 OpenId / platform.open_id: 已写入 / set",
        "✓ 授权码 GrantCode / platform.grant_code: 已写入 / set",
        "✓ 会员系统地址 / platform.base_url: 已写入 / set",
        "✓ 最多等几秒 / platform.timeout_s: 已写入 / set",
        "✓ 代理 / platform.proxy: 已写入 / set",
        "✓ 门店编码 / store.code: 已写入 / set",
        "✓ 提示音 / window.sounds: 已写入 / set",
        f"✓ 配置 / configuration: {pc.mine}",
        "✓ 装好了 / set up",
    ]
    assert pc.keyring.kept == {"an-id": OPEN_KEY}
    assert pc.mine.exists()
    assert not pc.machine.parent.exists()


def test_once_more_there_is_nothing_to_do(run: Run, pc: Pc) -> None:
    set_up(run, pc)
    before = pc.mine.stat().st_mtime_ns
    pc.keyring.break_after(0)
    lines = set_up(run, pc)
    assert lines[-1] == "✓ 没有要改的 / nothing to do"
    assert lines[1] == "✓ 开放密钥 / open key: 已经是这样 / as it was"
    assert pc.mine.stat().st_mtime_ns == before


def test_checked_only(run: Run, pc: Pc) -> None:
    lines = set_up(run, pc, "--check")
    assert lines[1] == "! 开放密钥 / open key: 会写入 / to be set"
    assert lines[-1] == "! 只检查，没有改动 / checked only, nothing was changed"
    assert not pc.mine.parent.parent.exists()
    assert pc.keyring.kept == {}
    set_up(run, pc)
    assert set_up(run, pc, "--check")[-1] == "✓ 没有要改的 / nothing to do"


def test_what_the_policy_sets(run: Run, pc: Pc) -> None:
    pc.policy = Policy("the-policy", {PROXY.path: "none"})
    told = "! 代理 / platform.proxy: 由总部管理，没有写入 / left to the policy: the-policy"
    assert told in set_up(run, pc)
    assert "proxy" not in pc.mine.read_text("utf-8")


# --- the passphrase -----------------------------------------------------------------------------


def test_the_passphrase_on_standard_input(run: Run, pc: Pc) -> None:
    result = run("--from", pc.file, stdin=f"{PASSPHRASE.lower()}\n")
    assert (result.code, result.err) == (Exit.FOUND, "")


def test_the_passphrase_in_the_environment(
    run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSMEMBER_PASSPHRASE", PASSPHRASE)
    assert run("--from", pc.file).code == Exit.FOUND


def test_no_child_process_gets_the_passphrase() -> None:
    assert PASSPHRASE_VARIABLE in SECRET_VARIABLES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_passphrase_file_of_any_editor(run: Run, pc: Pc, encoding: str) -> None:
    pc.passphrase.write_bytes(f"\r\n {PASSPHRASE} \r\nmore\r\n".encode(encoding))
    set_up(run, pc)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "empty"), (b" \n \n", "empty"), (b"\xff\xfa\xfb", "no text"), (None, "cannot read")],
)
def test_a_passphrase_file_without_one(run: Run, pc: Pc, content: bytes | None, told: str) -> None:
    pc.passphrase.unlink()
    if content is not None:
        pc.passphrase.write_bytes(content)
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase)
    assert result.code == Exit.WRONG_USE
    assert told in result.one_line()


def test_no_passphrase(run: Run, pc: Pc) -> None:
    result = run("--from", pc.file)
    assert result.code == Exit.WRONG_USE
    assert "没有输入口令" in result.one_line()


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (lambda _file: b"[platform]\n", Exit.WRONG_USE, "这不是装机文件"),
        (lambda file: file.replace(b"setup = 1", b"setup = 9"), Exit.WRONG_USE, "另一个版本"),
        (lambda file: file[:-40], Exit.WRONG_USE, "不完整"),
        (lambda file: file.replace(b"1001", b"1002"), Exit.WRONG_USE, "被改动过"),
    ],
    ids=["something else", "another version", "cut", "changed"],
)
def test_a_file_that_is_not_taken(
    run: Run, pc: Pc, change: Callable[[bytes], bytes], code: Exit, told: str
) -> None:
    pc.file.write_bytes(change(pc.file.read_bytes()))
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase)
    assert (result.code, result.out) == (code, "")
    assert told in result.one_line()
    assert not pc.mine.parent.exists()
    assert pc.keyring.kept == {}


def test_the_wrong_passphrase(run: Run, pc: Pc) -> None:
    result = run("--from", pc.file, stdin="not this one\n")
    assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
    assert result.one_line() == "posmember: 口令不对 / the passphrase is wrong"
    assert not pc.mine.parent.exists()


def test_no_such_file(run: Run, pc: Pc, tmp_path: Path) -> None:
    result = run("--from", tmp_path / "none.toml", stdin=PASSPHRASE)
    assert result.code == Exit.WRONG_USE
    assert "none.toml" in result.one_line()


def test_another_open_id(run: Run, pc: Pc) -> None:
    pc.mine.parent.mkdir(parents=True)
    pc.mine.write_text('[platform]\nopen_id = "my-id"\ngrant_code = "mine"\n', "utf-8")
    before = pc.mine.read_bytes()
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase)
    assert result.code == Exit.WRONG_USE
    assert "--replace" in result.one_line()
    assert (pc.mine.read_bytes(), pc.keyring.kept) == (before, {})
    set_up(run, pc, "--replace")
    assert 'open_id = "an-id"' in pc.mine.read_text("utf-8")


def test_another_open_id_than_head_offices(run: Run, pc: Pc) -> None:
    pc.policy = Policy("the-policy", {OPEN_ID.path: "my-id"})
    result = run("--from", pc.file, "--replace", stdin=PASSPHRASE)
    assert result.code == Exit.WRONG_USE
    assert "总部策略" in result.one_line()


@pytest.mark.parametrize(
    "options",
    [
        (), ("--check",), ("--from", "a", "--remove"), ("--from", "a", "--days", "3"),
        ("--remove", "--replace"), ("--remove", "--with-store"), ("--from", "a", "--yes"),
        ("--export", "a", "--machine"), ("--export", "a", "--days", "3"),
        ("--export-qr", "a.pdf", "--days", "0"), ("--export-qr", "a.pdf", "--days", "8"),
        ("--export-qr", "a.txt"), ("--export-qr", "a.pdf", "--check"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_does_not_go_together(run: Run, pc: Pc, options: tuple[str, ...]) -> None:
    result = run(*options)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert result.one_line()


# --- what fails ---------------------------------------------------------------------------------


def test_a_full_disk(run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(edit, "replace_file", full)
        result = run("--from", pc.file, "--passphrase-file", pc.passphrase)
    assert result.code == Exit.OTHER
    assert "什么都没有改" in result.one_line()
    assert "No space left on device" in result.err
    assert pc.keyring.kept == {}
    set_up(run, pc)


def test_no_keyring(run: Run, pc: Pc) -> None:
    def locked(_what: str, _name: str) -> None:
        raise CredentialError("the keyring took nothing: KeyringLocked")

    pc.keyring.watch = locked
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase)
    assert result.code == Exit.KEYS_REFUSED
    assert "什么都没有改" in result.one_line()
    assert "--no-secrets" in result.err
    assert not pc.mine.parent.exists()
    lines = set_up(run, pc, "--no-secrets")
    assert "! 没有保存密钥 / no keys were kept (--no-secrets)" in lines
    assert pc.mine.exists()


def test_a_silent_keyring_is_waited_for_once(
    run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    over = threading.Event()

    class Silent(MemoryStore):
        def get(self, name: str) -> str | None:
            asked.append(name)
            over.wait(60)
            return None

    monkeypatch.setattr(waiting, "KeyringStore", Silent)
    monkeypatch.setattr(waiting, "READ_LIMIT_S", 0.05)
    monkeypatch.setattr(keyring_wait, "SAID_AFTER_S", 0.02)
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase)
    over.set()
    assert result.code == Exit.KEYS_REFUSED
    assert "正在等待系统密钥库解锁" in result.err
    assert "密钥库没有回应，什么都没有改" in result.err
    assert asked == ["an-id"]
    assert not pc.mine.parent.exists()


def test_a_store_that_was_silent_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    class Silent(MemoryStore):
        def set(self, name: str, secret: str) -> None:
            over.wait(60)

    monkeypatch.setattr(waiting, "WRITE_LIMIT_S", 0.05)
    monkeypatch.setattr(keyring_wait, "SAID_AFTER_S", 0.02)
    store = WaitingStore(Silent({"x": "y"}))
    assert store.get("x") == "y"
    with pytest.raises(KeyringSilentError):
        store.set("x", "z")
    with pytest.raises(KeyringSilentError):
        store.get("x")
    with pytest.raises(KeyringSilentError):
        store.delete("x")
    over.set()


def test_a_key_in_the_environment_is_taken_first(
    run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSMEMBER_OPEN_KEY", "another-key")
    lines = set_up(run, pc)
    assert any("POSMEMBER_OPEN_KEY is taken first" in line for line in lines)


# --- for the machine ----------------------------------------------------------------------------


def test_for_all_users_of_a_machine(run: Run, pc: Pc) -> None:
    lines = set_up(run, pc, "--machine")
    assert any("各运行一次" in line for line in lines)
    assert pc.keyring.kept == {"an-id": OPEN_KEY}
    assert not pc.mine.parent.exists()
    if sys.platform != "win32":
        assert stat.S_IMODE(pc.machine.stat().st_mode) == 0o644
        assert stat.S_IMODE(pc.machine.parent.stat().st_mode) == 0o755


def test_the_next_user_needs_no_rights(run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the machine's is there already; only this user's keyring is written to."""
    set_up(run, pc, "--machine")
    pc.keyring = MemoryStore()

    def denied(_path: Path, _content: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(edit, "replace_file", denied)
    lines = set_up(run, pc, "--machine")
    assert lines[1] == "✓ 开放密钥 / open key: 已写入 / set"
    assert pc.keyring.kept == {"an-id": OPEN_KEY}


def test_ones_own_configuration_beats_the_machines(run: Run, pc: Pc) -> None:
    set_up(run, pc)
    lines = set_up(run, pc, "--machine")
    assert f"! 这台电脑先读另一个配置 / another configuration is read first: {pc.mine}" in lines


def test_a_machines_folder_that_cannot_be_made(run: Run, pc: Pc) -> None:
    pc.machine.parents[1].write_text("a file is in the way")
    result = run("--from", pc.file, "--passphrase-file", pc.passphrase, "--machine")
    assert result.code == Exit.WRONG_USE
    assert "管理员" in result.one_line()
    assert pc.keyring.kept == {}


# --- taken away ---------------------------------------------------------------------------------


def test_removed_after_a_yes(run: Run, pc: Pc) -> None:
    set_up(run, pc)
    result = run("--remove", stdin="yes\n")
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert "! 开放密钥 / open key: 会删除 / to be removed" in result.out
    assert result.out.splitlines()[-1] == "✓ 已删除 / removed"
    assert pc.keyring.kept == {}
    assert not pc.mine.exists()
    assert run("--remove", "--yes").out.splitlines()[-1] == "✓ 没有要改的 / nothing to do"


@pytest.mark.parametrize(
    ("options", "answer", "code"),
    [((), "no\n", Exit.FOUND), ((), "", Exit.WRONG_USE), (("--check",), "yes\n", Exit.FOUND)],
)
def test_not_removed(run: Run, pc: Pc, options: tuple[str, ...], answer: str, code: Exit) -> None:
    set_up(run, pc)
    assert run("--remove", *options, stdin=answer).code == code
    assert pc.keyring.kept == {"an-id": OPEN_KEY}
    assert pc.mine.exists()


def test_removed_without_being_asked(run: Run, pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(run, pc)
    monkeypatch.setenv("POSMEMBER_OPEN_KEY", "another-key")
    result = run("--remove", "--yes")
    assert result.code == Exit.FOUND
    assert "a key is still in POSMEMBER_OPEN_KEY" in result.out
    assert not pc.mine.exists()


def test_the_machines_is_removed(run: Run, pc: Pc) -> None:
    set_up(run, pc, "--machine")
    assert run("--remove", "--machine", "--yes").code == Exit.FOUND
    assert not pc.machine.exists()
    assert pc.keyring.kept == {}
