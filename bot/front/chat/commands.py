"""Commands: what people are told of the bot and of its coverage, and what administrators may do."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer.newest import newest
from bot.front.administration import Administration, Occasion
from bot.front.chat.answerer import Answerer
from bot.front.chat.buttons import Press
from bot.front.chat.sending import LIMITS, Bot, Sender
from bot.render import message, sources
from bot.render.pages import Block, paged
from bot.render.people import listing
from bot.render.wire import Message as Text
from bot.render.wire import plain, sent

log = logging.getLogger(__name__)
_CONTEXT = ContextTypes.DEFAULT_TYPE
_IN_PRIVATE = {
    "help": "what to ask",
    "latest": "what was said last",
    "quotes": "what somebody is quoted with: /quotes NAME",
    "people": "who is quoted, or of one: /people NAME",
    "sources": "the articles",
    "about": "what this bot is",
}
_IN_GROUPS = {"ask": "ask a question", "help": "what to ask"}
_PACE_SECONDS = 3.0  # between two changes of a message that tells how far something is
_LISTED = 40  # lines of a list
_QUOTE = "q_"  # a deep link to one quote: ?start=q_<id>

HELP = (
    "Ask what somebody said about something, and I show the words, who printed them, when, and a link. For example:\n"
    "what did Stoltenberg say about strikes in Russia\n\n"
    "You can limit a question (“in September 2024”, “only from the Kyiv Independent”) and go on from it "
    "(“and in July?”, “what about Sikorski?”, “source?”), also by replying to an answer. Edit a question, and its "
    "answer changes. Forward me a claim, or select words in a message and reply to them, and I look for who said them, "
    "and where.\n\n"
    "The numbers under an answer open a quote with its context, a line to cite it by and a link to share. In a group "
    "use /ask, mention me, or reply to me."
)
ABOUT = (
    "I answer with verbatim quotations from a body of news coverage and with nothing else. Every quoted word is "
    "checked against the stored article before it is shown. Where the coverage holds no answer, I say so, and why. "
    "Your latest questions are kept for a while, so that you can go on from them, and then deleted."
)


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of the bot, apart from those that ask a question."""

    answerer: Answerer
    sender: Sender
    administration: Administration

    async def start(self, update: Update, context: _CONTEXT) -> None:
        """Greet, or show the quote that a link points to."""
        if update.message is None:
            return
        payload = (context.args or [""])[0]
        if not payload.startswith(_QUOTE):
            await self._say(update, [HELP])
            return
        library, maker = self.answerer.service.library, self.answerer.maker
        quote = library.quote(payload.removeprefix(_QUOTE))
        if quote is None:
            await self._say(update, [self.answerer.withdrawn(payload.removeprefix(_QUOTE))])
            return
        article = library.article(quote)
        keyboard = maker.under_quote(article, quote, len(library.statement_of(quote).quotes) > 1)
        texts = message.single(article, quote, self.answerer.look(), LIMITS, maker.permalink(quote))
        await self._reply(update, texts, keyboard)

    async def help(self, update: Update, context: _CONTEXT) -> None:
        await self._say(update, [HELP])

    async def about(self, update: Update, context: _CONTEXT) -> None:
        await self._say(update, [ABOUT])

    async def latest(self, update: Update, context: _CONTEXT) -> None:
        """Show what was said last."""
        most = self.answerer.service.config.settings.answer.statements
        answer = await asyncio.to_thread(newest, self.answerer.service.library, most)
        origin = Press("days", 0, answer.library.revision)  # they are in order of date already
        await self._reply(update, self.answerer.texts(answer), self.answerer.keyboard(answer, origin))

    async def sources(self, update: Update, context: _CONTEXT) -> None:
        """List the outlets, and the articles: all of them, or the newest."""
        articles = list(self.answerer.service.library.articles.values())
        await self._say(update, sources.listing(articles, _LISTED) or ["There are no articles."])

    async def people(self, update: Update, context: _CONTEXT) -> None:
        """Tell who is quoted most, or of the one who is named: how often, with which titles and spellings."""
        library = self.answerer.service.library
        await self._say(update, listing(library.people, library.quotes, " ".join(context.args or ())))

    async def act(self, update: Update, context: _CONTEXT) -> None:
        """Do what an administrator asks for; the answers of others go on meanwhile."""
        asked = update.message
        if asked is None or not asked.text:
            return
        name = asked.text.split()[0].removeprefix("/").partition("@")[0].lower()
        user = asked.from_user.id if asked.from_user is not None else None
        if not self.administration.admits(Occasion(user, private=asked.chat.type == ChatType.PRIVATE)):
            return
        progress = await self.sender.announce(asked, plain("At work …"))
        act, _ = self.administration.acts[name]
        told = [""]
        work = asyncio.create_task(asyncio.to_thread(act, " ".join(context.args or ()), told.append))
        while not (await asyncio.wait([work], timeout=_PACE_SECONDS))[0]:
            if far := self.administration.reading() or told[-1]:
                await self.sender.change(asked, [progress], [plain(far)], None)
        texts = paged([Block(plain(line)) for line in await work], LIMITS)
        await self.sender.change(asked, [progress], texts, None)

    async def _say(self, update: Update, lines: Sequence[str]) -> None:
        await self._reply(update, paged([Block(_paragraphs(line)) for line in lines], LIMITS))

    async def _reply(self, update: Update, texts: Sequence[Text], keyboard: InlineKeyboardMarkup | None = None) -> None:
        asked = update.message
        if isinstance(asked, Message):
            await self.sender.reply(update.update_id, asked, texts, keyboard)


def _paragraphs(text: str) -> Text:
    """Return a text of our own, with its lines as they are."""
    return Text(sent(text))


async def publish(bot: Bot, administration: Administration) -> None:
    """Tell Telegram which commands to offer to whom; only administrators are offered theirs."""
    await bot.set_my_commands(_offered(_IN_PRIVATE), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_offered(_IN_GROUPS), scope=BotCommandScopeAllGroupChats())
    theirs = {name: said for name, (_, said) in administration.acts.items()}
    for admin in sorted(administration.admins):
        try:
            await bot.set_my_commands(_offered(_IN_PRIVATE | theirs), scope=BotCommandScopeChat(admin))
        except BadRequest:
            log.info("administrator %s has not started the bot yet", admin)


def _offered(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(name, said) for name, said in commands.items()]
