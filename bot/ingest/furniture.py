"""The furniture of news pages: the word lists of `config/layout.toml`, and what single lines they recognise."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from bot.errors import ConfigurationError
from bot.ingest.dates import read_date
from bot.ingest.lines import LONGEST_FURNITURE, Line, is_name, plain
from bot.model import BlockKind, PartialDate

_FINAL_CREDIT = re.compile(r"(?P<before>.?)\s*(?P<paren>\()(?P<inner>[^()]{2,120}?)\s*\)(?P<stop>\.?)\Z", re.DOTALL)
_FOLLOW = re.compile(r"follow .{2,60} on (?:twitter|x|facebook|instagram|linkedin|threads|bluesky)\b.{0,60}", re.DOTALL)
_HANDLE = re.compile(r"(?:twitter|x|email|e-mail)\s*:\s*\S+@?\S*|@\w+")
_CREDITED = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|de|van|via)){0,9}"  # a name, or several
_LONGEST_CAPTION = 600  # characters
_LONGEST_APPEAL = 40  # words
_BETWEEN_NAMES = ("&", "and", "of", "the", "via")
_BIO_VERB = re.compile(r"(?:,[^.]{1,60},)? (?:is|was|has been|covers|reports|writes)\b")


@dataclass(frozen=True)
class Furniture:
    """Word lists, one for each key of `config/layout.toml`, which says what each is for."""

    labels: frozenset[str] = frozenset()
    feeds: frozenset[str] = frozenset()
    page_ends: frozenset[str] = frozenset()
    deck_ends: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    links_inline: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()
    links_begin: tuple[str, ...] = ()
    appeals_begin: tuple[str, ...] = ()
    appeals: tuple[str, ...] = ()
    appeals_together: tuple[tuple[str, ...], ...] = ()
    reading_time: frozenset[str] = frozenset()
    published_labels: frozenset[str] = frozenset()
    updated_labels: frozenset[str] = frozenset()
    byline_begins: tuple[str, ...] = ()
    credits: frozenset[str] = frozenset()
    caption_begins: tuple[str, ...] = ()
    caption_words: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    notices_begin: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> "Furniture":
        """Build it from the parsed TOML, or say which key cannot be used."""
        known = {field.name: field.type for field in fields(cls)}
        for key in table:
            if key not in known:
                raise ConfigurationError(
                    f"config/layout.toml: there is no list called {key!r}; please remove it, or use one of: "
                    + ", ".join(sorted(known))
                )
        lists: dict[str, object] = {}
        for key, value in table.items():
            nested = key == "appeals_together"
            rows = [_words_of(key, row) for row in _list_of(key, value)] if nested else _words_of(key, value)
            is_set = isinstance(cls.__dataclass_fields__[key].default, frozenset)
            lists[key] = frozenset(rows) if is_set else tuple(rows)
        return cls(**lists)  # type: ignore[arg-type]  # each was built as its field's default is

    @cached_property
    def _credit(self) -> re.Pattern[str]:
        return _any_of(self.credits)

    @cached_property
    def inline(self) -> re.Pattern[str]:
        """What stands within a line of a page: the label of a `link`, or the credit of a picture after a sentence."""
        labels = "|".join(re.escape(label.capitalize()) for label in sorted(self.links_inline)) or "(?!)"
        agency = rf"(?i:(?>{self._credit.pattern}))"
        bracket = rf"\((?=[^()]*{agency})[^()\n]{{2,120}}\)"
        whose = rf"{_CREDITED}(?: ?/ ?{_CREDITED}){{0,4}}? ?/ ?{agency}(?:/File|/Pool)?(?=\s)"
        credit = rf"(?<=[.!?”\"’]) ?(?:{bracket} ?)+(?:{whose})?|(?<=[.!?”\"’] )(?<![A-Z]\. ){whose}"
        return re.compile(rf"(?:(?P<link>(?<!\w)(?:{labels}) ?)|{credit}) ?(?=[“‘\"'A-Z\d])")

    @cached_property
    def _credit_at_end(self) -> re.Pattern[str]:
        named = "|".join(re.escape(word) for word in sorted(self.caption_words)) or "(?!)"
        whose = r"\s*:\s*(?P<whose>\w[^.!?:]{1,60})\.?\)?\Z"
        return re.compile(rf"(?:\A|[\s.(])(?:{named})s?(?: by)?{whose}", re.IGNORECASE)

    @cached_property
    def _last_credit(self) -> re.Pattern[str]:
        return re.compile(self._credit.pattern + r"\Z")

    @cached_property
    def _role(self) -> re.Pattern[str]:
        return _any_of(self.roles)

    def kind_of(self, line: Line) -> BlockKind | None:
        """Return what a line is when it shows that by itself, whatever stands around it."""
        if not line.plain:
            return None
        label = line.label
        if label in self.links:
            return "teaser"
        if label in self.labels or label in self.feeds or label in self.page_ends:
            return "boilerplate"
        if line.count <= 30 and line.plain.startswith(self.links_begin):
            return "teaser"
        if self.is_reading_time(label) or self._is_appeal(line) or line.code:
            return "boilerplate"
        if self.is_caption(line):
            return "caption"
        if not line.quoted and (_FOLLOW.fullmatch(line.plain) or _HANDLE.fullmatch(line.plain)):
            return "bio"
        if len(line.text) <= 90 and self._date_label(line) and self.date_in(line):
            return "dateline"
        return None

    def is_notice(self, line: Line) -> bool:
        """Whether a line says that the article was corrected, amended or withdrawn."""
        return line.plain.startswith(self.notices_begin) or any(phrase in line.plain for phrase in self.notices)

    def is_reading_time(self, label: str) -> bool:
        number, _, unit = label.replace("-", " ").partition(" ")
        return number.isdigit() and unit in self.reading_time

    def _is_appeal(self, line: Line) -> bool:
        if line.plain.startswith(self.appeals_begin):
            return True
        if line.text[0] in "“\"‘'" or line.count > _LONGEST_APPEAL:
            return False  # somebody is quoted as saying so, or an article was captured in one line with its page
        return any(words in line.plain for words in self.appeals) or any(
            all(word in line.plain for word in words) for words in self.appeals_together
        )

    def is_caption(self, line: Line) -> bool:
        """Whether the line describes a picture: it credits one, says that it is one, or is a row of key words."""
        if len(line.text) > _LONGEST_CAPTION:
            return False
        if line.plain.startswith(self.caption_begins) or self._is_slug(line):
            return True
        end = self._credit_at_end.search(line.text, max(0, len(line.text) - 100)) if len(line.text) <= 300 else None
        return (end is not None and end["whose"][0].isupper()) or self._is_credit(line) or self._has_final_credit(line)

    def _is_credit(self, line: Line) -> bool:
        if line.count > 8 or not (edge := self._credit.match(line.label) or self._last_credit.search(line.label)):
            return False
        return edge.group() == line.label or ("/" in line.text and not line.quoted)

    def _has_final_credit(self, line: Line) -> bool:
        credit = _FINAL_CREDIT.search(line.text) if line.text.endswith((")", ").")) else None
        if credit is None:
            return False
        inner = plain(credit["inner"])
        if self._credit.search(inner):
            # "the Associated Press (AP)." explains a word; "(AP)" after a full stop names who took the picture.
            return not (credit["stop"] and inner in self.credits) and not inner.endswith((".", "?", "!"))
        # Any other name in brackets is a credit only right after a full stop, and never where somebody is quoted.
        if line.quoted or credit["stop"]:
            return False
        names = [name for name in credit["inner"].replace("/", " ").split() if name not in self.particles]
        named = len(names) <= 8 and all(
            (name[0].isupper() and name[-1].isalpha()) or name in _BETWEEN_NAMES for name in names
        )
        stuck = line.text[credit.start("paren") - 1] != " " and not line.ended  # "with his family(IDF)"
        closed = credit["before"] in (".", "…") and (len(names) > 1 or credit["inner"].isupper())
        return named and (stuck or closed)

    def _is_slug(self, line: Line) -> bool:
        text = line.text
        if not (text[0].isalnum() and line.count >= 8 and text.islower()):
            return False
        return not any(mark in text for mark in '.,;:?!"“”()') and self.function_words.isdisjoint(text.split())

    def _date_label(self, line: Line) -> str:
        """Return the words of a date's label at the beginning of the line, or nothing."""
        if len(line.plain) > 90:
            return ""
        begin = re.split(r"[:0-9|•·]", line.plain, maxsplit=1)[0].strip()
        while begin and begin not in self.published_labels and begin not in self.updated_labels:
            begin = begin.rpartition(" ")[0].rstrip(" ,")
        return begin

    def date_in(self, line: Line) -> PartialDate | None:
        """Return the day that the line states when it states nothing else."""
        if len(line.plain) > 90 or not any(char.isdigit() for char in line.text):
            return None
        rest = line.plain[len(self._date_label(line)) :].strip(" :|•·,-–")
        stated = read_date(re.sub(r"\s[|•·–—-]\s|\bat\b", " ", rest))
        return stated if stated is not None and stated.day is not None else None

    def publication_date(self, line: Line) -> PartialDate | None:
        """Return the day a dateline states as that of publication, not of a later change."""
        return None if self._date_label(line) in self.updated_labels else self.date_in(line)

    def author_in(self, line: Line) -> str | None:
        """Return whom a byline ("By Jane Doe and John Roe") names."""
        begin = next((word for word in self.byline_begins if line.plain.startswith(word + " ")), None)
        if begin is None or line.count > 14:
            return None
        rest = line.text[len(begin) :].strip().split("|")[0].strip()
        names = [name.strip() for name in re.split(r",| and | & |;", rest) if name.strip()]
        if not names or not is_name(names[0], self.particles):
            return None
        return rest if all(is_name(name, self.particles) for name in names) else names[0]

    def is_role(self, line: Line) -> bool:
        return line.count <= 8 and not line.ended and self._role.search(line.plain) is not None

    def is_bio(self, line: Line) -> bool:
        """Whether the line says who somebody is that writes: a name, a verb, and soon a profession."""
        if line.quoted or not line.plain or not self._role.search(line.plain[:200]):
            return False
        verb = _BIO_VERB.search(line.text[:120])
        return verb is not None and is_name(line.text[: verb.start()].replace("\xa0", " "), self.particles)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


def _list_of(key: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise ConfigurationError(f'config/layout.toml: {key!r} must be a list; please write it as ["…", "…"]')
    return value


def _words_of(key: str, value: object) -> tuple[str, ...]:
    found = _list_of(key, value)
    for word in found:
        if not isinstance(word, str) or not word.strip() or len(word) > LONGEST_FURNITURE:
            raise ConfigurationError(f"config/layout.toml: {key!r} holds {word!r}; please list words in quotes")
    return tuple(plain(str(word)) for word in found)
