"""What the bot hears in chats and what it says there."""
