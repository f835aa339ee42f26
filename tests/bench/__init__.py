"""Benchmarks: our writers beside what a user would write with the same libraries, in one run. `make bench`."""
