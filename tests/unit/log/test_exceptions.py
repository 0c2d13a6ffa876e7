"""An exception in the log: its class, its places, and nothing of what it was about."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from posmember.errors import ApiResponseError, CredentialError, leaves, ungrouped
from posmember.log.exceptions import described, names_of, summary

NAME, PHONE, CODE, KEY = "王小明", "139 5792 4681", "A7K2", "k3yOfTwentyThreeChars0x"
PERSONAL = (NAME, PHONE, "5792", CODE, KEY, "k3yOf")


@dataclass
class Customer:
    name: str
    phone: str


def wrong_value() -> None:
    raise ValueError(f"{NAME} {PHONE} {CODE} {KEY}")


def missing_key() -> None:
    {}[PHONE]  # type: ignore[index]


def undecodable() -> None:
    f"{NAME}{PHONE}".encode("gbk").decode("ascii")


def unparsable() -> None:
    json.loads(f'{{"name": "{NAME}", }}')


def no_such_file() -> None:
    Path(f"/{NAME}/{KEY}").read_text()


def no_such_attribute() -> None:
    getattr(Customer(NAME, PHONE), CODE)


def wrong_type() -> None:
    raise TypeError(Customer(NAME, PHONE))


def with_notes() -> None:
    error = ValueError(NAME)
    error.add_note(f"for {NAME}, {PHONE}")
    raise error


def chained() -> None:
    try:
        missing_key()
    except KeyError as error:
        raise RuntimeError(NAME) from error


def in_the_midst() -> None:
    try:
        missing_key()
    except KeyError:
        wrong_value()


def grouped() -> None:
    raise ExceptionGroup(NAME, [caught(wrong_value), ExceptionGroup(PHONE, [caught(missing_key)])])


RAISERS = {
    wrong_value: "ValueError",
    missing_key: "KeyError",
    undecodable: "UnicodeDecodeError",
    unparsable: "json.decoder.JSONDecodeError",
    no_such_file: "FileNotFoundError: ENOENT",
    no_such_attribute: "AttributeError",
    wrong_type: "TypeError",
    with_notes: "ValueError",
    chained: "RuntimeError",
    in_the_midst: "ValueError",
}


def caught(raiser: Callable[[], object]) -> Exception:
    try:
        raiser()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError(raiser)


@pytest.mark.parametrize("raiser", [*RAISERS, grouped])
def test_nothing_of_anybody_is_told(raiser: Callable[[], object]) -> None:
    text = described(caught(raiser))
    assert not [one for one in PERSONAL if one in text], text


@pytest.mark.parametrize(("raiser", "last"), RAISERS.items())
def test_class_and_places_are(raiser: Callable[[], object], last: str) -> None:
    lines = described(caught(raiser)).splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == last
    assert any(f'File "{__file__}", line ' in line and line.endswith(f"in {raiser.__name__}")
               for line in lines)  # fmt: skip


def test_what_led_to_it_comes_first() -> None:
    for raiser in (chained, in_the_midst):
        text = described(caught(raiser))
        assert text.index("KeyError") < text.index("which led to") < text.rindex("Error")


def test_what_is_said_to_be_no_cause_is_none() -> None:
    def raiser() -> None:
        try:
            missing_key()
        except KeyError:
            raise RuntimeError from None

    assert "KeyError" not in described(caught(raiser))


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert described(first).count("KeyError") == 1


def test_an_endless_recursion_is_short() -> None:
    def again() -> None:
        again()

    lines = described(caught(again)).splitlines()
    assert len(lines) < 60
    assert any("more" in line for line in lines)


def test_our_own_words_are_told_and_redacted() -> None:
    assert summary(CredentialError("no key")) == "posmember.errors.CredentialError: no key"
    told = summary(ApiResponseError(f"{PHONE} at\n$.data", path="$.data"))
    assert told == "posmember.errors.ApiResponseError: … at $.data"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, NAME), "OSError: ENOSPC"),
        (OSError(NAME), "OSError"),
        (OSError(99999, NAME), "OSError"),
        (ModuleNotFoundError(NAME, name="qasync._unix"), "ModuleNotFoundError: qasync._unix"),
        (ImportError(NAME, name=NAME), "ImportError"),
        (ImportError(NAME), "ImportError"),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
    ],
)
def test_what_a_library_says_is_told_where_it_is_a_word_of_its_code(
    error: BaseException, told: str
) -> None:
    assert summary(error) == told


def test_openssl_says_why_in_a_word() -> None:
    error = ssl.SSLError(1, NAME)
    error.reason = "CERTIFICATE_VERIFY_FAILED"
    assert summary(error) == "ssl.SSLError: CERTIFICATE_VERIFY_FAILED"
    error.reason = NAME
    assert NAME not in summary(error)


def test_a_home_folder_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path(__file__).parent))
    monkeypatch.setenv("USERPROFILE", str(Path(__file__).parent))
    assert '  File "~/test_exceptions.py", line ' in described(caught(wrong_value)).replace(
        "\\", "/"
    )


# --- groups --------------------------------------------------------------------------------------


def test_of_a_group_each_member_is_told_with_its_own_places() -> None:
    error = caught(grouped)
    text = described(error)
    assert names_of(error) == "ValueError, KeyError"
    assert "in wrong_value\nValueError" in text
    assert "in missing_key\nKeyError" in text
    assert "gathered in ExceptionGroup" in text


def test_the_same_one_is_told_once() -> None:
    same = caught(wrong_value)
    assert described(ExceptionGroup("", [same, same])).count("ValueError") == 1
    many = ExceptionGroup("", [caught(missing_key) for _ in range(5)])
    text = described(many)
    assert text.count("KeyError") == 1
    assert "the same 5 times" in text


def test_a_group_that_led_to_something() -> None:
    def raiser() -> None:
        try:
            grouped()
        except ExceptionGroup as error:
            raise RuntimeError from error

    text = described(caught(raiser))
    assert text.index("ValueError") < text.index("KeyError") < text.index("RuntimeError")


def test_one_exception_of_a_group_is_raised_as_itself() -> None:
    cause = caught(missing_key)
    alone = ZeroDivisionError()
    alone.__cause__ = cause
    with pytest.raises(ZeroDivisionError) as found, ungrouped():
        raise ExceptionGroup("", [ExceptionGroup("", [alone]), alone])
    assert found.value is alone
    assert (alone.__cause__, alone.__context__) == (cause, None)


def test_several_failures_are_the_first() -> None:
    first, second = CredentialError("1"), ApiResponseError("2", path="$")
    with pytest.raises(CredentialError, match="1"), ungrouped():
        raise ExceptionGroup("", [first, second])


def test_a_bug_among_failures_is_not_lost() -> None:
    group = ExceptionGroup("", [CredentialError("1"), ValueError()])
    with pytest.raises(ExceptionGroup) as found, ungrouped():
        raise group
    assert found.value is group
    assert leaves(group) == list(group.exceptions)


def test_without_a_failure_nothing_is_raised() -> None:
    with ungrouped():
        pass
    with pytest.raises(KeyError), ungrouped():
        raise KeyError
