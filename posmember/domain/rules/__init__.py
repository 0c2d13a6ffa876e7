"""The usage rules: what is usable here and now, why not, and what would help."""
