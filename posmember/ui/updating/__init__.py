"""New versions in the window: looked for in the background, offered between customers."""
