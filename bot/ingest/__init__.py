"""Reading: from bytes of files to Articles with their layout."""
