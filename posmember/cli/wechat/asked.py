"""What `posmember wechat-card set` is asked to change: its options, and the change they name."""

from __future__ import annotations

import argparse

from posmember.cli.exits import WrongUseError
from posmember.cli.options import moment
from posmember.cli.standard_input import given
from posmember.domain.texts import clean_text
from posmember.domain.wechat.card import FormField, ValidityKind
from posmember.domain.wechat.change import CardChange, ChangeProblem, NewValidity, change_problems
from posmember.scanning.card_entry import payment_problems, read_phone

_FROM_INPUT = "- for the next line of standard input"


def add_change_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what a card is to be."""
    parser.add_argument("--level", help="at most 10 characters")
    parser.add_argument("--color", metavar="#RRGGBB")
    parser.add_argument("--picture-url", metavar="URL", help="https, uploaded to WeChat Pay before")
    parser.add_argument("--phone", help=_FROM_INPUT)
    parser.add_argument("--attach", help="the merchant's own text, at most 256 characters")
    parser.add_argument("--valid-from", type=moment, metavar="ISO", help="with --valid-until")
    parser.add_argument("--valid-until", type=moment, metavar="ISO")
    parser.add_argument("--valid-days", type=int, metavar="N", help="for so many days")
    parser.add_argument("--permanent", action="store_true", help="for ever")
    parser.add_argument("--pickup-time", type=moment, metavar="ISO", help="when it was taken")
    parser.add_argument(
        "--common-field", action="append", default=[], metavar="NAME=VALUE",
        help=f"an answer to WeChat Pay's form: {', '.join(FormField)}; VALUE: {_FROM_INPUT}",
    )  # fmt: skip
    parser.add_argument(
        "--custom-field", action="append", default=[], metavar="QUESTION=VALUE",
        help="an answer to the merchant's own question; several for several; VALUE: -, too",
    )  # fmt: skip


def read_change(args: argparse.Namespace) -> CardChange:
    """The change that is asked for, without what nobody sees of its texts.

    Raises:
        WrongUseError: with what is wrong with it, such as a text of which nothing is left.
    """
    change = CardChange(
        level=_clean(args.level),
        color=_clean(args.color),
        picture_url=_clean(args.picture_url),
        phone=None if args.phone is None else read_phone(given(args.phone, "--phone")),
        validity=_validity(args),
        picked_up_at=args.pickup_time,
        common_fields=_common_fields(args.common_field),
        custom_fields=_custom_fields(args.custom_field),
        attach=_clean(args.attach),
    )
    if not change.named():
        raise WrongUseError("没有要改的内容 / nothing to change was named")
    refuse((*payment_problems(change), *change_problems(change)))
    return change


def refuse(problems: tuple[ChangeProblem, ...]) -> None:
    """Raise WrongUseError that names what is wrong, where there is anything."""
    told = [
        f"{problem.field}: {problem.fault}" + (f" (<= {problem.most})" if problem.most else "")
        for problem in problems
    ]
    if told:
        raise WrongUseError("内容不符合要求 / not sent, as it is not right: " + "; ".join(told))


def _validity(args: argparse.Namespace) -> NewValidity | None:
    ranged = args.valid_from is not None or args.valid_until is not None
    if ranged + (args.valid_days is not None) + args.permanent > 1:
        raise WrongUseError("有效期只能选一种 / only one kind of validity")
    if ranged:
        return NewValidity(ValidityKind.FIXED_RANGE, args.valid_from, args.valid_until)
    if args.valid_days is not None:
        return NewValidity(ValidityKind.FIXED_TERM, days=args.valid_days)
    return NewValidity(ValidityKind.PERMANENT) if args.permanent else None


def _common_fields(options: list[str]) -> tuple[tuple[FormField, str], ...] | None:
    answers = []
    for option in options:
        name, value = _answer("--common-field", option)
        if name not in [*FormField]:
            known = ", ".join(FormField)
            raise WrongUseError(f"--common-field: 没有这一项 / NAME is one of {known}")
        answers.append((FormField(name), value))
    return tuple(answers) or None


def _custom_fields(options: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    answers: dict[str, tuple[str, ...]] = {}
    for option in options:
        name, value = _answer("--custom-field", option)
        answers[name] = (*answers.get(name, ()), value)
    return tuple(answers.items()) or None


def _answer(option: str, text: str) -> tuple[str, str]:
    """The two sides of an answer; its value may come by standard input."""
    name, equals, value = text.partition("=")
    if not equals:
        raise WrongUseError(f"{option}: 要写成 名称=内容 / NAME=VALUE")
    name = clean_text(name)
    return name, clean_text(given(value, f"{option} {name}"))


def _clean(text: str | None) -> str | None:
    return None if text is None else clean_text(text)
