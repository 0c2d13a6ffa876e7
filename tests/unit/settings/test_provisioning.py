"""A provisioning file: read back as it was, or refused in one word."""

from __future__ import annotations

import codecs

import pytest

from posmember.errors import ConfigError
from posmember.settings.declared import PROXY, SETTINGS
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.provisioning import (
    Provision,
    Secrets,
    provision_of,
    read_provision,
    settings_of,
    write_provision,
)
from posmember.settings.sealing import seal
from posmember.settings.toml import read_toml
from tests.fakes.provisions import CHEAP, OPEN_KEY, PASSPHRASE, PROVISION

FILE = write_provision(PROVISION, PASSPHRASE, cost=CHEAP)


def problem(content: bytes, passphrase: str = PASSPHRASE) -> ProvisionError:
    with pytest.raises(ProvisionError) as raised:
        read_provision(content, passphrase)
    return raised.value


def test_read_back() -> None:
    assert read_provision(FILE, PASSPHRASE.lower()) == PROVISION


def test_the_settings_can_be_read_and_the_secrets_cannot() -> None:
    table = read_toml(FILE)
    assert table["posmember_setup"] == 1
    assert table["store"] == {"code": "1001"}
    assert table["platform"] == {
        "open_id": "an-id",
        "grant_code": "a-code",
        "base_url": "https://platform.invalid",
        "timeout_s": 6.5,
    }
    assert OPEN_KEY.encode() not in FILE
    assert b"a-password" not in FILE


def test_a_proxy_without_a_password_is_no_secret() -> None:
    settings = {**PROVISION.settings, PROXY: "http://10.0.0.1:8080"}
    file = write_provision(Provision(settings, PROVISION.secrets), PASSPHRASE, cost=CHEAP)
    assert b'proxy = "http://10.0.0.1:8080"' in file
    assert read_provision(file, PASSPHRASE).settings == settings


def test_nothing_of_it_shows_a_secret() -> None:
    secrets = Secrets("an-id", OPEN_KEY, "a-relays-token")
    shown = repr(Provision(PROVISION.settings, secrets))
    for secret in (OPEN_KEY, "a-relays-token", "a-password"):
        assert secret not in shown


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + FILE,
        FILE.replace(b"\n", b"\r\n"),
        FILE.rstrip(b"\n") + b"\n\n\n",
    ],
    ids=["a mark before it", "Windows' ends of lines", "more empty lines"],
)
def test_what_editors_and_mail_do_to_it(content: bytes) -> None:
    assert read_provision(content, PASSPHRASE) == PROVISION


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[platform]\nopen_id = 'x'\n", b"{}", b"posmember_setup = one\n", FILE[1:]],
)
def test_something_else(content: bytes) -> None:
    assert problem(content).problem is ProvisionProblem.NOT_ONE


def test_another_version() -> None:
    other = FILE.replace(b"posmember_setup = 1\n", b"posmember_setup = 2\n")
    assert problem(other).problem is ProvisionProblem.OTHER_VERSION
    assert problem(other).detail == "2"


@pytest.mark.parametrize("length", range(len(b"posmember_setup = 1"), len(FILE) - 1, 7))
def test_cut_anywhere(length: int) -> None:
    assert problem(FILE[:length]).problem is ProvisionProblem.CUT


def test_the_wrong_passphrase() -> None:
    assert problem(FILE, "not the passphrase at all").problem is ProvisionProblem.WRONG_PASSPHRASE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"https://platform.invalid", b"https://attacker.invalid"),
        (b'open_id = "an-id"', b'open_id = "my-id"'),
        (b"sounds = false", b"sounds = true"),
        (b"timeout_s = 6.5", b"timeout_s = 6.50"),
        (b"[window]", b"[window]\nlanguage = 'en'"),
        (b"# posmember", b"#  posmember"),
        (b"\n\n[store]", b"\n[store]"),
        (b'"""\n', b'""" \n'),
    ],
)
def test_changed_anywhere(old: bytes, new: bytes) -> None:
    assert FILE.count(old) >= 1
    found = problem(FILE.replace(old, new, 1)).problem
    assert found in (ProvisionProblem.CHANGED, ProvisionProblem.CUT)


