"""Answering: from a question and a Library to an Answer or an Abstention."""
