"""Commands: what people are told of the bot and of its coverage, and what administrators may do."""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass

from telegram import Bot as Connection
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.errors import CoverageError
from bot.front.service import ReloadReport, Service
from bot.front.telegram.sending import LIMITS, reply
from bot.render import message
from bot.render.pages import Block, paged
from bot.render.provenance import Look, short_date
from bot.render.wire import plain, sent

log = logging.getLogger(__name__)
_CONTEXT = ContextTypes.DEFAULT_TYPE
_PRIVATE = {"help": "what to ask", "sources": "the articles", "people": "who is quoted", "about": "what this bot is"}
_GROUPS = {"ask": "ask a question", "help": "what to ask"}
_ADMINS = {"reload": "read the articles again", "status": "the coverage in use"}
_QUOTE = "q_"  # a deep link to one quote: ?start=q_<id>

HELP = (
    "Ask what somebody said about something, and I show the words, who printed them, when, and a link. For example:\n"
    "what did Stoltenberg say about strikes in Russia\n\n"
    "You can limit a question (“in September 2024”, “only from the Kyiv Independent”) and go on from it "
    "(“and in July?”, “what about Sikorski?”, “source?”). In a group use /ask, mention me, or reply to me."
)
ABOUT = (
    "I answer with verbatim quotations from a body of news coverage and with nothing else. Every quoted word is "
    "checked against the stored article before it is shown. Where the coverage holds no answer, I say so, and why."
)


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of the bot."""

    service: Service
    admins: frozenset[int]

    async def start(self, update: Update, context: _CONTEXT) -> None:
        """Greet, or show the quote that a link points to."""
        if update.message is None:
            return
        payload = (context.args or [""])[0]
        if not payload.startswith(_QUOTE):
            await reply(update.message, [plain(HELP)])
            return
        quote = self.service.library.quote(payload.removeprefix(_QUOTE))
        if quote is None:
            gone = "This quote is withdrawn: the words it stood for are no longer in the coverage."
            await reply(update.message, [plain(gone)])
            return
        look = Look(certain=self.service.config.settings.answer.certain)
        await reply(update.message, message.single(self.service.library.article(quote), quote, look, LIMITS))

    async def help(self, update: Update, context: _CONTEXT) -> None:
        await self._say(update, [HELP])

    async def about(self, update: Update, context: _CONTEXT) -> None:
        await self._say(update, [ABOUT])

    async def sources(self, update: Update, context: _CONTEXT) -> None:
        """List the articles."""
        articles = self.service.library.articles.values()
        lines = [
            f"{article.outlet or '(outlet not stated)'} · "
            f"{short_date(article.published) if article.published else '(undated)'} · {article.headline or article.id}"
            for article in articles
        ]
        await self._say(update, lines or ["There are no articles."])

    async def people(self, update: Update, context: _CONTEXT) -> None:
        """List who is quoted, and how often."""
        quoted = Counter(quote.speaker for quote in self.service.library.quotes if quote.speaker)
        ranked = sorted(quoted.items(), key=lambda item: (-item[1], item[0]))
        await self._say(update, [f"{name}: {count}" for name, count in ranked] or ["Nobody is quoted."])

    async def status(self, update: Update, context: _CONTEXT) -> None:
        """Tell administrators which library is in use."""
        if self._is_admin(update):
            facts = self.service.library.facts
            await self._say(update, [f"Library {facts.revision}: {facts.articles} articles, {facts.quotes} quotes."])

    async def reload(self, update: Update, context: _CONTEXT) -> None:
        """Read the corpus again, for administrators; questions are answered from the old library meanwhile."""
        if update.message is None or not self._is_admin(update):
            return
        progress = await update.message.reply_text("Reading the articles again …")
        try:
            report = await asyncio.to_thread(self.service.desk.reload)
            told = _told(report)
            log.info("reloaded: library %s", report.after.revision)
        except CoverageError as error:
            told = f"Nothing was changed: {error}"
            log.warning("reload failed: %s", error)
        try:
            await progress.edit_text(sent(told)[: LIMITS.units])
        except BadRequest:
            await update.message.reply_text(sent(told)[: LIMITS.units])

    def _is_admin(self, update: Update) -> bool:
        user = update.effective_user
        return user is not None and user.id in self.admins

    async def _say(self, update: Update, lines: list[str]) -> None:
        if update.message is not None:
            await reply(update.message, paged([Block(plain(line)) for line in lines], LIMITS))


def _told(report: ReloadReport) -> str:
    """Return a reload's report in a few lines."""
    lines = [f"Read again: {report.after.articles} articles, {report.after.quotes} quotes."]
    for label, ids in (("Added", report.added), ("Removed", report.removed), ("Changed", report.changed)):
        if ids:
            lines.append(f"{label}: {', '.join(ids)}")
    lines += [f"Refused: {refused}" for refused in report.refused]
    lines.append(f"Quotes gained: {report.quotes_gained}, lost: {report.quotes_lost}.")
    return "\n".join(lines)


async def publish(connection: Connection, admins: frozenset[int]) -> None:
    """Tell Telegram which commands to offer to whom; only administrators are offered theirs."""
    await connection.set_my_commands(_listed(_PRIVATE), scope=BotCommandScopeAllPrivateChats())
    await connection.set_my_commands(_listed(_GROUPS), scope=BotCommandScopeAllGroupChats())
    for admin in sorted(admins):
        try:
            await connection.set_my_commands(_listed(_PRIVATE | _ADMINS), scope=BotCommandScopeChat(admin))
        except BadRequest:
            log.info("administrator %s has not started the bot yet", admin)


def _listed(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(name, said) for name, said in commands.items()]
