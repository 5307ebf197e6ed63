"""Whose words a question asks for: the name in the speaker's place, or the name there that nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.question.names import NameFinder
from bot.question.parse import Mention, Parse
from bot.question.words import QuestionWords

_AUXILIARY_DISTANCE = 8  # words between “did” and its verb
_LONGEST_UNKNOWN = 4  # words of a name that nobody knows


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked about; `boundary` is the word behind which the subject of the question begins, or None."""

    speakers: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    boundary: int | None = None
    excluded: tuple[str, ...] = ()  # “anybody but X”


@dataclass(frozen=True, slots=True)
class SpeakerFinder:
    """Finds whom questions ask about."""

    names: NameFinder
    words: QuestionWords

    def find(self, parse: Parse) -> Asked:
        """Return who is asked about.  Their words are taken; names elsewhere stay, as what is asked about."""
        speaking = self.speaking_word(parse)
        boundary = self._boundary(parse, speaking)
        excluded = self._excluded(parse, boundary)
        found = [mention for mention in parse.mentions if self._is_speaker(parse, mention, speaking, boundary)]
        speakers: list[str] = []
        unknown = tuple(_bare(parse.written(range(one.first, one.last))) for one in found if not one.named)
        for mention in found:
            parse.take(range(mention.first, mention.last))
            named = [one.name for one in mention.named if one.kind in ("person", "organisation")]
            # A title can have several bearers; a surname is its best known one's.
            speakers += named if all(name in parse.in_office for name in named) else named[:1]
        if speakers:
            return Asked(tuple(dict.fromkeys(speakers)), self._also_unknown(parse, speaking), boundary, excluded)
        unknown = unknown or (() if excluded else self._unknown_speaker(parse, speaking))
        return Asked((), unknown, boundary, excluded)

    def _excluded(self, parse: Parse, boundary: int | None) -> tuple[str, ...]:
        """Return who is asked not to be shown: “other than X”, “everyone except X”, “not by X or Y”."""
        names: list[str] = []
        last_excluded = None
        for mention in parse.mentions:
            begins = self.exclusion(parse, mention.first, boundary)
            listed = mention.first - 1 == last_excluded and parse.low(mention.first - 1) in ("or", "nor", "and")
            if begins is None and not listed:
                continue
            last_excluded = mention.last
            people = [one.name for one in mention.named if one.kind in ("person", "organisation")]
            if people and mention.first not in parse.taken:
                parse.take(range(mention.first if begins is None else begins, mention.last))
                names += people[:1]
        return tuple(names)

    def exclusion(self, parse: Parse, number: int, boundary: int | None) -> int | None:
        """Return where the words begin that leave a name out, or None where it is not left out.

        Behind the boundary “not X” and “without X” are part of what is asked about, unless it is “not by X”.
        """
        phrases = self.words.excluding
        found = parse.excluded_from(number, phrases, self.words.before_names)
        if found is None:
            return None
        begins, phrase = found
        plain = phrase in self.words.excluding_of_a_claim and begins + len(phrase) == number
        return None if plain and boundary is not None and begins > boundary else begins

    def speaking_word(self, parse: Parse) -> int | None:
        """Return the number of the word that makes somebody a speaker, or None.

        It is the verb of “did X say”, the noun of “X's position”, or “according”.
        """
        return next((number for number in range(len(parse.words)) if self._makes_speaker(parse, number)), None)

    def described(self, parse: Parse) -> Sequence[int]:
        """Return the words that tell what those are who are asked about: what did *families of hostages* say."""
        speaking = self.speaking_word(parse)
        if speaking is None or parse.low(speaking) not in self.words.speaking:
            return ()
        first = next((n + 1 for n in range(speaking - 1, -1, -1) if parse.low(n) in self.words.auxiliary), speaking)
        while first < speaking and parse.low(first) in self.words.determiners:
            first += 1
        inside = range(first, speaking)
        anybody = self.words.generic | self.words.referring
        named = any(parse.words[number].capital or number in parse.taken for number in inside)
        return () if named or any(parse.low(number) in anybody for number in inside) else inside

    def says(self, parse: Parse, mention: Mention) -> bool:
        """Whether a mention is who says what is asked for: what did *the UN* say, statements by *the UN*."""
        speaking = self.speaking_word(parse)
        if speaking is None or parse.low(speaking) == "according":
            return False
        before = parse.low_before(mention.first, self.words.determiners)
        if parse.low(speaking) in self.words.held and parse.low(speaking + 1) in ("of", "by"):
            return before == parse.low(speaking + 1) and mention.first <= speaking + 3
        return mention.last <= speaking and before in self.words.auxiliary

    def _makes_speaker(self, parse: Parse, number: int) -> bool:
        low = parse.low(number)
        if low == "according":
            return True
        owned = parse.low(number + 1) in ("of", "by", "from") or (number > 0 and parse.words[number - 1].possessive)
        if low in self.words.held and owned:
            return True
        if not number or low not in self.words.speaking:
            return False
        before = parse.lows(max(0, number - _AUXILIARY_DISTANCE), min(number, _AUXILIARY_DISTANCE))
        return (
            any(word in self.words.auxiliary for word in before)
            or before[-1] in ("who", "which", "else", "he", "she", "they")
            or any(number in (mention.last, mention.first - 1) for mention in parse.mentions)
            or (parse.low(number + 1) != "" and parse.words[number + 1].capital and number == 1)
            or (parse.words[number - 1].capital and self.names.is_unknown(parse, number - 1))
        )

    def _boundary(self, parse: Parse, speaking: int | None) -> int | None:
        held = speaking is not None and parse.low(speaking) in self.words.held
        for number in range(0 if speaking is None else speaking + 1, len(parse.words)):
            low = parse.low(number)
            if low not in self.words.about or number in parse.taken:
                continue
            if low == "of" and held and number == (speaking or 0) + 1:
                continue  # the position *of* X
            if low == "to" and (speaking is None or parse.low(speaking) == "according"):
                continue
            return number
        return None

    def _is_speaker(self, parse: Parse, mention: Mention, speaking: int | None, boundary: int | None) -> bool:
        if mention.first in parse.taken or (mention.named and not mention.of_kind("person", "organisation")):
            return False
        before = parse.low_before(mention.first, self.words.determiners)
        if speaking is not None and parse.low(speaking) == "according":
            return mention.first in (speaking + 2, speaking + 3)
        if before == "by" or before in self.words.quoting or (before == "from" and speaking is not None):
            return True
        if speaking is not None:
            if parse.low(speaking) in self.words.held and mention.first > speaking:
                return (before == "of" and mention.first <= speaking + 3) or (
                    boundary is not None and mention.first < boundary
                )
            if mention.first < speaking:
                return True
            # “what said X”: nobody stands before the verb; “who said X …” asks for somebody else
            alone = not any(
                word in self.words.auxiliary or word in self.words.referring or word in ("who", "whoever")
                for word in parse.lows(0, speaking)
            )
            return mention.first == speaking + 1 and alone and all(other.first >= speaking for other in parse.mentions)
        if mention.of_kind("person") is None:
            return False  # alone, an organisation or an office that nobody holds is rather what is asked about
        if self.words.what_about.match(parse.folded):
            return True
        if parse.low(0) in self.words.question_openers:
            return False
        return boundary is None or mention.first < boundary

    # Names that nobody knows

    def _unknown_speaker(self, parse: Parse, speaking: int | None) -> tuple[str, ...]:
        """Return the name where a speaker should stand, if no article knows it."""
        if speaking is None:
            return self._unknown_other(parse)
        inside = self._place(parse, speaking)
        if not 0 < len(inside) <= _LONGEST_UNKNOWN or any(parse.low(number) in self.words.generic for number in inside):
            return ()
        capital = all(parse.words[number].capital for number in inside) and parse.low(speaking) in self.words.asking
        if not (capital or all(self.names.is_unknown(parse, number) for number in inside)):
            return ()
        parse.take(inside)
        return (_bare(parse.written(inside)),)

    def _also_unknown(self, parse: Parse, speaking: int | None) -> tuple[str, ...]:
        """Return the unknown name beside a known one: “what did Macron and Stoltenberg say”."""
        inside = [] if speaking is None else self._place(parse, speaking)
        new = [one for one in inside if parse.words[one].capital and self.names.is_unknown(parse, one)]
        parse.take(new)
        return (parse.written(new),) if new else ()

    def _unknown_other(self, parse: Parse) -> tuple[str, ...]:
        """Return the unknown name of “and Macron?”."""
        going_on = self.words.what_about.match(parse.folded) or parse.low(0) == "and"
        inside = self._unknown_words(parse) if going_on else []
        if not inside or not all(parse.words[number].capital for number in inside):
            return ()
        parse.take(inside)
        return (parse.written(inside),)

    def _place(self, parse: Parse, speaking: int) -> list[int]:
        """Return the numbers of the words with which a question names its speaker."""
        if parse.low(speaking) == "according":
            return self._run(parse, speaking + 2)
        first = speaking - 3
        if parse.low(speaking) not in self.words.held:
            auxiliaries = [number for number in range(speaking) if parse.low(number) in self.words.auxiliary]
            if not auxiliaries and speaking == 1:  # what said X
                return self._run(parse, speaking + 1)
            first = auxiliaries[-1] + 1 if auxiliaries else speaking - 1  # what X said
        return [number for number in range(max(0, first), speaking) if not self._is_filler(parse, number)]

    def _run(self, parse: Parse, first: int) -> list[int]:
        """Return the numbers of the words from `first` on that can be a name together."""
        behind = range(first, len(parse.words))
        return list(
            takewhile(lambda one: not self._is_filler(parse, one) and parse.low(one) not in self.words.about, behind)
        )

    def _is_filler(self, parse: Parse, number: int) -> bool:
        low = parse.low(number)
        return (
            number in parse.taken
            or low in self.words.determiners
            or low in self.words.auxiliary
            or low in self.words.question_openers
            or low in self.words.asking
        )

    def unknown_subject(self, parse: Parse) -> tuple[str, ...]:
        """Return the name that a question such as “who is X” is about, if no article knows it."""
        inside = self._unknown_words(parse)
        return (parse.written(inside),) if inside else ()

    def _unknown_words(self, parse: Parse) -> list[int]:
        """Return the words behind the first that say something, if there is no name and none of them is known."""
        inside = [number for number in range(1, len(parse.words)) if not self._is_filler(parse, number)]
        inside = [number for number in inside if parse.low(number) not in self.words.about]
        unknown = not parse.mentions and all(self.names.is_unknown(parse, number) for number in inside)
        return inside if unknown else []


def _bare(name: str) -> str:
    return name.removesuffix("’s").removesuffix("'s")
