"""Reading quotes: from an article's text to who said what, in which words."""
