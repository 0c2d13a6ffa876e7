"""The table of usage rules as cases, rows 7 to 12: dates, weekdays and hours."""

from __future__ import annotations

from posmember.domain.coupon import Coupon
from posmember.domain.rules.reasons import Param, Verdict
from tests.fakes.assets import (
    at,
    coupon,
    coupon_of,
    gift_card,
    hours_card,
    moment,
    on,
    scope,
    template,
)
from tests.unit.domain.rules.rule_case import CHECK, HERE, NO, ODD, YES, Case, blocked_kinds, case

START, END = "VALIDITY_UNKNOWN:valid_from", "VALIDITY_UNKNOWN:valid_until"
NEXT_S = "2026-11-21 14:03:23"  # than HERE
DAY, NOON, LAST = "2026-11-21", "2026-11-21 12:00:00", "2026-11-21 23:59:59"
DAY_BEFORE, MIDNIGHT, DAY_AFTER = "2026-11-20 23:59:59", f"{DAY} 00:00:00", "2026-11-22 00:00:00"
LEAP, LEAP_LAST, LEAP_AFTER = "2028-02-29", "2028-02-29 23:59:59", "2028-03-01 00:00:00"


def dated(
    name: str, start: str | None, end: str | None, now: str, verdict: Verdict, *codes: str
) -> Case:
    """A coupon with a validity (None is not there); what it says of itself is that validity."""
    valid_from, valid_until = (None if text is None else at(text) for text in (start, end))
    told = {"NOT_STARTED": valid_from, "EXPIRED": valid_until}.get(codes[0]) if codes else None
    params: dict[str, Param] = {}
    if told is not None and len(codes) == 1:
        params = {"at": told.at if codes[0] == "NOT_STARTED" else told.last_second}
    asset = coupon(valid_from=valid_from, valid_until=valid_until)
    return case(name, asset, on(now), verdict, *codes, **params)


def relative(expiry_kind: int, **changes: object) -> Coupon:
    return coupon(template=template(expiry_kind=expiry_kind), **changes)


