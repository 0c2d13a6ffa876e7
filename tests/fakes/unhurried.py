"""Settings of property tests: a busy machine is no failure."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
