"""`posmember lookup` in a process of its own, against the sandbox over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from posmember.sandbox.app import Sandbox
from tests.end2end.program import COMMAND, LIMIT_S, Result, Till, ended, write_config
from tests.end2end.waiting import wait_until
from tests.end2end.written import log_text


def test_found_as_json(till: Till) -> None:
    result = till.run("lookup", "qm0000001", "--json", "--amount", "58")
    assert (result.code, result.err) == (0, "")
    answer = json.loads(result.out)
    assert answer["member"]["id"] == "100001"
    assert {coupon["verdict"] for coupon in answer["coupons"]} == {"usable", "check", "not_usable"}


def test_found_as_text(till: Till) -> None:
    result = till.run("lookup", "13800000001", "--amount", "58")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("会员  王*明  138****0001")
    assert sum(line.startswith("● 可用  券") for line in lines) == 3
    assert lines[-1].startswith("建议")


def test_nobody_is_3(till: Till) -> None:
    result = till.run("lookup", "nobody-has-this")
    assert result.code == 3
    assert "没有找到会员" in result.one_line()


def test_no_connection_is_4(till: Till, closed_port: str) -> None:
    write_config(till.config, closed_port)
    result = till.run("lookup", "qm0000001")
    assert (result.code, result.out) == (4, "")
    assert "连不上平台" in result.one_line()


def test_a_wrong_key_is_5(till: Till) -> None:
    result = till.run("lookup", "qm0000001", env={"POSMEMBER_OPEN_KEY": "wrong-key-of-nobody"})
    assert result.code == 5
    line = result.one_line()
    assert "posmember doctor" in line
    assert "wrong-key" not in line


def test_no_key_and_no_keyring_is_5(till: Till) -> None:
    result = Till(till.config, open_key="").run("lookup", "qm0000001")
    assert (result.code, result.out) == (5, "")
    line = result.one_line()
    assert "posmember set-open-key" in line
    assert "no system keyring" in line


def test_a_refusal_is_6(till: Till, platform: Sandbox) -> None:
    platform.add_fault("member_info=refused")
    result = till.run("lookup", "qm0000001")
    assert result.code == 6
    assert "该门店未开通此功能" in result.one_line()


def test_a_payment_code_is_2_and_sends_nothing(till: Till, platform: Sandbox) -> None:
    result = till.run("lookup", "134567890123456789")
    assert (result.code, result.out) == (2, "")
    line = result.one_line()
    assert "付款码" in line
    assert "1345" not in line
    assert not platform.calls


def test_a_missing_configuration_is_2(till: Till) -> None:
    till.config.unlink()
    result = till.run("lookup", "qm0000001")
    assert (result.code, result.out) == (2, "")
    assert str(till.config) in result.one_line()
    assert not till.config.exists()


HEADLESS = """
import json, sys
from posmember.__main__ import main
code = main(["lookup", "qm0000001", "--json"])
foreign = {"PySide6", "shiboken6", "qasync", "starlette", "uvicorn", "tomlkit"}
print(json.dumps([code, sorted(foreign & set(sys.modules))]), file=sys.stderr)
"""


def test_it_imports_no_qt(till: Till) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEADLESS],
        env=till.environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=LIMIT_S,
    )
    assert json.loads(Result.of(done.returncode, done.stdout, done.stderr).err) == [0, []]


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("lookup", "qm0000001"), id="less than the pipe holds"),
        pytest.param(("lookup", "qm0001000", "--json"), id="more than the pipe holds"),
        pytest.param(("lookup", "--help"), id="help"),
    ],
)
def test_a_reader_that_went_away_is_no_failure_to_speak_of(
    till: Till, arguments: tuple[str, ...]
) -> None:
    readable, writable = os.pipe()
    os.close(readable)
    done = subprocess.run(
        [*COMMAND, *arguments],
        env=till.environment(),
        stdout=writable,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=LIMIT_S,
    )
    os.close(writable)
    result = Result.of(done.returncode, "", done.stderr)
    # Python's own help ends with 0; what must never come is 120, or a word about it.
    assert (result.code, result.err) in ((141, ""), (0 if "--help" in arguments else 141, ""))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_the_json_survives_every_encoding(till: Till, encoding: str) -> None:
    done = subprocess.run(
        [*COMMAND, "lookup", "qm0000001", "--json", "--reveal"],
        env=till.environment({"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}),
        capture_output=True,
        check=False,
        timeout=LIMIT_S,
    )
    result = Result.of(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["member"]["name"] == "王小明"


def test_the_text_on_a_console_without_chinese(till: Till) -> None:
    result = till.run("lookup", "qm0000001", env={"PYTHONIOENCODING": "ascii"})
    assert (result.code, result.err) == (0, "")
    assert "138****0001" in result.out


@pytest.mark.skipif(sys.platform == "win32", reason="this signal cannot be sent there")
def test_ctrl_c_in_mid_lookup_ends_it_without_a_word(till: Till, platform: Sandbox) -> None:
    platform.add_fault("all=slow20000")
    with till.started("lookup", "qm0000001") as process:
        wait_until(lambda: len(platform.calls) > 0, "the first call")
        process.send_signal(signal.SIGINT)
        result = ended(process)
    assert (result.code, result.out, result.err) == (-signal.SIGINT, "", "")


def test_a_bug_is_one_line_and_a_code_that_the_log_holds(till: Till) -> None:
    broken = (
        "import sys; from posmember.cli import lookup, parser\n"
        "def explode(args): raise ZeroDivisionError('13800000001 divided')\n"
        "lookup.run = explode\n"
        "from posmember.__main__ import main; sys.exit(main(['lookup', 'qm0000001']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", broken],
        env=till.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LIMIT_S,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    code = done.stderr.split("logged as ")[1][:4]
    text = log_text()
    assert f"{code}: a bug" in text
    assert text.endswith("in explode\nZeroDivisionError\n")
    assert "13800000001" not in text
