"""What a lookup is told as: the documented JSON, exit codes, and a line for each failure."""
