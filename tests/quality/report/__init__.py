"""Reports of what goes wrong, to see what to mend next."""
