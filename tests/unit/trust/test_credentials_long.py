"""Secrets of several entries: within Windows' limit, and whole or as they were before."""

from __future__ import annotations

import itertools

import pytest

from posmember.api.wechat.access import to_text
from posmember.api.wechat.crypto import PrivateKey, PublicKey
from posmember.errors import CredentialError
from posmember.trust.credentials import MAX_PART, delete_long, get_long, set_long
from tests.fakes.wechat import MemoryStore, merchant_access, pair

WINDOWS_LIMIT = 2560
NAME = "wechat-access"
LONG = "".join(f"{number:05}" for number in range(1000))
OTHER = "another " * 300


def kept(secret: str) -> MemoryStore:
    store = MemoryStore()
    set_long(store, NAME, secret)
    return store


@pytest.mark.parametrize(
    ("length", "parts"),
    [(1, 1), (999, 1), (1000, 1), (1001, 2), (2000, 2), (2001, 3), (63_999, 64), (64_000, 64)],
)
def test_a_secret_of_every_length(length: int, parts: int) -> None:
    secret = (LONG * 13)[:length]
    store = kept(secret)
    assert get_long(store, NAME) == secret
    assert len(store.kept) == parts + 1
    assert all(name == NAME or name.startswith(f"{NAME}.") for name in store.kept)


@pytest.mark.parametrize("secret", ["", "x" * 64_001], ids=["nothing", "too long"])
def test_what_cannot_be_kept_changes_nothing(secret: str) -> None:
    store = kept(LONG)
    before = dict(store.kept)
    with pytest.raises(ValueError, match="nothing, or too long"):
        set_long(store, NAME, secret)
    assert store.kept == before


def test_every_entry_fits_into_windows_credential_manager() -> None:
    """A key of 4096 bits beside two public ones of the same size; Windows keeps UTF-16."""
    strong = pair("strong", 4096)
    access = merchant_access(
        private_key=PrivateKey(strong.private_pem),
        public_keys={name * 64: PublicKey(strong.public_pem) for name in "ab"},
    )
    store = kept(to_text(access))
    assert len(strong.private_pem.decode().encode("utf-16-le")) > WINDOWS_LIMIT
    for entry in store.kept.values():
        assert len(entry.encode("utf-16-le")) <= WINDOWS_LIMIT
    assert get_long(store, NAME) == to_text(access)
    assert 2 * MAX_PART <= WINDOWS_LIMIT


def test_no_entry_but_the_parts_holds_anything_of_a_secret() -> None:
    store = kept(LONG)
    assert not any(piece in store.kept[NAME] for piece in (LONG[:5], LONG[-5:]))


def test_where_there_is_none() -> None:
    assert get_long(MemoryStore(), NAME) is None
    assert get_long(MemoryStore({NAME: ""}), NAME) is None
    assert get_long(MemoryStore({"other": "abcd:1", "other.abcd.0": "x"}), NAME) is None


def test_another_secret_takes_its_place_and_leaves_nothing_of_it() -> None:
    store = kept(LONG)
    parts = {name for name in store.kept if name != NAME}
    set_long(store, NAME, OTHER)
    assert get_long(store, NAME) == OTHER
    assert not parts & set(store.kept)
    assert len(store.kept) == 1 + 3
    set_long(store, NAME, OTHER)
    assert get_long(store, NAME) == OTHER


def test_secrets_of_other_names_are_left_alone() -> None:
    store = kept(LONG)
    set_long(store, f"{NAME}.more", OTHER)
    delete_long(store, NAME)
    assert get_long(store, f"{NAME}.more") == OTHER
    assert get_long(store, NAME) is None


def test_deleted_with_every_part() -> None:
    store = kept(LONG)
    delete_long(store, NAME)
    assert store.kept == {}
    delete_long(store, NAME)
    assert store.kept == {}


# --- torn ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(4))
def test_a_write_that_breaks_off_leaves_the_old_secret(number: int) -> None:
    store = kept(LONG)
    store.break_after(number)  # three parts and the entry that names them
    with pytest.raises(CredentialError, match="locked"):
        set_long(store, NAME, OTHER)
    assert get_long(store, NAME) == LONG


@pytest.mark.parametrize("number", range(4))
def test_a_first_write_that_breaks_off_leaves_none(number: int) -> None:
    store = MemoryStore()
    store.break_after(number)
    with pytest.raises(CredentialError, match="locked"):
        set_long(store, NAME, OTHER)
    assert get_long(store, NAME) is None


