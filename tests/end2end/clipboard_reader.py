"""What another program finds on the clipboard: ``python -m tests.end2end.clipboard_reader``.

Prints one JSON object: the formats, the text, and what is marked for clipboard managers.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication


def main() -> int:
    application = QGuiApplication(sys.argv[:1])
    board = application.clipboard()
    there: QMimeData | None = board.mimeData()
    there = there or QMimeData()  # an empty one has none
    told = {
        "formats": there.formats(),
        "text": there.text(),
        "hint": bytes(there.data("x-kde-passwordManagerHint").data()).decode(),
        "primary": board.text(QClipboard.Mode.Selection),
    }
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
