"""The life of the bot: logging in, listening by polling or by webhook, and ending with a code that says why."""

import asyncio
import contextlib
import logging
import secrets
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, Updater

from bot.front.administration import Administration
from bot.front.chat.commands import publish
from bot.front.chat.sending import LIMITS, Sender
from bot.front.telegram import logs
from bot.front.telegram.arrivals import Arrivals
from bot.front.telegram.health import serve_health
from bot.front.telegram.network import CONFLICTS, Pulse
from bot.render.pages import Block, paged
from bot.render.wire import plain
from bot.settings import TelegramSettings, split_address

log = logging.getLogger(__name__)
STALE, CONTESTED, REFUSED = 75, 76, 78
_UPDATES = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.GUEST_MESSAGE,
]  # fmt: skip
_CHECK_SECONDS = 1.0
_REGISTRATION_SECONDS = 15.0  # between looks at the webhook's registration
_TIDY_SECONDS = 3600.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0


@dataclass(slots=True)
class Run:
    """One run of the bot."""

    application: Application  # type: ignore[type-arg]
    settings: TelegramSettings
    pulse: Pulse
    administration: Administration
    sender: Sender

    async def until_told(self) -> int:
        """Run until a signal, or until something is wrong for good; return the exit code."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        try:
            if not await self._connected(stop):
                return 0
        except InvalidToken:
            log.error("Telegram does not know this token; take the right one from BotFather")
            return REFUSED
        loop.add_signal_handler(signal.SIGHUP, self._reload)
        await publish(self.application.bot, self.administration)
        self._restore()
        async with self._health(), self._listening(), asyncio.TaskGroup() as tasks:
            await self.application.start()
            regular = [tasks.create_task(self._tidy()), tasks.create_task(self._look_at_feeds())]
            self._say_ready()
            code = await self._end(stop)
            for task in regular:
                task.cancel()
        await self.application.stop()
        await self.application.shutdown()
        return code

    def _restore(self) -> None:
        arrivals = self.application.update_queue
        if isinstance(arrivals, Arrivals) and (left := arrivals.restore(self.application.bot)):
            log.info("going on with %s updates that the last run had not finished", left)

    def _say_ready(self) -> None:
        # With privacy mode off, a group's talk reaches the bot; it answers what is meant for it all the same.
        bot, how = self.application.bot, "by webhook" if self.settings.webhook_url else "by polling"
        privacy = "off" if bot.can_read_all_group_messages else "on"
        log.info("ready: @%s, %s, privacy mode %s", bot.username, how, privacy)

    async def _connected(self, stop: asyncio.Event) -> bool:
        """Log in, however long the network takes; return whether it came to that before the bot was told to stop."""
        wait = _FIRST_WAIT
        while not stop.is_set():
            try:
                await self.application.initialize()
                return True
            except InvalidToken:
                raise
            except NetworkError as error:
                log.warning("Telegram cannot be reached (%s); trying again in %.0f s", logs.redact(str(error)), wait)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
                wait = min(wait * 2, _LONGEST_WAIT)
        return False

    # --- listening

    @contextlib.asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        updater = self.application.updater
        assert updater is not None
        self.pulse.beat()
        if self.settings.webhook_url:
            async with self._webhook(updater):
                yield
            return
        await updater.start_polling(
            timeout=self.settings.poll_seconds, allowed_updates=_UPDATES, bootstrap_retries=-1,
            error_callback=self.pulse.missed,
        )  # fmt: skip
        try:
            yield
        finally:
            with contextlib.suppress(TelegramError):  # a poll that failed for good says so once more
                await updater.stop()

    @contextlib.asynccontextmanager
    async def _webhook(self, updater: Updater) -> AsyncIterator[None]:
        """Have updates posted to a path that nobody can guess, each with a secret that is new in every run."""
        host, port = split_address(self.settings.webhook_listen)
        path = secrets.token_urlsafe(24)
        address = f"{self.settings.webhook_url.rstrip('/')}/{path}"
        await updater.start_webhook(
            host, port, url_path=f"{urlsplit(self.settings.webhook_url).path.strip('/')}/{path}".lstrip("/"),
            webhook_url=address, secret_token=secrets.token_urlsafe(32), allowed_updates=_UPDATES,
            bootstrap_retries=-1,
        )  # fmt: skip
        watching = asyncio.create_task(self._watch_registration(address))
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(TelegramError):
                # Another process may have registered itself meanwhile, to take this one's place.
                if (await self.application.bot.get_webhook_info()).url == address:
                    await self.application.bot.delete_webhook()
                await updater.stop()

    async def _watch_registration(self, address: str) -> None:
        while True:
            try:
                registered = (await self.application.bot.get_webhook_info()).url
            except TelegramError as error:
                log.warning("the webhook cannot be looked up: %s", logs.redact(str(error)))
            else:
                if registered == address:
                    self.pulse.beat()
                else:
                    self.pulse.conflicts = CONFLICTS
            await asyncio.sleep(_REGISTRATION_SECONDS)

    @contextlib.asynccontextmanager
    async def _health(self) -> AsyncIterator[None]:
        if not self.settings.health_listen:
            yield
            return
        server = serve_health(split_address(self.settings.health_listen), self.pulse, self.settings.stale_seconds)
        try:
            yield
        finally:
            server.stop()

    # --- meanwhile, and the end

    def _reload(self) -> None:
        asyncio.get_running_loop().run_in_executor(None, self.administration.reload)  # it logs what comes of it

    async def _tidy(self) -> None:
        while True:
            self.sender.talks.forget(self.settings.remember_hours * 3600.0)
            await asyncio.sleep(_TIDY_SECONDS)

    async def _look_at_feeds(self) -> None:
        config = self.administration.service.config
        minutes, before = config.settings.feeds.minutes, list[str]()
        while minutes and config.tables.get("feeds"):
            failed = list(await asyncio.to_thread(self.administration.look_at_feeds))
            texts = paged([Block(plain(line)) for line in failed], LIMITS)
            for admin in sorted(self.administration.admins) if failed != before else ():
                await self.sender.tell(admin, texts)
            before = failed
            await asyncio.sleep(minutes * 60.0)

    async def _end(self, stop: asyncio.Event) -> int:
        """Wait until the bot is told to stop, or has to; return its exit code."""
        while not stop.is_set():
            if self.pulse.contested:
                log.error("another process runs with this token; stop one of the two")
                return CONTESTED
            if self.pulse.age() > self.settings.stale_seconds:
                log.error("no update could be fetched for %s s; start the bot again", self.settings.stale_seconds)
                return STALE
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _CHECK_SECONDS)
        return 0
