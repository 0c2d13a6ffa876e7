"""New versions: which there are, whether they are whole and signed, and whose turn it is. No Qt."""
