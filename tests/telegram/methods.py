"""What each method of the Bot API does to the chats of this server."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

from parameters import Json, Refused, bad
from rules import message_text
from stored import part, stored, units

if TYPE_CHECKING:
    from people import Chat, Query
    from server import BotApiServer

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_NO_GIFTS = {
    "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
    "gifts_from_channels": False,
}  # fmt: skip
_CONTENT = ("text", "entities", "reply_markup", "link_preview_options")


class Methods:
    """Methods by their name; each takes the parameters, which have the right types, and returns the result."""

    def __init__(self, server: BotApiServer) -> None:
        self.server = server
        self.reactions: dict[tuple[int, int], Any] = {}
        self.actions: list[tuple[int, str]] = []
        self.commands: dict[tuple[str, str], Any] = {}

    def call(self, method: str, said: Json) -> Any:
        if match := re.fullmatch(r"(get|set)(My(?:Name|Description|ShortDescription)|ChatMenuButton)", method):
            return self._setting(match[1] == "set", match[2], said)
        return getattr(self, "_" + re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), method))(said)

    # --- the bot itself

    def _get_me(self, said: Json) -> Json:
        return self.server.bot

    def _log_out(self, said: Json) -> bool:
        return True

    _close = _log_out

    def _setting(self, is_set: bool, name: str, said: Json) -> Any:
        key = f"{name} {said.get('language_code', '')} {said.get('chat_id', '')}"
        field = {"MyName": "name", "MyDescription": "description", "MyShortDescription": "short_description"}.get(name)
        if is_set:
            self.server.settings[key] = said.get(field or "menu_button")
            return True
        value = self.server.settings.get(key)
        return {field: value or ""} if field else (value or {"type": "commands"})

    def _set_my_commands(self, said: Json) -> bool:
        self.commands[_scope(said)] = said["commands"]
        return True

    def _delete_my_commands(self, said: Json) -> bool:
        self.commands.pop(_scope(said), None)
        return True

    def _get_my_commands(self, said: Json) -> Any:
        return self.commands.get(_scope(said), [])

    def _set_webhook(self, said: Json) -> bool:
        self.server.delivery.set_webhook(said)
        return True

    def _delete_webhook(self, said: Json) -> bool:
        self.server.delivery.set_webhook({**said, "url": ""})
        return True

    def _get_webhook_info(self, said: Json) -> Json:
        return self.server.delivery.webhook_info()

    # --- messages

    def _send_message(self, said: Json) -> Json:
        chat = self._chat(said)
        text, entities = message_text(said)
        message: Json = {"message_id": self.server.new_id(), "date": int(time.time()), "chat": chat.json}
        if chat.kind == "channel":
            message["sender_chat"] = chat.json
        else:
            message["from"] = {name: self.server.bot[name] for name in ("id", "is_bot", "first_name", "username")}
        message |= _content(text, entities, said)
        message |= self._replied(said.get("reply_parameters"), chat)
        self.server.messages[chat.id, message["message_id"]] = message
        chat.from_bot.append(message)
        chat.own.add(message["message_id"])
        return message

    def _replied(self, reply: Any, chat: Chat) -> Json:
        if not reply:
            return {}
        if unknown := set(reply) - {
            "message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode", "quote_entities",
            "quote_position",
        }:  # fmt: skip
            raise bad(f"can't parse reply parameters: unknown field {sorted(unknown)[0]}")
        found = self.server.messages.get((int(reply.get("chat_id") or chat.id), int(reply.get("message_id") or 0)))
        if not found:
            if reply.get("allow_sending_without_reply"):
                return {}
            raise bad("message to be replied not found")
        replied: Json = {"reply_to_message": {k: v for k, v in found.items() if k not in ("reply_to_message", "quote")}}
        if quoted := reply.get("quote"):
            quoted = stored(quoted)[0]
            at = str(found.get("text", "")).find(quoted)
            if at < 0:
                raise bad("QUOTE_TEXT_INVALID")
            replied["quote"] = {"text": quoted, "position": units(str(found["text"])[:at]), "is_manual": True}
        return replied

    def _edit_message_text(self, said: Json) -> Any:
        return self._edit(said, _content(*message_text(said), said))

    def _edit_message_reply_markup(self, said: Json) -> Any:
        message = self._edited(said)
        content = {name: message[name] for name in _CONTENT if name in message and name != "reply_markup"}
        return self._edit(said, content | _markup(said))

    def _edited(self, said: Json) -> Json:
        if inline := said.get("inline_message_id"):
            if inline not in self.server.inline_messages:
                raise bad("MESSAGE_ID_INVALID")
            return self.server.inline_messages[str(inline)]
        if "chat_id" not in said or "message_id" not in said:
            raise bad("message identifier is not specified")
        chat = self._chat(said)
        message = self.server.messages.get((chat.id, said["message_id"]))
        if not message:
            raise bad("message to edit not found")
        if message["message_id"] not in chat.own:
            raise bad("message can't be edited")
        return message

    def _edit(self, said: Json, content: Json) -> Any:
        message = self._edited(said)
        if {name: message[name] for name in _CONTENT if name in message} == content:
            raise bad(_NOT_MODIFIED)
        for name in _CONTENT:
            message.pop(name, None)
        message |= content  # in place: whoever holds the message sees it change
        message["edit_date"] = int(time.time())
        return True if said.get("inline_message_id") else message

    def _delete_message(self, said: Json) -> bool:
        chat = self._chat(said)
        key = (chat.id, int(str(said["message_id"])))
        if key not in self.server.messages:
            raise bad("message to delete not found")
        if key[1] not in chat.own and chat.kind != "private" and not chat.bot_is_admin:
            raise bad("message can't be deleted")
        del self.server.messages[key]
        return True

    def _delete_messages(self, said: Json) -> bool:
        chat = self._chat(said)
        for number in said["message_ids"]:
            self.server.messages.pop((chat.id, number), None)
        return True

    def _send_chat_action(self, said: Json) -> bool:
        self.actions.append((self._chat(said).id, str(said["action"])))
        return True

    def _set_message_reaction(self, said: Json) -> bool:
        key = (self._chat(said).id, int(str(said["message_id"])))
        if key not in self.server.messages:
            raise bad("message to react not found")
        self.reactions[key] = said.get("reaction") or []
        return True

    # --- queries

    def _answer_callback_query(self, said: Json) -> bool:
        self._query("callback", said, "callback_query_id").answer = said
        return True

    def _answer_inline_query(self, said: Json) -> bool:
        self._query("inline", said, "inline_query_id").answer = said
        return True

    def _answer_guest_query(self, said: Json) -> Json:
        query = self._query("guest", said, "guest_query_id")
        query.answer = said
        query.inline_message_id = self.post_inline(said["result"])
        return {"inline_message_id": query.inline_message_id}

    def post_inline(self, result: Any) -> str:
        """Post a result in a chat that the bot does not see, and return its number."""
        name = f"AAA{self.server.new_id()}"
        text, entities = message_text(result["input_message_content"], "message_text")
        self.server.inline_messages[name] = _content(text, entities, result)
        return name

    def _query(self, kind: str, said: Json, name: str) -> Query:
        query = self.server.queries.get(str(said[name]))
        if not query or query.kind != kind or query.answer is not None or query.is_expired:
            raise bad(_TOO_OLD)
        return query

    # --- chats

    def _chat(self, said: Json) -> Chat:
        wanted = said["chat_id"]
        if isinstance(wanted, int):
            chat = self.server.chats.get(wanted)
        else:
            chat = next((chat for chat in self.server.chats.values() if wanted == f"@{chat.username}"), None)
        if not chat or not chat.is_known:
            raise bad("chat not found")
        if chat.migrated_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to.id)
        if chat.forbidden:
            raise Refused(403, f"Forbidden: {chat.forbidden}")
        return chat

    def _get_chat(self, said: Json) -> Json:
        more = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
        return self._chat(said).json | more

    def _get_chat_member(self, said: Json) -> Json:
        chat = self._chat(said)
        person = self.server.people.get(int(str(said["user_id"])))
        if said["user_id"] == self.server.bot["id"]:
            return {"status": "member", "user": self.server.bot}
        if not person or (person not in chat.members and chat is not person.chat):
            raise bad("member not found")
        return {"status": "member", "user": person.json}

    def _get_chat_administrators(self, said: Json) -> list[Json]:
        if self._chat(said).kind == "private":
            raise bad("there are no administrators in the private chat")
        return []

    def _get_chat_member_count(self, said: Json) -> int:
        return len(self._chat(said).members) + 1

    def _leave_chat(self, said: Json) -> bool:
        chat = self._chat(said)
        chat.forbidden = f"bot is not a member of the {chat.kind} chat"
        return True


def _scope(said: Json) -> tuple[str, str]:
    return json.dumps(said.get("scope") or {"type": "default"}, sort_keys=True), str(said.get("language_code") or "")


def _content(text: str, entities: list[Json], said: Json) -> Json:
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if said.get("link_preview_options"):
        content["link_preview_options"] = said["link_preview_options"]
    return content | _markup(said)


def _markup(said: Json) -> Json:
    markup: Any = said.get("reply_markup") or {}
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


def quoted_words(message: Json) -> list[str]:
    """Return what a message shows as block quotations."""
    entities: Any = message.get("entities", [])
    kinds = ("blockquote", "expandable_blockquote")
    return [part(str(message["text"]), e["offset"], e["length"]) for e in entities if e["type"] in kinds]
