"""`coverage-bot add SOURCE...`: pages, feeds, sitemaps, files and folders into the corpus."""

import sys

from bot.errors import ConfigurationError, UsageError
from bot.front.options import AsJson, Config, Corpus, FromFeeds, Sources
from bot.gather.adding import Place, Report, Tell, add, gather_feeds
from bot.gather.feeds import Feed, read_feeds
from bot.render import as_json
from bot.render.visible import line
from bot.settings import Config as Read
from bot.settings import load, shipped


def add_sources(
    sources: Sources = None,
    feeds: FromFeeds = False,
    json_: AsJson = False,
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Print a line on stderr for each source, with --json one on stdout too; 0, or 1 if any is refused."""
    if not sources and not feeds:
        raise UsageError("name what to add: an address, a file or a folder; or --feeds for those of feeds.toml")
    read = load(config, corpus)
    place, tell = _place(read), _printer(json_, quiet=not sources)
    reports = add(sources, place, tell) if sources else ()
    if feeds:
        reports += gather_feeds(_feeds(read), place, _printer(json_, quiet=True))
    _say("")
    return 1 if any(report.refused for report in reports) else 0


def _place(read: Read) -> Place:
    if read.corpus == shipped() / "corpus" and (shipped() / "corpus").parent.name == "shipped":
        raise ConfigurationError(
            "the articles that come with the program are not added to; make a folder of your own "
            "(mkdir corpus), or name one with --corpus"
        )
    return Place.of(read)


def _feeds(read: Read) -> tuple[Feed, ...]:
    file = str(read.file.with_name("feeds.toml"))
    feeds = read_feeds(read.tables.get("feeds", {}), file)
    if not feeds:
        raise ConfigurationError(f"{file}: no feeds are named; please write each under [[feeds]]")
    return feeds


def _printer(json_: bool, quiet: bool) -> Tell:
    """Return what prints a report; a quiet one leaves out that nothing is new, for those whom cron writes."""
    done = 0

    def tell(report: Report) -> None:
        nonlocal done
        done += 1
        if json_:
            print(as_json.dumps(_row(report)), flush=True)
        if not quiet or report.outcome in ("added", "updated", "refused"):
            where = f" → {report.article}" if report.article else ""
            why = f": {report.reason}" if report.reason else ""
            _say(f"{report.outcome} {line(report.source)}{where}{line(why)}\n")
        if sys.stderr.isatty():
            _say(f"{done} done …")

    return tell


def _say(text: str) -> None:
    """Write on stderr, over the progress that stands there on a terminal."""
    start = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(start + text, end="", file=sys.stderr, flush=True)


def _row(report: Report) -> dict[str, str | None]:
    return {
        "source": report.source,
        "outcome": report.outcome,
        "id": report.article,
        "file": str(report.file) if report.file else None,
        "reason": report.reason,
    }