def test_the_new_secret_counts_though_the_old_could_not_be_deleted() -> None:
    store = kept(LONG)
    store.break_after(4)
    with pytest.raises(CredentialError):
        set_long(store, NAME, OTHER)
    assert get_long(store, NAME) == OTHER


def test_a_deletion_that_breaks_off_leaves_the_secret_whole_or_none() -> None:
    for number in range(7):
        store = kept(LONG)
        store.break_after(number)
        try:
            delete_long(store, NAME)
        except CredentialError:
            assert get_long(store, NAME) == (LONG if number == 0 else None)
        else:
            assert store.kept == {}


def test_the_parts_are_written_before_the_entry_that_names_them() -> None:
    store = kept(LONG)
    done: list[tuple[str, str]] = []
    store.watch = lambda what, name: done.append((what, name))
    set_long(store, NAME, OTHER)
    head = done.index(("set", NAME))
    assert [what for what, _ in done[:head]] == ["set"] * 3
    assert [what for what, _ in done[head + 1 :]] == ["delete"] * 5


def test_the_old_and_the_new_secret_have_entries_of_different_names() -> None:
    store = kept(LONG)
    first = set(store.kept)
    set_long(store, NAME, LONG)
    second = set(store.kept)
    assert first & second == {NAME}
    set_long(store, NAME, LONG)
    assert set(store.kept) == first


def broke_off(store: MemoryStore, number: int, secret: str | None) -> bool:
    """Keep a secret, or delete it, while so many changes go well; returns whether it broke off."""
    store.break_after(number)
    try:
        if secret is None:
            delete_long(store, NAME)
        else:
            set_long(store, NAME, secret)
    except CredentialError:
        return True
    finally:
        store.watch = lambda _what, _name: None
    return False


NEW = "new secret " * 500


@pytest.mark.parametrize("before", [None, LONG, OTHER], ids=["none", "long", "other"])
@pytest.mark.parametrize("breaking", [NEW, None], ids=["written", "deleted"])
def test_no_piece_stays_behind_where_nothing_names_it(
    before: str | None, breaking: str | None
) -> None:
    """Wherever it broke off, and then once more: what goes well after it tidies up."""
    for first, second in itertools.product(range(14), range(14)):
        store = MemoryStore() if before is None else kept(before)
        if not broke_off(store, first, breaking):
            break
        broke_off(store, second, NEW)
        set_long(store, NAME, "newer")
        assert get_long(store, NAME) == "newer"
        assert sorted(store.kept.values())[1:] == ["newer"]
        assert len(store.kept) == 2


@pytest.mark.parametrize("breaking", [NEW, None], ids=["written", "deleted"])
def test_nor_where_it_is_deleted_after_all(breaking: str | None) -> None:
    for number in range(14):
        store = kept(LONG)
        broke_off(store, number, breaking)
        delete_long(store, NAME)
        assert store.kept == {}


@pytest.mark.parametrize("number", range(5))
def test_a_part_that_is_missing_is_an_error(number: int) -> None:
    store = kept(LONG)
    del store.kept[sorted(name for name in store.kept if name != NAME)[number]]
    with pytest.raises(CredentialError, match="a part of what was kept"):
        get_long(store, NAME)


@pytest.mark.parametrize(
    "head",
    [
        *("x", "a", "a:", "a:0", "a:-1", "a:65", "a:1.0", "a: 1", "a:٣", ":", "::", "a:1", "b:1"),
        *("a:01", "a:1:1", "A:1", "c:1", "ab:1", ":1", "a:" + "9" * 5000),
    ],
    ids=lambda head: head[:6],
)
def test_a_head_that_is_none_is_an_error_and_can_be_replaced(head: str) -> None:
    store = MemoryStore({NAME: head})
    with pytest.raises(CredentialError):
        get_long(store, NAME)
    set_long(store, NAME, LONG)
    assert get_long(store, NAME) == LONG
    delete_long(store, NAME)
    assert store.kept == {}


def test_an_error_shows_nothing_of_a_secret() -> None:
    store = kept("机密" * 1000)
    del store.kept[next(name for name in store.kept if name != NAME)]
    with pytest.raises(CredentialError) as caught:
        get_long(store, NAME)
    assert "机密" not in str(caught.value)
