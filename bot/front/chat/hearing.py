"""What a message asks: its own words, and those of another message that it is about."""

import re
from dataclasses import dataclass

from telegram import Message, User
from telegram.constants import ChatType

# Commands that stand for a question, and the words of it.
_ASKING = {"ask": "{}", "quotes": "what did {} say", "latest": "what is the latest {}"}
_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+|$)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the words that it is about where it points to some: the part of a message that was quoted."""

    text: str
    about: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.about


def asked_in(message: Message, me: User) -> Asked | None:
    """Return what a message asks the bot, or None where it is not meant for it."""
    text = (message.text or message.caption or "").strip()
    about = _pointed_to(message, me)
    if command := _COMMAND.fullmatch(text):
        name, addressed, rest = command[1].lower(), command[2], command[3].strip()
        if name not in _ASKING or (addressed and addressed.lower() != (me.username or "").lower()):
            return None
        return Asked(_ASKING[name].format(rest).strip() if rest or name == "latest" else "", about)
    mention = re.compile(rf"@{re.escape(me.username or '')}\b", re.IGNORECASE)
    if message.chat.type == ChatType.PRIVATE:
        if message.forward_origin is not None:  # somebody else's words, passed on: whose are they?
            return Asked("", text)
        return Asked(mention.sub(" ", text).strip(), about)
    if mention.search(text) or is_from(message.reply_to_message, me):
        return Asked(mention.sub(" ", text).strip(), about)
    return None


def is_from(message: Message | None, user: User) -> bool:
    return message is not None and message.from_user is not None and message.from_user.id == user.id


def _pointed_to(message: Message, me: User) -> str:
    """Return the words that the user selected in another message, or else all of it where it is not the bot's own."""
    if message.quote is not None:
        return message.quote.text.strip("“”\"'«» \n")
    other = message.reply_to_message
    if other is None or is_from(other, me):
        return ""
    return (other.text or other.caption or "").strip()
