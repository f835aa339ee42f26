"""The house style: a Word file read into a Theme."""
