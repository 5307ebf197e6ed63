"""`coverage-bot quotes`, `people` and `article ID`: the coverage as it is, without a question."""

import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice

from bot.answer.filters import day_of, is_from
from bot.errors import UsageError
from bot.front.options import About, AsJson, Config, Corpus, Format, Identity, Name, Outlet, Since, Speaker, Until
from bot.front.service import Service, complain, open_service
from bot.model import Article, DateRange, Quote
from bot.render import as_json, citation, terminal
from bot.render import people as listed
from bot.render.languages import what_works
from bot.render.visible import line, lines
from bot.search.library import Library
from bot.state.history import Change
from bot.text import number_of, words
from bot.upkeep.copies import Copy, copies_of

Found = list[tuple[Article, Quote]]
_MOST_NAMED = 5  # ids of articles in a message


def quotes(
    speaker: Speaker = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    format_: Format = "table",
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Print quotes on stdout; 0 where there are any, else 1."""
    service = open_service(corpus, config)
    library = service.library
    found = [(library.articles[quote.article_id], quote) for quote in library.quotes]
    if speaker is not None:
        names = _names(library, speaker)
        found = [(article, quote) for article, quote in found if quote.speaker and words(quote.speaker) in names]
    if outlet is not None:
        others = [article for article, _ in found if not is_from(article, outlet)]
        _say_left_out(sum(article.outlet is None for article in others), "outlet")
        found = [(article, quote) for article, quote in found if is_from(article, outlet)]
    if about is not None:
        wanted = set(words(about))
        found = [(article, quote) for article, quote in found if wanted <= _passage_words(library, article, quote)]
    if since or until:
        found = _dated(found, DateRange(since.first if since else None, until.last if until else None))
    _print(found, format_, service.config.settings.answer.certain)
    if not found:
        complain("no quotes match; leave out a filter, or see the names with `coverage-bot quotes`")
    return 0 if found else 1


def _names(library: Library, asked: str) -> set[tuple[str, ...]]:
    """Return the folded names of whoever has the name asked for, as any spelling of it or as a surname."""
    wanted = words(asked)
    names = {wanted}
    spoken = {quote.speaker for quote in library.quotes if quote.speaker}
    known = {person.name: {person.name, *person.spellings} for person in library.people}
    for name in spoken | known.keys():
        spellings = {words(spelling) for spelling in known.get(name, {name})}
        if wanted and (wanted in spellings or wanted == words(name)[-len(wanted) :]):
            names.add(words(name))
    return names


def _passage_words(library: Library, article: Article, quote: Quote) -> set[str]:
    """Return the folded words of the passage that a quote stands in, with those that introduce it."""
    passage = library.passages[library.passage_of[quote.key]]
    spans = [passage.span, *quote.shown] + ([passage.lead_in] if passage.lead_in is not None else [])
    return {word for span in spans for word in words(span.of(article.text))}


def _dated(found: Found, dates: DateRange) -> Found:
    days = [day_of(quote, article) for article, quote in found]
    _say_left_out(days.count(None), "date")
    return [pair for pair, day in zip(found, days, strict=True) if day and dates.admits(day)]


def _say_left_out(number: int, what: str) -> None:
    if number:
        complain(f"{number_of(number, 'quote')} of no stated {what} left out")


def _print(found: Found, format_: str, certain: float) -> None:
    if format_ == "table":
        paper = terminal.paper(sys.stdout)
        for block in terminal.listing(found, terminal.Look(certain=certain)):
            paper.print(block)
        return
    for row in _rows(found, format_, certain):
        print(row)


def _rows(found: Iterable[tuple[Article, Quote]], format_: str, certain: float) -> Iterator[str]:
    if format_ == "jsonl":
        yield from (as_json.dumps(as_json.quote(article, quote)) for article, quote in found)
    elif format_ == "csv":
        yield citation.csv_head()
        yield from (citation.csv_row(article, quote) for article, quote in found)
    else:
        yield citation.MARKDOWN_HEAD
        yield from (citation.markdown_row(article, quote, certain) for article, quote in found)


def people(
    name: Name = None,
    json_: AsJson = False,
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Print who is quoted on stdout, or whoever has the name; 0 where there is anybody, else 1."""
    library = open_service(corpus, config).library
    found = listed.chosen(library.people, name or "")
    if json_:
        for person in found:
            print(as_json.dumps(as_json.person(person)))
    else:
        for text in listed.listing(library.people, library.quotes, name or ""):
            print(line(text))
    return 0 if found else 1


def article(
    identity: Identity,
    json_: AsJson = False,
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Print the article on stdout."""
    service = open_service(corpus, config)
    found = _find(service, identity)
    copied = copies_of(identity, service.library.collection.analyses)
    changes = service.history.of_article(identity)
    if json_:
        print(as_json.dumps(as_json.article(found) | _upkeep(copied, changes)))
        return 0
    spoken = service.library.language(found) if found.language else None
    stated = {
        "headline": found.headline, "outlet": found.outlet, "republished by": found.republished_by,
        "author": found.author, "published": found.published, "url": found.url,
        "language": spoken and f"{spoken.name} ({what_works(spoken)})",
        "file": found.origin,
    }  # fmt: skip
    for label, value in stated.items():
        print(f"{label}: {line(str(value)) if value else 'not stated'}")
    for said in found.notices:
        print(f"notice: {line(said.of(found.text))}")
    for copy in copied:
        print(f"copy: {line(copy.other)} ({'the same text' if copy.alike == 1.0 else f'{copy.alike:.0%} of the text'})")
    for change in changes:
        quotes = f"{number_of(len(change.gained), 'quote')} gained, {len(change.withdrawn)} withdrawn"
        print(f"{change.day}: {change.event}, {quotes}")
    # Only a terminal takes commands from a text; whoever redirects the text wants it as it is.
    print("\n" + (lines(found.text) if sys.stdout.isatty() else found.text))
    return 0


def _upkeep(copied: Iterable[Copy], changes: Iterable[Change]) -> dict[str, object]:
    return {
        "copies": [{"id": copy.other, "alike": round(copy.alike, 2)} for copy in copied],
        "history": [
            {
                "day": change.day.isoformat(),
                "event": change.event,
                "gained": list(change.gained),
                "withdrawn": list(change.withdrawn),
            }
            for change in changes
        ],
    }


def _find(service: Service, identity: str) -> Article:
    articles = service.library.articles
    if found := articles.get(identity):
        return found
    last = next(reversed(service.history.of_article(identity)), None)
    if last is not None and last.event == "removed":
        gone = f", and {number_of(len(last.withdrawn), 'quote')} with it" if last.withdrawn else ""
        raise UsageError(f"{identity}: this article was withdrawn on {last.day}{gone}")
    near = [name for name in articles if name.startswith(identity)] or get_close_matches(
        identity, articles, n=3, cutoff=0.4
    )
    some = f"{', '.join(islice(articles, _MOST_NAMED)) or 'none'}{', …' if len(articles) > _MOST_NAMED else ''}"
    there = f"did you mean {', '.join(near[:_MOST_NAMED])}?" if near else f"there are {some}"
    raise UsageError(f"{identity}: there is no article with this id; {there}")
