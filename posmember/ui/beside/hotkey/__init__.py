"""The key that is heard in every program."""
