"""The cashier's window.

The first import of PySide6 anywhere in the program is this one, on purpose: it puts itself in
front of every later import to look for its ``from __feature__ import``, and for that reads and
keeps the source of every module: 12 MB, and 2 ms at each lookup. Nothing here uses that
feature, so the plain import is put back.
"""

from __future__ import annotations

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _plain_import
