"""People: who is quoted, how often, under which spellings and titles, in lines of plain text for any front end."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.model import Person, Quote, Tenure
from bot.render.provenance import short_date
from bot.text import number_of, skeleton, words

_MOST_PEOPLE = 30
_MOST_OF_EACH = 3  # titles and spellings of one person
_MOST_OTHERS = 10


def chosen(people: Iterable[Person], asked: str = "") -> list[Person]:
    """Return whoever has the name asked for, in any spelling of it or as a part; without one, whoever is quoted.

    The most quoted come first.
    """
    wanted = set(skeleton(words(asked))) or set(words(asked))
    found = [
        person
        for person in people
        if (person.quotes and not asked)
        or (wanted and any(wanted <= {*skeleton(words(one))} for one in (person.name, *person.spellings)))
    ]
    return sorted(found, key=lambda person: (-person.quotes, -person.articles, person.name))


def listing(people: Sequence[Person], quotes: Iterable[Quote], asked: str = "") -> list[str]:
    """Return a line for each of the people asked for, or of those quoted most; the last lines tell of the others."""
    found = chosen(people, asked)
    lines = [described(person) for person in found[:_MOST_PEOPLE]]
    if asked:
        lines = lines or [f"Nobody of the name {asked} is named in full in the articles."]
    else:
        lines += _others(people, quotes)
    if len(found) > _MOST_PEOPLE:
        lines.append(f"{len(found) - _MOST_PEOPLE} further people: ask for one by name.")
    return lines or ["Nobody is quoted."]


def described(person: Person) -> str:
    """Return one line on somebody: quotes, articles, titles with the days they are given, other spellings."""
    parts = [f"{person.name}: {number_of(person.quotes, 'quote')}, named in {number_of(person.articles, 'article')}"]
    parts += [_titled(tenure) for tenure in person.tenures[:_MOST_OF_EACH]]
    others = [f"{name} ({count})" for name, count in person.spellings.items() if name != person.name]
    if others:
        more = f" and {len(others) - _MOST_OF_EACH} more" if len(others) > _MOST_OF_EACH else ""
        parts.append(f"also written {', '.join(others[:_MOST_OF_EACH])}{more}")
    return " · ".join(parts)


def _titled(tenure: Tenure) -> str:
    """Return a title with the first and the last day that an article gives it."""
    days = [short_date(day) for day in (tenure.first, tenure.last) if day is not None]
    return f"{tenure.title} ({' – '.join(dict.fromkeys(days))})" if days else tenure.title


def _others(people: Iterable[Person], quotes: Iterable[Quote]) -> list[str]:
    """Return a line on those who are quoted and nowhere named in full: organisations, and surnames alone."""
    named = {person.name for person in people}
    counts = Counter(quote.speaker for quote in quotes if quote.speaker and quote.speaker not in named)
    ranked = sorted((-count, name) for name, count in counts.items() if name[:1].isupper())
    if not ranked:
        return []
    shown = ", ".join(f"{name} ({-count})" for count, name in ranked[:_MOST_OTHERS])
    more = f" and {len(ranked) - _MOST_OTHERS} more" if len(ranked) > _MOST_OTHERS else ""
    return [f"Also quoted, and not named in full: {shown}{more}"]
