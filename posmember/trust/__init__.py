"""Secrets in the system's keyring; who may change a card; the lines that a change leaves."""
