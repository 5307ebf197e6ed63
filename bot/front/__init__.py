"""Front ends: how people reach the bot."""
