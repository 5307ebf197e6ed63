"""Keeping a growing corpus in order while the program runs: reloading, watching, checking, remembering."""
