"""The analyses of a corpus folder: what is new is analysed, everything else is as it was."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Keys
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from bot.analysis.analyst import Analysis, Analyst, Tables
from bot.analysis.keeping import edition_of, key_of, unpacked
from bot.analysis.workers import analysed
from bot.errors import RefusedArticle
from bot.ingest.folder import NOTHING, Draft, Sheets, accepted, read_folder

#: Told how many articles of how many are analysed.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tell nobody of the progress."""


#: Articles whose analyses are put away together: what a program that is killed has to do again.
_PUT_TOGETHER = 64


#: Articles from which on it pays to keep what was found: fewer are read again before the file is open.
WORTH_KEEPING = 30


class Keeper(Protocol):
    """Where analyses are kept between runs."""

    def get(self, keys: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]: ...

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None: ...

    def keep_only(self, keys: Keys[bytes]) -> None: ...


@dataclass(frozen=True, slots=True)
class Collection:
    """The articles of a folder, in the order of their paths, as they were read together."""

    analyses: tuple[Analysis, ...] = ()
    refused: tuple[RefusedArticle, ...] = ()
    keys: tuple[bytes, ...] = ()  # of the analyses: what they are kept by
    sheets: Sheets = field(default_factory=dict)
    edition: bytes = b""  # of the program and the word lists
    keeper: Keeper | None = None  # where they are kept, if it pays
    analysed: frozenset[str] = frozenset()  # the ids of the articles that neither it nor an earlier collection had

    @property
    def by_key(self) -> Mapping[bytes, Analysis]:
        return dict(zip(self.keys, self.analyses, strict=True))


def collect(
    folder: Path,
    tables: Tables,
    largest: int,
    before: Collection | None = None,
    keeper: Keeper | None = None,
    progress: Progress = silent,
) -> Collection:
    """Return the analyses of a folder's articles.

    Only articles that neither `before` nor the keeper has are analysed, and put into the keeper as they come.  Raises
    ConfigurationError for a folder or a word list that cannot be used.
    """
    analyst = Analyst(tables)  # which also says what is wrong with a word list
    sheets = read_folder(folder, largest, before.sheets if before else NOTHING)
    drafts, refused = accepted(sheets)
    edition = edition_of(tables)
    wanted = {key_of(draft, edition): draft for draft in drafts}
    found = dict(_known(before.by_key, wanted)) if before else {}
    keeper = keeper if len(wanted) >= WORTH_KEEPING else None
    if keeper is not None and (missing := [key for key in wanted if key not in found]):
        for key, data in keeper.get(missing):
            if analysis := unpacked(data, wanted[key]):
                found[key] = analysis
    missing = [key for key in wanted if key not in found]
    for key, data in _put(_new(missing, wanted, edition, analyst, progress), keeper):
        analysis = unpacked(data, wanted[key])
        assert analysis is not None, "what was just packed can be unpacked"
        found[key] = analysis
    new = frozenset(wanted[key].id for key in missing)
    analyses = tuple(found[key] for key in wanted)
    return Collection(analyses, tuple(refused), tuple(wanted), sheets, edition, keeper, new)


def _known(known: Mapping[bytes, Analysis], wanted: Mapping[bytes, Draft]) -> Iterator[tuple[bytes, Analysis]]:
    """Yield the analyses that are known, each with the place where its article stands now."""
    for key, draft in wanted.items():
        if analysis := known.get(key):
            if analysis.article.origin != draft.origin:
                analysis = replace(analysis, article=replace(analysis.article, origin=draft.origin))
            yield key, analysis


def _new(
    missing: Sequence[bytes], wanted: Mapping[bytes, Draft], edition: bytes, analyst: Analyst, progress: Progress
) -> Iterator[tuple[bytes, bytes]]:
    if not missing:
        return
    progress(0, len(missing))
    for done, (draft, data) in enumerate(analysed([wanted[key] for key in missing], analyst), start=1):
        yield key_of(draft, edition), data
        progress(done, len(missing))


def _put(items: Iterator[tuple[bytes, bytes]], keeper: Keeper | None) -> Iterator[tuple[bytes, bytes]]:
    """Yield the items, putting them away some at a time."""
    while some := list(islice(items, _PUT_TOGETHER)):
        if keeper is not None:
            keeper.put(some)
        yield from some
