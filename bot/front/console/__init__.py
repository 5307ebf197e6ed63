"""What runs on a terminal or in a pipe: the commands, and the session of questions."""
