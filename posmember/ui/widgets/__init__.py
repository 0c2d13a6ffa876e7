"""Small widgets and painters that the panels are made of."""
