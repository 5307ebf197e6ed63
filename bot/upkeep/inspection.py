"""What is wrong with a corpus, or worth knowing of it: findings with file, line, and what to do."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.errors import CoverageError, RefusedArticle
from bot.ingest.addresses import Addresses
from bot.ingest.folder import Draft, accepted
from bot.model import COVERAGE, Article, Language
from bot.render.languages import what_works
from bot.search.library import Library
from bot.upkeep.copies import copies

Kind = Literal[
    "settings", "refused", "future_date", "mojibake", "same_address", "no_outlet", "no_date", "furniture", "language",
    "copy", "correction",
]  # fmt: skip
#: What makes an answer wrong or leaves an article out; the other kinds are notes.
PROBLEMS: frozenset[Kind] = frozenset({"settings", "refused", "future_date", "mojibake", "same_address"})
#: UTF-8 that was read as Windows-1252 or Latin-1, and the mark of characters that were lost.
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|â€[\u0080-\u00bf™œ˜]?|Â[\u00a0-\u00bf]|\ufffd")
_LEAST_COVERAGE = 0.5  # of an article's letters; below it the page around the article outweighs it
_STATED = ("headline", "outlet", "author", "published", "url")
_SHORTEST = 400  # letters, below which a headline and a byline are half of an article


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file that should be known, in a sentence that says what to do."""

    kind: Kind
    message: str
    file: str | None = None
    line: int | None = None

    @property
    def is_problem(self) -> bool:
        return self.kind in PROBLEMS

    @classmethod
    def of(cls, error: CoverageError) -> "tuple[Finding, ...]":
        if isinstance(error, RefusedArticle):
            return (cls("refused", str(error), error.file, error.line),)
        return tuple(cls("settings", part) for part in str(error).split("\n"))


@dataclass(frozen=True, slots=True)
class Summary:
    """How many articles state what, how many are in which language, and how many findings there are of each kind."""

    articles: int
    outlets: int
    stated: Mapping[str, int]
    languages: Mapping[str, int]
    findings: Mapping[str, int]


def summary(library: Library, found: Sequence[Finding]) -> Summary:
    """Return a summary of a library and of what was found of it."""
    articles = library.articles.values()
    named = {name: sum(bool(getattr(article, name)) for article in articles) for name in _STATED}
    languages = {language.code: number for language, number in library.facts.languages}
    outlets = len({article.outlet for article in articles if article.outlet})
    kinds = Counter(finding.kind for finding in found)
    return Summary(len(library.articles), outlets, named, languages, dict(sorted(kinds.items())))


def inspect(library: Library, addresses: Addresses, today: date) -> list[Finding]:
    """Return what is to be said of a library's articles, problems first, in the order of their files."""
    drafts = {draft.id: draft for draft in accepted(library.collection.sheets)[0]}
    found = [finding for refused in library.refused for finding in Finding.of(refused)]
    for identity, article in library.articles.items():
        found += (_at(drafts[identity], *one) for one in _of_one(article, today))
        if (language := library.language(article)).works != "all":
            found.append(_at(drafts[identity], "language", "language", _of_language(language)))
    found += _same_address(library.articles, drafts, addresses)
    found += _copies(library, drafts)
    return sorted(found, key=lambda finding: not finding.is_problem)


def _at(draft: Draft, kind: Kind, field: str | None, message: str) -> Finding:
    line = draft.record.line_of(field) if field else draft.line
    return Finding(kind, f"{draft.file}:{line}: {message}", draft.file, line)


def _of_one(article: Article, today: date) -> Iterator[tuple[Kind, str | None, str]]:
    """Yield what can be said of an article by itself: the kind, the field that it stands in, and the sentence."""
    tomorrow = today + timedelta(days=1)  # elsewhere it is that day already
    if article.published and article.published.first > tomorrow:
        yield "future_date", "published", f"published is {article.published}, which is to come; please correct it"
    if wrong := _MOJIBAKE.search(article.text):
        near = article.text[max(0, wrong.start() - 10) : wrong.end() + 10].replace("\n", " ")
        yield "mojibake", None, f"letters are garbled (“{near}”); please save the article again, as UTF-8"
    if not article.outlet:
        yield "no_outlet", None, "states no outlet: questions that name one leave it out; please add outlet:"
    if not article.published:
        yield "no_date", None, "states no date: questions that name days leave it out; please add published:"
    letters = sum(len(block.span) for block in article.blocks)
    coverage = sum(len(block.span) for block in article.of_kind(*COVERAGE))
    if letters >= _SHORTEST and coverage < _LEAST_COVERAGE * letters:
        share = round(100 * (1 - coverage / letters))
        yield "furniture", None, f"{share} % of it is the page around the article; please keep the article alone"
    if article.notices:
        said = " ".join(article.notices[0].of(article.text).split())[:120]
        yield "correction", None, f"says that it was corrected or withdrawn (“{said}”), which is shown with its quotes"


def _of_language(language: Language) -> str:
    return f"it is in {language.name}: {what_works(language)}; if it is not, please correct language:"


def _same_address(
    articles: Mapping[str, Article], drafts: Mapping[str, Draft], addresses: Addresses
) -> Iterator[Finding]:
    """Yield articles with the address of an earlier one; copies that an outlet republishes keep the original's."""
    holders: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for identity, article in articles.items():
        if article.url and (address := addresses.canonical(article.url)):
            holders[address, article.republished_by].append(identity)
    for first, *others in holders.values():
        for other in others:
            message = f"has the address of {drafts[first].origin}; please remove the older of the two"
            yield _at(drafts[other], "same_address", "url", message)


def _copies(library: Library, drafts: Mapping[str, Draft]) -> Iterator[Finding]:
    for copy in copies(library.collection.analyses):
        one, other = library.articles[copy.one], library.articles[copy.other]
        how = "is the text of" if copy.alike == 1.0 else f"shares {round(100 * copy.alike)} % of its text with"
        both = "an article or a page twice" if one.outlet == other.outlet else "one article of several outlets"
        yield _at(drafts[copy.other], "copy", None, f"{how} {drafts[copy.one].origin}: {both}")
