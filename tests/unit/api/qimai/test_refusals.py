"""What a refusal says, of whom: every kind of sentence, in both scripts and in English."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from posmember.api.answers import plain_words
from posmember.api.qimai.refusals import refusal_kind
from posmember.api.qimai.wire import read_answer
from posmember.errors import (
    ApiBusinessError,
    ApiError,
    MemberNotFoundError,
    RateLimitedError,
    SignatureRejectedError,
)
from tests.fakes.samples import SAMPLES

KINDS = (MemberNotFoundError, SignatureRejectedError, ApiBusinessError, RateLimitedError)


def sentences() -> Iterator[Any]:
    """Those of the file: under each heading, which begins with an error's name, its sentences."""
    kinds = {kind.__name__: kind for kind in KINDS}
    kind = None
    for line in (SAMPLES / "refusals.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            kind = kinds[line[2:].partition(":")[0]]
        elif line:
            yield pytest.param(line, kind, id=line)


SENTENCES = list(sentences())


def kind_of(sentence: str, code: str = "1", *, succeeded: bool = True) -> type[ApiError]:
    """What a refusal with this message is, over its bytes."""
    sent = {"status": succeeded, "code": code, "message": sentence}
    with pytest.raises(ApiError) as caught:
        read_answer("member_info", 200, {}, json.dumps(sent).encode())
    return type(caught.value)


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES)
def test_a_sentence(sentence: str, kind: type[ApiBusinessError]) -> None:
    """Punctuation says nothing."""
    around = ("{}", "{}！", "{}。", " {} ", "提示：{}")
    assert {said: kind_of(said.format(sentence)) for said in around} == dict.fromkeys(around, kind)


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES)
def test_what_goes_before_a_sentence(sentence: str, kind: type[ApiBusinessError]) -> None:
    """A known code; and the platform's own failure says nothing of a member."""
    for code in ("110004", "110007"):
        assert kind_of(sentence, code) is SignatureRejectedError
    nothing_said = kind is MemberNotFoundError
    assert kind_of(sentence, succeeded=False) is (ApiBusinessError if nothing_said else kind)


@pytest.mark.parametrize("sentence", ["", " ", "。", "()", "[]", "【】", "0", "a", "……", "的的的"])
def test_what_says_nothing(sentence: str) -> None:
    assert refusal_kind(True, "1", plain_words(sentence)) is ApiBusinessError


@pytest.mark.parametrize(
    "sentence",
    ["会员" * 200 + "不存在", "不存在" * 200, "(" * 200, "的" * 500 + "不存在", "a-" * 300],
)
def test_a_long_one_is_read_at_once(sentence: str) -> None:
    assert issubclass(refusal_kind(True, "1", plain_words(sentence)), ApiBusinessError)
