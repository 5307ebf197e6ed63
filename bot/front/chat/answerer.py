"""Answers for chats: looked up without holding up other chats, dressed as messages with their buttons."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Message, ReactionTypeEmoji
from telegram.constants import ChatAction, ChatType, ReactionEmoji

from bot.front.chat.buttons import Maker, Press
from bot.front.chat.hearing import Asked
from bot.front.chat.sending import LIMITS, Sender
from bot.front.service import Reply, Service
from bot.model import Abstention, Answer, Intent, PartialDate, Statement
from bot.render import message
from bot.render.provenance import Look, long_date, web_address
from bot.render.wire import Message as Text

#: Kinds of question that words which are pointed to are the whole subject of.
_ABOUT_WORDS: frozenset[Intent] = frozenset({"who_said", "judgement", "smalltalk", "source", "provenance"})
_PATIENCE_SECONDS = 1.0  # before the bot gives a sign that it is at work


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers what is asked in chats."""

    service: Service
    maker: Maker
    sender: Sender
    seconds: float  # that an answer may take

    async def outcome(self, asked: Asked, history: Sequence[str], unfiltered: bool = False) -> Reply:
        """Return the answer to a question; raises TimeoutError where it takes too long."""
        # Reading and ranking is work for a processor: it would hold up every other chat here.
        if asked.about:
            work = asyncio.to_thread(self._about, asked, history)
        else:
            work = asyncio.to_thread(self.service.ask, asked.text, history, None, unfiltered)
        return await asyncio.wait_for(work, self.seconds)

    def _about(self, asked: Asked, history: Sequence[str]) -> Reply:
        """Answer a question about words that it points to: their origin, unless it asks something of its own."""
        if asked.text:
            question = self.service.ask(asked.text).outcome.question
            own = question.speakers or question.terms or question.unknown_names
            if own and question.intent not in _ABOUT_WORDS:
                return self.service.ask(asked.text, history)
        return self.service.trace(asked.about)

    def texts(self, outcome: Answer | Abstention) -> Sequence[Text]:
        return message.messages(outcome, self.look(), LIMITS)

    def look(self, first: int = 1) -> Look:
        return Look(certain=self.maker.certain, first=first)

    def withdrawn(self, identity: str) -> str:
        """Return what there is to say of a quote whose words are gone."""
        day = self.service.withdrawn(identity)
        when = f"was withdrawn on {long_date(PartialDate.of(day))}" if day is not None else "is withdrawn"
        return f"This quote {when}: the words it stood for are no longer in the coverage."

    def keyboard(self, outcome: Answer | Abstention, origin: Press | None) -> InlineKeyboardMarkup | None:
        """Return the buttons under an outcome; those that need the question only where it can be found again."""
        origin = origin or Press("more", 0, outcome.library.revision)
        if isinstance(outcome, Abstention):
            return self.maker.under_abstention(outcome.suggestions, origin)
        return self.maker.under_answer(outcome, outcome.statements, 1, len(outcome.more), origin)

    @contextlib.asynccontextmanager
    async def sign_of_work(self, asked: Message) -> AsyncIterator[None]:
        """Where an answer takes a while, say so: a private chat shows that the bot types, a group a reaction."""
        sign = asyncio.create_task(self._sign(asked))
        try:
            yield
        finally:
            sign.cancel()

    async def _sign(self, asked: Message) -> None:
        await asyncio.sleep(_PATIENCE_SECONDS)
        if asked.chat.type == ChatType.PRIVATE:
            await self.sender.try_to("send_chat_action", asked.chat_id, ChatAction.TYPING)
        else:
            eyes = [ReactionTypeEmoji(ReactionEmoji.EYES)]
            await self.sender.try_to("set_message_reaction", asked.chat_id, asked.message_id, eyes)


def only_source(outcome: Answer | Abstention, shown: Sequence[Statement]) -> str | None:
    """Return the address of the one article that is cited; None where there are several, or none."""
    if not isinstance(outcome, Answer):
        return None
    cited = {quote.article_id for statement in shown for quote in statement.quotes}
    return web_address(outcome.articles[cited.pop()]) if len(cited) == 1 else None
