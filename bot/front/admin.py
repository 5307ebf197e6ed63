"""`coverage-bot check` and `coverage-bot config show`: what is read, and what is wrong with it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
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
from bot.text import number_of
from bot.upkeep.inspection import Finding, Summary, inspect, summary


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is wrong with settings, word lists and articles or worth knowing of them, and what could be read."""

    found: Sequence[Finding]
    facts: LibraryFacts | None = None
    summary: Summary | None = None

    @property
    def problems(self) -> Sequence[Finding]:
        return [finding for finding in self.found if finding.is_problem]

    @property
    def notes(self) -> Sequence[Finding]:
        return [finding for finding in self.found if not finding.is_problem]


def inspected(config: Path | None, corpus: Path | None) -> Inspected:
    """Read everything as it is on the disk now, and return what is to be said of it."""
    try:
        read = load(config, corpus)
        library = open_desk(read).library
        found = inspect(library, Addresses.from_table(read.tables["addresses"]), date.today())
        return Inspected(found, library.facts, summary(library, found))
    except CoverageError as error:
        return Inspected(Finding.of(error))


def check(json_: AsJson = False, corpus: Corpus = None, config: Config = None) -> int:
    """Print every problem and every note on stdout; 0 where there is no problem, else 1."""
    said = inspected(config, corpus)
    if json_:
        listed = {"problems": list(map(_as_json, said.problems)), "notes": list(map(_as_json, said.notes))}
        library = as_json.library(said.facts) if said.facts else None
        print(as_json.dumps({**listed, "library": library, "summary": asdict(said.summary) if said.summary else None}))
        return 1 if said.problems else 0
    for problem in said.problems:
        print(line(problem.message))
    for note in said.notes:
        print(line(f"note: {note.message}"))
    if said.facts and said.summary:
        print(*spread(said.facts), _stated(said.summary), sep="\n")
        read_well = f"{said.facts.articles} articles with {said.facts.quotes} quotes in {said.facts.passages} passages"
        print(f"{read_well}: {_number(said.problems, 'problem')}, {_number(said.notes, 'note')}")
    return 1 if said.problems else 0


def _stated(counted: Summary) -> str:
    stated = ", ".join(f"{name} {number}" for name, number in counted.stated.items())
    return f"stated of {number_of(counted.articles, 'article')} from {number_of(counted.outlets, 'outlet')}: {stated}"


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
