"""The local socket between the till's window, a second start, and other programs of its user.

No Qt: both ends are here in plain Python, but for the server's own loop.
"""
