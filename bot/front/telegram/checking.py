"""`coverage-bot telegram --check`: what is set at Telegram, against what the settings ask for, and what to do then."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, User, WebhookInfo
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.front.service import complain
from bot.front.telegram import logs
from bot.front.telegram.logs import redact
from bot.front.telegram.network import api_address
from bot.render.visible import line
from bot.settings import TelegramSettings

_SILENT, _REFUSED = 75, 78
_SECONDS = 15.0  # for one request: somebody is waiting


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the settings ask of Telegram; `webhook` is the address that updates shall be posted to, if any."""

    webhook: str
    inline: bool
    guests: bool
    admins: tuple[int, ...]
    chats: tuple[int, ...]

    @classmethod
    def of(cls, settings: TelegramSettings) -> "Wanted":
        return cls(
            settings.webhook_url, settings.inline, settings.guests, tuple(settings.admins), tuple(settings.chats)
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What Telegram tells of the bot: itself, its webhook, how many commands it offers, and whom it cannot reach."""

    me: User
    webhook: WebhookInfo
    commands: int
    unreachable: frozenset[int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.  A note is worth knowing; something wrong keeps the bot from what the settings say."""

    kind: Literal["ok", "note", "wrong"]
    text: str


def check(token: str, settings: TelegramSettings) -> int:
    """Print what is set and what to do; 0 all is well, 75 Telegram cannot be asked, 78 wrong token or settings."""
    wanted = Wanted.of(settings)
    logs.start(settings.log_format)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # what fails is said here, once
    try:
        told = asyncio.run(_ask(token, settings, wanted))
    except InvalidToken:
        complain("Telegram does not know this token; take the right one from BotFather")
        return _REFUSED
    except TelegramError as error:
        complain(f"Telegram cannot be asked ({redact(str(error))}); try again later")
        return _SILENT
    found = list(findings(wanted, told))
    for finding in found:
        print(line(f"{finding.kind:<5} {finding.text}"))
    return _REFUSED if any(finding.kind == "wrong" for finding in found) else 0


async def _ask(token: str, settings: TelegramSettings, wanted: Wanted) -> Told:
    request = HTTPXRequest(connect_timeout=_SECONDS, read_timeout=_SECONDS)
    async with Bot(token, base_url=api_address(settings.base_url), request=request) as bot:
        scopes = (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats())
        return Told(
            me=bot.bot,
            webhook=await bot.get_webhook_info(),
            commands=sum([len(await bot.get_my_commands(scope=scope)) for scope in scopes]),
            unreachable=frozenset([one for one in wanted.admins + wanted.chats if not await _reaches(bot, one)]),
        )


async def _reaches(bot: Bot, chat: int) -> bool:
    try:
        await bot.get_chat(chat)
    except (BadRequest, Forbidden, ChatMigrated):
        return False
    return True


def findings(wanted: Wanted, told: Told) -> Iterator[Finding]:
    """Yield what is to be said, the bot itself first."""
    yield Finding("ok", f"The token is that of @{told.me.username} ({told.me.first_name}).")
    yield from _groups(wanted, told.me)
    yield _inline(wanted, told.me)
    yield _guests(wanted, told.me)
    yield from _listening(wanted, told.webhook)
    if told.commands:
        yield Finding("ok", "Telegram offers the bot's commands to its users.")
    else:
        yield Finding("note", "Telegram does not know the bot's commands yet: the bot tells it when it starts.")
    yield from _people(wanted, told)


def _groups(wanted: Wanted, me: User) -> Iterator[Finding]:
    if me.can_join_groups:
        yield Finding("ok", "It can be added to groups.")
    else:
        to_change = _at_botfather("setjoingroups", "Enable")
        yield Finding("note", f"It cannot be added to groups; if that should be possible, {to_change}.")
    if me.can_read_all_group_messages:
        needless = "Privacy mode is off: Telegram sends the bot all that is said in its groups, which it does not need"
        yield Finding("note", f"{needless}; {_at_botfather('setprivacy', 'Enable')}.")
    else:
        yield Finding("ok", "Privacy mode is on: in groups it gets commands, mentions and replies, and needs no more.")


def _inline(wanted: Wanted, me: User) -> Finding:
    if wanted.inline and not me.supports_inline_queries:
        # No fault: every bot is like that until BotFather is told.
        what = "It answers inline queries, but Telegram sends none"
        return Finding("note", f"{what}; {_at_botfather('setinline', 'a few words such as “who said what?”')}.")
    if me.supports_inline_queries and not wanted.inline:
        what = "Inline mode is on at Telegram, but the bot does not answer there"
        return Finding("note", f"{what}; {_at_botfather('setinline', '/empty')}.")
    return Finding("ok", f"Inline mode is {'on' if wanted.inline else 'off'}.")


def _guests(wanted: Wanted, me: User) -> Finding:
    where = "in the settings of the bot at BotFather"
    if me.supports_guest_queries is None and wanted.guests:
        return Finding("note", "This Bot API server does not say whether guest mode is on; it may be too old for it.")
    if wanted.guests and not me.supports_guest_queries:
        what = "The settings say that it answers mentions in chats it is not in, but Telegram sends none"
        return Finding("wrong", f"{what}; switch guest mode on {where}.")
    if me.supports_guest_queries and not wanted.guests:
        what = "Guest mode is on at Telegram, but the bot does not answer there"
        return Finding("note", f"{what}; switch it off {where}.")
    return Finding("ok", f"Guest mode is {'on' if wanted.guests else 'off'}.")


def _listening(wanted: Wanted, webhook: WebhookInfo) -> Iterator[Finding]:
    # Of an address only the host is told: its path may be a secret.
    registered, expected = urlsplit(webhook.url).hostname, urlsplit(wanted.webhook).hostname
    if registered == expected:
        yield Finding("ok", f"A webhook at {registered} is registered." if registered else "No webhook is in the way.")
    elif registered is None:
        yield Finding("note", f"No webhook at {expected} is registered yet: the bot does that when it starts.")
    else:
        instead = f"the settings name {expected}" if expected else "the settings say to poll"
        what = f"A webhook at {registered} is registered, though {instead}; the bot changes that when it starts"
        yield Finding("note", f"{what}, so make sure that no other program runs with this token.")
    if webhook.last_error_date and webhook.last_error_message:
        when = f"{webhook.last_error_date:%Y-%m-%d %H:%M} UTC"
        yield Finding("note", f"Telegram last failed to deliver on {when}: {redact(webhook.last_error_message)}.")
    if count := webhook.pending_update_count:
        yield Finding("note", f"{count} update{'s are' if count > 1 else ' is'} waiting for the bot.")


def _people(wanted: Wanted, told: Told) -> Iterator[Finding]:
    if not wanted.admins:
        yield Finding("note", "Nobody may /reload from a chat; for that, put your user id into admins of [telegram].")
    for admin in wanted.admins:
        if admin in told.unreachable:
            yield Finding("note", f"Administrator {admin} cannot be reached: have them open the bot and press Start.")
        else:
            yield Finding("ok", f"Administrator {admin} can be reached.")
    for chat in wanted.chats:
        if chat in told.unreachable:
            what = f"Chat {chat}, one of chats of [telegram], cannot be reached; add the bot to it, or correct the id"
            yield Finding("wrong", f"{what} (a group that becomes a supergroup gets a new one).")
        else:
            yield Finding("ok", f"Chat {chat} can be reached.")


def _at_botfather(command: str, answer: str) -> str:
    return f"send /{command} to BotFather, choose the bot, and answer {answer}"
