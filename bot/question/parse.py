"""A question while it is being read: its words, the names found in it, and which words have been used for what."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import Correction, Span, Tenure
from bot.search.names import Named, NameKind
from bot.text import fold, tokens

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_PHRASE = re.compile(
    r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]"
    r"|(?<!\w)‘([^’]+(?:’\w[^’]*)*)’(?!\w)|(?<!\w)'([^']+(?:'\w[^']*)*)'(?!\w)"
)
POSSESSIVE = ("’s", "'s", "s’", "s'")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question: `raw` as written, `low` folded, and where it stands."""

    raw: str
    low: str
    span: Span

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()

    @property
    def possessive(self) -> bool:
        return self.raw.endswith(POSSESSIVE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the question, by word numbers [first, last), and what it can be the name of."""

    first: int
    last: int
    named: tuple[Named, ...]

    def of_kind(self, *kinds: NameKind) -> Named | None:
        return next((named for named in self.named if named.kind in kinds), None)


@dataclass(slots=True)
class Parse:
    """A question while it is being read.  Words are told by their numbers."""

    text: str
    words: list[Word]
    original: Mapping[str, Collection[str]]  # of a folded word, those of another language that it is the reading of
    small: Collection[str]  # folded words that questions in its language are asked with, where that is not English
    mentions: list[Mention] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    in_office: dict[str, Tenure] = field(default_factory=dict)  # whom a title stands for, best known first
    phrases: list[str] = field(default_factory=list)  # between quotation marks, meant word for word
    taken: set[int] = field(default_factory=set)  # words that a name, a filter or a speaker has used

    @classmethod
    def of(cls, text: str, original: Mapping[str, Collection[str]], small: Collection[str]) -> "Parse":
        words = [Word(token.span.of(text), token.folded, token.span) for token in tokens(text)]
        return cls(text, words, original, small)

    @property
    def folded(self) -> str:
        """The question in one line of small letters, without the mark at its end: what intents are matched with."""
        return " ".join(fold(self.text).split()).rstrip(" ?!.")

    @property
    def asks_whose(self) -> bool:
        """Whether it asks whose words these are."""
        return self.low(0) in ("who", "whose")

    def read_phrases(self, between: Collection[str]) -> None:
        """Tell the words between quotation marks that are meant word for word from a name that only stands in them.

        Of names among other words nobody is asked about, so they are no mentions.  `between` are words such as “the”,
        which make no others: ‘The Guardian’.  Who said “Putin” asks for the word.
        """
        for match in _PHRASE.finditer(self.text):
            quoted = Span(*match.span())
            within = [number for number, word in enumerate(self.words) if quoted.holds(word.span)]
            bare = {number for number in within if self.low(number) not in between}
            inside = [one for one in self.mentions if within and within[0] <= one.first and one.last <= within[-1] + 1]
            if self.asks_whose or not any(bare <= set(range(one.first, one.last)) for one in inside):
                self.mentions = [one for one in self.mentions if one not in inside]
                self.phrases.append(next(filter(None, match.groups())))

    def low(self, number: int) -> str:
        """Return the folded word of a number, or "" outside the question."""
        return self.words[number].low if 0 <= number < len(self.words) else ""

    def low_before(self, number: int, determiners: Collection[str]) -> str:
        """Return the folded word before a name, or the one before the determiner there: *about* the BBC."""
        before = self.low(number - 1)
        return self.low(number - 2) if before in determiners else before

    def lows(self, first: int, length: int) -> tuple[str, ...]:
        return tuple(word.low for word in self.words[first : first + length])

    def written(self, numbers: Sequence[int]) -> str:
        """Return the words of ascending numbers as they are written; a gap becomes a space."""
        if not numbers:
            return ""
        if numbers[-1] - numbers[0] == len(numbers) - 1:
            return self.text[self.words[numbers[0]].span.start : self.words[numbers[-1]].span.end]
        return " ".join(self.words[number].raw for number in numbers)

    def take(self, numbers: Iterable[int]) -> None:
        self.taken.update(numbers)

    def take_spans(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self.take(number for number, word in enumerate(self.words) if span.holds(word.span))

    def excluded_from(
        self, number: int, excluding: Sequence[tuple[str, ...]], between: Collection[str]
    ) -> tuple[int, tuple[str, ...]] | None:
        """Return where the words begin that say of a word that everything else is meant, and these words, or None.

        `excluding` are such words, “other than”, and `between` what can stand behind them: “other than by the X”.  A
        minus sign before the word itself is one too.
        """
        if self.words[number].span.start and re.search(r"(?:^|\s)-\Z", self.text[: self.words[number].span.start]):
            return number, ("-",)
        while number and self.low(number - 1) in between:
            number -= 1
        for phrase in excluding:
            if number >= len(phrase) and self.lows(number - len(phrase), len(phrase)) == phrase:
                return number - len(phrase), phrase
        return None

    def in_mention(self, number: int) -> bool:
        return any(mention.first <= number < mention.last for mention in self.mentions)

    def without_names(self) -> str:
        """Return the text with its names blanked out, as long as before: Earthlings 1997 is no year."""
        text = self.text
        for mention in self.mentions:
            start, end = self.words[mention.first].span.start, self.words[mention.last - 1].span.end
            text = text[:start] + "_" * (end - start) + text[end:]
        return text


def clean(text: str) -> str:
    """Return a question without control characters and invisible marks."""
    return _CONTROL.sub(" ", text).strip()
