"""What the window shows, as frozen values."""
