"""Every error that a membership card can bring: exit code and one line in two languages."""

from __future__ import annotations

import re

import pytest

from posmember import errors
from posmember.cli.exits import exit_code, explain
from posmember.cli.wechat.words import explain_card
from tests.fakes.wechat_errors import ALONE, CASES, Case, all_classes

CHINESE = re.compile("[\u4e00-\u9fff]")


def test_no_class_is_forgotten() -> None:
    tested = {type(case.error) for case in CASES.values()}
    of_the_platform: set[type[errors.PosMemberError]] = {errors.MemberNotFoundError}
    of_the_platform |= {errors.OtherMemberError, errors.NotSetUpError, errors.KeyMissingError}
    of_the_platform |= {errors.SecretRejectedError}
    assert tested == all_classes() - of_the_platform


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_codes_and_words(case: Case) -> None:
    assert exit_code(case.error) is case.exit
    line = explain_card(case.error)
    assert case.told in line
    chinese, _, english = line.partition(" / ")
    assert CHINESE.search(chinese)
    assert re.search("[a-z]{3}", english)
    assert "\n" not in line


@pytest.mark.parametrize("kind", sorted(ALONE, key=str))
def test_what_comes_with_cards_alone_has_words_of_its_own(
    kind: type[errors.PosMemberError],
) -> None:
    (case, *_) = [case for case in CASES.values() if type(case.error) is kind]
    assert explain_card(case.error) != explain(case.error)


def test_what_support_asks_for_follows() -> None:
    error = errors.NotAllowedError(
        "refused", code="NO_AUTH", request_id="r-1", platform_message="商户无权限"
    )
    assert explain_card(error).endswith("[NO_AUTH 商户无权限 r-1]")


def test_the_message_for_the_log_is_not_for_people() -> None:
    for kind in (errors.ApiTimeoutError, errors.CardNotFoundError, errors.ApiBusinessError):
        assert "secret detail" not in explain_card(kind("secret detail"))
