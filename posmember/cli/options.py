"""What several commands take and give in the same way."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from posmember.domain.values import CHINA


def moment(text: str) -> datetime:
    """An option's ISO 8601 time, in +08:00 where it names no zone."""
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=CHINA) if at.tzinfo is None else at.astimezone(CHINA)
    except (ValueError, OverflowError) as error:  # 9999-12-31T23:00-05:00 is in the year 10000
        raise argparse.ArgumentTypeError(f"not an ISO 8601 time: {text}") from error


def takes_unicode() -> bool:
    """Whether what reads the output gets every character; elsewhere JSON escapes them."""
    return sys.stdout.encoding.lower().replace("-", "") == "utf8"
