"""Faults that the sandbox is told to play: their grammar and their bookkeeping.

Grammar: ``API=KIND[ARG][:COUNT]``, for example ``member_info=http502:2``. API is an operation or
``all``; COUNT limits the fault to the next COUNT calls (without it, it stays). The kinds ``wx_…``
are about WeChat Pay's answers, most about their signatures, and concern its two operations alone.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Api(StrEnum):
    """The operations the sandbox plays, by the name that a fault and a recorded call use."""

    MEMBER_INFO = "member_info"
    IDENTITY = "identity"
    GIFT_CARDS = "gift_cards"
    WECHAT_GET = "wechat_get"
    WECHAT_SET = "wechat_set"


QIMAI_APIS: Final = (Api.MEMBER_INFO, Api.IDENTITY, Api.GIFT_CARDS)
WECHAT_APIS: Final = (Api.WECHAT_GET, Api.WECHAT_SET)


class FaultKind(StrEnum):
    """What goes wrong. HTTP and SLOW take a number: a status, and milliseconds."""

    HTTP = "http"
    SLOW = "slow"
    TIMEOUT = "timeout"
    CUT = "cut"
    HTML = "html"
    NOT_JSON = "not_json"
    TRUNCATED = "truncated"
    WRONG_TYPES = "wrong_types"
    EMPTY_LIST = "empty_list"
    EMPTY_OBJECT = "empty_object"
    NULL = "null"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    SYSTEM_ERROR = "system_error"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    BAD_SIGNATURE = "bad_signature"
    HUGE = "huge"
    DEEP = "deep"


class WechatKind(StrEnum):
    """What goes wrong with a WeChat Pay answer alone: with its signature, or whose it is.

    The signature is of other bytes; a byte was changed after signing; the key is one that nobody
    was given; it is the rotated key, rightly used; there is no signature; it is ten minutes old;
    the answer is one that was given before; a refused timestamp in an answer that nobody signs,
    whose Date is ten minutes old. And, rightly signed: it is another person's card. PAGE takes a
    number: in place of the answer comes a page of this status, though all was done.
    """

    BAD_SIGNATURE = "wx_bad_signature"
    TAMPERED = "wx_tampered"
    UNKNOWN_SERIAL = "wx_unknown_serial"
    ROTATED = "wx_rotated"
    UNSIGNED = "wx_unsigned"
    OLD = "wx_old"
    REPLAYED = "wx_replayed"
    OTHER_PERSON = "wx_other_person"
    OLD_DATE = "wx_old_date"
    PAGE = "wx_page"

    @property
    def of_the_signature(self) -> bool:
        """Whether there has to be a signature for it."""
        return self not in (WechatKind.OTHER_PERSON, WechatKind.PAGE)


AnyKind = FaultKind | WechatKind

_ALL_APIS: Final = "all"
_MAX_DELAY_MS: Final = 600_000
_SPEC: Final = re.compile(
    r"(?P<api>[a-z_]+)=(?P<kind>[a-z_]+?)(?P<number>\d*)(?::(?P<count>\d+))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `api` None means every operation, `count` None means for ever.

    `number` is the HTTP status of HTTP and PAGE and the milliseconds of SLOW, else 0.
    """

    api: Api | None
    kind: AnyKind
    number: int = 0
    count: int | None = None

    @classmethod
    def parse(cls, spec: str) -> Fault:
        """Read a specification; ValueError with one line that names what is allowed."""
        match = _SPEC.fullmatch(spec.strip())
        if match is None:
            raise ValueError(_complaint(spec, "not of the form API=KIND[ARG][:COUNT]"))
        api = _parse_api(spec, match["api"])
        kind = _parse_kind(spec, match["kind"])
        if isinstance(kind, WechatKind) and api in QIMAI_APIS:
            raise ValueError(_complaint(spec, f"{kind} is for {', '.join(WECHAT_APIS)} alone"))
        number = _parse_number(spec, kind, match["number"])
        count = None if match["count"] is None else int(match["count"])
        if count == 0:
            raise ValueError(_complaint(spec, "COUNT must be at least 1"))
        return cls(api, kind, number, count)

    def concerns(self, api: Api, *, signed: bool = True) -> bool:
        """Whether it is played for this operation; `signed`: its answers carry a signature."""
        if isinstance(self.kind, WechatKind) and not _may_meet(self.kind, api, signed=signed):
            return False
        return self.api is None or self.api is api


