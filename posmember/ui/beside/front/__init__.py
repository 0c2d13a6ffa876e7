"""Which window is in front: this one is brought there, and the one before is given back."""
