"""Sending messages so that none is lost or cut, and none sent twice as far as that can be known."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity, ReplyParameters
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from bot.render import pages
from bot.render.wire import Message as Text
from bot.state.inbox import Inbox
from bot.state.talks import Talks

log = logging.getLogger(__name__)
LIMITS = pages.Limits(units=MessageLimit.MAX_TEXT_LENGTH, entities=MessageLimit.MESSAGE_ENTITIES)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_ATTEMPTS, _LONGEST_WAIT = 6, 8.0
Bot = ExtBot[Any]


def _may_be_lost(error: BaseException) -> bool:
    """Whether a message may not have arrived.  A lost answer is worse than a repeated one, so then it is sent again."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


@dataclass(slots=True)
class Sender:
    """Sends what answers an update, and takes note of every message that was accepted."""

    bot: Bot
    inbox: Inbox
    talks: Talks
    _unknown: set[str] = field(default_factory=set)  # methods that the Bot API server does not know

    async def reply(
        self,
        update: int,
        to: Message,
        texts: Sequence[Text],
        keyboard: InlineKeyboardMarkup | None = None,
        preview: str | None = None,
    ) -> None:
        """Send texts as replies to a message, in order; the keyboard goes under the last.

        What was accepted before the program was killed is not sent again.  A chat that blocks the bot is left alone; a
        group that has moved is followed.
        """
        chat = to.chat_id
        for number, text in list(enumerate(texts))[self.inbox.sent(update) :]:
            try:
                sent = await self._sent(
                    chat,
                    text,
                    reply_parameters=_quoting(to, chat),
                    reply_markup=keyboard if number == len(texts) - 1 else None,
                    link_preview_options=_previewing(preview),
                )
            except Forbidden:
                log.info("chat %s does not take messages any more", chat)
                return
            chat = sent.chat_id
            self.inbox.count_sent(update)
            self.talks.answer(chat, to.message_id, sent.message_id)

    async def announce(self, to: Message, text: Text) -> int:
        """Say what is being worked on, and return the number of the message, to be changed into what comes of it."""
        sent = await self._sent(
            to.chat_id, text, reply_parameters=_quoting(to, to.chat_id), reply_markup=None,
            link_preview_options=_NO_PREVIEW,
        )  # fmt: skip
        return sent.message_id

    async def tell(self, chat: int, texts: Sequence[Text]) -> None:
        """Send what nobody has asked for; a chat that does not take it does without."""
        for text in texts:
            try:
                await self._sent(chat, text, reply_markup=None, link_preview_options=_NO_PREVIEW)
            except TelegramError as error:
                log.warning("chat %s could not be told: %s", chat, error)

    async def change(
        self, to: Message, answers: Sequence[int], texts: Sequence[Text], keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """Turn the messages that answer a question into these texts; there may be more or fewer of them."""
        for number, text in enumerate(texts):
            markup = keyboard if number == len(texts) - 1 else None
            if number < len(answers) and await self._edited(to.chat_id, answers[number], text, markup):
                continue
            sent = await self._sent(
                to.chat_id, text, reply_parameters=_quoting(to, to.chat_id), reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
            self.talks.answer(to.chat_id, to.message_id, sent.message_id)
        for message in answers[len(texts) :]:
            self.talks.withdraw(to.chat_id, message)
            try:
                await self.bot.delete_message(to.chat_id, message)
            except BadRequest as error:
                log.info("chat %s: message %s could not be deleted (%s)", to.chat_id, message, error.message)

    async def try_to(self, method: str, *arguments: object, **options: object) -> None:
        """Do what is only a courtesy; a server that does not know the method is not asked again."""
        if method in self._unknown:
            return
        try:
            await getattr(self.bot, method)(*arguments, **options)
        except InvalidToken:  # this is what the library makes of a 404
            self._unknown.add(method)
            log.info("the Bot API server does not know %s; going on without it", method)
        except TelegramError as error:
            log.info("%s: %s", method, error)

    async def _sent(self, chat: int, text: Text, **options: Any) -> Message:
        """Send one text and return the message; another chat's where the group has moved."""
        try:
            return await self._send(chat, text.text, entities=entities(text), **options)
        except ChatMigrated as moved:
            options["reply_parameters"] = None
            return await self._send(moved.new_chat_id, text.text, entities=entities(text), **options)
        except BadRequest as error:
            # Better the words without their formatting than no words.
            log.warning("chat %s: a message was refused (%s); sent without formatting", chat, error.message)
            return await self._send(chat, text.text, reply_markup=options["reply_markup"])

    async def _send(self, chat: int, text: str, **options: Any) -> Message:
        sent: Message = await self._retried("send_message", chat, text, **options)
        return sent

    async def _edited(self, chat: int, message: int, text: Text, markup: InlineKeyboardMarkup | None) -> bool:
        """Change a message; False where it is not there any more."""
        try:
            await self._retried(
                "edit_message_text", text.text, chat, message, entities=entities(text), reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return True
            log.info("chat %s: message %s could not be changed (%s)", chat, message, error.message)
            return False
        return True

    async def _retried(self, method: str, *arguments: Any, **options: Any) -> Any:
        attempts = AsyncRetrying(
            retry=retry_if_exception(_may_be_lost),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_random_exponential(multiplier=0.5, max=_LONGEST_WAIT),
            reraise=True,
        )
        return await attempts(getattr(self.bot, method), *arguments, **options)


def _quoting(to: Message, chat: int) -> ReplyParameters | None:
    return ReplyParameters(to.message_id, allow_sending_without_reply=True) if chat == to.chat_id else None


def _previewing(url: str | None) -> LinkPreviewOptions:
    return LinkPreviewOptions(is_disabled=False, url=url, prefer_small_media=True) if url else _NO_PREVIEW


def entities(text: Text) -> list[MessageEntity]:
    """Return the entities of a text as the library takes them."""
    return [MessageEntity(entity.kind, entity.offset, entity.length, url=entity.url) for entity in text.entities]
