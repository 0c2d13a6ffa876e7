"""What was typed in the first start: by page and setting, kept over a restart but for secrets.

No widgets.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from posmember.settings.draft import forget_draft, read_draft, write_draft
from posmember.ui.settings.values import Value

_log = logging.getLogger(__name__)


class Draft:
    """Written when something else stands in it than before.

    Args:
        paths: where it is kept; then where it may be from before.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        found = next(filter(None, map(read_draft, paths)), {})
        self.values: dict[str, Value] = dict(found)
        self._written = dict(self.values)

    def take(self, values: Mapping[str, Value]) -> None:
        """Keep what was typed, by the settings' paths; where that fails it is kept in memory."""
        self.values = dict(values)
        if self.values == self._written:
            return
        try:
            write_draft(self._paths[0], self.values)
        except OSError as error:
            _log.info("what was typed is kept in memory alone: %s", error.strerror)
            return
        self._written = dict(self.values)

    def forget(self) -> None:
        """Keep nothing: it is finished."""
        self.values, self._written = {}, {}
        for path in self._paths:
            forget_draft(path)
