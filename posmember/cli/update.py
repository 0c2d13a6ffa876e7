"""``posmember update``: whether there is a new version for this till, and its installation.

Without a window, for IT and for the machine's own task: where the program was installed for
everybody, that one alone may replace it.
"""

from __future__ import annotations

import argparse
from typing import Final

from posmember.cli.exits import fail
from posmember.cli.lines import say, say_done
from posmember.errors import ConfigError, NotSetUpError, UpdateError, UpdateProblem
from posmember.report.outcomes import Exit
from posmember.settings import config
from posmember.settings.config import PlatformSettings, Settings, UpdatesSettings
from posmember.settings.declared import PROXY, UPDATES_HOURS, UPDATES_URL
from posmember.settings.policy import machine_policy
from posmember.trust.administrator import is_administrator
from posmember.updates.updates import Updates, plan_for

_P: Final = UpdateProblem
_WORDS: Final = {
    _P.OFF: "总部关了更新 / turned off by policy",
    _P.NO_ADDRESS: "没有设置更新地址 / there is no address of updates: updates.url",
    _P.NO_ROOT: "这个程序没有带更新的密钥 / this program was built without the keys of updates",
    _P.NOT_INSTALLED: "这个程序不是装上的,不更新 / this program was not installed by a setup",
    _P.BY_OTHERS: "由管理员或系统更新 / updated by the administrator, or by the system",
    _P.NO_CONNECTION: "连不上更新地址 / no connection to the address of updates",
    _P.LOGIN: "网络或代理要先登录 / the network or a proxy wants a login",
    _P.STATUS: "更新地址没有给出文件 / the address of updates does not give the file",
    _P.SLOW: "更新地址太慢 / the address of updates is too slow",
    _P.LONG: "更新地址给的内容太长 / more than there can be, so it is not taken",
    _P.UNSIGNED: "更新的签名不对,没有采用 / not signed as it has to be, so it is not taken",
    _P.OLD: "更新地址给的是旧内容,没有采用 / older than before, so it is not taken",
    _P.EXPIRED: "更新地址的内容过期了,没有采用 / expired, so it is not taken",
    _P.CLOCK: "电脑时间不对,请先校准 / this computer's clock is wrong",
    _P.DAMAGED: "文件和签名的不一样,没有采用 / another file than was signed, so it is not taken",
    _P.UNREADABLE: "更新地址的内容读不懂,没有采用 / unreadable, so it is not taken",
    _P.NO_SPACE: "磁盘空间不够 / the disk is full",
    _P.NOT_WRITTEN: "更新的文件夹写不了 / the folder of updates cannot be written",
    _P.NOT_PRIVATE: "更新的文件夹别人也能改,没有采用 / others may write to the folder of updates",
    _P.OTHER_SIGNER: "签发者和现在的程序不同,没有安装 / signed by somebody else, not installed",
    _P.NOT_STARTED: "安装程序启动不了 / setup does not start",
    _P.ENDED: "中途停止了 / ended in the middle",
}
_WRONG_USE: Final = {_P.OFF, _P.NO_ADDRESS, _P.NO_ROOT, _P.NOT_INSTALLED, _P.BY_OTHERS}
_NO_CONNECTION: Final = {_P.NO_CONNECTION, _P.LOGIN, _P.STATUS, _P.SLOW, _P.CLOCK}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="only look (the default)")
    what.add_argument("--install", action="store_true", help="install what there is, and end")
    parser.add_argument(
        "--as-service", action="store_true", help="for the whole machine, within its hours"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    if args.as_service and not is_administrator():
        return fail("要用管理员身份运行 / to be run as administrator", Exit.WRONG_USE)
    try:
        plan = plan_for(_settings(), as_service=args.as_service)
        updates = Updates(plan)
        return _install(updates, args) if args.install else _check(updates)
    except ConfigError as error:
        return fail(f"配置有误,请按提示修改 / configuration: {error}", Exit.WRONG_USE)
    except UpdateError as error:
        return fail(f"{_WORDS[error.problem]}: {error}", _exit(error.problem))


def _check(updates: Updates) -> Exit:
    offer = updates.check()
    if offer is None:
        say(f"已是该用的版本 / this is the right version: {updates.plan.running}")
    else:
        say(f"有新版本 / there is another version: {offer.version}")
    return Exit.FOUND


def _install(updates: Updates, args: argparse.Namespace) -> Exit:
    if not updates.plan.may_install:
        raise UpdateError("not by this program", problem=_P.BY_OTHERS)
    if args.as_service and not updates.is_open():
        say("不在更新时间 / not within its hours")
        return Exit.FOUND
    found = updates.fetch()
    if found is None:
        return _check(updates)
    offer, path = found
    if args.as_service and not updates.is_time(offer):
        say(f"下载好了,到时间再装 / fetched, to be installed at its hours: {offer.version}")
        return Exit.FOUND
    updates.look_again(offer, path)
    updates.start(offer, path)
    say_done(f"正在安装 / setup has been started: {offer.version}")
    return Exit.FOUND


def _exit(problem: UpdateProblem) -> Exit:
    if problem in _WRONG_USE:
        return Exit.WRONG_USE
    return Exit.NO_CONNECTION if problem in _NO_CONNECTION else Exit.OTHER


def _settings() -> Settings:
    """The settings; where the till is not set up, what its policy says of updates."""
    try:
        return config.load()
    except NotSetUpError:
        policy = machine_policy()
        return Settings(
            PlatformSettings("", "", proxy=policy.value(PROXY)),
            updates=UpdatesSettings(policy.value(UPDATES_URL), policy.value(UPDATES_HOURS)),
            policy=policy,
        )
