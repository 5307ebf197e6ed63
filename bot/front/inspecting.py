"""What `check` reads and finds, for whichever front end shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import CoverageError
from bot.front.service import open_desk
from bot.ingest.addresses import Addresses
from bot.model import LibraryFacts
from bot.settings import load
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
