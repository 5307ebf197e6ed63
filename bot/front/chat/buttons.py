"""Buttons under an answer.  Each carries what it needs, so that it works after a restart and after a reload.

A button that concerns a quote names it by its id, which dies with the quote's words.  A button that concerns a question
finds it in the message which the answer replies to.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.front.chat.sending import Bot
from bot.model import Answer, Article, Quote, Statement
from bot.render.citation import citation
from bot.render.provenance import passage_address
from bot.render.wire import units
from bot.text import number_of

_VERSION = "2"
_LABEL = 60  # letters of a suggestion on a button
#: What a press does with the question of an answer: further statements, the order of days, no filters, a suggestion.
OnQuestion = Literal["more", "days", "all", "try"]
#: What a press shows of a quote: itself, its paragraph, its other wordings, its citation.
OnQuote = Literal["quote", "context", "wordings", "cite"]


@dataclass(frozen=True, slots=True)
class Press:
    """A button on a question: `number` is of the statements shown before, or of the suggestion to try.

    `derived` says how the question comes from the words of the message: as they are, without its filters ("all"), or
    as the suggestion of that number.  `follows` says that they follow earlier questions.
    """

    action: OnQuestion
    number: int
    revision: str
    derived: str = ""
    follows: bool = False

    @property
    def data(self) -> str:
        return _checked(f"{_VERSION}:{self.action}:{self.number}:{self.revision}:{self.derived}:{self.follows:d}")


@dataclass(frozen=True, slots=True)
class QuotePress:
    """A button on a quote."""

    action: OnQuote
    quote: str

    @property
    def data(self) -> str:
        return _checked(f"{_VERSION}:{self.action}:{self.quote}")


def read(data: str) -> Press | QuotePress | None:
    """Return what a button's data says, or None where it is of another version or none of ours."""
    version, _, rest = data.partition(":")
    action, *parts = rest.split(":")
    if version != _VERSION:
        return None
    if action in get_args(OnQuote) and len(parts) == 1:
        return QuotePress(cast(OnQuote, action), parts[0])
    if action in get_args(OnQuestion) and len(parts) == 4 and parts[0].isdecimal():
        number, revision, derived, follows = parts
        return Press(cast(OnQuestion, action), int(number), revision, derived, follows == "1")
    return None


def _checked(data: str) -> str:
    assert len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    return data


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes keyboards."""

    bot: Bot
    certain: float
    inline: bool  # whether the settings let quotes be posted from other chats
    lasting: Callable[[Quote], bool]  # whether a quote is found by its id; an outlet's own sentences are not

    def permalink(self, quote: Quote) -> str:
        """Return the address that shows a quote as long as its words are in the coverage."""
        return f"https://t.me/{self.bot.username}?start=q_{quote.id}"

    def under_answer(
        self, answer: Answer, shown: Sequence[Statement], first: int, left: int, origin: Press
    ) -> InlineKeyboardMarkup | None:
        """Return the buttons of an answer whose statements `shown` are numbered from `first`, with `left` to come."""
        rows: list[list[InlineKeyboardButton]] = []
        if first == 1 and len(shown) == 1:
            quote = shown[0].quotes[0]
            rows += self.on_quote(answer.articles[quote.article_id], quote, len(shown[0].quotes) > 1)
        elif numbers := [
            InlineKeyboardButton(str(number), callback_data=QuotePress("quote", statement.quotes[0].id).data)
            for number, statement in enumerate(shown, start=first)
            if self.lasting(statement.quotes[0])
        ]:
            rows.append(numbers)
        if left:
            more = replace(origin, action="more", number=first - 1 + len(shown))
            rows.append([InlineKeyboardButton(number_of(left, "further statement"), callback_data=more.data)])
        if first == 1 and origin.action != "days" and len({_day(answer, one) for one in shown} - {""}) > 1:
            rows.append([InlineKeyboardButton("In order of date", callback_data=replace(origin, action="days").data)])
        question = answer.question
        if question.is_limited and not origin.derived:
            everything = replace(origin, action="all", number=0)
            rows.append([InlineKeyboardButton("Without the filter", callback_data=everything.data)])
        return InlineKeyboardMarkup(rows) if rows else None

    def under_abstention(self, suggestions: Iterable[str], origin: Press) -> InlineKeyboardMarkup | None:
        """Return a button for each suggestion."""
        rows = [
            [InlineKeyboardButton(_short(text), callback_data=replace(origin, action="try", number=number).data)]
            for number, text in enumerate(suggestions)
        ]
        return InlineKeyboardMarkup(rows) if rows else None

    def under_quote(self, article: Article, quote: Quote, wordings: bool) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup(self.on_quote(article, quote, wordings))

    def on_quote(self, article: Article, quote: Quote, wordings: bool) -> list[list[InlineKeyboardButton]]:
        """Return the rows for one quote."""
        lasting = self.lasting(quote)
        reading, taking = [], [self._copy(article, quote, lasting)]
        if lasting:
            reading.append(InlineKeyboardButton("Context", callback_data=QuotePress("context", quote.id).data))
            taking.append(self._share(quote))
        if lasting and wordings:
            reading.append(InlineKeyboardButton("Other wordings", callback_data=QuotePress("wordings", quote.id).data))
        if url := passage_address(article, quote):
            reading.append(InlineKeyboardButton("Open the source", url=url))
        return [row for row in (reading, [button for button in taking if button]) if row]

    def _copy(self, article: Article, quote: Quote, lasting: bool) -> InlineKeyboardButton | None:
        line = citation(article, quote, self.certain)
        if units(line) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
            return InlineKeyboardButton("Copy citation", copy_text=CopyTextButton(line))
        return InlineKeyboardButton("Citation", callback_data=QuotePress("cite", quote.id).data) if lasting else None

    def _share(self, quote: Quote) -> InlineKeyboardButton:
        if self.inline and self.bot.supports_inline_queries:
            return InlineKeyboardButton("Share", switch_inline_query=f"q_{quote.id}")
        return InlineKeyboardButton("Share", url=f"https://t.me/share/url?url={self.permalink(quote)}")


def _day(answer: Answer, statement: Statement) -> str:
    quote = statement.quotes[0]
    return str(quote.said_on or answer.articles[quote.article_id].published or "")


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[:_LABEL].rpartition(' ')[0]} …"
