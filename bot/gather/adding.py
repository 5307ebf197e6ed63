"""Adding: sources to articles in the corpus, each with a report of what became of it.

Knows of no command line and no chat: whoever calls `add` or `gather_feeds` is told each report as it comes, and gets
all of them in the end.  Hosts are asked side by side, the pages of one host one after the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event, Lock
from typing import Literal
from urllib.parse import urlsplit

from bot.errors import RefusedSource
from bot.fetch.fetching import Fetched, Fetcher, Validators
from bot.gather.apart import Apart
from bot.gather.documents import Found, Kind, kind_of, read_document
from bot.gather.feeds import Entry, Feed, ListKind, kind_of_list, read_list, unpacked
from bot.gather.files import read_path
from bot.gather.writing import CorpusFolder, Draft, Kept
from bot.ingest.addresses import Addresses
from bot.settings import Config, FetchSettings, corpus_state
from bot.state.gathered import GatherMemory

Outcome = Literal["added", "updated", "unchanged", "refused", "read"]

_MOST_INSIDE = 20  # sitemaps that are read of one index
_MOST_TRIES = 5  # runs in which a page of a feed is tried before it is given up
_LIST = "list "  # before the address of a list, where its validators are kept


@dataclass(frozen=True, slots=True)
class Place:
    """Where articles go, and within which limits."""

    corpus: Path
    memory: Path  # the file of what is remembered of it
    fetch: FetchSettings
    addresses: Addresses
    most: int = 100  # new articles of one list
    largest: int = 10_000_000  # bytes of one file

    @classmethod
    def of(cls, config: Config) -> "Place":
        settings = config.settings
        largest = settings.ingest.max_megabytes * 1_000_000
        addresses = Addresses.from_table(config.tables["addresses"])
        memory = corpus_state(config, "gathered.db")
        return cls(config.corpus, memory, settings.fetch, addresses, settings.feeds.most, largest)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one source.  A list of articles that could be read is `read`; its articles are reported too."""

    source: str
    outcome: Outcome
    article: str | None = None  # its id
    file: Path | None = None
    reason: str | None = None  # why it was refused and what to do; of a list, what it held; of a page, what to know

    @classmethod
    def of(cls, source: str, kept: Kept, note: str = "") -> "Report":
        return cls(source, kept.outcome, kept.article_id, kept.file, note or None)

    @property
    def refused(self) -> bool:
        return self.outcome == "refused"


Tell = Callable[[Report], None]


def add(sources: Sequence[str], place: Place, tell: Tell = lambda report: None) -> tuple[Report, ...]:
    """Add pages, feeds, sitemaps, files and folders; return a report for each source and for what it led to.

    Raises ConfigurationError where the corpus or the state folder cannot be used.
    """
    with _running(place, tell) as run:
        web = [Feed(source) for source in sources if "://" in source]
        for source in sources:
            if "://" not in source:
                run.add_path(Path(source).expanduser())
        run.add_addresses(web)
        return tuple(run.reports)


def gather_feeds(feeds: Sequence[Feed], place: Place, tell: Tell = lambda report: None) -> tuple[Report, ...]:
    """Look at feeds for articles that were not there before, as `add` does; a failure is told the first time only."""
    with _running(place, tell, once=True) as run:
        run.add_addresses(feeds)
        return tuple(run.reports)


@contextmanager
def _running(place: Place, tell: Tell, once: bool = False) -> Iterator["_Run"]:
    memory = GatherMemory(place.memory)
    run = _Run(place, memory, tell, once)
    try:
        yield run
    finally:
        run.stopped.set()
        run.close()
        memory.close()


