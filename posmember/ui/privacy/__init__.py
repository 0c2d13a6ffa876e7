"""The screen forgets a person: when nobody touches it, when the PC is locked, when users switch."""