DATES = {
    "7 not started": [
        dated("a second early", NOON, "2026-12-01", f"{DAY} 11:59:59", NO, "NOT_STARTED"),
        dated("on the second", NOON, "2026-12-01", NOON, YES),
        dated("no time, the evening before", DAY, "2026-12-01", DAY_BEFORE, NO, "NOT_STARTED"),
        dated("no time, 00:00:00", DAY, "2026-12-01", MIDNIGHT, YES),
        dated("midnight, before", MIDNIGHT, "2026-12-01", DAY_BEFORE, NO, "NOT_STARTED"),
        dated("midnight, 00:00:00", MIDNIGHT, "2026-12-01", MIDNIGHT, YES),
        dated("23:59:59, a second early", LAST, "2026-12-01", f"{DAY} 23:59:58", NO, "NOT_STARTED"),
        dated("23:59:59", LAST, "2026-12-01", LAST, YES),
        dated("leap day, before", LEAP, "2028-03-31", "2028-02-28 23:59:59", NO, "NOT_STARTED"),
        dated("leap day, 00:00:00", LEAP, "2028-03-31", "2028-02-29 00:00:00", YES),
        dated("no start", None, "2026-12-01", NOON, YES),
        dated("from 2100 on", "2100-01-01", "2100-12-31", LAST, NO, "NOT_STARTED"),
        case("used, too", coupon(status=1, valid_from=at(LEAP)), HERE, NO, "USED", "NOT_STARTED"),
        case("card, a second early", gift_card(valid_from=at(NEXT_S)), HERE, NO, "NOT_STARTED"),
        case("card, on the second", gift_card(valid_from=at("2026-11-21 14:03:22")), HERE, YES),
        case("card, no start", gift_card(valid_from=None), HERE, YES),
        *blocked_kinds("tomorrow", HERE, "NOT_STARTED", valid_from=at("2026-11-22")),
    ],
    "8 expired": [
        dated("the last second counts", None, NOON, NOON, YES),
        dated("the second after", None, NOON, f"{DAY} 12:00:01", NO, "EXPIRED"),
        dated("23:59:59 counts", None, LAST, LAST, YES),
        dated("over at midnight", None, LAST, DAY_AFTER, NO, "EXPIRED"),
        dated("00:00:01 counts", None, f"{DAY} 00:00:01", f"{DAY} 00:00:01", YES),
        dated("after 00:00:01", None, f"{DAY} 00:00:01", f"{DAY} 00:00:02", NO, "EXPIRED"),
        dated("no time, 00:00:00", None, DAY, MIDNIGHT, YES),
        dated("no time, 23:59:59", None, DAY, LAST, YES),
        dated("no time, the day after", None, DAY, DAY_AFTER, NO, "EXPIRED"),
        dated("midnight, the day after", None, MIDNIGHT, DAY_AFTER, NO, "EXPIRED"),
        dated("leap day, 23:59:59", None, LEAP, LEAP_LAST, YES),
        dated("leap day, with time", None, LEAP_LAST, LEAP_LAST, YES),
        dated("after the leap day", None, LEAP, LEAP_AFTER, NO, "EXPIRED"),
        dated("on the leap day", None, "2028-02-28", "2028-02-29 00:00:00", NO, "EXPIRED"),
        dated("the last of a year", None, "2026-12-31", "2026-12-31 23:59:59", YES),
        dated("the first of a year", None, "2026-12-31", "2027-01-01 00:00:00", NO, "EXPIRED"),
        dated("2098", None, "2098-12-31 23:59:59", "2099-01-01 00:00:00", NO, "EXPIRED"),
        dated("2098, no time", None, "2098-12-31", "2099-01-01 00:00:00", NO, "EXPIRED"),
        dated("2099 is never", None, "2099-01-01 00:00:00", "2099-01-02 00:00:00", YES),
        dated("2099 is never, no time", None, "2099-01-01", "2099-01-02 00:00:00", YES),
        dated("2099-12-31 is never", None, "2099-12-31 23:59:59", "2100-01-01 00:00:00", YES),
        dated("2100 is never", None, "2100-01-01 00:00:00", "2101-01-01 00:00:00", YES),
        dated("9999 is never", None, "9999-12-31 23:59:59", "9999-12-31 12:00:00", YES),
        dated("before its start", LAST, "2026-11-20", NOON, NO, "NOT_STARTED", "EXPIRED"),
        case("card, its last second", gift_card(valid_until=at("2026-11-21 14:03:22")), HERE, YES),
        case("card, over", gift_card(valid_until=at("2026-11-21 14:03:21")), HERE, NO, "EXPIRED"),
        *blocked_kinds("yesterday", HERE, "EXPIRED", valid_until=at("2026-11-20")),
        case("card, status 5", gift_card(status=5), HERE, NO, "EXPIRED", at=None),
        *blocked_kinds("status 5", HERE, "EXPIRED", status=5),
        case(
            "card, over by both, told once",
            gift_card(status=5, valid_until=at("2026-11-20")),
            *(HERE, NO, "EXPIRED"),
            at=moment("2026-11-20 23:59:59"),
        ),
        case(
            "card, status 5, no end",
            *(gift_card(status=5, valid_until=None), HERE, NO, "EXPIRED", END),
        ),
        case("a coupon has no status 5", coupon(status=5), HERE, CHECK, "STATUS_UNKNOWN", value=5),
    ],
    "9 validity unknown": [
        dated("no end", DAY, None, NOON, CHECK, END),
        dated("no dates", None, None, NOON, CHECK, END),
        dated("no end, not started", LAST, None, NOON, NO, "NOT_STARTED", END),
        case("unreadable end", coupon(valid_until=ODD), HERE, CHECK, END),
        case("unreadable start", coupon(valid_from=ODD), HERE, CHECK, START),
        case(
            "unreadable start, over",
            coupon(valid_from=ODD, valid_until=at("2026-11-20")),
            *(HERE, NO, "EXPIRED", START),
        ),
        case(
            "unreadable end, early",
            coupon(valid_from=at(LEAP), valid_until=ODD),
            *(HERE, NO, "NOT_STARTED", END),
        ),
        dated("midnight end, the evening before", None, MIDNIGHT, DAY_BEFORE, YES),
        dated("midnight end, 00:00:00", None, MIDNIGHT, MIDNIGHT, CHECK, END),
        dated("midnight end, 00:00:01", None, MIDNIGHT, f"{DAY} 00:00:01", CHECK, END),
        dated("midnight end, 23:59:59", None, MIDNIGHT, LAST, CHECK, END),
        dated("midnight end, leap day", None, "2028-02-29 00:00:00", LEAP_LAST, CHECK, END),
        dated("midnight end of 2100", None, "2100-01-01 00:00:00", "2100-01-01 10:00:00", YES),
        case("from receipt", relative(1, valid_until=None), HERE, CHECK, END),
        case("from the day after", relative(2, valid_until=None), HERE, CHECK, END),
        case("from receipt, its own dates", relative(1), HERE, YES),
        case("from the day after, its own dates", relative(2), HERE, YES),
        case("card, no end", gift_card(valid_until=None), HERE, CHECK, END),
        case("card, from binding", gift_card(valid_until=None, validity_kind=2), HERE, CHECK, END),
        case("card, long-term", gift_card(valid_until=None, validity_kind=1), HERE, YES),
        case("long-term, odd end", gift_card(valid_until=ODD, validity_kind=1), HERE, CHECK, END),
        case("card, unreadable start", gift_card(valid_from=ODD), HERE, CHECK, START),
        case("card, midnight end", gift_card(valid_until=at(MIDNIGHT)), HERE, CHECK, END),
        case("card, 2100 on that day", gift_card(), on("2100-01-01 10:00:00"), YES),
    ],
}

