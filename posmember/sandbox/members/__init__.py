"""The sandbox's people: every one is invented."""
