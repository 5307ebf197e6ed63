"""Showing: from an Answer to a terminal, JSON or a citation, with every quoted word checked."""
