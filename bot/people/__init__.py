"""People: who is who over a whole corpus, under every spelling, and who had which office when."""
