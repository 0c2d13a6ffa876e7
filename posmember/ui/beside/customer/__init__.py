"""What the customer sees: a screen of their own, and the chain's code to join by."""
