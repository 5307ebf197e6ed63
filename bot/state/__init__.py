"""What outlives a run of the program, in SQLite, in a folder of its own outside the corpus."""
