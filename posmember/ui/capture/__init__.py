"""From keys to codes: a scanner told from a person, on every way that a code comes in."""