def test_changed_and_no_text_any_more() -> None:
    assert problem(FILE.replace(b"an-id", b"an-\xffd")).problem is ProvisionProblem.CHANGED


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_letter_that_would_decode_to_the_same(length: int) -> None:
    secrets = Secrets("an-id", "k" * length)
    file = write_provision(Provision({}, secrets), PASSPHRASE, cost=CHEAP)
    body, end = file[: -len(b'\n"""\n')], b'\n"""\n'
    last = len(body.rstrip(b"=")) - 1
    for bit in range(4):
        changed = body[:last] + bytes([body[last] ^ 1 << bit]) + body[last + 1 :] + end
        assert problem(changed).problem is ProvisionProblem.CHANGED
    for changed in (body + b"\n" + end, body[:-9] + b"\n" + body[-9:] + end):
        assert problem(changed).problem is ProvisionProblem.CHANGED


def test_something_behind_it() -> None:
    assert problem(FILE + b"[store]\n").problem is ProvisionProblem.CHANGED


def test_nothing_is_parsed_before_the_seal_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    from posmember.settings import provisioning

    def parsed(_content: bytes) -> dict[str, object]:
        raise AssertionError("parsed")

    monkeypatch.setattr(provisioning, "read_toml", parsed)
    changed = FILE.replace(b"an-id", b"my-id")
    assert problem(changed).problem is ProvisionProblem.CHANGED


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"platform.flux": 1}, "platform.flux"),
        ({"policy.settings": "open"}, "policy.settings"),
        ({"platform.timeout_s": "soon"}, "platform.timeout_s has to be a number"),
        ({"platform.timeout_s": 600}, "platform.timeout_s has to be from 0.5 to 60"),
        ({"store.name": ["x"]}, "store.name has to be a text"),
        ({"window.sounds": 1}, "window.sounds has to be true or false"),
    ],
)
def test_settings_that_this_program_does_not_know(settings: dict[str, object], told: str) -> None:
    with pytest.raises(ProvisionError) as raised:
        settings_of(settings)
    assert (raised.value.problem, raised.value.detail) == (ProvisionProblem.CONTENT, told)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b'{"open_id": 1}', b'{"open_id": "x", "more": 1}', b"[" * 100_000,
     b'{"open_id": "x", "settings": []}', b'{"open_key": "' + b"x" * 64_001 + b'"}'],
)  # fmt: skip
def test_what_was_sealed_may_be_anything(content: bytes) -> None:
    with pytest.raises(ProvisionError) as raised:
        provision_of(content)
    assert raised.value.problem is ProvisionProblem.CONTENT
    assert len(str(raised.value)) < 100


def test_a_whole_file_of_a_newer_program() -> None:
    newer = {**PROVISION.settings}
    file = write_provision(Provision(newer, PROVISION.secrets), PASSPHRASE, cost=CHEAP)
    clear, _, _ = file.decode().partition("\n[sealed]\n")
    clear = clear.replace("[window]\n", "[window]\nhologram = true\n")
    sealed = seal(b'{"open_id": "an-id"}', PASSPHRASE, clear.encode(), CHEAP)
    from posmember.settings.provisioning import _lines

    made = f'{clear}\n[sealed]\ndata = """\n{_lines(sealed)}\n"""\n'.encode()
    assert problem(made).detail == "window.hologram"


def test_every_setting_that_there_is() -> None:
    values = {
        setting: value.value if hasattr(value, "value") else value
        for setting in SETTINGS
        if isinstance(value := setting.default, str | bool | int | float)
    }
    provision = Provision(values, Secrets("x"))
    assert read_provision(write_provision(provision, "p", cost=CHEAP), "p") == provision


def test_a_clear_part_that_is_no_text() -> None:
    from posmember.settings.provisioning import _lines

    clear = FILE.partition(b"\n[sealed]\n")[0] + b"# \xff\n"
    sealed = seal(b'{"open_id": "an-id"}', PASSPHRASE, clear, CHEAP)
    made = clear + f'\n[sealed]\ndata = """\n{_lines(sealed)}\n"""\n'.encode()
    with pytest.raises(ConfigError, match="not a TOML file"):
        read_provision(made, PASSPHRASE)
