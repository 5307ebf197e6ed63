"""Sending messages so that none is lost, cut or sent twice."""

import logging
from collections.abc import Sequence

import httpx
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity, ReplyParameters
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, TimedOut

from bot.render import pages
from bot.render.wire import Message as Text

log = logging.getLogger(__name__)
LIMITS = pages.Limits(units=MessageLimit.MAX_TEXT_LENGTH, entities=MessageLimit.MESSAGE_ENTITIES)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


async def reply(to: Message, texts: Sequence[Text], keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Send texts as replies to a message, in order; the keyboard goes under the last.

    A chat that blocks the bot is left alone; a group that has moved is followed once.
    """
    chat = to.chat_id
    for number, text in enumerate(texts):
        markup = keyboard if number == len(texts) - 1 else None
        try:
            chat = await _sent(to, chat, text, markup)
        except Forbidden:
            log.info("chat %s does not take messages any more", chat)
            return


async def _sent(to: Message, chat: int, text: Text, markup: InlineKeyboardMarkup | None) -> int:
    """Send one text and return the chat that took it: another one where the group has moved."""
    try:
        await _once(to, chat, text, markup)
    except ChatMigrated as moved:
        await _once(to, moved.new_chat_id, text, markup)
        return moved.new_chat_id
    except BadRequest as error:
        # Better the words without their formatting than no words.
        log.warning("chat %s: a message was refused (%s); sent without formatting", chat, error.message)
        await to.get_bot().send_message(chat, text.text, reply_markup=markup)
    return chat


async def _once(to: Message, chat: int, text: Text, markup: InlineKeyboardMarkup | None) -> None:
    """Send, and once more only where it is certain that nothing was sent."""
    quoting = ReplyParameters(to.message_id, allow_sending_without_reply=True) if chat == to.chat_id else None
    for last in (False, True):
        try:
            await to.get_bot().send_message(
                chat,
                text.text,
                entities=_entities(text),
                reply_parameters=quoting,
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            return
        except TimedOut as error:
            if last or not isinstance(error.__cause__, _NOT_SENT):
                raise


def _entities(text: Text) -> list[MessageEntity]:
    return [MessageEntity(entity.kind, entity.offset, entity.length, url=entity.url) for entity in text.entities]
