"""Questions from other chats: inline queries, whose results can be posted anywhere, and mentions as a guest."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import InlineQueryLimit
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer.newest import newest
from bot.front.access import Doorkeeper, Pace
from bot.front.chat.answerer import Answerer
from bot.front.chat.hearing import Asked, asked_in
from bot.front.chat.sending import LIMITS, entities
from bot.model import Answer, Quote, Statement
from bot.render import message
from bot.render.provenance import passage_address, provenance
from bot.render.verbatim import words
from bot.render.visible import line
from bot.render.wire import Message as Text

log = logging.getLogger(__name__)
_CONTEXT = ContextTypes.DEFAULT_TYPE
_PAGE = 10  # results at a time
_CACHE_SECONDS = 10  # that Telegram may give the same results to others
_TITLE, _DESCRIPTION = 80, 200  # letters that a list of results has room for
_HINT = "Ask what somebody said about something"
_LINK = "q_"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Answers people in chats that the bot is not in."""

    answerer: Answerer
    door: Doorkeeper
    newest: dict[int, str]  # the last inline query of each user who types one
    guests: Pace | None  # None where guests are not answered

    async def inline(self, update: Update, context: _CONTEXT) -> None:
        """Offer the quotes that answer what is being typed, a page at a time."""
        query = update.inline_query
        if query is None or self.newest.get(query.from_user.id) != query.id:
            return  # more has been typed since
        del self.newest[query.from_user.id]
        if not self.door.admits(query.from_user.id):
            await self._offer(query, [], "", _button("This bot answers a list of people"))
            return
        typed = query.query.strip()
        statements, hint = await self._found(typed)
        start = int(query.offset) if query.offset.isdecimal() else 0
        results = list(self._results(statements[start : start + _PAGE]))
        following = str(start + _PAGE) if start + _PAGE < len(statements) else ""
        await self._offer(query, results, following, _button(hint) if hint else None)

    async def guest(self, update: Update, context: _CONTEXT) -> None:
        """Answer a mention in a chat that the bot is not in, in one message, if guests are welcome."""
        asking = update.guest_message
        user = asking.from_user.id if asking is not None and asking.from_user is not None else None
        if asking is None or user is None or self.guests is None:
            return
        if not self.door.admits(user, asking.chat_id) or not self.guests.keeps(user):
            return
        asked = asked_in(asking, context.bot.bot)
        if asked is None or asked.is_empty:
            return
        outcome = (await self.answerer.outcome(asked, ())).outcome
        said = message.first_message(outcome, self.answerer.look(), LIMITS)
        result = InlineQueryResultArticle("answer", "Answer", _content(said))
        await _answered(asking, result)
        log.info("answered a guest: user=%s library=%s", user, outcome.library.revision)

    async def _found(self, typed: str) -> tuple[Sequence[Statement], str]:
        """Return statements to offer, and a line to put above them where it helps."""
        library = self.answerer.service.library
        if not typed:
            return (await asyncio.to_thread(newest, library, InlineQueryLimit.RESULTS)).statements, _HINT
        if typed.startswith(_LINK):
            quote = library.quote(identity := typed.removeprefix(_LINK))
            if quote is None:
                return [], self.answerer.withdrawn(identity).partition(":")[0]
            return [Statement(quote.id, (quote,))], ""
        outcome = (await self.answerer.outcome(Asked(typed), ())).outcome
        if isinstance(outcome, Answer):
            return (*outcome.statements, *outcome.more), ""
        return [], _shortened(outcome.message, _TITLE)

    def _results(self, statements: Sequence[Statement]) -> Iterator[InlineQueryResultArticle]:
        for statement in statements:
            quote = statement.quotes[0]
            if (result := self._result(quote)) is not None:
                yield result

    def _result(self, quote: Quote) -> InlineQueryResultArticle | None:
        """Return a quote to post; None for one that no single message can hold."""
        library, maker = self.answerer.service.library, self.answerer.maker
        article = library.article(quote)
        texts = message.single(article, quote, self.answerer.look(), LIMITS)
        if len(texts) > 1:
            return None
        source = provenance(article, quote, maker.certain)
        row = [InlineKeyboardButton("Ask more", url=maker.permalink(quote))] if maker.lasting(quote) else []
        if url := passage_address(article, quote):
            row.insert(0, InlineKeyboardButton("Open the source", url=url))
        return InlineQueryResultArticle(
            quote.id,
            _shortened(" · ".join(filter(None, (source.speaker, source.issue))), _TITLE),
            _content(texts[0]),
            description=_shortened(line(words(article, quote)), _DESCRIPTION),
            reply_markup=InlineKeyboardMarkup([row]) if row else None,
        )

    async def _offer(
        self,
        query: InlineQuery,
        results: Sequence[InlineQueryResultArticle],
        following: str,
        button: InlineQueryResultsButton | None,
    ) -> None:
        # Right after a reload nobody shall be given results of the library before it.
        fresh = self.answerer.service.desk.age_seconds < _CACHE_SECONDS
        try:
            await query.answer(
                results, cache_time=0 if fresh else _CACHE_SECONDS, next_offset=following, button=button,
                is_personal=False,
            )  # fmt: skip
        except BadRequest as error:  # too late: more has been typed since
            log.info("an inline query was not answered: %s", error.message)


async def _answered(asking: Message, result: InlineQueryResultArticle) -> None:
    try:
        await asking.answer_guest_query(result)
    except BadRequest as error:
        log.info("a guest was not answered: %s", error.message)


def _button(said: str) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(said, start_parameter="help")


def _content(text: Text) -> InputTextMessageContent:
    return InputTextMessageContent(
        text.text, entities=entities(text), link_preview_options=LinkPreviewOptions(is_disabled=True)
    )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"
