"""What config/people.toml may hold, and what is wrong with one."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from bot.settings.mistakes import nearest
from bot.settings.sections import Section


class _Title(Section):
    title: str = Field(min_length=1)
    since: date | None = None
    until: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, stated: object) -> object:
        return {"title": stated} if isinstance(stated, str) else stated


class _Person(Section):
    name: str = Field(min_length=1)
    spellings: list[str] = Field(default_factory=list)
    titles: list[_Title] = Field(default_factory=list)
    pronoun: Literal["he", "she", "they"] | None = None
    apart: list[str] = Field(default_factory=list)


class _People(Section):
    """What config/people.toml may hold."""

    person: list[_Person] = Field(default_factory=list)


def people_problems(text: str, table: dict[str, object], file: Path) -> Iterator[str]:
    """Yield what is wrong with the list of people, each with the line to mend."""
    try:
        people = _People.model_validate(table).person
    except ValidationError as error:
        for problem in error.errors():
            path = [str(part) for part in problem["loc"]]
            known = list(_Title.model_fields if "titles" in path else _Person.model_fields)
            known = known if path[0] in _People.model_fields else ["person"]
            because = f"there is no such key{nearest(path[-1], known)}"
            if problem["type"] != "extra_forbidden":
                because = f"{problem['msg'].lower()}, not {problem['input']!r}"
            yield f"{file}:{_line_in_entry(text, path)}: {'.'.join(path)}: {because}"
        return
    borne: dict[str, str] = {}
    for number, person in enumerate(people):
        here = f"{file}:{_line_in_entry(text, ['person', str(number)])}: {person.name}"
        for name in dict.fromkeys((person.name, *person.spellings)):
            if (bearer := borne.setdefault(name.casefold(), person.name)) != person.name:
                yield f"{here}: “{name}” is already a name of {bearer}; leave it to one of them"
            if name in person.apart:
                yield f"{here}: “{name}” is kept apart from itself; take it out of `apart` or of `spellings`"
        for title in person.titles:
            if title.since and title.until and title.since > title.until:
                yield f"{here}: as {title.title}, `since` is later than `until`; write the first day and the last"


def _line_in_entry(text: str, path: Sequence[str]) -> int:
    """Return the line of a key in the entry [[person]] of a number, or else the line that opens the entry."""
    entry, opening = -1, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*person\s*\]\]", line):
            entry += 1
            opening = number if [str(entry)] == path[1:2] else opening
        name = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
        if name and ([str(entry), name[1]] == path[1:3] or (entry < 0 and path == [name[1]])):
            return number
    return opening
