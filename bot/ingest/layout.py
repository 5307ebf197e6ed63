"""What each line of an article is on the page: headline, body, caption, furniture.

Body is the default.  To take furniture for body costs a bad passage; to take body for furniture loses words of the
article, and nobody would notice.  So every rule below asks for two signs where one could be chance.
"""

from bisect import bisect, bisect_left
from dataclasses import dataclass, field

from bot.ingest.furniture import Furniture
from bot.ingest.inline import apart
from bot.ingest.lines import LONGEST_FURNITURE, Line, is_name, lines_of
from bot.model import Block, BlockKind
from bot.text import words

__all__ = ["Furniture", "lay_out"]

_HEAD = 12  # lines among which the headline is looked for
_LONGEST_DECK = 400
_LONGEST_LINK = 170
_SUBHEAD_WORDS = 12
_TAIL = 12  # paragraphs that furniture at the end of a page may have, biographies included


def lay_out(
    text: str, furniture: Furniture, headline: str | None = None, author: str | None = None
) -> tuple[Block, ...]:
    """Return the blocks of a text in order: one for every line that is not blank, or for each part of it."""
    parts = [part for line in lines_of(text) for part in apart(text, line, furniture)]
    lines = tuple(line for line, _ in parts)
    page = _Page(lines, furniture, [kind or furniture.kind_of(line) for line, kind in parts], words(author or ""))
    if page.lead() == len(lines):
        page.keep_paragraphs()
    page.mark_headline(words(headline or ""))
    page.mark_head()
    page.mark_tail()
    page.mark_final_bio()
    page.mark_links()
    page.mark_subheads()
    return tuple(Block(kind or "body", line.span) for line, kind in zip(lines, page.kinds, strict=True))


