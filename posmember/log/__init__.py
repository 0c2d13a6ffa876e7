"""The log: rotated files that hold calls, codes, times, places in the code, and nobody's data."""
