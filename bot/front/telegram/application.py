"""The running bot: from the token to the exit code."""

import asyncio
import contextlib
import logging
import os
import signal
import uuid
from pathlib import Path

from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.errors import ConfigurationError
from bot.front.options import Config, Corpus
from bot.front.service import complain, open_service
from bot.front.telegram import logs
from bot.front.telegram.access import Doorkeeper
from bot.front.telegram.commands import Commands, publish
from bot.front.telegram.network import PollingRequest, Pulse
from bot.front.telegram.order import ChatOrder
from bot.front.telegram.questions import Questions
from bot.settings import TelegramSettings

log = logging.getLogger(__name__)
STALE, CONTESTED, REFUSED = 75, 76, 78
_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
_CHECK_SECONDS = 1.0
_CONNECTIONS = 64
_POLLING_CONNECTIONS = 8  # a pool of one can stay stuck
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0


def telegram(corpus: Corpus = None, config: Config = None) -> int:
    """Run the bot until it is told to stop; the exit code says whether a supervisor should start it again."""
    logs.start()
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming default; without it every 429 is a warning
    token = _token()
    service = open_service(corpus, config)
    settings = service.config.settings.telegram
    pulse = Pulse(Path(settings.health_file) if settings.health_file else None)
    door = Doorkeeper(frozenset(settings.users), frozenset(settings.chats), settings.questions_per_minute)
    application = _application(token, settings, pulse)
    commands = Commands(service, frozenset(settings.admins))
    _listen(application, Questions(service, door), commands)
    return asyncio.run(_serve(application, settings, pulse, commands))


def _token() -> str:
    file = os.environ.get("TELEGRAM_BOT_TOKEN_FILE")
    try:
        token = Path(file).read_text(encoding="utf-8") if file else os.environ.get("TELEGRAM_BOT_TOKEN", "")
    except OSError as error:
        raise ConfigurationError(f"TELEGRAM_BOT_TOKEN_FILE: {file} cannot be read ({error.strerror})") from None
    if not token.strip():
        raise ConfigurationError("there is no bot token; set TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE")
    return token.strip()


def _application(token: str, settings: TelegramSettings, pulse: Pulse) -> Application:  # type: ignore[type-arg]
    # The server holds a poll open for so long; the connection has to wait a little longer.
    polling = PollingRequest(
        pulse, connection_pool_size=_POLLING_CONNECTIONS, read_timeout=settings.poll_seconds + 10.0
    )
    builder = (
        Application.builder()
        .token(token)
        .request(HTTPXRequest(connection_pool_size=_CONNECTIONS, read_timeout=20.0, pool_timeout=10.0))
        .get_updates_request(polling)
        .rate_limiter(AIORateLimiter(max_retries=5))
        .concurrent_updates(ChatOrder())
    )
    if settings.base_url:
        builder = builder.base_url(settings.base_url.rstrip("/").removesuffix("/bot") + "/bot")
    return builder.build()


def _listen(application: Application, questions: Questions, commands: Commands) -> None:  # type: ignore[type-arg]
    new = filters.UpdateType.MESSAGE  # an edit must not run an old command again
    private = new & filters.ChatType.PRIVATE
    for name in ("start", "sources", "people", "about", "reload", "status"):
        handler = getattr(commands, name)
        application.add_handler(CommandHandler(name, handler, private))
    application.add_handler(CommandHandler("help", commands.help, new))
    application.add_handler(CommandHandler("ask", questions.command, new))
    application.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND, questions.asked))
    in_group = new & filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND
    application.add_handler(MessageHandler(in_group, questions.asked_in_group))
    application.add_handler(CallbackQueryHandler(questions.more))
    application.add_error_handler(_failed)


async def _failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Tell the user politely that something went wrong, and the log what."""
    number = uuid.uuid4().hex[:8]
    log.error("error %s", number, exc_info=context.error)
    if isinstance(context.error, NetworkError) or not isinstance(update, Update) or update.effective_message is None:
        return
    try:
        await update.effective_message.reply_text(f"Something went wrong here. It is noted as {number}.")
    except TelegramError as error:
        log.warning("error %s could not be told: %s", number, error)


async def _serve(
    application: Application,  # type: ignore[type-arg]
    settings: TelegramSettings,
    pulse: Pulse,
    commands: Commands,
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        if not await _connected(application, stop):
            return 0
    except InvalidToken:
        complain("Telegram does not know this token; take the right one from BotFather")
        return REFUSED
    assert application.updater is not None
    await publish(application.bot, commands.admins)
    pulse.beat()
    await application.updater.start_polling(
        timeout=settings.poll_seconds, allowed_updates=_UPDATES, bootstrap_retries=-1, error_callback=pulse.missed
    )
    await application.start()
    # With privacy mode off, a group's talk reaches the bot; it answers what is meant for it all the same.
    privacy = "off" if application.bot.can_read_all_group_messages else "on"
    log.info("ready: @%s, privacy mode %s", application.bot.username, privacy)
    code = await _until_told(stop, pulse, settings)
    with contextlib.suppress(TelegramError):  # a poll that failed for good says so once more
        await application.updater.stop()
    await application.stop()
    await application.shutdown()
    return code


async def _connected(application: Application, stop: asyncio.Event) -> bool:  # type: ignore[type-arg]
    """Log in, however long the network takes; return whether it came to that before the bot was told to stop."""
    wait = _FIRST_WAIT
    while not stop.is_set():
        try:
            await application.initialize()
            return True
        except InvalidToken:
            raise
        except NetworkError as error:
            log.warning("Telegram cannot be reached (%s); trying again in %.0f s", logs.redact(str(error)), wait)
            try:
                await asyncio.wait_for(stop.wait(), wait)
            except TimeoutError:
                wait = min(wait * 2, _LONGEST_WAIT)
    return False


async def _until_told(stop: asyncio.Event, pulse: Pulse, settings: TelegramSettings) -> int:
    """Wait until the bot is told to stop, or has to; return its exit code."""
    while not stop.is_set():
        if pulse.contested:
            complain("another process runs with this token; stop one of the two")
            return CONTESTED
        if pulse.age() > settings.stale_seconds:
            complain(f"no update could be fetched for {settings.stale_seconds} s; start the bot again")
            return STALE
        try:
            await asyncio.wait_for(stop.wait(), _CHECK_SECONDS)
        except TimeoutError:
            continue
    return 0
