"""The installers: what they are made of, how they are made, and how they are tried."""
