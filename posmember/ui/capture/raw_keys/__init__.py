"""Reads keys where the system hands them over, before any input method has seen them.

While a text field composes Chinese, Qt's own key events come late, changed or never; what comes
before them still tells which key was struck, and when.
"""
