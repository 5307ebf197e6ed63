"""The smallest bot that answers: what the rig is tried on, and what the product's speed is compared with.

Run with the environment that the product takes.  It repeats what it is told, and knows three commands.
"""

import logging
import os
import sys

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
    Update,
)
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="v1:more")]])


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    reply = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    await context.bot.send_message(message.chat_id, message.text or "", reply_parameters=reply, reply_markup=KEYBOARD)


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_html(f"<b>Hello</b> {' '.join(context.args or [])}".rstrip())


async def _press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text("more", reply_markup=KEYBOARD)


async def _inline(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.inline_query
    assert query is not None
    words = query.query or "nothing"
    results = [InlineQueryResultArticle("one", words, InputTextMessageContent(words), reply_markup=KEYBOARD)]
    await query.answer(results, cache_time=0)


async def _guest(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if message := update.guest_message:
        words = InputTextMessageContent(message.text or "")
        await message.answer_guest_query(InlineQueryResultArticle("one", "Answer", words))


async def _ready(application: "Application") -> None:
    print("ready", file=sys.stderr, flush=True)


def build(token: str, base_url: str, request: BaseRequest | None = None) -> "Application":
    """Return the bot; its limiter lets more through than this rig can take."""
    limiter = AIORateLimiter(
        overall_max_rate=100_000, overall_time_period=1, group_max_rate=100_000, group_time_period=1, max_retries=5
    )
    builder = Application.builder().token(token).base_url(base_url).rate_limiter(limiter).concurrent_updates(True)
    if request:
        builder = builder.request(request).get_updates_request(request)
    else:
        builder = builder.connection_pool_size(256).pool_timeout(30)
    application = builder.post_init(_ready).build()
    only = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", _start, only))
    application.add_handler(MessageHandler(only & filters.TEXT & ~filters.COMMAND, _echo))
    application.add_handler(CallbackQueryHandler(_press))
    application.add_handler(InlineQueryHandler(_inline))
    application.add_handler(TypeHandler(Update, _guest))
    return application


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    application = build(os.environ["TELEGRAM_BOT_TOKEN"], os.environ["COVERAGE_BOT_TELEGRAM__BASE_URL"])
    seconds = int(float(os.environ["COVERAGE_BOT_TELEGRAM__POLL_SECONDS"]))
    application.run_polling(timeout=seconds, allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
