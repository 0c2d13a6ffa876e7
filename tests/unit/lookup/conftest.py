"""Fixtures of the tests of changed cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from posmember.trust.audit import AuditLog


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


@pytest.fixture
def audit(path: Path) -> AuditLog:
    return AuditLog(b"k" * 64, path)
