"""What a request may hold, whatever came before it: the limits and shapes, with the words Telegram refuses them in.

Where Telegram does not refuse but silently mends (a hundred and first entity, a quote within a quote), this is
stricter: the words then begin with "can't parse entities:", which is what a bot has to handle anyway.
"""

import re
from collections.abc import Callable, Iterator

from entities import entity_problems, is_address
from parameters import Json, Refused
from stored import from_html, is_blank, stored, units
from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    BotNameLimit,
    CallbackQueryLimit,
    ChatAction,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    MessageLimit,
    ReactionEmoji,
    WebhookLimit,
)

_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BAD = "Bad Request: "


def problems(method: str, said: Json) -> list[str]:
    """Return every reason for which a request can be refused without knowing the chat."""
    return [words if words.startswith(_BAD) else _BAD + words for words in _CHECKS.get(method, _nothing)(said)]


def message_text(said: Json, name: str = "text") -> tuple[str, list[Json]]:
    """Return the words and entities that a request sends, parsed and altered as Telegram does it."""
    text, entities = str(said.get(name, "")), list(said.get("entities") or [])
    if said.get("parse_mode"):
        text, entities = from_html(text)
    return stored(text, entities)


def _nothing(said: Json) -> Iterator[str]:
    return iter(())


def _message(said: Json, name: str = "text", too_long: str = "message is too long") -> Iterator[str]:
    text, entities = str(said.get(name, "")), said.get("entities") or []
    mode = str(said.get("parse_mode") or "")
    if mode and mode.lower() != "html":
        yield "unsupported parse_mode"  # Markdown exists, but nothing that quotes can use it safely
        return
    if mode and entities:
        yield "can't parse entities: both entities and parse_mode are given"
        return
    try:
        if mode:
            text, entities = from_html(text)
    except Refused as error:
        yield error.description
        return
    assert isinstance(entities, list)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        yield "strings must be encoded in UTF-8"
        return
    wrong = list(entity_problems(text, entities))
    yield from wrong
    clean = text if wrong else stored(text, entities)[0]
    if is_blank(clean):
        yield "message text is empty" if name == "text" else "MESSAGE_EMPTY"
    if units(clean) > MessageLimit.MAX_TEXT_LENGTH:
        yield too_long
    yield from _keyboard(said.get("reply_markup"))
    yield from _preview(said.get("link_preview_options"))


def _preview(options: object) -> Iterator[str]:
    url = options.get("url") if isinstance(options, dict) else None
    if url and not is_address(url):
        yield f"wrong link preview URL {url!r}"


def _keyboard(markup: object) -> Iterator[str]:
    if markup is None:
        return
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if rows is None:
        if not isinstance(markup, dict) or not {"keyboard", "remove_keyboard", "force_reply"} & set(markup):
            yield "object expected as reply markup"
        return
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        yield 'field "inline_keyboard" must be an Array of Arrays'
        return
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        yield "reply markup is too long"
    for row in rows:
        if len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW:
            yield f"can't parse inline keyboard: {len(row)} buttons in a row"
        for button in row:
            yield from _button(button)


