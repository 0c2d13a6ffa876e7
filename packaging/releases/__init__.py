"""The repository of new versions: made, signed and kept valid by its release manager."""
