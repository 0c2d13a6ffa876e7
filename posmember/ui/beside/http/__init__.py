"""Lookups over HTTP on 127.0.0.1, for tills that can do nothing else."""