def _button(button: object) -> Iterator[str]:
    if not isinstance(button, dict):
        yield "can't parse inline keyboard button: expected an Object"
        return
    text, url, copied = button.get("text"), button.get("url"), button.get("copy_text")
    if not isinstance(text, str) or is_blank(text):
        yield "can't parse inline keyboard button: Can't find field \"text\""
    if len(actions := [name for name in _ACTIONS if name in button]) != 1:
        what = f"several actions {actions}" if actions else "Text buttons are unallowed in the inline keyboard"
        yield f"can't parse inline keyboard button: {what}"
    if extra := set(button) - {"text", "style", "icon_custom_emoji_id", *_ACTIONS}:
        yield f"can't parse inline keyboard button: unknown field {sorted(extra)[0]}"
    data = button.get("callback_data")
    if data is not None and not 0 < len(str(data).encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        yield "BUTTON_DATA_INVALID"
    if url is not None and not is_address(url):
        yield f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
    if copied is not None:
        words = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(words, str) or not 0 < units(words) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
            yield "BUTTON_COPY_TEXT_INVALID"


def _inline(said: Json) -> Iterator[str]:
    results = said.get("results")
    assert isinstance(results, list)
    if len(results) > InlineQueryLimit.RESULTS:
        yield "RESULTS_TOO_MUCH"
    names = [result.get("id") if isinstance(result, dict) else None for result in results]
    if len(set(map(str, names))) < len(names):
        yield "RESULT_ID_DUPLICATE"
    for result in results:
        yield from _result(result)
    if len(str(said.get("next_offset") or "").encode()) > InlineQueryLimit.MAX_OFFSET_LENGTH:
        yield "NEXT_OFFSET_INVALID"
    button = said.get("button")
    if isinstance(button, dict):
        if not button.get("text") or len({"start_parameter", "web_app"} & set(button)) != 1:
            yield "can't parse inline query results button"
        if "start_parameter" in button and not _START.fullmatch(str(button["start_parameter"])):
            yield "START_PARAM_INVALID"


def _result(result: object) -> Iterator[str]:
    if not isinstance(result, dict):
        yield "can't parse inline query result: expected an Object"
        return
    name = result.get("id")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= InlineQueryResultLimit.MAX_ID_LENGTH:
        yield "RESULT_ID_INVALID"
    if result.get("type") != "article":
        yield f"can't parse inline query result: type {result.get('type')!r} is not known to this server"
        return
    if not result.get("title"):
        yield "ARTICLE_TITLE_EMPTY"
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        yield 'can\'t parse inline query result: Field "input_message_content" is not specified'
        return
    yield from _message(content, "message_text")
    yield from _keyboard(result.get("reply_markup"))


def _commands(said: Json) -> Iterator[str]:
    commands = said.get("commands")
    assert isinstance(commands, list)
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        yield "BOT_COMMANDS_TOO_MUCH"
    for command in commands:
        if not isinstance(command, dict) or not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command"))):
            yield "BOT_COMMAND_INVALID"
        elif not 0 < units(str(command.get("description", ""))) <= BotCommandLimit.MAX_DESCRIPTION:
            yield "BOT_COMMAND_DESCRIPTION_INVALID"


def _callback(said: Json) -> Iterator[str]:
    if units(str(said.get("text") or "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        yield "MESSAGE_TOO_LONG"
    url = said.get("url")
    if url and not re.match(r"https?://t\.me/|tg://", str(url)):
        yield "URL_INVALID"


def _webhook(said: Json) -> Iterator[str]:
    url, secret = str(said.get("url", "")), str(said.get("secret_token", ""))
    local = re.match(r"http://(127\.0\.0\.1|localhost)[:/]", url)  # as a server started with --local allows it
    if url and not url.startswith("https://") and not local:
        yield "bad webhook: An HTTPS URL must be provided for webhook"
    if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
        yield "secret token is too long"
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        yield "secret token contains unallowed characters"


def _action(said: Json) -> Iterator[str]:
    if said.get("action") not in set(ChatAction):
        yield "wrong parameter action in request"


def _reaction(said: Json) -> Iterator[str]:
    reactions = said.get("reaction") or []
    assert isinstance(reactions, list)
    if len(reactions) > 1:
        yield "REACTIONS_TOO_MANY"
    for reaction in reactions:
        known = isinstance(reaction, dict) and reaction.get("type") == "emoji"
        if not known or reaction.get("emoji") not in set(ReactionEmoji):
            yield "REACTION_INVALID"


def _length(name: str, limit: int, words: str) -> Callable[[Json], Iterator[str]]:
    def check(said: Json) -> Iterator[str]:
        if units(str(said.get(name) or "")) > limit:
            yield words

    return check


def nested_texts(method: str, said: Json) -> Iterator[tuple[str, Json]]:
    """Return every text of a request that becomes a message: its name in the request, and what holds it."""
    if method in ("sendMessage", "editMessageText"):
        yield "text", said
    results = said.get("results") if method == "answerInlineQuery" else [said.get("result")]
    if method in ("answerInlineQuery", "answerGuestQuery") and isinstance(results, list):
        for result in results:
            content = result.get("input_message_content") if isinstance(result, dict) else None
            if isinstance(content, dict) and "message_text" in content:
                yield "message_text", content


_CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "sendMessage": _message,
    "editMessageText": lambda said: _message(said, too_long="MESSAGE_TOO_LONG"),
    "editMessageReplyMarkup": lambda said: _keyboard(said.get("reply_markup")),
    "answerInlineQuery": _inline,
    "answerGuestQuery": lambda said: _result(said.get("result")),
    "answerCallbackQuery": _callback,
    "setMyCommands": _commands,
    "setWebhook": _webhook,
    "sendChatAction": _action,
    "setMessageReaction": _reaction,
    "setMyName": _length("name", BotNameLimit.MAX_NAME_LENGTH, "BOT_TITLE_INVALID"),
    "setMyDescription": _length("description", BotDescriptionLimit.MAX_DESCRIPTION_LENGTH, "BOT_DESCRIPTION_INVALID"),
    "setMyShortDescription": _length(
        "short_description", BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH, "BOT_SHORT_DESCRIPTION_INVALID"
    ),
}