@dataclass(slots=True)
class _Page:
    """Lines and what has been found out about them so far; None is still to be told, and body in the end."""

    lines: tuple[Line, ...]
    furniture: Furniture
    kinds: list[BlockKind | None]
    author: tuple[str, ...]
    headline: int = field(default=-1)  # the last line of the headline

    def is_prose(self, place: int) -> bool:
        return self.kinds[place] is None and self.lines[place].prose

    def prose_after(self, place: int) -> bool:
        return any(self.is_prose(below) for below in range(place + 1, len(self.lines)))

    def keep_paragraphs(self) -> None:
        """Take back what the lists said of long lines where nothing else is left: no article is all furniture."""
        for place, line in enumerate(self.lines):
            if line.prose and line.count > _SUBHEAD_WORDS:
                self.kinds[place] = None

    def lead(self) -> int:
        """Return where the first paragraph stands."""
        return next((place for place in range(len(self.lines)) if self.is_prose(place)), len(self.lines))

    def mark(self, kind: BlockKind, start: int, end: int) -> None:
        """Give the lines from start up to end a kind, but for those that have one."""
        for place in range(start, end):
            self.kinds[place] = self.kinds[place] or kind

    def mark_headline(self, stated: tuple[str, ...]) -> None:
        found = self._stated_headline(stated) if stated else self._guessed_headline()
        if found is None:
            return
        start, end = found
        self.kinds[start:end] = ["headline"] * (end - start)
        self.headline = end - 1
        wanted = stated or words(self.lines[start].text)
        for place in range(end, len(self.lines)):
            if len(wanted) >= 3 and self.lines[place].same_words(wanted):
                self.kinds[place] = "boilerplate"
        for place in range(start):
            if self.lines[place].count <= 4 and not self.lines[place].ended:
                self.mark("boilerplate", place, place + 1)  # the section that it appeared in

    def _stated_headline(self, stated: tuple[str, ...]) -> tuple[int, int] | None:
        """Find the lines, up to three, that hold the headline's words and no others."""
        longest = 2 * sum(map(len, stated)) + 20
        for start in range(min(_HEAD, len(self.lines))):
            held: tuple[str, ...] = ()
            for end in range(start + 1, min(start + 3, len(self.lines)) + 1):
                line = self.lines[end - 1]
                held += words(line.text) if len(line.text) <= longest else ("",)
                if held == stated:
                    return start, end
                if held != stated[: len(held)]:
                    break
        return None

    def _guessed_headline(self) -> tuple[int, int] | None:
        """Find a first line that is a title: set apart from a text that follows it, and not a sentence."""
        for place, line in enumerate(self.lines[:_HEAD]):
            if self.kinds[place] is not None or self._opens_page(place):
                continue
            if not line.title or self._runs_on(place) or not self.prose_after(place):
                return None
            if line.ended and not (line.capitalised or self._repeated(place)):
                return None  # a question opens many an article
            following = self.lines[place + 1]
            if line.count >= 3:
                shorter = line.count <= 4 and not following.prose and following.title and following.count > line.count
                if not shorter or self._repeated(place):
                    return place, place + 1
            elif following.prose and not following.tight:
                return place, place + 1
        return None

    def _opens_page(self, place: int) -> bool:
        line = self.lines[place]
        return self.furniture.date_in(line) is not None or self.furniture.author_in(line) is not None

    def _repeated(self, place: int) -> bool:
        wanted = words(self.lines[place].text)
        return any(line.same_words(wanted) for line in self.lines[place + 1 : _HEAD])

    def _runs_on(self, place: int) -> bool:
        """Whether the line goes on in the next: a text that is broken at a width has no titles to be told by."""
        last_word = self.lines[place].plain.rpartition(" ")[2]
        if place + 1 == len(self.lines) or last_word in self.furniture.function_words:
            return last_word in self.furniture.function_words
        following = self.lines[place + 1]
        broken = self.is_prose(place + 1) or following.count < 8 or following.ended or self._opens_page(place + 1)
        return following.tight and (following.text[0].islower() or (not broken and self.kinds[place + 1] is None))

    def mark_head(self) -> None:
        """Tell what stands between the headline and the article: deck, day, author."""
        deck: list[int] = []
        for place in range(self.headline + 1, min(self.headline + 1 + _HEAD, len(self.lines))):
            line, kind = self.lines[place], self.kinds[place]
            if kind is None and self.furniture.date_in(line):
                kind = "dateline"
            elif kind is None and (self.furniture.author_in(line) or (self.author and line.same_words(self.author))):
                kind = "byline"
            if kind is None:
                deck.append(place)
                if len(deck) > 2 or len(line.text) > _LONGEST_DECK:
                    return
            elif self._closes_head(place, kind) and self.prose_after(place):
                self.kinds[place] = kind
                self._mark_deck(deck)

    def _closes_head(self, place: int, kind: BlockKind) -> bool:
        """Whether a line stands below the head of an article: its day, its author, its label, its headline again."""
        label = self.lines[place].label
        labelled = label in self.furniture.deck_ends or self.furniture.is_reading_time(label)
        repeated = self.lines[place].same_words(words(self.lines[self.headline].text))
        return kind in ("dateline", "byline") or (kind == "boilerplate" and (labelled or repeated))

    def _mark_deck(self, deck: list[int]) -> None:
        """What stands between a headline and the day or the author is the deck; words of somebody stay body."""
        if self.headline >= 0:
            for place in deck:
                if not self.lines[place].quoted:
                    self.mark("standfirst", place, place + 1)
        deck.clear()

    def _tail(self) -> int | None:
        """Return where the page ends the article: at a line that says so, with no article going on after it.

        A picture or a box may stand between paragraphs under the same label.  So nothing but biographies may follow,
        and under the heading of a feed one stray item in eight paragraphs, in which nobody is quoted.
        """
        prose = [place for place in range(len(self.lines)) if self.is_prose(place)]
        feeds = [place for place, line in enumerate(self.lines) if line.label in self.furniture.feeds]
        for place, line in enumerate(self.lines):
            above = bisect(prose, place)
            if not 0 < above >= len(prose) - _TAIL or line.label not in self.furniture.page_ends:
                continue
            feed = next(iter(feeds[bisect_left(feeds, place) :]), len(self.lines))
            rest = [n for n in prose[above:] if not (n < feed and self._continues_bio(n, place))]
            if len(rest) <= min(3, len(prose) // 8) and all(n > feed and not self.lines[n].quoted for n in rest):
                return place
        return None

    def _continues_bio(self, place: int, start: int) -> bool:
        """Whether a paragraph is a biography, or the second of one."""
        return self._is_bio(place) or (place - 1 > start and self.lines[place - 1].prose and self._is_bio(place - 1))

    def mark_tail(self) -> None:
        tail = self._tail()
        if tail is None:
            return
        self._mark_card(tail)
        biographical = fed = False
        for place in range(tail, len(self.lines)):
            line = self.lines[place]
            fed = fed or line.label in self.furniture.feeds
            if self.kinds[place] is not None:
                biographical = biographical and self.kinds[place] == "bio"
            elif not fed and (self._is_bio(place) or self._is_person(place) or biographical):
                self.kinds[place], biographical = "bio", True
            else:
                self.kinds[place] = "teaser" if fed or line.count >= 5 else "boilerplate"

    def _is_bio(self, place: int) -> bool:
        line = self.lines[place]
        if self.furniture.is_bio(line):
            return True
        named = bool(self.author) and words(line.text[:100])[: len(self.author)] == self.author
        return named and not line.quoted and len(line.text) <= LONGEST_FURNITURE

    def _is_person(self, place: int) -> bool:
        line = self.lines[place]
        return self.furniture.is_role(line) or is_name(line.text, self.furniture.particles)

    def _mark_card(self, tail: int) -> None:
        """Tell a link with its one-sentence deck that hangs between the last paragraph and the end of the page.

        A last section with its subhead has the same two lines.  So they must stand closer together than the article's
        paragraphs do, or the first must be longer than subheads are.
        """
        first, deck = tail - 2, tail - 1
        if first < 2 or self.kinds[first] is not None or self.kinds[deck] is not None:
            return
        title, below = self.lines[first], self.lines[deck]
        if not (title.title and not title.ended and title.count >= 5 and below.ended and below.single):
            return
        paragraphs = [line for line in self.lines[self.headline + 1 : first] if line.prose]
        loose = sum(line.tight for line in paragraphs) * 4 <= len(paragraphs)
        if (loose and below.tight and self.lines[tail].tight) or title.count > _SUBHEAD_WORDS:
            self.kinds[first] = self.kinds[deck] = "teaser"

    def mark_final_bio(self) -> None:
        """Tell the author's biography at the very end, where only furniture may follow it."""
        lead = self.lead()
        for place in range(len(self.lines) - 1, self.headline + 1, -1):
            if self.kinds[place] is None:
                line = self.lines[place]
                if not (self._is_bio(place) and self.furniture.is_bio(line)) and not (
                    self.author and line.same_words(self.author)
                ):
                    return
                if place <= lead:
                    return
                self.kinds[place] = "bio"

    def mark_links(self) -> None:
        """Tell titles of other articles: under a heading that says so, or in capitals between paragraphs."""
        lead = self.lead()
        last = max((n for n in range(len(self.lines)) if self.is_prose(n)), default=-1)
        for place in range(1, len(self.lines)):
            line, above = self.lines[place], self.lines[place - 1].label
            if self.kinds[place] is not None or place <= self.headline:
                continue
            if above in self.furniture.links_inline and len(line.text) <= _LONGEST_LINK and line.text[-1] != ".":
                self.kinds[place] = "teaser"  # the headline of that one article, if it asks, or is two sentences
            if line.ended:
                continue
            under = above in self.furniture.feeds or above in self.furniture.links
            listed = place > last and self.kinds[place - 1] == "teaser"
            # A subhead may follow such a heading too, its links gone: links are longer.
            if (line.title and ((under and (line.count >= 6 or place > last)) or listed)) or (
                place > lead and line.shouted
            ):
                self.kinds[place] = "teaser"

    def mark_subheads(self) -> None:
        """Tell short titles between paragraphs; the line before one has come to its end."""
        lead = self.lead()
        for place in range(self.headline + 2, len(self.lines) - 1):
            above, line, below = self.lines[place - 1 : place + 2]
            if self.kinds[place] is None and self._is_subhead(line) and below.prose and self.kinds[place + 1] is None:
                closed = self.kinds[place - 1] is not None or above.ended
                if closed and place > lead and not self._runs_on(place):
                    self.kinds[place] = "subhead"

    def _is_subhead(self, line: Line) -> bool:
        return line.count <= _SUBHEAD_WORDS and len(line.text) <= 90 and line.title and not (line.ended or line.quoted)
