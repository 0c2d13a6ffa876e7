"""Keys read from native messages.

No test here has a keyboard or Windows: the messages are put together by hand, from xcb/xproto.h
and from Microsoft's reference of MSG, WM_KEYDOWN, RAWINPUT and RAWKEYBOARD.
"""

from __future__ import annotations

import struct

import pytest

from posmember.ui.capture.raw_keys import windows, xcb
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.raw_keys.windows import DeviceKeys, KeyMessages, Message, RawInput
from tests.gui.capture.raw_keys.raw_messages import (
    VK_A,
    VK_PROCESSKEY,
    lparam,
    msg,
    rawinput,
    xcb_event,
)

# --- X11 ---------------------------------------------------------------------------------------


def x_key(code: int, at_ms: int = 0, *, kind: int = xcb.KEY_PRESS, state: int = 0) -> RawKey:
    key = xcb.read(xcb_event(kind, code, at_ms, state))
    assert key is not None
    return key


def test_a_key_of_x11() -> None:
    key = x_key(38, 12_345)  # KEY_A is 30
    assert (key.scan_code, key.extended, key.pressed, key.at) == (30, False, True, 12.345)
    assert key.char == "a"
    assert not x_key(38, kind=xcb.KEY_RELEASE).pressed


def test_a_key_that_another_program_made_up() -> None:
    assert x_key(38, kind=0x80 | xcb.KEY_PRESS).char == "a"


@pytest.mark.parametrize("kind", [0, 1, 4, 5, 6, 12, 28, 33, 35, 0x80 | 33])
def test_other_events_of_x11_are_no_keys(kind: int) -> None:
    assert xcb.read(xcb_event(kind, 38, 0, 0)) is None


def test_half_an_event_is_refused() -> None:
    with pytest.raises(struct.error):
        xcb.read(xcb_event(xcb.KEY_PRESS, 38, 0, 0)[:31])


@pytest.mark.parametrize(
    ("state", "name"),
    [(1, "shift"), (2, "caps_lock"), (4, "control"), (8, "alt"), (16, "num_lock")],
)
def test_the_modifiers_of_x11(state: int, name: str) -> None:
    names = ["shift", "caps_lock", "control", "alt", "num_lock"]
    key = x_key(38, state=state)
    assert [one for one in names if getattr(key, one)] == [name]


@pytest.mark.parametrize(
    ("code", "char", "is_modifier"),
    [
        (104, "\r", False),  # KEY_KPENTER
        (106, "/", False),  # KEY_KPSLASH
        (105, "", True),  # KEY_RIGHTCTRL
        (108, "", True),  # KEY_RIGHTALT
        (110, "", False),  # KEY_HOME, which shares its scan code with the 7 of the keypad
        (119, "", False),  # KEY_DELETE
        (133, "", True),  # KEY_LEFTMETA
        (79, "7", False),  # KEY_KP7
        (50, "", True),  # KEY_LEFTSHIFT
        (66, "", True),  # KEY_CAPSLOCK
        (77, "", True),  # KEY_NUMLOCK
        (9, "", False),  # KEY_ESC
    ],
)
def test_keys_beside_the_main_block(code: int, char: str, is_modifier: bool) -> None:
    key = x_key(code)
    assert (key.char, key.is_modifier) == (char, is_modifier)


def test_both_enter_keys_are_two_keys() -> None:
    assert x_key(36).place != x_key(104).place


def test_alt_and_a_letter_is_no_character() -> None:
    assert x_key(38, state=8).char == ""


def test_a_key_does_not_tell_what_it_is_in_a_log() -> None:
    assert repr(x_key(38)) == repr(x_key(39, state=1))


def presses(*events: tuple[int, int, int]) -> list[bool]:
    """Feed (kind, code, ms); return for each press whether it was repeated."""
    repeats = xcb.Repeats()
    keys = [repeats.marked(x_key(code, at, kind=kind)) for kind, code, at in events]
    return [key.repeated for key in keys if key.pressed]


def test_a_key_that_is_held_down() -> None:
    down, up = xcb.KEY_PRESS, xcb.KEY_RELEASE
    held = [(down, 38, 0)]
    for at in (660, 700, 740):
        held += [(up, 38, at), (down, 38, at)]
    assert presses(*held) == [False, True, True, True]
    assert presses(*held, (up, 38, 790), (down, 38, 850)) == [False, True, True, True, False]
    assert presses(*held, (up, 38, 790), (down, 39, 790)) == [False, True, True, True, False]


