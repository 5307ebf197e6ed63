"""Where a quote comes from, in words: who, when, which outlet, through whom, and in what form it is reported."""

from dataclasses import dataclass

from bot.model import SPOKEN, Article, PartialDate, Quote, QuoteKind
from bot.render.verbatim import slice_of
from bot.render.visible import line

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

#: What the words are, where they are not just what somebody said between quotation marks.
KINDS: dict[QuoteKind, str] = {
    "direct": "",
    "mixed": "quoted within a sentence",
    "indirect": "reported speech",
    "narration": "the outlet’s words",
    "headline": "headline",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """The parts of a quote's source line, ready to be displayed; an empty part is not stated."""

    who: str  # "Jens Stoltenberg", "probably Jens Stoltenberg"; the outlet's own words have nobody here
    said: str  # "LBC radio, said 16 September 2024"
    outlet: str
    published: str
    copied: str  # "on like123.com"
    via: str  # "via Politico, via Reuters"
    kind: str

    @property
    def speaker(self) -> str:
        return ", ".join(filter(None, (self.who, self.said)))

    @property
    def issue(self) -> str:
        """The outlet with its date: "Euromaidan Press, 15 Jul 2024", "Earthlings 1997 (undated)"."""
        return dated(self.outlet, self.published) + (f", {self.copied}" if self.copied else "")


def provenance(article: Article, quote: Quote, certain: float) -> Provenance:
    """Return where a quote comes from; a speaker who is less sure than `certain` is called probable."""
    spoken = quote.kind in SPOKEN
    said = [line(slice_of(article, quote.venue))] if quote.venue is not None else []
    if quote.said_on:
        said.append(("said " if quote.said_on.day else "said in ") + long_date(quote.said_on))
    return Provenance(
        who=_who(article, quote, certain) if spoken else "",
        said=", ".join(said) if spoken else "",
        outlet=line(article.outlet or "(outlet not stated)"),
        published=short_date(article.published) if article.published else "(undated)",
        copied=f"on {line(article.republished_by)}" if article.republished_by else "",
        via=", ".join(f"via {line(slice_of(article, relay))}" for relay in quote.relays),
        kind=KINDS[quote.kind],
    )


def _who(article: Article, quote: Quote, certain: float) -> str:
    if quote.speaker is None:
        # The article's own words for the source ("officials") are all that is known of the speaker.
        return line(slice_of(article, quote.source)) if quote.source is not None else "speaker not stated"
    return line(quote.speaker) if quote.certainty >= certain else f"probably {line(quote.speaker)}"


def web_address(article: Article) -> str | None:
    """Return the address of an article where it can be linked: it is of the web, and nothing in it ends a link."""
    url = article.url or ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() and " " not in url else None


def dated(outlet: str, published: str) -> str:
    return f"{outlet} {published}" if published.startswith("(") else f"{outlet}, {published}"


def long_date(day: PartialDate) -> str:
    """14 July 2024, July 2024 or 2024: as much as is known."""
    month = _MONTHS[day.month - 1] if day.month else None
    return " ".join(str(part) for part in (day.day, month, day.year) if part)


def short_date(day: PartialDate) -> str:
    """15 Jul 2024, Jul 2024 or 2024: as much as is known."""
    month = _MONTHS[day.month - 1][:3] if day.month else None
    return " ".join(str(part) for part in (day.day, month, day.year) if part)
