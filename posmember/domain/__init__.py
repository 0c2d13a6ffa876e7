"""What a member has and what the rules say of it: standard library only, no clock, no I/O."""
