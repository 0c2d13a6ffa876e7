"""The flows of a cashier take as few keys as they can."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.key_counts import FLOWS, Flow, counted
from tests.gui.themed import give_theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.partition(" / ")[2])
def test_a_flow_takes_so_many_keys(qapp: QApplication, flow: Flow) -> None:
    give_theme(qapp)
    assert counted(flow) == (flow.keys, True)