class _Run:
    """One run of adding: what it works with, and what it has reported so far."""

    def __init__(self, place: Place, memory: GatherMemory, tell: Tell, once: bool) -> None:
        self._place, self._memory, self._tell, self._once = place, memory, tell, once
        self.stopped = Event()
        self._fetcher = Fetcher(place.fetch, stopped=self.stopped)
        self._key = place.addresses.key
        self._folder = CorpusFolder(place.corpus, place.addresses)
        self._apart = Apart(place.fetch.reading_seconds)
        self._today = date.today()
        self._telling = Lock()
        self.reports: list[Report] = []

    def close(self) -> None:
        self._apart.close()

    def add_path(self, path: Path) -> None:
        for source, found in read_path(path, self._place.corpus, self._place.largest, self._read):
            if isinstance(found, RefusedSource):
                self._refuse(source, found)
            else:
                self._keep(source, found)

    def add_addresses(self, feeds: Sequence[Feed]) -> None:
        """Fetch addresses, and then the articles that those of them which are lists name."""
        wanted: list[tuple[Entry, Feed]] = []
        self._side_by_side([(Entry(feed.url), feed) for feed in feeds], lambda _, feed: wanted.extend(self._open(feed)))
        first_of = {self._key(entry.url): (entry, feed) for entry, feed in reversed(wanted)}
        self._side_by_side(list(first_of.values())[::-1], self._add_entry)

    def _side_by_side(self, items: Sequence[tuple[Entry, Feed]], work: Callable[[Entry, Feed], None]) -> None:
        """Do the work for all items: those of one host in their order, hosts at the same time."""
        hosts: defaultdict[str, list[tuple[Entry, Feed]]] = defaultdict(list)
        for entry, feed in items:
            hosts[_host(entry.url)].append((entry, feed))

        def one_host(waiting: list[tuple[Entry, Feed]]) -> None:
            for entry, feed in waiting:
                if not self.stopped.is_set():
                    work(entry, feed)

        with ThreadPoolExecutor(self._place.fetch.at_once) as pool:
            try:
                for done in [pool.submit(one_host, waiting) for waiting in hosts.values()]:
                    done.result()
            except BaseException:
                self.stopped.set()  # what is under way ends at its deadline, and nothing else is begun
                raise

    def _open(self, feed: Feed) -> list[tuple[Entry, Feed]]:
        """Fetch an address; add it where it is an article, and return what is new where it is a list."""
        try:
            here = self._folder.find(feed.url)
            known = self._memory.validators(feed.url if here else _LIST + feed.url)
            fetched = self._fetcher.fetch(feed.url, Validators(*known))
            if fetched.unchanged:
                self._report(Report.of(feed.url, here) if here else Report(feed.url, "unchanged"))
            elif (kind := kind_of_list(data := unpacked(fetched.body, feed.url))) is not None:
                return self._new_entries(feed, data, kind, fetched)
            elif self._once:
                raise RefusedSource(feed.url, "this is neither a feed nor a sitemap; please mend it in feeds.toml")
            else:
                self._add_page(feed.url, fetched, None)
                self._memory.keep_validators(feed.url, *fetched.validators)
        except RefusedSource as refusal:
            self._refuse(feed.url, refusal)
            return []
        self._memory.worked(feed.url)
        return []

    def _new_entries(self, feed: Feed, data: bytes, kind: ListKind, fetched: Fetched) -> list[tuple[Entry, Feed]]:
        listed = [entry for entry in self._entries(data, kind, feed.url) if feed.wants(entry)]
        unseen = self._memory.unseen({self._key(entry.url) for entry in listed})
        new = [entry for entry in listed if self._key(entry.url) in unseen]
        taken = new[: self._place.most]
        later = f", the first {len(taken)} of them now and the others the next time" if len(taken) < len(new) else ""
        self._report(Report(feed.url, "read", reason=f"{len(new)} of {len(listed)} articles are new{later}"))
        if not new and kind != "index":
            # Only of a list that is done with may the server say that it is as it was, and not for what it leads to.
            self._memory.keep_validators(_LIST + feed.url, *fetched.validators)
        self._memory.worked(feed.url)
        return [(entry, feed) for entry in taken]

    def _entries(self, data: bytes, kind: ListKind, address: str) -> list[Entry]:
        """Return what a list names; of an index of sitemaps, what the newest of these name."""
        entries = self._apart.run(address, read_list, data, kind, address)
        if kind != "index":
            return entries
        found: list[Entry] = []
        for inner in entries[:_MOST_INSIDE]:
            try:
                body = unpacked(self._fetcher.fetch(inner.url).body, inner.url)
                if kind_of_list(body) == "sitemap":
                    found += self._apart.run(inner.url, read_list, body, "sitemap", inner.url)
            except RefusedSource as refusal:
                self._refuse(inner.url, refusal)
        return found

    def _add_entry(self, entry: Entry, feed: Feed) -> None:
        """Add an article that a list names; done with is also what will never be there."""
        try:
            self._add_page(entry.url, self._fetcher.fetch(entry.url), feed.outlet)
        except RefusedSource as refusal:
            if self._refuse(entry.url, refusal) >= _MOST_TRIES or not refusal.passing:
                self._memory.mark_seen(self._key(entry.url))

    def _add_page(self, address: str, fetched: Fetched, outlet: str | None) -> None:
        kind = kind_of(fetched.body, fetched.media_type, fetched.address)
        if kind is None:
            what = fetched.media_type or "nothing that is stated"
            raise RefusedSource(address, f"it is {what}, which holds no article that can be read")
        for where, found in self._read(fetched.body, kind, fetched.address, fetched.charset):
            if isinstance(found, RefusedSource):
                if kind != "rows":
                    raise found
                self._refuse(where, found)
                continue
            if outlet is not None:
                fields, by = {**found.fields, "outlet": outlet}, {**found.stated_by, "outlet": "feeds.toml"}
                found = replace(found, fields=fields, stated_by=by)
            self._keep(address if where == fetched.address else where, found)
        self._memory.mark_seen(self._key(address))
        self._memory.worked(address)

    def _read(self, data: bytes, kind: Kind, source: str, charset: str | None = None) -> Sequence[Found]:
        """Return the articles of a document; pages and PDFs are read apart."""
        if kind in ("text", "rows"):
            return read_document(data, kind, source, self._place.addresses, charset)
        try:
            return self._apart.run(source, read_document, data, kind, source, self._place.addresses, charset)
        except RefusedSource as refusal:
            return [(source, refusal)]

    def _keep(self, source: str, draft: Draft) -> None:
        kept = self._folder.put(draft, self._today)
        self._report(Report.of(source, kept, draft.note))

    def _refuse(self, source: str, refusal: RefusedSource) -> int:
        """Report a refusal, if it is not known; return how often in a row the source was refused."""
        about = "" if refusal.source == source else f"{refusal.source}: "
        tries, new = self._memory.failed(source, refusal.reason)
        if new or not self._once:
            self._report(Report(source, "refused", reason=about + refusal.reason))
        return tries

    def _report(self, report: Report) -> None:
        with self._telling:
            self.reports.append(report)
            self._tell(report)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
