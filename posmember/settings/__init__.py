"""The configuration: read, checked, and changed one key at a time."""
