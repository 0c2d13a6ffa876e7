"""``posmember setup``: a till set up by a file, for a user or a machine; and what others are."""
