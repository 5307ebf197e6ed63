"""Cues: which words say that somebody speaks, thinks or takes a stance, and which only look like such words."""

from collections.abc import Sequence
from dataclasses import replace

from bot.prose.name_words import NameWords
from bot.prose.phrases import PhraseReader
from bot.prose.sentences import Word
from bot.prose.words import CueForm, SpeechWords

_FILLERS = 3  # words inside a stance phrase: expressed *his strong* support for
_LONG_FILLERS = 5  # … and inside some: made an *increasingly explicit* case that, talked *to voters in Iowa* about

_ABLE = ("could", "can")

#: A cue, and the number of the word behind it.
Cue = tuple[CueForm, int]


class CueReader:
    """Tells cues by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords, phrases: PhraseReader) -> None:
        self._speech, self._grammar, self._names, self._phrases = speech, speech.grammar, names, phrases
        self._no_filler = self._grammar.links | self._grammar.breaks | speech.undo | {"no"}

    def cue(self, words: Sequence[Word], number: int) -> Cue | None:
        """Return the longest cue that begins at a word; what somebody vowed *not to* do begins with the negation."""
        found = self._with_noun(words, number)
        for form in self._speech.cues.get(words[number].low, ()):
            end = number + 1
            if not form.rest:
                return found or (form, end)
            if form.rest == ("on",) and form.verb == "go" and self._goes_elsewhere(words, number + 2):
                continue
            for at in range(end, end + (_LONG_FILLERS if form.rest == ("about",) else _FILLERS)):
                if tuple(word.low for word in words[at : at + len(form.rest)]) == form.rest:
                    return form, at + len(form.rest) - 2 * (form.rest[-2:] == ("not", "to"))
                if not form.kinds & {"stance", "hold"} or at >= len(words) or not self._fills(words[at], form):
                    break
        return found

    def _goes_elsewhere(self, words: Sequence[Word], behind: int) -> bool:
        """Whether “goes on” is no speech: goes on *recess*."""
        return behind < len(words) and words[behind].is_word and words[behind].low not in self._no_filler

    def _with_noun(self, words: Sequence[Word], number: int) -> Cue | None:
        """Return the cue that a verb makes with a noun of speech: *made* a strong *case for*, *has* new *plans to*."""
        form = self._speech.carriers.get(words[number].low)
        if form is None:
            return None
        for at in range(number + 1, min(len(words) - 1, number + 2 + _LONG_FILLERS)):
            if form.verb == "be" and at == number + 1 and words[at].low == "thought":
                return None  # is *thought* to have said
            if words[at].low in self._speech.nouns and not words[at].possessive:
                told = words[at + 1].low == "to" and words[at].low in self._grammar.told_to
                if words[at + 1].low in self._grammar.noun_links and not told:
                    rest = (words[at].low, words[at + 1].low)
                    return replace(form, rest=rest), at + 2
            elif not self._describes(words[at]):
                return None
        return None

    def _describes(self, word: Word) -> bool:
        """Whether a word can stand between a verb and its noun: made a *strong* case for; but opposed *X's* plan to."""
        verb = word.low in self._speech.carriers or (word.low in self._speech.cues and word.low.endswith("ed"))
        return word.is_word and not word.possessive and not verb and word.low not in self._no_filler

    def _fills(self, word: Word, form: CueForm) -> bool:
        """Whether a word can stand inside a phrase: expressed *strong* support for, declined *Monday* to."""
        adverb = word.low.endswith("ly") or word.low in self._grammar.dates | self._grammar.time | self._speech.between
        if form.rest == ("about",):  # spoke *with voters* about, asked *him* about
            return word.is_word and word.low not in self._grammar.breaks - self._grammar.objects
        return word.is_word if len(form.rest) > 1 else adverb

    # What makes a word no cue

    def is_noun(self, words: Sequence[Word], number: int, verb: str) -> bool:
        """Whether the word that looks like a verb is a noun: the *report*, Trump's *call*, a *claim*."""
        low = words[number].low
        if number == 0:
            return not (low.endswith("ing") or self._opens_report(words))
        before = words[number - 1]
        adjective = self._names.is_adjective(before.low) and verb != "say"
        adjective = adjective or (number > 1 and self._is_short(before) and self._tells_of_country(words[number - 2]))
        past = low.endswith(("ed", "said")) or (adjective and low != verb and not low.endswith(("s", "ing")))
        if (before.possessive or adjective) and not past:
            return True
        if before.low in self._grammar.before_noun:
            return before.low != "by" or not low.endswith("ing")
        if before.low.isdigit() and number > 1 and words[number - 2].low in self._grammar.determiners:
            return True  # the 20 *states*
        if self._is_subject(words, number):
            return True  # news *reports* say
        base = low == verb
        if low == f"{verb}s" and before.low in self._grammar.before_plural:
            return True  # those *claims*
        named = base and low in self._names.organisations and before.low not in self._grammar.before_base
        if named and self._tells_of_noun(words, number):
            return True
        if (
            not base
            or before.low in self._grammar.before_base | self._grammar.anybody
            or low in self._grammar.past_as_base
        ):
            return False
        if self._is_plural(words, number) or self._holds_clause(words, number, verb):
            return False
        several = before.low.endswith("s") and not before.low.endswith("ss") and not self._is_short(before)
        return not (several or before.low.endswith("n't") or before.low in (",", ")", "—"))

    def _is_subject(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word in s stands right before a verb of speech in its base form, as the plural of a noun does."""
        behind = words[number + 1] if number + 1 < len(words) else None
        if behind is None or behind.capital or not words[number].low.endswith("s"):
            return False
        forms = self._speech.cues.get(behind.low, ())
        return any(form.verb == behind.low and "say" in form.kinds and not form.participle for form in forms)

    def _is_short(self, word: Word) -> bool:
        return word.capital and word.low in self._names.short_countries

    def _tells_of_country(self, word: Word) -> bool:
        """Whether an adjective stands before a country, so that a noun comes behind it: *new* US rules."""
        grammar = self._grammar
        small = grammar.breaks | grammar.links | grammar.determiners | grammar.and_then | grammar.pronouns
        return word.is_word and not word.capital and word.low not in small and word.low not in self._speech.cues

    def _holds_clause(self, words: Sequence[Word], number: int, verb: str) -> bool:
        """Whether a word that is no noun besides has a clause behind it: voters here *say they* …"""
        behind = words[number + 1].low.partition("'")[0] if number + 1 < len(words) else ""
        if verb == "say":
            return behind in self._grammar.clause_openers | {"that"}
        noun = verb in self._speech.nouns or verb in self._names.utterances
        return not noun and verb in self._grammar.without_that and behind in self._grammar.subjects | {"that"}

    def _tells_of_noun(self, words: Sequence[Word], number: int) -> bool:
        """Whether a noun stands behind the word: many *state* workers."""
        behind = words[number + 1] if number + 1 < len(words) else None
        if behind is None or behind.capital or not behind.is_word or behind.low == "that":
            return False
        return behind.low not in self._grammar.clause_openers | self._grammar.links | self._grammar.pronouns

    def _opens_report(self, words: Sequence[Word]) -> bool:
        """Whether a sentence is no more than a verb and a name before a colon: *Said* X:"""
        phrase = self._phrases.starting(words, 1) if words[-1].low == ":" and words[0].low.endswith("d") else None
        return phrase is not None and phrase[1] == len(words) - 1

    def _is_plural(self, words: Sequence[Word], verb: int) -> bool:
        """Whether several are before a verb: Trump and Clinton *support*, supporters of the law *hope*."""
        last = verb - 1
        if words[last].low == "that":  # ads *that* slam
            last -= 1
        while last > 0 and self.is_adverb(words[last]):
            last -= 1
        if words[last].low == "%" or words[last].low.isdigit():
            return True
        phrase = self._phrases.ending(words, last)
        if phrase is None:
            return False
        inside = words[slice(*phrase)]
        link = next((n for n, word in enumerate(inside) if word.low in self._grammar.links and n), len(inside))
        head = inside[link - 1].low
        several = head.endswith("s") or head in self._grammar.anybody | self._grammar.before_base
        return several if link < len(inside) or last < verb - 1 else any(word.low == "and" for word in inside)

    def is_adverb(self, word: Word) -> bool:
        """Whether a word can stand between a noun and its verb: polls *there* show, voters *overwhelmingly* support."""
        idle = self._speech.between | self._grammar.dates | self._grammar.behind_noun
        return word.low in idle or (word.low.endswith("ly") and not word.capital)

    def is_passive(self, words: Sequence[Word], number: int) -> bool:
        """Whether the subject is spoken to or about: was told, is often called; X, *asked* whether …, said."""
        back = number - 1
        if back > 0 and words[back].low == "," and words[number].low == "asked" and number + 1 < len(words):
            return words[number + 1].low in self._grammar.questions
        while back > 0 and self.is_adverb(words[back]) and words[back].low not in self._grammar.be:
            back -= 1
        return back >= 0 and words[back].low in self._grammar.be

    def copula(self, words: Sequence[Word], adjective: int) -> int:
        """Return the number of the verb that an adjective goes with: *remains* very confident; or 0 where none does."""
        number = adjective - 1
        while number > 0 and (words[number].low.endswith("ly") or words[number].low in self._grammar.degrees):
            number -= 1
        return number if number > 0 and words[number].low in self._grammar.be | self._grammar.copulas else 0

    def is_undone(self, words: Sequence[Word], number: int) -> bool:
        for back in range(number - 1, max(-1, number - 4), -1):
            low = words[back].low
            if not words[back].is_word or (words[back].capital and low in self._names.modal_names):
                return False
            if low == "to" and back and words[back - 1].low in self._grammar.before_to:
                return False  # continues to say
            if low in _ABLE and words[back + 1].low == "only":
                return False  # could only say
            if low in self._speech.undo or low.endswith(("n't", "'ll", "'d")):
                return True
            if low not in self._speech.between and not low.endswith("ly"):
                return False
        return False
