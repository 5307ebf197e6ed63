"""Questions in private chats and in groups, and what becomes of an answer when its question is edited."""

import logging
from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.front.access import Doorkeeper
from bot.front.chat.answerer import Answerer, only_source
from bot.front.chat.buttons import Press
from bot.front.chat.hearing import Asked, asked_in
from bot.front.chat.sending import Sender
from bot.front.service import Reply
from bot.model import Answer
from bot.render.wire import plain
from bot.state.talks import Talks

log = logging.getLogger(__name__)
_CONTEXT = ContextTypes.DEFAULT_TYPE
_SAID = {
    "hasty": plain("That was a lot of questions. Please wait a minute."),
    "stranger": plain("This bot answers a list of people and groups only."),
}
_TOO_LONG = plain("This takes longer than I may look for. A narrower question, with a name or a month, may do.")
_EMPTY = plain("Write your question after the command, such as: /ask what did Stoltenberg say about strikes in Russia")
_NOT_TEXT = plain("I read text only. Ask, for example: what did Stoltenberg say about strikes in Russia")


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers questions; a follow-up goes on from the ones before it, or from the one whose answer it replies to."""

    answerer: Answerer
    sender: Sender
    talks: Talks
    door: Doorkeeper

    async def asked(self, update: Update, context: _CONTEXT) -> None:
        """Answer a message that is meant for the bot."""
        message = update.message
        asked = asked_in(message, context.bot.bot) if message is not None else None
        if message is None or asked is None:
            return
        verdict = self.door.judge(_user(message), message.chat_id)
        if verdict != "welcome":
            await self.sender.reply(update.update_id, message, [_SAID[verdict]])
        elif asked.is_empty:
            await self.sender.reply(update.update_id, message, [_EMPTY])
        else:
            await self._answer(update.update_id, message, asked)

    async def edited(self, update: Update, context: _CONTEXT) -> None:
        """Give an edited question the answer that it has now, in the place of the old one."""
        message = update.edited_message
        asked = asked_in(message, context.bot.bot) if message is not None else None
        if message is None or asked is None or asked.is_empty:
            return
        answers = self.talks.answers(message.chat_id, message.message_id)
        if not answers or asked.text == self.talks.question(message.chat_id, message.message_id):
            return  # it was no question before, or is none that is remembered; or it has other formatting only
        if self.door.judge(_user(message), message.chat_id) != "welcome":
            return
        history = self.history(message)
        done = await self.answerer.outcome(asked, history)
        self._remember(message, asked)
        keyboard = self.answerer.keyboard(done.outcome, _origin(asked, done, history))
        await self.sender.change(message, answers, self.answerer.texts(done.outcome), keyboard)
        _log("changed", message, done)

    async def unreadable(self, update: Update, context: _CONTEXT) -> None:
        """Say that pictures and voices cannot be read."""
        if update.message is not None:
            await self.sender.reply(update.update_id, update.message, [_NOT_TEXT])

    async def _answer(self, update: int, message: Message, asked: Asked) -> None:
        history = self.history(message)
        try:
            async with self.answerer.sign_of_work(message):
                done = await self.answerer.outcome(asked, history)
        except TimeoutError:
            log.warning("chat=%s message=%s took longer than it may", message.chat_id, message.message_id)
            await self.sender.reply(update, message, [_TOO_LONG])
            return
        self._remember(message, asked)
        outcome = done.outcome
        shown = outcome.statements if isinstance(outcome, Answer) else ()
        keyboard = self.answerer.keyboard(outcome, _origin(asked, done, history))
        texts = self.answerer.texts(outcome)
        await self.sender.reply(update, message, texts, keyboard, only_source(outcome, shown))
        _log("answered", message, done)

    def history(self, message: Message) -> list[str]:
        """Return the questions that a message can go on from, oldest first."""
        replied = message.reply_to_message
        if replied is not None:
            answered = self.talks.answered_by(message.chat_id, replied.message_id)
            if answered is not None:
                return self.talks.up_to(message.chat_id, answered)
        return self.talks.before(message.chat_id, _user(message), message.message_id)

    def _remember(self, message: Message, asked: Asked) -> None:
        self.talks.ask(message.chat_id, _user(message), message.message_id, asked.text or f"who said “{asked.about}”")


def _user(message: Message) -> int:
    return message.from_user.id if message.from_user is not None else message.chat_id


def _origin(asked: Asked, done: Reply, history: list[str]) -> Press:
    return Press("more", 0, done.outcome.library.revision, follows=bool(history or asked.about))


def _log(what: str, message: Message, done: Reply) -> None:
    outcome = done.outcome
    log.info(
        "%s chat=%s message=%s statements=%s reason=%s ms=%.1f library=%s", what, message.chat_id, message.message_id,
        len(outcome.statements) if isinstance(outcome, Answer) else 0, getattr(outcome, "reason", "-"),
        done.elapsed_ms, outcome.library.revision,
    )  # fmt: skip
