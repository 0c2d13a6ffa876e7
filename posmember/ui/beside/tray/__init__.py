"""The icon beside the clock, and a window that is closed to it."""
