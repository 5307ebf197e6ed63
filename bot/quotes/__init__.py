"""Who says what: the quotes of an article and their provenance, the people and the statements of a corpus."""
