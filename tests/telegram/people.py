"""What users do, put into the bot's queue of updates as Telegram does it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parameters import Json
from stored import stored, typed, units

if TYPE_CHECKING:
    from server import BotApiServer


@dataclass
class Query:
    """A pressed button, an inline query or a mention as a guest, which the bot may answer once and soon."""

    server: BotApiServer
    kind: str
    id: str
    person: Person
    at: float = field(default_factory=time.monotonic)
    answer: Json | None = None
    inline_message_id: str = ""
    expired: bool = False

    @property
    def is_expired(self) -> bool:
        return self.expired or time.monotonic() > self.at + self.server.query_seconds

    def wait(self, timeout: float = 5.0) -> Json:
        """Wait for the bot's answer and return its parameters."""
        found: Json = self.server.until(lambda: self.answer, timeout, f"the answer to the {self.kind} query")
        return found

    async def answered(self, timeout: float = 5.0) -> Json:
        return await asyncio.to_thread(self.wait, timeout)


class Chat:
    """A chat of the bot.  It hears what Telegram lets it hear: in a group, by default, only what is meant for it."""

    def __init__(
        self, server: BotApiServer, kind: str, title: str = "", identity: int = 0, username: str = "",
        person: Person | None = None,
    ) -> None:  # fmt: skip
        number = server.new_id()
        self.server, self.kind, self.title, self.username = server, kind, title, username
        self.person = person
        self.id = identity or {"private": number, "group": -number}.get(kind, -1_000_000_000_000 - number)
        self.reads_all = bool(server.bot["can_read_all_group_messages"])
        self.bot_is_admin = False
        self.is_known = kind != "private"  # a bot cannot write first
        self.forbidden = ""
        self.migrated_to: Chat | None = None
        self.members: list[Person] = []
        self.from_bot: list[Json] = []
        self.own: set[object] = set()  # the numbers of those
        self._heard = 0
        server.chats[self.id] = self

    @property
    def json(self) -> Json:
        said: Json = {"id": self.id, "type": self.kind}
        if self.person:
            said |= {k: v for k, v in self.person.json.items() if k in ("first_name", "last_name", "username")}
        else:
            said |= {"title": self.title} | ({"username": self.username} if self.username else {})
        return said

    def hear(self, timeout: float = 5.0) -> Json:
        """Wait for the bot's next message in this chat.  The message changes in place when the bot edits it."""
        self.server.until(lambda: len(self.from_bot) > self._heard, timeout, f"the next message in chat {self.id}")
        with self.server.changed:
            self._heard += 1
            return self.from_bot[self._heard - 1]

    async def hears(self, timeout: float = 5.0) -> Json:
        return await asyncio.to_thread(self.hear, timeout)

    def unheard(self) -> list[Json]:
        """The bot's messages that no call of `hear` has returned."""
        return self.from_bot[self._heard :]

    def posts(self, text: str) -> Json:
        """Post in a channel."""
        return self.add({"sender_chat": self.json}, text, kind="channel_post")

    def add(
        self, sender: Json, text: str, reply_to: Json | None = None, quote: str = "", kind: str = "message",
        deliver: bool = True, **more: Any,
    ) -> Json:  # fmt: skip
        """Add a message to the chat, and tell the bot where it may know."""
        with self.server.changed:
            self.is_known = True
            words, entities = typed(text)
            message: Json = {"message_id": self.server.new_id(), "date": int(time.time()), "chat": self.json, **sender}
            message |= {"text": words} | ({"entities": entities} if entities else {}) | more
            if reply_to:
                message["reply_to_message"] = {k: v for k, v in reply_to.items() if k != "reply_to_message"}
            if quote:
                message["quote"] = _quote(reply_to or {}, quote)
            self.server.messages[self.id, int(str(message["message_id"]))] = message
            if deliver and self.bot_may_hear(message):
                self.server.delivery.push(kind, message, self.id)
        return message

    def bot_may_hear(self, message: Json) -> bool:
        """Say whether the privacy mode lets a message through."""
        if self.kind in ("private", "channel") or self.reads_all or self.bot_is_admin:
            return True
        text, name = str(message.get("text", "")), f"@{self.server.bot['username']}".lower()
        reply: Any = message.get("reply_to_message") or {}
        is_command = text.startswith("/") and ("@" not in text.split()[0] or text.split()[0].lower().endswith(name))
        return is_command or name in text.lower() or reply.get("from", {}).get("id") == self.server.bot["id"]

    def migrates(self) -> Chat:
        """Become a supergroup, with a new number; the old one only says where it went."""
        new = Chat(self.server, "supergroup", self.title)
        new.members = self.members
        with self.server.changed:
            self.migrated_to = new
            service: Json = {"message_id": self.server.new_id(), "date": int(time.time())}
            self.server.delivery.push("message", {**service, "chat": self.json, "migrate_to_chat_id": new.id}, self.id)
            self.server.delivery.push("message", {**service, "chat": new.json, "migrate_from_chat_id": self.id}, new.id)
        return new

    def kicks_bot(self, person: Person) -> None:
        self.forbidden = f"bot was kicked from the {self.kind} chat"
        self._membership(person, "member", {"status": "kicked", "until_date": 0})

    def adds_bot(self, person: Person) -> None:
        self.forbidden = ""
        self._membership(person, "left", {"status": "member"})

    def _membership(self, person: Person, before: str, after: Json) -> None:
        bot = {"user": self.server.bot}
        changed: Json = {
            "chat": self.json, "from": person.json, "date": int(time.time()),
            "old_chat_member": {"status": before, **bot}, "new_chat_member": {**after, **bot},
        }  # fmt: skip
        self.server.delivery.push("my_chat_member", changed, self.id)


