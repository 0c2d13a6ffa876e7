"""The settings in the window: pages made from the declarations, and what keeps them."""
