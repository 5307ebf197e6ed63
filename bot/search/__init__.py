"""Ranking: from passages to a Library that can be searched."""
