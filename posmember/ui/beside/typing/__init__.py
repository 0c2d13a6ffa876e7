"""Typing a code into the window of another program, and only there."""
