"""Buttons that were pressed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer.filters import day_of
from bot.front.access import Doorkeeper
from bot.front.chat.answerer import Answerer, only_source
from bot.front.chat.buttons import Press, QuotePress, read
from bot.front.chat.hearing import Asked, asked_in, is_from
from bot.front.chat.sending import LIMITS, Sender
from bot.model import Abstention, Answer, Article, Quote, Statement
from bot.render import message
from bot.render.citation import citation
from bot.render.pages import Block, paged
from bot.render.wire import Message as Text
from bot.render.wire import plain
from bot.state.talks import Talks

log = logging.getLogger(__name__)
_CONTEXT = ContextTypes.DEFAULT_TYPE
_ASK_AGAIN = plain("I can't go on from there any more. Please ask it again.")
_NO_CONTEXT = plain("The article’s text does not hold this headline: there is nothing around it.")
_READ_AGAIN = plain("The coverage has been read again since; this goes on from it as it is now.")


@dataclass(frozen=True, slots=True)
class Presses:
    """Does what the buttons under answers say."""

    answerer: Answerer
    sender: Sender
    talks: Talks
    door: Doorkeeper

    async def pressed(self, update: Update, context: _CONTEXT) -> None:
        """Answer a press first, because its id expires in seconds, and then do it."""
        query = update.callback_query
        if query is None:
            return
        await _acknowledged(query)
        under = query.message
        if not isinstance(under, Message) or not self.door.admits(query.from_user.id, under.chat_id):
            return
        press = read(query.data or "")
        if isinstance(press, QuotePress):
            await self._on_quote(update.update_id, under, press)
        elif isinstance(press, Press):
            await self._on_question(update.update_id, under, press, context)
        else:  # of an older program
            await self.sender.reply(update.update_id, under, [_ASK_AGAIN])

    # Of a quote

    async def _on_quote(self, update: int, under: Message, press: QuotePress) -> None:
        library = self.answerer.service.library
        quote = library.quote(press.quote)
        if quote is None:
            await self.sender.reply(update, under, [plain(self.answerer.withdrawn(press.quote))])
            return
        article = library.article(quote)
        statement = library.statement_of(quote)
        keyboard: InlineKeyboardMarkup | None = None
        if press.action == "quote":
            keyboard = self.answerer.maker.under_quote(article, quote, len(statement.quotes) > 1)
        await self.sender.reply(update, under, self._of_quote(press, article, quote, statement), keyboard)

    def _of_quote(self, press: QuotePress, article: Article, quote: Quote, statement: Statement) -> Sequence[Text]:
        look, maker = self.answerer.look(), self.answerer.maker
        if press.action == "quote":
            return message.single(article, quote, look, LIMITS, maker.permalink(quote))
        if press.action == "context":
            return message.context(article, quote, look, LIMITS) or [_NO_CONTEXT]
        if press.action == "wordings":
            ordered = (quote, *(other for other in statement.quotes if other.key != quote.key))
            articles = self.answerer.service.library.articles
            return message.statements(articles, [Statement(statement.id, ordered)], look, LIMITS)
        return paged([Block(plain(citation(article, quote, maker.certain)).styled("code"))], LIMITS)

    # Of a question

    async def _on_question(self, update: int, under: Message, press: Press, context: _CONTEXT) -> None:
        number = self._number(under, context)
        text = self._text(under, number, press, context)
        if text is None or number is None:
            await self.sender.reply(update, under, [_ASK_AGAIN])
            return
        history = self.talks.up_to(under.chat_id, number)[:-1] if press.follows else []
        outcome = await self._derived(text, history, press)
        question = under.reply_to_message
        to = question if question is not None and question.message_id == number else under
        if press.action == "days" and isinstance(outcome, Answer):
            outcome = _in_order_of_date(outcome)
        if press.action == "more" and isinstance(outcome, Answer):
            texts, keyboard = self._further(outcome, press)
        else:
            texts, keyboard = self.answerer.texts(outcome), self.answerer.keyboard(outcome, _derived_from(press))
        if press.revision != outcome.library.revision:
            texts = [_READ_AGAIN, *texts]
        shown = outcome.statements if isinstance(outcome, Answer) else ()
        await self.sender.reply(update, to, texts, keyboard, only_source(outcome, shown))

    def _number(self, under: Message, context: _CONTEXT) -> int | None:
        """Return the number of the message that asked what the message with the button answers."""
        question = under.reply_to_message
        if question is not None and not is_from(question, context.bot.bot):
            return question.message_id
        return self.talks.answered_by(under.chat_id, under.message_id)

    def _text(self, under: Message, number: int | None, press: Press, context: _CONTEXT) -> str | None:
        """Return the words of the question; one that goes on from earlier ones has to be remembered with them."""
        remembered = self.talks.question(under.chat_id, number) if number is not None else None
        question = under.reply_to_message
        if remembered is not None or press.follows or question is None or question.message_id != number:
            return remembered
        asked = asked_in(question, context.bot.bot)
        return asked.text if asked is not None and asked.text else None

    async def _derived(self, text: str, history: Sequence[str], press: Press) -> Answer | Abstention:
        """Return the outcome of the question that a button stands for."""
        derived = _derived_from(press).derived
        outcome = (await self.answerer.outcome(Asked(text), history, unfiltered=derived == "all")).outcome
        if derived.isdecimal() and int(derived) < len(outcome.suggestions):
            outcome = (await self.answerer.outcome(Asked(outcome.suggestions[int(derived)]), ())).outcome
        return outcome

    def _further(self, answer: Answer, press: Press) -> tuple[Sequence[Text], InlineKeyboardMarkup | None]:
        everything = (*answer.statements, *answer.more)
        most = self.answerer.service.config.settings.answer.statements
        shown = everything[press.number : press.number + most]
        texts = message.statements(answer.articles, shown, self.answerer.look(press.number + 1), LIMITS)
        left = len(everything) - press.number - len(shown)
        keyboard = self.answerer.maker.under_answer(answer, shown, press.number + 1, left, press)
        return texts or [plain("That was all.")], keyboard


def _derived_from(press: Press) -> Press:
    """Return what the buttons of the answer to a press carry."""
    if press.action == "all":
        return replace(press, derived="all")
    if press.action == "try":
        return replace(press, derived=str(press.number))
    return press


def _in_order_of_date(answer: Answer) -> Answer:
    def day(statement: Statement) -> date:
        days = (day_of(quote, answer.articles[quote.article_id]) for quote in statement.quotes)
        return min((day.first for day in days if day is not None), default=date.max)

    return replace(answer, statements=tuple(sorted(answer.statements, key=day)))


async def _acknowledged(query: CallbackQuery) -> None:
    try:
        await query.answer()
    except BadRequest as error:  # it came too late, as after a restart; what it asks for can still be done
        log.info("a press could not be acknowledged: %s", error.message)