class Person:
    """A user of Telegram.  Where no chat is given, things happen in the private chat with the bot."""

    def __init__(
        self, server: BotApiServer, first_name: str, username: str = "", language: str = "en", identity: int = 0,
        **more: Any,
    ) -> None:  # fmt: skip
        self.server = server
        self.id = identity or 500_000 + server.new_id()
        self.json: Json = {"id": self.id, "is_bot": False, "first_name": first_name, "language_code": language, **more}
        if username:
            self.json["username"] = username
        self.chat = Chat(server, "private", identity=self.id, person=self)
        server.people[self.id] = self

    def says(
        self, text: str, chat: Chat | None = None, reply_to: Json | None = None, quote: str = "", **more: Any
    ) -> Json:
        """Send a message; `quote` is the part of `reply_to` that the user selected."""
        chat = chat or self.chat
        if chat is not self.chat and self not in chat.members:
            chat.members.append(self)
        return chat.add({"from": self.json}, text, reply_to, quote, **more)

    def edits(self, message: Json, text: str) -> Json:
        """Change a message that was sent before."""
        with self.server.changed:
            words, entities = typed(text)
            message.pop("entities", None)
            message |= {"text": words, "edit_date": int(time.time())} | ({"entities": entities} if entities else {})
            chat: Any = message["chat"]
            kind = "edited_channel_post" if chat["type"] == "channel" else "edited_message"
            if self.server.chats[chat["id"]].bot_may_hear(message):
                self.server.delivery.push(kind, message, chat["id"])
        return message

    def hear(self, timeout: float = 5.0) -> Json:
        return self.chat.hear(timeout)

    async def hears(self, timeout: float = 5.0) -> Json:
        return await self.chat.hears(timeout)

    def unheard(self) -> list[Json]:
        return self.chat.unheard()

    def presses(self, message: Json | str, button: str) -> Query:
        """Press the button whose text is, or begins with, this, under a message (an inline one: its number)."""
        with self.server.changed:
            held = self.server.inline_messages[message] if isinstance(message, str) else message
            data = _data(held, button)
            content: Json = {"from": self.json, "chat_instance": "42", "data": data}
            if isinstance(message, str):
                content["inline_message_id"] = message
                return self._ask("callback", "callback_query", content, self.id)
            chat: Any = message["chat"]
            return self._ask("callback", "callback_query", {**content, "message": message}, chat["id"])

    def presses_data(self, message: Json, data: str) -> Query:
        """Press a button that an older program made: any data."""
        chat: Any = message["chat"]
        content: Json = {"from": self.json, "chat_instance": "42", "data": data, "message": message}
        return self._ask("callback", "callback_query", content, chat["id"])

    def types_inline(self, text: str, offset: str = "", chat_type: str = "group") -> Query:
        """Type the bot's name and these words in any chat."""
        content: Json = {"from": self.json, "query": stored(text)[0], "offset": offset, "chat_type": chat_type}
        return self._ask("inline", "inline_query", content, self.id)

    def picks(self, query: Query, result: int | str = 0) -> str:
        """Post a result of an inline query, by its place or its id; return the number of the message."""
        answer: Any = query.answer or {}
        results = answer["results"]
        chosen = results[result] if isinstance(result, int) else next(one for one in results if one["id"] == result)
        with self.server.changed:
            name = self.server.methods.post_inline(chosen)
            content: Json = {"from": self.json, "query": "", "result_id": chosen["id"]}
            if chosen.get("reply_markup"):
                content["inline_message_id"] = name  # Telegram tells it only where there are buttons
            self.server.delivery.push("chosen_inline_result", content, self.id)
        return name

    def mentions_as_guest(self, text: str, reply_to: Json | None = None, chat: Chat | None = None) -> Query:
        """Mention the bot in a chat that it is not a member of."""
        with self.server.changed:
            chat = chat or Chat(self.server, "supergroup", "Elsewhere")
            chat.forbidden = chat.forbidden or "bot is not a member of the supergroup chat"
            message = chat.add({"from": self.json}, text, reply_to, deliver=False)
            return self._ask("guest", "guest_message", message, chat.id)

    def blocks_bot(self) -> None:
        self.chat.forbidden = "bot was blocked by the user"
        self.chat._membership(self, "member", {"status": "kicked", "until_date": 0})

    def unblocks_bot(self) -> None:
        self.chat.forbidden = ""
        self.chat._membership(self, "kicked", {"status": "member"})

    def _ask(self, kind: str, update: str, content: Json, queue: int) -> Query:
        with self.server.changed:
            query = Query(self.server, kind, f"4{self.server.new_id():017}", self)
            self.server.queries[query.id] = query
            name = "guest_query_id" if kind == "guest" else "id"
            self.server.delivery.push(update, {**content, name: query.id}, queue)
        return query


def buttons(message: Json) -> list[Json]:
    """Return every button under a message."""
    markup: Any = message.get("reply_markup") or {}
    return [button for row in markup.get("inline_keyboard", []) for button in row]


def _data(message: Json, text: str) -> object:
    matching = [button for button in buttons(message) if button["text"] == text]
    matching = matching or [button for button in buttons(message) if str(button["text"]).startswith(text)]
    if not matching or "callback_data" not in matching[0]:
        raise LookupError(f"there is no button {text!r} to press among {buttons(message)}")
    return matching[0]["callback_data"]


def _quote(message: Json, words: str) -> Json:
    at = str(message.get("text", "")).find(words)
    if at < 0 or not words:
        raise LookupError(f"nobody can select {words!r} in {message.get('text')!r}")
    return {"text": words, "position": units(str(message["text"])[:at]), "is_manual": True}
