"""News prose as the reading of quotes sees it: sentences, who acts in them, and who speaks."""
