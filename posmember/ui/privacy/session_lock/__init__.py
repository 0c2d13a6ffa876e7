"""When the PC is locked, or another user takes it: each system tells it in its own way."""