def _may_meet(kind: WechatKind, api: Api, *, signed: bool) -> bool:
    return api in WECHAT_APIS and (signed or not kind.of_the_signature)


@dataclass(frozen=True, slots=True)
class Mishap:
    """What befalls one call: a delay in milliseconds, then the fault in place of the answer."""

    delay_ms: int
    fault: Fault | None


class FaultBook:
    """The faults in force; may be changed from another thread while calls are served.

    One call meets every SLOW fault that concerns it, and the first of the others.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[_Entry] = []

    def add(self, fault: Fault) -> None:
        """Put a fault in force, after those already there."""
        with self._lock:
            self._entries.append(_Entry(fault, fault.count))

    def clear(self) -> None:
        """Lift every fault."""
        with self._lock:
            self._entries.clear()

    def plays(self, api: Api, kind: AnyKind) -> bool:
        """Whether a fault of this kind is in force for an operation."""
        with self._lock:
            return any(
                entry.fault.kind is kind and entry.fault.concerns(api) for entry in self._entries
            )

    def take(self, api: Api, *, signed: bool = True) -> Mishap:
        """What the next call of this operation meets; counted faults are used up by one."""
        with self._lock:
            concerned = [
                entry for entry in self._entries if entry.fault.concerns(api, signed=signed)
            ]
            slow = [entry for entry in concerned if entry.fault.kind is FaultKind.SLOW]
            others = [entry for entry in concerned if entry.fault.kind is not FaultKind.SLOW]
            met = slow + others[:1]
            for entry in met:
                entry.use()
            self._entries = [entry for entry in self._entries if entry.left != 0]
        delay_ms = sum(entry.fault.number for entry in slow)
        return Mishap(delay_ms, others[0].fault if others else None)


@dataclass(slots=True)
class _Entry:
    fault: Fault
    left: int | None

    def use(self) -> None:
        if self.left is not None:
            self.left -= 1


def _parse_api(spec: str, name: str) -> Api | None:
    if name == _ALL_APIS:
        return None
    try:
        return Api(name)
    except ValueError:
        names = ", ".join([*Api, _ALL_APIS])
        raise ValueError(_complaint(spec, f"API is one of {names}")) from None


def _parse_kind(spec: str, name: str) -> AnyKind:
    try:
        return WechatKind(name) if name.startswith("wx_") else FaultKind(name)
    except ValueError:
        raise ValueError(_complaint(spec, f"no kind {name!r}")) from None


def _parse_number(spec: str, kind: AnyKind, digits: str) -> int:
    if kind in (FaultKind.HTTP, WechatKind.PAGE):
        if len(digits) != 3 or not 200 <= int(digits) <= 599:
            raise ValueError(_complaint(spec, f"{kind} takes a status from 200 to 599"))
        return int(digits)
    if kind is FaultKind.SLOW:
        if not digits or int(digits) > _MAX_DELAY_MS:
            raise ValueError(_complaint(spec, f"slow takes 0 to {_MAX_DELAY_MS} milliseconds"))
        return int(digits)
    if digits:
        raise ValueError(_complaint(spec, f"{kind} takes no number"))
    return 0


def _complaint(spec: str, what: str) -> str:
    numbered = (FaultKind.HTTP, FaultKind.SLOW, WechatKind.PAGE)
    kinds = ", ".join(
        f"{kind}NNN" if kind in numbered else kind for kind in (*FaultKind, *WechatKind)
    )
    return f"fault {spec!r}: {what}; kinds: {kinds}"
