"""The scanner check (F9)."""
