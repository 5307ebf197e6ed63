"""The Telegram bot: questions in private chats and groups, answered with text and entities."""
