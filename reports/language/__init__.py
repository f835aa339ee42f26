"""Languages: the only place that prints a value."""
