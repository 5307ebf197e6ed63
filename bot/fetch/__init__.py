"""Going out to the web: from an address to the text that stands there, and to nothing that is not public."""
