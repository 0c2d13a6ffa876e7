"""How the window's life begins and ends, and what is said where it cannot begin."""
