"""QR and Code 128, and the page to check a scanner with."""
