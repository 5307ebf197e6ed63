"""Every method that the server knows with its parameters, and how their values are read from a form or from JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Json = dict[str, object]


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818 – an answer, not a failure of the rig
    """A request that is answered with an error, in Telegram's words."""

    status: int
    description: str
    more: Json = field(default_factory=dict)


_CHAT = {"chat_id!": "chat"}
_EDITED = {"chat_id": "chat", "message_id": "int", "inline_message_id": "str", "business_connection_id": "str"}
_MARKED = {"parse_mode": "str", "entities": "list", "link_preview_options": "dict", "reply_markup": "dict"}
_LANGUAGE = {"language_code": "str"}

#: A parameter that ends in "!" is required.
PARAMETERS: dict[str, dict[str, str]] = {
    "getMe": {},
    "logOut": {},
    "close": {},
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "list"},
    "setWebhook": {
        "url!": "str", "ip_address": "str", "max_connections": "int", "allowed_updates": "list",
        "drop_pending_updates": "bool", "secret_token": "str", "certificate": "file",
    },
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "sendMessage": {
        **_CHAT, "text!": "str", **_MARKED, "reply_parameters": "dict", "message_thread_id": "int",
        "direct_messages_topic_id": "int", "business_connection_id": "str", "disable_notification": "bool",
        "protect_content": "bool", "allow_paid_broadcast": "bool", "message_effect_id": "str",
        "suggested_post_parameters": "dict",
    },
    "editMessageText": {**_EDITED, "text!": "str", **_MARKED},
    "editMessageReplyMarkup": {**_EDITED, "reply_markup": "dict"},
    "deleteMessage": {**_CHAT, "message_id!": "int"},
    "deleteMessages": {**_CHAT, "message_ids!": "list"},
    "sendChatAction": {
        **_CHAT, "action!": "str", "message_thread_id": "int", "business_connection_id": "str",
    },
    "setMessageReaction": {**_CHAT, "message_id!": "int", "reaction": "list", "is_big": "bool"},
    "answerCallbackQuery": {
        "callback_query_id!": "str", "text": "str", "show_alert": "bool", "url": "str", "cache_time": "int",
    },
    "answerInlineQuery": {
        "inline_query_id!": "str", "results!": "list", "cache_time": "int", "is_personal": "bool",
        "next_offset": "str", "button": "dict",
    },
    "answerGuestQuery": {"guest_query_id!": "str", "result!": "dict"},
    "getChat": _CHAT,
    "getChatMember": {**_CHAT, "user_id!": "int"},
    "getChatAdministrators": _CHAT,
    "getChatMemberCount": _CHAT,
    "leaveChat": _CHAT,
    "setMyCommands": {"commands!": "list", "scope": "dict", **_LANGUAGE},
    "deleteMyCommands": {"scope": "dict", **_LANGUAGE},
    "getMyCommands": {"scope": "dict", **_LANGUAGE},
    "setMyName": {"name": "str", **_LANGUAGE},
    "getMyName": _LANGUAGE,
    "setMyDescription": {"description": "str", **_LANGUAGE},
    "getMyDescription": _LANGUAGE,
    "setMyShortDescription": {"short_description": "str", **_LANGUAGE},
    "getMyShortDescription": _LANGUAGE,
    "setChatMenuButton": {"chat_id": "int", "menu_button": "dict"},
    "getChatMenuButton": {"chat_id": "int"},
}  # fmt: skip

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "guest_query_id": "query is too old and response timeout expired or query ID is invalid",
    "results": "can't parse inline query results JSON object",
    "user_id": "invalid user_id specified",
}
_NOT_JSON = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "entities": "can't parse entities JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "results": "can't parse inline query results JSON object",
    "result": "can't parse inline query result JSON object",
    "commands": "can't parse commands list JSON object",
    "scope": "can't parse BotCommandScope JSON object",
    "reaction": "can't parse reaction types JSON object",
    "allowed_updates": "can't parse allowed_updates JSON object",
}


def bad(words: str, **more: object) -> Refused:
    return Refused(400, f"Bad Request: {words}", more)


def read(method: str, said: Mapping[str, object], typed: bool) -> Json:
    """Return the parameters of a request with their types; `typed` says that they come from JSON.

    Telegram ignores a parameter that it does not know; this server does not, for it may be a mistyped one.
    """
    known = {name.rstrip("!"): (kind, name.endswith("!")) for name, kind in PARAMETERS[method].items()}
    if unknown := sorted(set(said) - set(known)):
        raise bad(f'unknown parameter "{unknown[0]}"')
    found = {name: _value(name, kind, said[name], typed) for name, (kind, _) in known.items() if name in said}
    for name, (_, required) in known.items():
        empty = method != "setWebhook" and found.get(name) == ""
        if required and (name not in found or empty):
            raise bad(_MISSING.get(name, f'parameter "{name}" is required'))
    return found


def _value(name: str, kind: str, value: object, typed: bool) -> object:
    if kind in ("list", "dict"):
        return _structure(name, list if kind == "list" else dict, value)
    if kind == "file":
        return value
    if typed:
        right = {"int": int, "str": str, "bool": bool, "chat": (int, str)}[kind]
        if not isinstance(value, right) or (isinstance(value, bool) and kind != "bool"):
            raise bad(f'parameter "{name}" has a wrong type')
        return _chat(value) if kind == "chat" else value
    text = str(value)
    if kind == "int" and not re.fullmatch(r"-?\d{1,19}", text):
        raise bad(f'parameter "{name}" has a wrong type')
    if kind == "bool" and text not in ("true", "false", "True", "False", "0", "1"):
        raise bad(f'parameter "{name}" has a wrong type')
    if kind == "chat":
        return _chat(text)
    return {"int": int, "bool": lambda word: word in ("true", "True", "1"), "str": str}[kind](text)


def _chat(value: object) -> int | str:
    text = str(value)
    if re.fullmatch(r"-?\d{1,19}", text):
        return int(text)
    if not re.fullmatch(r"@\w{4,32}", text):
        raise bad("chat not found" if text else "chat_id is empty")
    return text


def _structure(name: str, right: type, value: object) -> object:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad(_NOT_JSON.get(name, f"can't parse {name} JSON object")) from None
    if not isinstance(value, right):
        raise bad(_NOT_JSON.get(name, f"can't parse {name} JSON object"))
    return value
