"""The first start: a till set up by keyboard and scanner alone, and who opens that or settings."""
