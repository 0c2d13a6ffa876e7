"""The forms that the platform writes dates, stores, weekdays and hours in, odd ones too."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.fakes.opinion.reading import Json

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
EMPTY: tuple[Any, ...] = ("", None, "null", [], {}, "[]")


def written(draw: Random, at: datetime) -> Any:
    """A moment in one of the forms that the platform is known to write."""
    form = draw.randrange(13)
    day = f"{at.month:02d}-{at.day:02d}" if draw.random() < 0.8 else f"{at.month}-{at.day}"
    dated = f"{at.year}-{day}".replace("-", draw.choice(["-", "-", "-", "/", "."]))
    if form < 7:
        return f"{dated} {at:%H:%M:%S}"
    if form < 9:
        return dated
    seconds = int(at.timestamp())
    return [str(seconds), seconds, seconds * 1000, str(seconds * 1000)][form - 9]


def date_of(draw: Random, now: datetime, *, end: bool) -> Any:
    """A start or an end; eight of ten are no obstacle."""
    sign = 1 if end else -1
    chance = draw.random()
    if chance < 0.8:
        day = now + sign * draw.choice([1, 2, 3, 4, 30, 300]) * DAY
    elif chance < 0.93:
        day = now + draw.choice([-400, -30, -2, -1, 0, 0, 1, 2, 400]) * DAY
    else:
        never = ["2100-01-01 00:00:00", "2099-01-01", "2099-12-31 23:59:59", "2098-12-31"]
        odd: list[Any] = ["", None, "0000-00-00 00:00:00", "someday", "2026-02-30", 0, [], "0"]
        return draw.choice(never + odd if end else odd)
    clock = draw.choice(["same", "same", "before", "after", "00:00:00", "23:59:59", "08:30:00"])
    if ":" in clock:
        hour, minute, second = (int(part) for part in clock.split(":"))
        day = day.replace(hour=hour, minute=minute, second=second)
    return written(draw, day + {"before": -SECOND, "after": SECOND}.get(clock, 0 * SECOND))


def shops_of(draw: Random) -> Any:
    """``shop_ids`` in all of its forms."""
    ids: list[Any] = draw.sample([88001, "88001", "1001", 1001, 77, "78", 88002], 2)
    forms = [
        json.dumps(ids),
        json.dumps(json.dumps(ids)),
        ids,
        ids[0],
        ",".join(map(str, ids)),
        ",".join(map(str, ids)),
        f" {ids[0]} , {ids[1]} ",
        str(ids[0]),
        {"0": ids[0], "2": ids[1]},
        json.dumps({"0": ids[0], "2": ids[1]}),
    ]
    odd: list[Any] = [*EMPTY, "[88001", [{"id": 88001}], '[{"id":88001}]', True]
    return draw.choice(forms if draw.random() < 0.85 else odd)


def weeks_of(draw: Random) -> Any:
    """``useWeeks`` in all of its forms."""
    days = sorted(draw.sample(range(1, 8), draw.randrange(1, 7)))
    texts = [str(day) for day in days]
    forms = [
        ",".join(texts),
        ",".join(texts),
        ", ".join(texts),
        ",".join([*texts, texts[0]]),
        days,
        texts,
        json.dumps(days),
        days[0],
        f" {texts[0]} ",
    ]
    return draw.choice(forms if draw.random() < 0.6 else [*EMPTY, "", "", "周末", "8", "x"])


def windows_of(draw: Random) -> Any:
    """``useTimeScope`` in all of its forms; some windows cannot be read."""
    begins = ["00:00", "09:30", "10:00", "11:00:00", "17:00", "22:00", "23:59", "9:00", "21:30:30"]
    ends = [
        "02:00",
        "06:00",
        "12:00",
        "14:00",
        "21:00:00",
        "23:59",
        "23:59:59",
        "24:00",
        "00:00",
        "24:00:00",
        "10:00",
    ]

    def window() -> Any:
        if draw.random() < 0.1:
            return draw.choice(
                [
                    {"begin": "dawn", "end": "dusk"},
                    {"begin": "10:00"},
                    "x",
                    {},
                    5,
                    {"begin": "10:00", "end": "10:00"},
                    {"begin": "25:00", "end": "26:00"},
                ]
            )
        one = {"begin": draw.choice(begins), "end": draw.choice(ends)}
        return json.dumps(one) if draw.random() < 0.1 else one

    several = [window() for _ in range(draw.choice([1, 1, 1, 2, 2, 3]))]
    forms = [json.dumps(several)] * 4 + [
        several,
        json.dumps(json.dumps(several)),
        several[0],
        json.dumps(several[0]),
    ]
    odd: list[Any] = [*EMPTY, "", "", "", "10:00~22:00", "[{", "x"]
    return draw.choice(forms if draw.random() < 0.6 else odd)


def as_sent(draw: Random, row: Json) -> Json:
    """Numbers are sometimes sent as texts, and empty values by leaving them out."""
    sent = {}
    for key, value in row.items():
        if isinstance(value, int) and not isinstance(value, bool) and draw.random() < 0.5:
            value = str(value)
        if value in ("", None) and draw.random() < 0.2:
            continue
        sent[key] = value
    return sent
