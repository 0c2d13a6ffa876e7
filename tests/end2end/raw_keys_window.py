"""A window of its own process that tells which raw keys it was given; see test_raw_keys.py."""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.settings.config import ScannerSettings
from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.raw_keys.watch import RawKeyWatch
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.capture.scan_sources import ScanSources


def say(*words: object) -> None:
    """Write one line of JSON, at once."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(what: str, swallowed: str) -> None:
    """Show a field and watch its keys.

    Args:
        what: "watch" to tell every key, "capture" to tell scans, as the program does it.
        swallowed: the characters that are kept from the field, when it watches.
    """
    app = QApplication([])
    field = QLineEdit()

    def on_key(key: RawKey) -> bool:
        if key.pressed and key.char:
            say("key", key.char, key.at, key.repeated)
        return key.char != "" and key.char in swallowed

    if what == "watch":
        watch = RawKeyWatch(on_key)
        watch.start()
    else:
        let_write_chinese(field)
        sources = ScanSources(ScanFilter(), field)
        sources.scanned.connect(lambda text, place: say("scan", text, place))
        sources.start(ScannerSettings())
    field.returnPressed.connect(lambda: say("entered", field.text()))
    field.show()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
