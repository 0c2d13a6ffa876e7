"""Recorded answers, with invented people."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"


def sample_bytes(name: str) -> bytes:
    """A whole answer as it came over the network."""
    return (SAMPLES / f"{name}.json").read_bytes()


def sample_data(name: str) -> Any:
    """The ``data`` of an answer, as plain JSON to change and decode."""
    return json.loads(sample_bytes(name), parse_float=Decimal)["data"]
