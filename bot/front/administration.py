"""What an administrator may do, on what occasion, and what they are told of it.

This is the one place that decides it.  It knows nothing of Telegram: a front end says who asks and how, and shows the
lines that come back.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.errors import CoverageError
from bot.front.gathering import Gathered, gather_address, gather_feeds
from bot.front.inspecting import inspected
from bot.front.service import ReloadReport, Service
from bot.render.languages import spread
from bot.render.visible import line

log = logging.getLogger(__name__)
_NAMED = 20  # articles that a report names one by one

#: Told of how far an act is.
Tell = Callable[[str], None]
#: Is given what was written after its name, and returns lines to show.
Act = Callable[[str, Tell], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who asks for something, and how: in private or before others, anew or by changing an old message."""

    user: int | None
    private: bool
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Administration:
    """The acts of administrators, each of which returns lines to show."""

    service: Service
    admins: frozenset[int]

    def admits(self, occasion: Occasion) -> bool:
        """Return whether somebody may act: an administrator, in private, and not by changing an old message."""
        return occasion.user in self.admins and occasion.private and not occasion.edited

    @property
    def acts(self) -> Mapping[str, tuple[Act, str]]:
        """Every act by its name, with a line that describes it."""
        return {
            "reload": (lambda *_: self.reload(), "read the articles again"),
            "add": (self.add, "add an article or a feed: /add ADDRESS"),
            "status": (lambda *_: self.status(), "the coverage in use"),
            "check": (lambda *_: self.check(), "problems in settings and articles"),
        }

    def reading(self) -> str:
        """Return a line on how far the reading of articles is; an empty one where none are being read."""
        reading = self.service.reading
        return f"Reading the articles: {reading.done:,} of {reading.total:,} …" if reading.total else ""

    def reload(self) -> Sequence[str]:
        """Read the corpus again; where that fails, the old library stays and the lines say why."""
        try:
            report = self.service.desk.reload()
        except CoverageError as error:
            log.warning("reload failed: %s", error)
            return [f"Nothing was changed: {error}"]
        log.info("reloaded: library %s", report.after.revision)
        return told(report)

    def add(self, address: str, tell: Tell) -> Sequence[str]:
        """Add what stands at an address, and use it at once."""
        done = 0

        def count(gathered: Gathered) -> None:
            nonlocal done
            done += gathered.outcome != "read"
            tell(f"Fetching from {address}: {done} done, at last {gathered.source} …")

        tell(f"Fetching {address} …")
        try:
            return self._used(gather_address(self.service.config, address, count))
        except CoverageError as error:
            return [f"Nothing was added: {error}"]

    def look_at_feeds(self) -> Sequence[str]:
        """Add what is new in the feeds, and use it; return what administrators have to know, which is what failed.

        What failed with a feed or a page is returned the first time only, that none could be looked at every time.
        """
        try:
            found = gather_feeds(self.service.config)
        except CoverageError as error:
            log.warning("the feeds could not be looked at: %s", error)
            return [f"The feeds could not be looked at: {error}"]
        log.info("looked at the feeds: %s new or changed", sum(one.is_news for one in found))
        self._used(found)
        return [str(one) for one in found if one.outcome == "refused"][:_NAMED]

    def _used(self, gathered: Sequence[Gathered]) -> Sequence[str]:
        """Reload where the corpus has changed; return a line for each source, and the report."""
        lines = [str(one) for one in gathered[:_NAMED]]
        if len(gathered) > _NAMED:
            lines.append(f"… and {len(gathered) - _NAMED} more.")
        return [*lines, *self.reload()] if any(one.is_news for one in gathered) else lines

    def status(self) -> Sequence[str]:
        facts, refused = self.service.library.facts, self.service.library.refused
        return [
            f"Library {facts.revision}: {facts.articles} articles, {facts.passages} passages, {facts.quotes} quotes.",
            *spread(facts),
            *(f"Refused: {one}" for one in refused[:_NAMED]),
        ]

    def check(self) -> Sequence[str]:
        """Read settings, word lists and articles as they are on the disk now, without using them."""
        said = inspected(self.service.config.file, self.service.config.corpus)
        problems, facts = said.problems, said.facts
        lines = [problem.message for problem in problems[:_NAMED]]
        if len(problems) > _NAMED:
            lines.append(f"… and {len(problems) - _NAMED} further problems: coverage-bot check lists them.")
        if facts is not None:
            lines.append(f"{facts.articles} articles, {facts.quotes} quotes: {len(problems) or 'no'} problems.")
        return lines


def told(report: ReloadReport) -> Sequence[str]:
    """Return a reload's report in a few lines."""
    lines = [f"Read again: {report.after.articles} articles, {report.after.quotes} quotes."]
    for label, ids in (("Added", report.added), ("Removed", report.removed), ("Changed", report.changed)):
        if ids:
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            lines.append(f"{label}: {', '.join(ids[:_NAMED])}{more}")
    lines += islice(_rewritten(report), _NAMED)
    lines += [f"Refused: {refused}" for refused in report.refused[:_NAMED]]
    if report.gained or report.lost:
        lines.append(f"Quotes gained: {len(report.gained)}, lost: {len(report.lost)}.")
    if report.before.languages != report.after.languages:
        lines += spread(report.after)
    return lines if len(lines) > 1 else [f"{lines[0].rstrip('.')}; nothing changed."]


def _rewritten(report: ReloadReport) -> Iterator[str]:
    """Yield a line for each quote that an article gained or lost when its text changed."""
    for one in report.rewritten:
        for became, quotes in (("gained", one.gained), ("lost", one.lost)):
            yield from (f"{one.article} {became}: {line(said)}" for said in quotes)
