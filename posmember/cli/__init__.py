"""The command line: one module a sub-command, each with `add_arguments` and `run`."""
