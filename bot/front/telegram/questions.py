"""Questions and answers: in private chats every message, in groups what is meant for the bot."""

import asyncio
import logging
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.front.service import Reply, Service
from bot.front.telegram.access import Doorkeeper
from bot.front.telegram.buttons import More, more_button
from bot.front.telegram.sending import LIMITS, reply
from bot.model import Answer
from bot.render import message
from bot.render.provenance import Look
from bot.render.wire import plain

log = logging.getLogger(__name__)
_CONTEXT = ContextTypes.DEFAULT_TYPE
_EARLIER = 4  # questions that a follow-up can go on from
_TALKS = 2_000  # chats whose earlier questions are kept; the longest quiet are forgotten first
_HASTY = plain("That was a lot of questions. Please wait a minute.")
_STRANGER = plain("This bot answers a list of people and groups only.")
_NO_QUESTION = plain("I can't go on from there any more. Please ask it again.")


@dataclass(slots=True)
class Questions:
    """Answers questions in chats; remembers the last ones of each, so that a follow-up can go on from them."""

    service: Service
    door: Doorkeeper
    _talks: OrderedDict[tuple[int, int], deque[str]] = field(default_factory=OrderedDict)

    async def asked(self, update: Update, context: _CONTEXT) -> None:
        """Answer a message in a private chat."""
        if update.message is not None and update.message.text:
            await self._answer(update.message, update.message.text)

    async def asked_in_group(self, update: Update, context: _CONTEXT) -> None:
        """Answer a message in a group, if it is meant for the bot: a mention of it, or a reply to it."""
        asked = update.message
        if asked is None or not asked.text:
            return
        mention = f"@{context.bot.username}"
        replied = asked.reply_to_message
        to_me = replied is not None and replied.from_user is not None and replied.from_user.id == context.bot.id
        if mention.lower() in asked.text.lower() or to_me:
            await self._answer(asked, asked.text.replace(mention, " ").strip())

    async def command(self, update: Update, context: _CONTEXT) -> None:
        """Answer /ask QUESTION."""
        if update.message is not None:
            await self._answer(update.message, " ".join(context.args or ()))

    async def more(self, update: Update, context: _CONTEXT) -> None:
        """Show further statements of an answer.  The question is the message that the answer replied to."""
        query = update.callback_query
        if query is None:
            return
        await query.answer()  # its id expires in seconds: answer first, then work
        pressed, under = More.read(query.data or ""), query.message
        if not isinstance(under, Message):
            return
        question = under.reply_to_message.text if under.reply_to_message is not None else None
        if pressed is None or not question:  # a button of an older program, or a question that was deleted
            await reply(under, [_NO_QUESTION])
            return
        outcome = (await self._ask(question, self._history(under))).outcome
        if not isinstance(outcome, Answer):
            await reply(under, message.messages(outcome, self._look(), LIMITS))
            return
        everything = (*outcome.statements, *outcome.more)
        most = self.service.config.settings.answer.statements
        shown = everything[pressed.shown : pressed.shown + most]
        end = pressed.shown + len(shown)
        texts = list(message.statements(outcome, shown, self._look(pressed.shown + 1), LIMITS))
        if pressed.revision != outcome.library.revision:
            texts.insert(0, plain("The coverage has been read again since; this goes on from it as it is now."))
        keyboard = more_button(end, len(everything) - end, outcome.library.revision)
        await reply(under, texts or [plain("That was all.")], keyboard)

    async def _answer(self, asked: Message, question: str) -> None:
        user = asked.from_user.id if asked.from_user is not None else asked.chat_id
        verdict = self.door.judge(user, asked.chat_id)
        if verdict != "welcome":
            await reply(asked, [_HASTY if verdict == "hasty" else _STRANGER])
            return
        history = self._history(asked)
        done = await self._ask(question, history)
        self._remember(asked, question)
        outcome = done.outcome
        keyboard = None
        if isinstance(outcome, Answer):
            keyboard = more_button(len(outcome.statements), len(outcome.more), outcome.library.revision)
        await reply(asked, message.messages(outcome, self._look(), LIMITS), keyboard)
        found = len(outcome.statements) if isinstance(outcome, Answer) else 0
        log.info(
            "answered chat=%s message=%s statements=%s reason=%s ms=%.1f library=%s", asked.chat_id, asked.message_id,
            found, getattr(outcome, "reason", "-"), done.elapsed_ms, outcome.library.revision,
        )  # fmt: skip

    async def _ask(self, question: str, history: list[str]) -> Reply:
        # Reading and ranking is work for a processor: it would hold up every other chat here.
        return await asyncio.to_thread(self.service.ask, question, history)

    def _look(self, first: int = 1) -> Look:
        return Look(certain=self.service.config.settings.answer.certain, first=first)

    def _history(self, asked: Message) -> list[str]:
        return list(self._talks.get(_talk(asked), ()))

    def _remember(self, asked: Message, question: str) -> None:
        key = _talk(asked)
        earlier = self._talks.setdefault(key, deque(maxlen=_EARLIER))
        earlier.append(question)
        self._talks.move_to_end(key)
        if len(self._talks) > _TALKS:
            self._talks.popitem(last=False)


def _talk(asked: Message) -> tuple[int, int]:
    """Return whose talk a message belongs to: in a group, everybody has their own."""
    user = asked.from_user.id if asked.from_user is not None and not asked.from_user.is_bot else asked.chat_id
    return asked.chat_id, user if asked.chat.type != "private" else asked.chat_id
