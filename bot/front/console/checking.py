"""`coverage-bot check` and `coverage-bot config show`: what is read, and what is wrong with it."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.front.inspecting import inspected
from bot.front.options import AsJson, Config, Corpus, Show
from bot.render import as_json
from bot.render.languages import spread
from bot.render.visible import line
from bot.settings import load
from bot.text import number_of
from bot.upkeep.inspection import Finding, Summary


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
