"""What a code becomes, and what is then on the screen: without widgets."""