HOURS, WRONG_DAY, WRONG_HOUR = "HOURS_UNKNOWN", "WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"
WEEKS = "VALUE_UNKNOWN:weekdays"
DATE = {"Fri": "2026-11-20", "Sat": "2026-11-21", "Sun": "2026-11-22", "Mon": "2026-11-23"}
LUNCH, NIGHT, JUNK = "10:00-12:00", "22:00-02:00", "10:00~22:00"


def hours(
    weekdays: str, windows: str, now: str, verdict: Verdict, /, *codes: str, **params: Param
) -> Case:
    """A cash card with weekdays and windows, on a day and at a time of this week."""
    day, time = now.split()
    text = windows if windows == JUNK else scope(*windows.split())
    params |= {"text": text} if HOURS in codes else {}
    name = f"{weekdays or 'any day'} {windows or 'any time'}, {now}"
    return case(
        name, hours_card(weekdays, text), on(f"{DATE[day]} {time}"), verdict, *codes, **params
    )


WEEKDAYS_AND_HOURS = {
    "10 weekdays": [
        hours("6", "", "Fri 23:59:59", NO, WRONG_DAY, weekdays=(6,)),
        hours("6", "", "Sat 00:00:00", YES),
        hours("6", "", "Sat 23:59:59", YES),
        hours("6", "", "Sun 00:00:00", NO, WRONG_DAY, weekdays=(6,)),
        hours("7", "", "Sun 23:59:59", YES),
        hours("7", "", "Mon 00:00:00", NO, WRONG_DAY, weekdays=(7,)),
        hours("1", "", "Sun 23:59:59", NO, WRONG_DAY, weekdays=(1,)),
        hours("1", "", "Mon 00:00:00", YES),
        hours("5,3,3,1", "", "Sat 12:00:00", NO, WRONG_DAY, weekdays=(1, 3, 5)),
        hours("1,2,3,4,5,6,7", "", "Sat 12:00:00", YES),
        hours("", "", "Sat 12:00:00", YES),
        hours("周末", "", "Sat 12:00:00", CHECK, WEEKS),
        hours("0", "", "Sat 12:00:00", CHECK, WEEKS),
        hours("6,8", "", "Sat 12:00:00", CHECK, WEEKS),
    ],
    "11 hours": [
        hours("", LUNCH, "Sat 09:59:59", NO, WRONG_HOUR, windows=("10:00-12:00",)),
        hours("", LUNCH, "Sat 10:00:00", YES),
        hours("", LUNCH, "Sat 11:59:59", YES),
        hours("", LUNCH, "Sat 12:00:00", NO, WRONG_HOUR, windows=("10:00-12:00",)),
        hours("", "10:00:01-11:59:59", "Sat 10:00:00", NO, WRONG_HOUR),
        hours("", "10:00:01-11:59:59", "Sat 10:00:01", YES),
        hours("", "10:00:01-11:59:59", "Sat 11:59:58", YES),
        hours("", "10:00:01-11:59:59", "Sat 11:59:59", NO, WRONG_HOUR),
        hours("", "00:00-23:59", "Sat 23:59:59", YES),
        hours("", "00:00-23:59:59", "Sat 23:59:59", YES),
        hours("", "00:00-24:00", "Sat 23:59:59", YES),
        hours("", "00:00-24:00", "Sat 00:00:00", YES),
        hours("", "10:00-23:59", "Sat 00:00:00", NO, WRONG_HOUR, windows=("10:00-24:00",)),
        hours("", "10:00-23:58", "Sat 23:57:59", YES),
        hours("", "10:00-23:58", "Sat 23:58:00", NO, WRONG_HOUR, windows=("10:00-23:58",)),
        hours("", "10:00-00:00", "Sat 23:59:59", YES),
        hours("", "10:00-00:00", "Sat 00:00:00", NO, WRONG_HOUR, windows=("10:00-00:00",)),
        hours("", "17:00-20:00 10:00-12:00", "Sat 11:00:00", YES),
        hours("", "17:00-20:00 10:00-12:00", "Sat 14:00:00", NO, WRONG_HOUR),
        hours("", "17:00-20:00 10:00-12:00", "Sat 19:59:59", YES),
        hours("", "10:00-14:00 12:00-16:00", "Sat 13:00:00", YES),
        hours("", "10:00-12:00 12:00-14:00", "Sat 12:00:00", YES),
        hours("", NIGHT, "Sat 21:59:59", NO, WRONG_HOUR, windows=("22:00-02:00",)),
        hours("", NIGHT, "Sat 22:00:00", YES),
        hours("", NIGHT, "Sat 23:59:59", YES),
        hours("", NIGHT, "Sat 00:00:00", YES),
        hours("", NIGHT, "Sat 01:59:59", YES),
        hours("", NIGHT, "Sat 02:00:00", NO, WRONG_HOUR, windows=("22:00-02:00",)),
        case("an empty list", hours_card("", "[]"), HERE, YES),
        case("null", hours_card("", "null"), HERE, YES),
    ],
    "10 and 11 together": [
        hours("6", LUNCH, "Sat 11:59:59", YES),
        hours("6", LUNCH, "Sat 12:00:00", NO, WRONG_HOUR),
        hours("7", LUNCH, "Sat 11:59:59", NO, WRONG_DAY),
        hours("7", LUNCH, "Sat 12:00:00", NO, WRONG_DAY, WRONG_HOUR),
        hours("周末", LUNCH, "Sat 11:00:00", CHECK, WEEKS),
        hours("周末", LUNCH, "Sat 12:00:00", NO, WRONG_HOUR, WEEKS),
        hours("周末", NIGHT, "Sat 01:00:00", CHECK, WEEKS),
    ],
    "12 hours of a coupon": [
        case("limited, and not told", coupon_of(has_time_range=1), HERE, CHECK, HOURS, text=""),
        case("not limited", coupon_of(has_time_range=0), HERE, YES),
        case("nothing said of hours", coupon_of(has_time_range=None), HERE, YES),
    ],
    "12 hours unknown": [
        hours("", "10:00-10:00", "Sat 10:00:00", CHECK, HOURS),
        hours("", "23:59-23:59", "Sat 12:00:00", CHECK, HOURS),
        hours("", "10:00-25:00", "Sat 11:00:00", CHECK, HOURS),
        hours("", "10:00-12:00 dawn-dusk", "Sat 11:59:59", YES),
        hours("", "10:00-12:00 dawn-dusk", "Sat 12:00:00", CHECK, HOURS),
        hours("", "10:00-10:00 12:00-13:00", "Sat 12:00:00", YES),
        hours("", "12:00-13:00 10:00-10:00", "Sat 10:00:00", CHECK, HOURS),
        hours("6", "10:00-12:00 dawn-dusk", "Sat 12:00:00", CHECK, HOURS),
        hours("5", "10:00-12:00 dawn-dusk", "Sat 11:00:00", NO, WRONG_DAY, weekdays=(5,)),
        hours("5", f"{NIGHT} dawn-dusk", "Sat 01:00:00", CHECK, HOURS),
        hours("5,6", f"{NIGHT} dawn-dusk", "Sat 01:00:00", YES),
        hours("", JUNK, "Sat 12:00:00", CHECK, HOURS),
        hours("6", JUNK, "Sat 12:00:00", CHECK, HOURS),
        hours("5,6", JUNK, "Sat 12:00:00", CHECK, HOURS),
        # A weekday that blocks, blocks also where the hours cannot be read.
        hours("5", JUNK, "Fri 23:59:59", CHECK, HOURS),
        hours("5", JUNK, "Sat 00:00:00", NO, WRONG_DAY, weekdays=(5,)),
        hours("7", JUNK, "Sat 12:00:00", NO, WRONG_DAY, weekdays=(7,)),
        hours("7", JUNK, "Mon 00:00:00", NO, WRONG_DAY, weekdays=(7,)),
        hours("周末", JUNK, "Sat 01:00:00", CHECK, HOURS, WEEKS),
    ],
    "12 over midnight, by the day it began and by the calendar": [
        hours("5", NIGHT, "Fri 00:00:00", CHECK, HOURS),
        hours("5", NIGHT, "Fri 01:59:59", CHECK, HOURS),
        hours("5", NIGHT, "Fri 02:00:00", NO, WRONG_HOUR),
        hours("5", NIGHT, "Fri 21:59:59", NO, WRONG_HOUR),
        hours("5", NIGHT, "Fri 22:00:00", YES),
        hours("5", NIGHT, "Fri 23:59:59", YES),
        hours("5", NIGHT, "Sat 00:00:00", CHECK, HOURS),
        hours("5", NIGHT, "Sat 01:59:59", CHECK, HOURS),
        hours("5", NIGHT, "Sat 02:00:00", NO, WRONG_DAY, WRONG_HOUR),
        hours("5", NIGHT, "Sat 22:00:00", NO, WRONG_DAY),
        hours("6", NIGHT, "Fri 21:59:59", NO, WRONG_DAY, WRONG_HOUR),
        hours("6", NIGHT, "Fri 22:00:00", NO, WRONG_DAY),
        hours("6", NIGHT, "Fri 23:59:59", NO, WRONG_DAY),
        hours("6", NIGHT, "Sat 00:00:00", CHECK, HOURS),
        hours("6", NIGHT, "Sat 01:59:59", CHECK, HOURS),
        hours("6", NIGHT, "Sat 02:00:00", NO, WRONG_HOUR),
        hours("7", NIGHT, "Mon 01:59:59", CHECK, HOURS),
        hours("7", NIGHT, "Mon 02:00:00", NO, WRONG_DAY, WRONG_HOUR),
        hours("1", NIGHT, "Mon 01:59:59", CHECK, HOURS),
        hours("5,6", NIGHT, "Sat 01:59:59", YES),
        hours("5,6", NIGHT, "Fri 01:59:59", CHECK, HOURS),
        hours("5,6", NIGHT, "Sun 01:59:59", CHECK, HOURS),
        hours("6", "22:00-02:00 00:00-06:00", "Sat 01:00:00", YES),
        hours("5", "22:00-02:00 00:00-06:00", "Fri 03:00:00", YES),
        hours("5", "22:00-02:00 00:00-06:00", "Sat 03:00:00", NO, WRONG_DAY),
    ],
}
