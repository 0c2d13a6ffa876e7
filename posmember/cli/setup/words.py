"""What ``posmember setup`` says: a line a step, and a sentence for everything that can be wrong."""

from __future__ import annotations

from typing import Final

from posmember.cli.exits import Exit, exit_code, explain
from posmember.cli.lines import say
from posmember.errors import (
    ConfigError,
    CredentialError,
    KeyringLockedError,
    KeyringSilentError,
    PosMemberError,
)
from posmember.lookup.provision import Outcome, Step, StepReport
from posmember.settings.policy import Policy
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem

_NOTHING: Final = "，什么都没有改"
_PROBLEMS: Final = {
    ProvisionProblem.NOT_ONE: "这不是装机文件 / this is no provisioning file",
    ProvisionProblem.OTHER_VERSION: (
        "装机文件是另一个版本的 posmember 做的，请用同一版本 / another version made it"
    ),
    ProvisionProblem.CUT: "装机文件不完整，请重新拷贝 / it is cut off, copy it anew",
    ProvisionProblem.WRONG_PASSPHRASE: "口令不对 / the passphrase is wrong",
    ProvisionProblem.CHANGED: "装机文件被改动过，已作废 / it was changed, so it is void",
    ProvisionProblem.CONTENT: (
        "装机文件里有这个版本不认识的内容，请升级或重新导出"
        " / it holds what this version does not know"
    ),
    ProvisionProblem.EXPIRED: "装机码已过期，请重新打印 / the pages are no longer good",
    ProvisionProblem.CLOCK: "电脑时间不对，请先校准 / this computer's clock is slow",
    ProvisionProblem.OTHER_MERCHANT: (
        "这台电脑装的是另一个 OpenId，没有改；确实要换请加 --replace"
        " / this till has another open id, see --replace"
    ),
    ProvisionProblem.POLICY_MERCHANT: (
        "总部策略规定的是另一个 OpenId，没有改 / the machine's policy names another open id"
    ),
    ProvisionProblem.TOO_LONG: (
        "内容太多，印不成二维码，请用 --export / too much for pages, see --export"
    ),
    ProvisionProblem.NO_MEMORY: "内存不够，请关掉其他程序 / not enough memory",
    ProvisionProblem.HALF_DONE: (
        "密钥已保存，配置没有写成；再运行一次就会补上"
        " / the keys were kept, the configuration was not written: run it again"
    ),
}
_STEPS: Final = {
    Step.OPEN_KEY: "开放密钥 / open key",
    Step.WECHAT: "微信支付密钥 / WeChat Pay's keys",
    Step.CONFIGURATION: "配置 / configuration",
}


def explain_setup(error: PosMemberError, *, changing: bool) -> str:
    """What happened and what to do, in Chinese and English.

    Args:
        changing: whether this till was to be changed, not others' file to be made.
    """
    match error:
        case ProvisionError():
            words = _PROBLEMS[error.problem]
            return f"{words}: {error.detail}" if error.detail else words
        case KeyringSilentError() if changing:
            return (
                f"密钥库没有回应{_NOTHING}；解锁后再运行一次"
                f" / nothing was changed: unlock the keyring, run it again: {error}"
            )
        case KeyringLockedError() if changing:
            return (
                f"系统密钥库没有解锁{_NOTHING}；再运行一次并输入密码"
                f" / the keyring stayed locked, nothing was changed: run it again: {error}"
            )
        case CredentialError() if changing:
            return (
                f"密钥库用不了{_NOTHING}；解锁后再运行一次，没有密钥库的电脑请用 --no-secrets"
                f" 和 POSMEMBER_OPEN_KEY / the keyring cannot be used, nothing was changed: {error}"
            )
        case ConfigError() if changing and isinstance(error.__cause__, OSError):
            return f"写不了配置{_NOTHING} / the configuration cannot be written: {error}"
        case _:
            return explain(error)


def setup_exit(error: PosMemberError) -> Exit:
    """The exit code for an error."""
    if isinstance(error, ProvisionError):
        return _EXITS.get(error.problem, Exit.WRONG_USE)
    if isinstance(error, ConfigError) and isinstance(error.__cause__, OSError):
        return Exit.OTHER
    return exit_code(error)


_EXITS: Final = {
    ProvisionProblem.WRONG_PASSPHRASE: Exit.KEYS_REFUSED,
    ProvisionProblem.NO_MEMORY: Exit.OTHER,
    ProvisionProblem.HALF_DONE: Exit.OTHER,
}


def said(report: StepReport, policy: Policy, *, only_checked: bool, removing: bool) -> str:
    """One step's line."""
    what = _name(report)
    match report.outcome:
        case Outcome.LEFT_TO_POLICY:
            return f"! {what}: 由总部管理，没有写入 / left to the policy: {policy.place}"
        case Outcome.SAME:
            return f"✓ {what}: {'没有 / not there' if removing else '已经是这样 / as it was'}"
        case Outcome.CHANGED if only_checked:
            return f"! {what}: {'会删除 / to be removed' if removing else '会写入 / to be set'}"
        case _:
            return f"✓ {what}: 已写入 / set"


def note(words: str) -> None:
    """Say what is to be known, and is no failure."""
    say(f"! {words}")


def _name(report: StepReport) -> str:
    if report.setting is None:
        return _STEPS[report.step]
    return f"{report.setting.name.zh} / {report.setting.path}"
