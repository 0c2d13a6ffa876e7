"""Cards: a list of them, and how one is laid out and painted."""
