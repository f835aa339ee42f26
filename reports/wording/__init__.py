"""Wording: section templates become blocks of runs."""
