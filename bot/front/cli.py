"""The command line: which commands there are, and how each of them ends.

A command lives in a module of its own, which is imported when it is called: `--help` costs no more than this file,
and `ask` never imports what only the REPL needs.
"""

import functools
import io
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from bot import __version__
from bot.errors import CoverageError
from bot.front.options import Config, Corpus, Today
from bot.render.visible import lines

#: Every command: where its function is, and its line of help.
COMMANDS = {
    "ask": ("bot.front.console.ask:ask", "Answer a question with quotations and their sources."),
    "quotes": ("bot.front.console.browse:quotes", "List the quotes of the coverage."),
    "people": ("bot.front.console.browse:people", "List who is quoted, with spellings and titles."),
    "article": ("bot.front.console.browse:article", "Show an article with its text and metadata."),
    "add": ("bot.front.console.add:add_sources", "Add pages, feeds, files or folders to the articles."),
    "telegram": ("bot.front.telegram.application:telegram", "Run the Telegram bot."),
    "health": ("bot.front.telegram.alive:health", "Tell by its last sign of Telegram whether the bot is alive."),
    "check": ("bot.front.console.checking:check", "Report every problem in settings and articles."),
    "config": ("bot.front.console.checking:config", "Show the settings in use: config show."),
}
_REPL = "bot.front.console.repl:repl"
_PIPED = "bot.front.console.session:piped"


def load(target: str) -> Callable[..., int]:
    """Import the function that `module:function` names."""
    module, _, name = target.partition(":")
    function: Callable[..., int] = getattr(import_module(module), name)
    return function


def ended(function: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns or raises into an exit code, and an error into a polite line on stderr."""

    @functools.wraps(function)
    def command(*args: Any, **options: Any) -> None:
        try:
            code = function(*args, **options)
            sys.stdout.flush()
        except OSError as error:
            # Python would complain once more when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0  # a reader that has all it wanted (`| head`) is no failure
            if not isinstance(error, BrokenPipeError):
                print(lines(f"coverage-bot: {error}"), file=sys.stderr)
                code = os.EX_IOERR
        except KeyboardInterrupt:
            code = 130
        except CoverageError as error:
            print(lines(f"coverage-bot: {error}"), file=sys.stderr)
            code = error.exit_code
        raise typer.Exit(code)

    return command


class _LazyGroup(TyperGroup):
    """Knows commands by name and help, and imports one when it is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, _, rest = super().resolve_command(ctx, args)
        target, said = COMMANDS[str(name)]
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name, help=said)(ended(load(target)))
        return name, get_command(alone), rest


# Plain help: rich's takes as long to import as all the rest.
app = typer.Typer(
    cls=_LazyGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    invoke_without_command=True,
)  # fmt: skip


def _named_only() -> None:
    """Stand in for a command that is not imported yet."""


for _name, (_, _help) in COMMANDS.items():
    app.command(_name, help=_help)(_named_only)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"coverage-bot {__version__}")
        raise typer.Exit(0)


@app.callback()
def _root(
    ctx: typer.Context,
    corpus: Corpus = None,
    config: Config = None,
    today: Today = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Answer questions about news coverage with verbatim quotations and their sources.

    Without a command: a session of questions on a terminal; with piped input, one question a line.
    """
    if ctx.invoked_subcommand is None:
        on_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
        ended(load(_REPL if on_terminal else _PIPED))(corpus, config, today)
    elif corpus or config or today:
        raise typer.BadParameter(f"write options after the command: coverage-bot {ctx.invoked_subcommand} --corpus DIR")


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Quotes hold letters that the locale's encoding may lack; what comes in may not be text at all.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="coverage-bot")
