"""The running Telegram bot: its connection, the order of its work, its health and its end."""
