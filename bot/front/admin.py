"""`coverage-bot check` and `coverage-bot config show`: what is read, and what is wrong with it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CoverageError, RefusedArticle
from bot.front.options import AsJson, Config, Corpus, Show
from bot.front.service import open_desk
from bot.model import LibraryFacts
from bot.render import as_json
from bot.render.visible import line
from bot.settings import load


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be used, in a sentence; file and line where it is an article."""

    message: str
    file: str | None = None
    line: int | None = None

    @classmethod
    def of(cls, error: CoverageError) -> "tuple[Problem, ...]":
        if isinstance(error, RefusedArticle):
            return (cls(str(error), error.file, error.line),)
        return tuple(cls(part) for part in str(error).split("\n"))


def inspected(config: Path | None, corpus: Path | None) -> tuple[Sequence[Problem], LibraryFacts | None]:
    """Return every problem of settings, word lists and articles, and what could be read."""
    try:
        read = load(config, corpus)
        library = open_desk(read).library
    except CoverageError as error:
        return Problem.of(error), None
    return [problem for refused in library.refused for problem in Problem.of(refused)], library.facts


def check(json_: AsJson = False, corpus: Corpus = None, config: Config = None) -> int:
    """Print every problem on stdout; 0 where there is none, else 1."""
    problems, facts = inspected(config, corpus)
    if json_:
        listed = [{"file": p.file, "line": p.line, "message": p.message} for p in problems]
        print(as_json.dumps({"problems": listed, "library": as_json.library(facts) if facts else None}))
    else:
        for problem in problems:
            print(line(problem.message))
        if facts:
            read_well = f"{facts.articles} articles with {facts.quotes} quotes in {facts.passages} passages"
            print(f"{read_well}: {len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}")
    return 1 if problems else 0


def config(
    what: Show,
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Print the settings in use as TOML."""
    read = load(config, corpus)
    print(f"# settings: {line(str(read.file))}\n# articles: {line(str(read.corpus))}")
    print(f"# word lists: {', '.join(sorted(read.tables)) or 'none'}")
    # In JSON mode pydantic writes a secret as asterisks; a text in JSON is a text in TOML.
    for section, values in read.settings.model_dump(mode="json").items():
        print(f"\n[{section}]")
        for key, value in values.items():
            print(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return 0
