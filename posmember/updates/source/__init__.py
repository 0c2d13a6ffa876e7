"""The repository of new versions, read and verified by python-tuf. The only `import tuf`."""
