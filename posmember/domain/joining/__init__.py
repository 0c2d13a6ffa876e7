"""Where two sources speak of one thing: one member of all of them."""
