"""From keys and texts to identifiers: pure, no Qt, no clock."""
