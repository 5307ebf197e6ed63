"""What can be written after a command, as typer reads it.  The commands themselves know nothing of typer."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.model import PartialDate


def day(text: str | date) -> date:
    """Read a day as YYYY-MM-DD."""
    read = partial_day(text) if isinstance(text, str) else PartialDate.of(text)
    if read.day is None:
        raise typer.BadParameter(f"{text!r} is not a day; write it as YYYY-MM-DD")
    return read.first


def partial_day(text: str | PartialDate) -> PartialDate:
    """Read a day, a month or a year as YYYY-MM-DD, YYYY-MM or YYYY."""
    if isinstance(text, PartialDate):
        return text
    if parts := re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text.strip(), re.ASCII):
        read = PartialDate(*(int(part) if part else None for part in parts.groups()))  # type: ignore[arg-type]
        if _exists(read):
            return read
    raise typer.BadParameter(f"{text!r} is not a date; write it as YYYY-MM-DD, YYYY-MM or YYYY")


def _exists(day: PartialDate) -> bool:
    try:
        return day.first <= day.last
    except ValueError:
        return False


Corpus = Annotated[
    Path | None, typer.Option("--corpus", metavar="DIR", help="The folder of articles [default: corpus/].")
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="The settings [default: config/bot.toml].")
]
Today = Annotated[
    date | None,
    typer.Option("--today", metavar="YYYY-MM-DD", parser=day, help="The day that “last week” is counted from."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

# ask
Question = Annotated[str | None, typer.Argument(metavar="QUESTION", show_default=False)]
Batch = Annotated[
    str | None,
    typer.Option(
        "--batch", metavar="FILE", help='Answer the lines {"id", "question", "history"} of a file, or of - (stdin).'
    ),
]
Most = Annotated[
    int | None, typer.Option("--statements", min=1, metavar="N", help="How many statements to show at most.")
]

# quotes
Format = Annotated[
    Literal["table", "jsonl", "csv", "md"],
    typer.Option("--format", metavar="table|jsonl|csv|md", help="How to print them."),
]
Speaker = Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Only what this person said.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only what this outlet printed.")]
Since = Annotated[
    PartialDate | None,
    typer.Option("--since", metavar="DATE", parser=partial_day, help="Only from this day (month, year) on."),
]
Until = Annotated[
    PartialDate | None,
    typer.Option("--until", metavar="DATE", parser=partial_day, help="Only up to this day (month, year)."),
]
About = Annotated[str | None, typer.Option("--about", metavar="WORDS", help="Only where all these words occur.")]

# telegram
Check = Annotated[bool, typer.Option("--check", help="Say what is set at Telegram and what to do about it, and end.")]

# people, article, config
Name = Annotated[str | None, typer.Argument(metavar="[NAME]", show_default=False)]
Identity = Annotated[str, typer.Argument(metavar="ID")]
Show = Annotated[Literal["show"], typer.Argument(metavar="show")]