def test_a_scanner_that_sends_a_key_twice_within_a_millisecond() -> None:
    down, up = xcb.KEY_PRESS, xcb.KEY_RELEASE
    zeros = [(down, 19, 5), (up, 19, 5), (down, 19, 5), (up, 19, 6), (down, 19, 6)]
    assert presses(*zeros) == [False, False, False]


# --- Windows: the messages of its own windows ---------------------------------------------------


@pytest.fixture(params=[8, 4], ids=["64 bits", "32 bits"])
def pointer_size(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def no_lock(_virtual_key: int) -> bool:
    return False


def test_a_message(pointer_size: int) -> None:
    data = msg(pointer_size, windows.WM_KEYDOWN, VK_A, lparam(0x1E), time_ms=4_000_000_000)
    read = Message.read(data, pointer_size)
    assert read == Message(0xABCD, windows.WM_KEYDOWN, VK_A, lparam(0x1E), 4_000_000_000)


def test_the_size_of_a_message_is_never_too_much(pointer_size: int) -> None:
    whole = len(msg(pointer_size, windows.WM_KEYDOWN, VK_A, lparam(0x1E)))
    assert windows.message_size(pointer_size) <= whole == {8: 48, 4: 28}[pointer_size]


def key_message(
    number: int, scan_code: int, *, wparam: int = VK_A, extended: bool = False, down: bool = False
) -> Message:
    bits = lparam(scan_code, extended=extended, was_down=down)
    return Message(1, number, wparam, bits, 2_500)


@pytest.mark.parametrize(
    ("number", "pressed"),
    [
        (windows.WM_KEYDOWN, True),
        (windows.WM_SYSKEYDOWN, True),
        (windows.WM_KEYUP, False),
        (windows.WM_SYSKEYUP, False),
    ],
)
def test_a_key_of_windows(number: int, pressed: bool) -> None:
    key = KeyMessages(no_lock).read(key_message(number, 0x1E))
    assert key == RawKey(0x1E, False, pressed, False, 2.5)
    assert key is not None
    assert key.char == "a"


def test_an_input_method_does_not_hide_which_key_it_was() -> None:
    key = KeyMessages(no_lock).read(key_message(windows.WM_KEYDOWN, 0x10, wparam=VK_PROCESSKEY))
    assert key is not None
    assert key.char == "q"


def test_a_character_that_a_program_sent_is_no_key() -> None:
    packet = 0x4F60 << 16 | windows.VK_PACKET
    messages = KeyMessages(no_lock)
    assert messages.read(key_message(windows.WM_KEYDOWN, 0, wparam=packet)) is None


@pytest.mark.parametrize("number", [0x0102, 0x0106, 0x0111, 0x0200, 0x000F, 0x0109])
def test_other_messages_are_no_keys(number: int) -> None:
    assert KeyMessages(no_lock).read(key_message(number, 0x1E)) is None


def test_a_repeated_key_of_windows() -> None:
    messages = KeyMessages(no_lock)
    first = messages.read(key_message(windows.WM_KEYDOWN, 0x1E))
    second = messages.read(key_message(windows.WM_KEYDOWN, 0x1E, down=True))
    released = messages.read(key_message(windows.WM_KEYUP, 0x1E, down=True))
    assert first is not None
    assert second is not None
    assert released is not None
    assert [first.repeated, second.repeated, released.repeated] == [False, True, False]


def typed(messages: KeyMessages, *keys: tuple[int, int, bool]) -> str:
    """Send (message, scan code, extended); return what the presses give."""
    read = [
        messages.read(key_message(number, code, extended=extended))
        for number, code, extended in keys
    ]
    return "".join(key.char for key in read if key is not None and key.pressed)


@pytest.mark.parametrize("shift", [0x2A, 0x36])
def test_shift_on_windows(shift: int) -> None:
    down, up = windows.WM_KEYDOWN, windows.WM_KEYUP
    keys = [(down, shift, False), (down, 0x1E, False), (up, shift, False), (down, 0x1E, False)]
    assert typed(KeyMessages(no_lock), *keys) == "Aa"


def test_the_shift_that_keyboards_put_around_the_arrows_is_none() -> None:
    down = windows.WM_KEYDOWN
    assert typed(KeyMessages(no_lock), (down, 0x2A, True), (down, 0x1E, False)) == "a"


def test_one_of_two_shifts_let_go() -> None:
    down, up = windows.WM_KEYDOWN, windows.WM_KEYUP
    keys = [(down, 0x2A, False), (down, 0x36, False), (up, 0x2A, False), (down, 0x1E, False)]
    assert typed(KeyMessages(no_lock), *keys) == "A"


@pytest.mark.parametrize("extended", [False, True], ids=["left", "right"])
def test_control_and_alt_on_windows(extended: bool) -> None:
    down, up = windows.WM_KEYDOWN, windows.WM_KEYUP
    control = [(down, 0x1D, extended), (down, 0x30, False), (up, 0x1D, extended)]
    alt = [(windows.WM_SYSKEYDOWN, 0x38, extended), (windows.WM_SYSKEYDOWN, 0x30, False)]
    assert typed(KeyMessages(no_lock), *control) == "\x02"
    assert typed(KeyMessages(no_lock), *alt) == ""


def test_a_shift_that_goes_up_in_another_program() -> None:
    messages = KeyMessages(no_lock)
    typed(messages, (windows.WM_KEYDOWN, 0x2A, False))
    assert messages.read(Message(1, windows.WM_KILLFOCUS, 0, 0, 0)) is None
    assert typed(messages, (windows.WM_KEYDOWN, 0x1E, False)) == "a"


@pytest.mark.parametrize("virtual_key", [windows.VK_CAPITAL, windows.VK_NUMLOCK])
def test_the_locks_of_windows(virtual_key: int) -> None:
    key = KeyMessages(lambda asked: asked == virtual_key).read(
        key_message(windows.WM_KEYDOWN, 0x1E)
    )
    assert key is not None
    assert key.caps_lock == (virtual_key == 0x14)
    assert key.num_lock == (virtual_key == 0x90)


def test_a_message_does_not_tell_what_it_is_in_a_log() -> None:
    assert repr(key_message(windows.WM_KEYDOWN, 1)) == repr(key_message(windows.WM_KEYDOWN, 2))


# --- Windows: raw input of a device -------------------------------------------------------------


def test_raw_input(pointer_size: int) -> None:
    raw = RawInput.read(rawinput(pointer_size, 0x1E, device=0x77), pointer_size)
    assert raw == RawInput(0x77, 0x1E, extended=False, pressed=True)
    raw = RawInput.read(rawinput(pointer_size, 0x1C, flags=0b11), pointer_size)
    assert raw is not None
    assert (raw.extended, raw.pressed) == (True, False)


@pytest.mark.parametrize(("code", "elsewhere"), [(0, False), (1, True), (0x100, False)])
def test_whose_key_it_was(code: int, elsewhere: bool) -> None:
    """RIM_INPUT or RIM_INPUTSINK, in the lowest byte."""
    assert Message(1, windows.WM_INPUT, code, 0, 0).is_for_another_program is elsewhere


@pytest.mark.parametrize("kind", [0, 2], ids=["mouse", "other device"])
def test_raw_input_of_other_devices(pointer_size: int, kind: int) -> None:
    assert RawInput.read(rawinput(pointer_size, 0x1E, kind=kind), pointer_size) is None


@pytest.mark.parametrize(
    ("scan_code", "flags", "virtual_key"),
    [(0xFF, 0, VK_A), (0x2A, 2, 0xFF), (0, 0, VK_A), (0x1D, 4, 0x13)],
    ids=["too many keys at once", "a Shift around another key", "no scan code", "Pause"],
)
def test_raw_input_that_is_no_key(
    pointer_size: int, scan_code: int, flags: int, virtual_key: int
) -> None:
    data = rawinput(pointer_size, scan_code, flags=flags, virtual_key=virtual_key)
    assert RawInput.read(data, pointer_size) is None


def raw(scan_code: int, *, pressed: bool = True) -> RawInput:
    return RawInput(7, scan_code, extended=False, pressed=pressed)


def test_the_keys_of_a_device() -> None:
    keys = DeviceKeys("a scanner")
    key = keys.read(raw(0x1E), 1_500)
    assert (key.char, key.at, key.device, key.repeated) == ("a", 1.5, "a scanner", False)
    assert keys.read(raw(0x1E), 1_600).repeated
    keys.read(raw(0x1E, pressed=False), 1_700)
    assert not keys.read(raw(0x1E), 1_800).repeated


def test_the_shift_of_a_device_is_its_own() -> None:
    scanner, keyboard = DeviceKeys("a scanner"), DeviceKeys("a keyboard")
    scanner.read(raw(0x2A), 0)
    assert (scanner.read(raw(0x1E), 1).char, keyboard.read(raw(0x1E), 2).char) == ("A", "a")


def test_the_keypad_of_a_device_needs_no_num_lock() -> None:
    assert DeviceKeys("a scanner").read(raw(0x53), 0).char == "."
