"""From an identifier to everything the platform knows of a member."""
