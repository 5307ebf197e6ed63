"""The bot put together: its token and settings, its handlers, its state."""

import asyncio
import hashlib
import logging
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.errors import ConfigurationError
from bot.front.access import Doorkeeper, Pace
from bot.front.administration import Administration
from bot.front.chat.answerer import Answerer
from bot.front.chat.buttons import Maker
from bot.front.chat.commands import Commands
from bot.front.chat.inline import Elsewhere
from bot.front.chat.presses import Presses
from bot.front.chat.questions import Questions
from bot.front.chat.sending import Sender
from bot.front.options import Check, Config, Corpus
from bot.front.service import Service, open_service
from bot.front.telegram import checking, logs
from bot.front.telegram.arrivals import Arrivals, ChatOrder
from bot.front.telegram.network import PollingRequest, Pulse, api_address
from bot.front.telegram.running import Run
from bot.settings import TelegramSettings, load, state_folder
from bot.state.inbox import Inbox
from bot.state.talks import Talks

log = logging.getLogger(__name__)
_CONNECTIONS = 24
_POLLING_CONNECTIONS = 8  # a pool of one can stay stuck
_HOUR = 3600.0


def telegram(check: Check = False, corpus: Corpus = None, config: Config = None) -> int:
    """Run the bot until it is told to stop; the exit code says whether a supervisor should start it again."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming default; without it every 429 is a warning
    token = _token()
    if check:
        return checking.check(token, load(config, corpus).settings.telegram)
    service = open_service(corpus, config, remember=True)
    settings = service.config.settings.telegram
    logs.start(settings.log_format)
    folder = _folder(service, token)
    inbox, talks = Inbox.open(folder), Talks.open(folder)
    pulse = Pulse(Path(settings.health_file) if settings.health_file else None)
    administration = Administration(service, frozenset(settings.admins))
    try:
        application, sender = assemble(token, service, administration, inbox, talks, pulse)
        return asyncio.run(Run(application, settings, pulse, administration, sender).until_told())
    finally:
        inbox.close()
        talks.close()
        service.close()


def _folder(service: Service, token: str) -> Path:
    """Return the folder for the state of one bot on one server: numbers of chats and messages are theirs alone."""
    settings = service.config.settings
    bot = f"{token.partition(':')[0]} {settings.telegram.base_url}"
    return state_folder(settings) / "bots" / hashlib.sha256(bot.encode()).hexdigest()[:12]


def assemble(
    token: str,
    service: Service,
    administration: Administration,
    inbox: Inbox,
    talks: Talks,
    pulse: Pulse,
    request: BaseRequest | None = None,
) -> tuple[Application, Sender]:  # type: ignore[type-arg]
    """Return the bot with its handlers, ready to be run, and what it sends by.

    `request` stands in for both of its connections.
    """
    settings, arrivals, order = service.config.settings.telegram, Arrivals(inbox), ChatOrder(inbox)
    application = _application(token, settings, pulse, order, arrivals, request)
    sender = Sender(application.bot, inbox, talks)
    _Handlers(application, service, settings, administration, order, arrivals, sender).add()
    return application, sender


def _token() -> str:
    file = os.environ.get("TELEGRAM_BOT_TOKEN_FILE")
    try:
        token = Path(file).read_text(encoding="utf-8") if file else os.environ.get("TELEGRAM_BOT_TOKEN", "")
    except OSError as error:
        raise ConfigurationError(f"TELEGRAM_BOT_TOKEN_FILE: {file} cannot be read ({error.strerror})") from None
    if not token.strip():
        raise ConfigurationError("there is no bot token; set TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE")
    return token.strip()


def _application(
    token: str, settings: TelegramSettings, pulse: Pulse, order: ChatOrder, arrivals: Arrivals,
    request: BaseRequest | None,
) -> Application:  # type: ignore[type-arg]  # fmt: skip
    # The server holds a poll open for so long; the connection has to wait a little longer.
    polling = request or PollingRequest(
        pulse, connection_pool_size=_POLLING_CONNECTIONS, read_timeout=settings.poll_seconds + 10.0
    )
    sending = request or HTTPXRequest(connection_pool_size=_CONNECTIONS, read_timeout=20.0, pool_timeout=30.0)
    limiter = AIORateLimiter(
        overall_max_rate=settings.messages_per_second, overall_time_period=1,
        group_max_rate=settings.group_messages_per_minute, group_time_period=60, max_retries=5,
    )  # fmt: skip
    builder = (
        Application.builder()
        .token(token)
        .request(sending)
        .get_updates_request(polling)
        .rate_limiter(limiter)
        .concurrent_updates(order)
        .update_queue(arrivals)
        .base_url(api_address(settings.base_url))
    )
    return builder.build()


@dataclass(frozen=True, slots=True)
class _Handlers:
    """Which handler hears what."""

    application: Application  # type: ignore[type-arg]
    service: Service
    settings: TelegramSettings
    administration: Administration
    order: ChatOrder
    arrivals: Arrivals
    sender: Sender

    def add(self) -> None:
        settings, sender = self.settings, self.sender
        door = Doorkeeper(Pace(settings.questions_per_minute), frozenset(settings.users), frozenset(settings.chats))
        maker = Maker(
            self.application.bot, self.service.config.settings.answer.certain, settings.inline,
            lambda quote: self.service.library.quote(quote.id) is not None,
        )  # fmt: skip
        answerer = Answerer(self.service, maker, sender, settings.answer_seconds)
        guests = Pace(settings.guest_questions_per_hour, _HOUR) if settings.guests else None
        elsewhere = Elsewhere(answerer, door, self.arrivals.newest, guests)
        self._commands(Commands(answerer, sender, self.administration))
        self._questions(Questions(answerer, sender, sender.talks, door))
        self._hear(CallbackQueryHandler(Presses(answerer, sender, sender.talks, door).pressed))
        if settings.inline:
            self._hear(InlineQueryHandler(elsewhere.inline))
        self._hear(MessageHandler(filters.UpdateType.GUEST_MESSAGE, elsewhere.guest))
        self.application.add_error_handler(self._failed)

    def _hear(self, handler: object) -> None:
        self.application.add_handler(handler)  # type: ignore[arg-type]

    def _commands(self, commands: Commands) -> None:
        new = filters.UpdateType.MESSAGE  # an edit must not run an old command again
        private = new & filters.ChatType.PRIVATE
        for name in ("start", "sources", "people", "about", "latest"):
            self._hear(CommandHandler(name, getattr(commands, name), private))
        self._hear(CommandHandler(list(self.administration.acts), commands.act, private))
        self._hear(CommandHandler("help", commands.help, new))

    def _questions(self, questions: Questions) -> None:
        new, words = filters.UpdateType.MESSAGE, filters.TEXT | filters.CAPTION
        self._hear(MessageHandler(new & words, questions.asked))
        self._hear(MessageHandler(filters.UpdateType.EDITED_MESSAGE & words, questions.edited))
        unreadable = filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE | filters.PHOTO | filters.Sticker.ALL
        unreadable |= filters.VIDEO | filters.Document.ALL
        self._hear(MessageHandler(new & filters.ChatType.PRIVATE & unreadable, questions.unreadable))

    async def _failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell the user politely that something went wrong, and the log what."""
        number = uuid.uuid4().hex[:8]
        log.error("error %s", number, exc_info=context.error)
        if not isinstance(update, Update):
            return
        if isinstance(context.error, NetworkError):
            self.order.kept.add(update.update_id)
        elif update.effective_message is not None:
            try:
                await update.effective_message.reply_text(f"Something went wrong here. It is noted as {number}.")
            except TelegramError as error:
                log.warning("error %s could not be told: %s", number, error)
