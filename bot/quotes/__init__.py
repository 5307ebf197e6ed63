"""Who says what: the quotes of an article and their provenance."""
