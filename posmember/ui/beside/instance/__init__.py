"""One instance a session: the lock, the socket, and what is answered there."""
