"""`coverage-bot check` and `coverage-bot config show`: what is read, and what is wrong with it."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.errors import CoverageError
from bot.front.options import AsJson, Config, Corpus, Show
from bot.front.service import open_desk
from bot.ingest.addresses import Addresses
from bot.model import LibraryFacts
from bot.render import as_json
from bot.render.languages import spread
from bot.render.visible import line
from bot.settings import load
from bot.upkeep.inspection import Finding, inspect


def inspected(config: Path | None, corpus: Path | None) -> tuple[Sequence[Finding], LibraryFacts | None]:
    """Return every problem of settings, word lists and articles, and what could be read."""
    found, facts = _inspected(config, corpus)
    return [finding for finding in found if finding.is_problem], facts


def _inspected(config: Path | None, corpus: Path | None) -> tuple[Sequence[Finding], LibraryFacts | None]:
    """Return the problems and the notes, in that order, and what could be read."""
    try:
        read = load(config, corpus)
        library = open_desk(read).library
        return inspect(library, Addresses.from_table(read.tables["addresses"]), date.today()), library.facts
    except CoverageError as error:
        return Finding.of(error), None


def check(json_: AsJson = False, corpus: Corpus = None, config: Config = None) -> int:
    """Print every problem and every note on stdout; 0 where there is no problem, else 1."""
    found, facts = _inspected(config, corpus)
    problems = [finding for finding in found if finding.is_problem]
    notes = [finding for finding in found if not finding.is_problem]
    if json_:
        listed = {"problems": list(map(_as_json, problems)), "notes": list(map(_as_json, notes))}
        print(as_json.dumps({**listed, "library": as_json.library(facts) if facts else None}))
    else:
        for problem in problems:
            print(line(problem.message))
        for note in notes:
            print(line(f"note: {note.message}"))
        if facts:
            read_well = f"{facts.articles} articles with {facts.quotes} quotes in {facts.passages} passages"
            for spoken in spread(facts):
                print(spoken)
            print(f"{read_well}: {_number(problems, 'problem')}, {_number(notes, 'note')}")
    return 1 if problems else 0


def _number(found: Sequence[Finding], what: str) -> str:
    return f"{len(found) or 'no'} {what}{'' if len(found) == 1 else 's'}"


def _as_json(finding: Finding) -> dict[str, object]:
    return {"file": finding.file, "line": finding.line, "message": finding.message, "kind": finding.kind}


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
