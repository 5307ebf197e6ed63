"""Frames of speech: a cue (said, according to) and the words that name its source, in the outlet's own prose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.model import Span
from bot.prose.phrases import Phrase
from bot.prose.sentences import QUOTATION, Sentence, Word
from bot.prose.subjects import SubjectReader
from bot.prose.words import CueForm, NameWords, SpeechWords

_QUOTED_WITHIN = 10  # words between “quoted” and “as saying”
_FILLERS = 3  # words inside a stance phrase: expressed *his strong* support for
_DASHES = ",—–-"
_HOLDING = frozenset({"say", "think", "utter", "stance", "hold"})  # they hold a clause


# Words.  What is longer is a table or a list and no sentence, and frames are looked for in time that grows with the
# square of its length.
LONGEST_SENTENCE = 500


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue in a sentence, by word numbers: `source` is [first, last) of the words that name the source."""

    sentence: Sentence
    cue: Phrase
    forms: CueForm | None  # None for “according to”
    source: Phrase | None
    undone: bool = False
    inverted: bool = False  # said X
    borrowed: bool = False  # the source is that of an earlier cue or the subject of the sentence
    nested: bool = False  # inside what an earlier frame of the sentence reports
    subordinate: bool = False  # in a clause that begins with when, while or as, or behind a noun: a group *backing* X

    @property
    def kinds(self) -> frozenset[str]:
        return self.forms.kinds if self.forms else frozenset({"say", "according"})

    @property
    def cue_span(self) -> Span:
        return _span(self.sentence.words, self.cue)

    @property
    def source_span(self) -> Span | None:
        return _span(self.sentence.words, self.source) if self.source else None

    @property
    def start(self) -> int:
        return min(self.cue[0], self.source[0]) if self.source and not self.borrowed else self.cue[0]

    @property
    def end(self) -> int:
        return max(self.cue[1], self.source[1]) if self.source else self.cue[1]


def has_comma(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a clause ends between two words: when X *spoke, Y* said …"""
    return any(word.low == "," for word in words[first:end])


def _span(words: Sequence[Word], numbers: Phrase) -> Span:
    return Span(words[numbers[0]].start, words[numbers[1] - 1].end)


class FrameReader:
    """Finds the frames of sentences by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._speech, self._grammar = speech, speech.grammar
        self._before_participle = speech.grammar.before_participle | speech.grammar.time | speech.grammar.dates
        self.phrases = SubjectReader(speech, names)
        self._names = names

    def frames(self, sentence: Sentence) -> list[Frame]:
        """Return the frames of a sentence in order, those that a negation undoes among them."""
        words, found, number = sentence.words, list[Frame](), 0
        if len(words) > LONGEST_SENTENCE:
            return []
        while number < len(words):
            frame = self._according(sentence, number) or self._frame(sentence, number, found)
            if frame is None:
                number += 1
                continue
            found.append(self._placed(words, frame, found))
            number = max(frame.cue[1], number + 1)
        return found

    def _placed(self, words: Sequence[Word], frame: Frame, earlier: Sequence[Frame]) -> Frame:
        """Return the frame with its place in the sentence: inside an earlier one's report, in a subordinate clause."""
        if frame.forms is None or frame.borrowed or frame.inverted:
            return frame
        first = frame.start
        holding = (one for one in reversed(earlier) if one.end <= first and one.forms and one.kinds & _HOLDING)
        outer = next((one for one in holding if not (one.subordinate and has_comma(words, one.end, first))), None)
        nested = outer is not None and not self._new_clause(words, outer.end, first)
        return replace(frame, nested=nested, subordinate=frame.subordinate or self._in_subordinate(words, frame))

    def _new_clause(self, words: Sequence[Word], behind: int, first: int) -> bool:
        """Whether the clause that begins at `first` stands beside what comes before: “…”, *and X* said."""
        before = first - 1
        while (
            before > behind
            and words[before].low in self._grammar.and_then | self._grammar.breaks
            and words[before].low != ","
        ):
            before -= 1
        if before < behind or words[before].low == "that":
            return False
        return words[before].low in (",", ";", "—", "–", "-") or words[before].low == QUOTATION

    def _in_subordinate(self, words: Sequence[Word], frame: Frame) -> bool:
        for back in range(frame.start - 1, -1, -1):
            if not words[back].is_word:
                return False
            if words[back].low in self._grammar.subordinators or (back == 0 and self._is_while(words[0], frame)):
                return True
        return False

    def _is_while(self, word: Word, frame: Frame) -> bool:
        """Whether a sentence begins with an “as” of time: *as* X spoke, …; not *as* X said, …"""
        return word.low == "as" and "say" not in frame.kinds

    # Cues

    def _according(self, sentence: Sentence, number: int) -> Frame | None:
        words = sentence.words
        for phrase in self._speech.according:
            end = number + len(phrase)
            if words[number].low == phrase[0] and tuple(word.low for word in words[number:end]) == phrase:
                source = self.phrases.starting(words, end, anything=True)
                return Frame(sentence, (number, end), None, source) if source else None
        return None

    def _cue(self, words: Sequence[Word], number: int) -> tuple[CueForm, int] | None:
        """Return the longest cue that begins at a word, and the number of the word behind it."""
        for form in self._speech.cues.get(words[number].low, ()):
            end = number + 1
            if not form.rest:
                return form, end
            for at in range(end, end + _FILLERS):
                if tuple(word.low for word in words[at : at + len(form.rest)]) == form.rest:
                    return form, at + len(form.rest)
                if not form.kinds & {"stance", "hold"} or at >= len(words) or not self._fills(words[at], form):
                    break
        return None

    def _fills(self, word: Word, form: CueForm) -> bool:
        """Whether a word can stand inside a phrase: expressed *strong* support for, declined *Monday* to."""
        adverb = word.low.endswith("ly") or word.low in self._grammar.dates | self._grammar.time | self._speech.between
        return word.is_word if len(form.rest) > 1 else adverb

    def _frame(self, sentence: Sentence, number: int, earlier: Sequence[Frame]) -> Frame | None:
        words = sentence.words
        if words[number].capital and number and words[number - 1].capital:
            return None  # a part of a name
        cue = self._cue(words, number)
        if cue is not None and not cue[0].kinds & {"say", "utter"} and (frame := self._unlisted(sentence, number)):
            return frame  # “…,” remembered X
        if cue is None or self._is_noun(words, number):
            return self._state(sentence, number) or (self._unlisted(sentence, number) if cue is None else None)
        if cue[0].participle:
            return self._participle(sentence, number, cue, earlier)
        if self._is_passive(words, number):
            return None
        return self._finite(sentence, number, cue, earlier)

    def _finite(
        self, sentence: Sentence, number: int, cue: tuple[CueForm, int], earlier: Sequence[Frame]
    ) -> Frame | None:
        words, (form, end) = sentence.words, cue
        source, inverted, borrowed = self._source(words, number, end, form)
        if source is None and self._continues(words, number):
            source, borrowed = self._going_on(words, earlier), True
            source = source if source and source[1] <= number else None
        if source is None or not self._is_likely(words, source, form, number):
            return None
        if self._hands_on(words, number):
            return Frame(sentence, (number, end), None, source)
        return Frame(sentence, (number, end), form, source, self._undone(words, number), inverted, borrowed)

    def _hands_on(self, words: Sequence[Word], number: int) -> bool:
        """Whether a verb says no more than “according to”: Reuters *quoted* X as saying …"""
        if words[number].low not in self._grammar.noticed:
            return False
        ahead = words[number + 1 : number + _QUOTED_WITHIN]
        behind = (following.low for word, following in pairwise(ahead) if word.low == "as")
        return any(form.participle for low in behind for form in self._speech.cues.get(low, ()))

    def _continues(self, words: Sequence[Word], number: int) -> bool:
        """Whether a verb goes on with an earlier subject: … *and* said, … *and has* said."""
        back = number - 1
        while back > 0 and words[back].low in self._speech.between and words[back].low not in self._grammar.and_then:
            back -= 1
        return back >= 0 and words[back].low in self._grammar.and_then

    def _going_on(self, words: Sequence[Word], earlier: Sequence[Frame]) -> Phrase | None:
        """Return the source of a cue that has none of its own: …, furrowed his brow *and said*."""
        outer = self._outermost(earlier) if earlier else None
        if outer is not None and not outer.nested and not outer.subordinate:
            return outer.source
        return self.phrases.subject(words) or (outer.source if outer else None)

    def _outermost(self, earlier: Sequence[Frame]) -> Frame:
        """Return the frame that a later cue without a source of its own goes on from: not one inside its report."""
        speaking = [frame for frame in earlier if frame.forms is not None] or earlier
        return next((frame for frame in reversed(speaking) if not frame.nested and not frame.subordinate), speaking[-1])

    def _is_likely(self, words: Sequence[Word], source: Phrase, form: CueForm, number: int) -> bool:
        """Whether the word is a verb with this subject: a thing says in the past and with a verb of saying only."""
        if self.phrases.can_speak(words, source):
            return True
        return "say" in form.kinds and (words[number].low.endswith("ed") or form.verb == "say")

    def _participle(
        self, sentence: Sentence, number: int, cue: tuple[CueForm, int], earlier: Sequence[Frame]
    ) -> Frame | None:
        words, (form, end) = sentence.words, cue
        before = words[number - 1].low if number else ""
        if before in self._grammar.not_of_speech:
            return None
        undone = self._undone(words, number)
        if before in self._grammar.be:
            source = self.phrases.subject_of(words, number)[0]
            return Frame(sentence, (number, end), form, source, undone) if source else None
        last = number - 1
        while last > 0 and words[last].low.endswith("ly") and not words[last].capital:
            last -= 1  # with X *reportedly* saying
        if number and words[last].is_word and words[last].low not in self._before_participle:
            noticed = self._noticed(words, number)
            source = noticed or self.phrases.ending(words, last)  # a group *backing* X
            return Frame(sentence, (number, end), form, source, undone, subordinate=not noticed) if source else None
        source = self._going_on(words, earlier) or self._opening(words)
        if source and source[1] > number:
            source = None
        return Frame(sentence, (number, end), form, source, undone, borrowed=True)

    def _noticed(self, words: Sequence[Word], number: int) -> Phrase | None:
        """Return who speaks as others tell: X was heard *saying*, was quoted as *saying*; Y quoted X as *saying*."""
        behind = number - (words[number - 1].low == "as")
        verb = self._noticing(words, behind)
        if verb is None:
            return None
        if self._is_passive(words, verb):
            return self.phrases.subject_of(words, verb)[0]
        told = self.phrases.subject_of(words, behind)[0] if behind < number else None
        return (max(told[0], verb + 1), told[1]) if told and told[1] > verb + 1 else None

    def _noticing(self, words: Sequence[Word], behind: int) -> int | None:
        """Return the number of the verb of noticing before a word, in its clause: was *quoted* by Reuters …"""
        for number in range(behind - 1, max(-1, behind - _QUOTED_WITHIN), -1):
            if words[number].low in self._grammar.noticed:
                return number
            if not words[number].is_word and words[number].low != ",":
                return None
        return None

    def _opening(self, words: Sequence[Word]) -> Phrase | None:
        """Return the noun phrase that a sentence begins with, whatever it is."""
        return (
            self.phrases.starting(words, 0, anything=True)
            if words and words[0].low in self._grammar.determiners
            else None
        )

    def _state(self, sentence: Sentence, number: int) -> Frame | None:
        """Return the frame of an adjective behind “is”: X is *concerned about* …"""
        words = sentence.words
        for form in self._speech.states.get(words[number].low, ()):
            end = number + 1 + len(form.rest)
            if tuple(word.low for word in words[number + 1 : end]) == form.rest and self._is_passive(words, number):
                source = self.phrases.subject_of(words, number)[0]
                if source is not None and self.phrases.can_speak(words, source):
                    return Frame(sentence, (number, end), form, source, self._undone(words, number))
        return None

    def _unlisted(self, sentence: Sentence, number: int) -> Frame | None:
        """Return the frame of a past tense that no list has but that stands where only a cue does: “…,” he surmised."""
        words = sentence.words
        if (
            words[number].capital
            or not words[number].low.endswith("ed")
            or not any(word.low == QUOTATION for word in words[:number])
        ):
            return None
        form = CueForm(words[number].low, (), frozenset({"utter"}), False)
        if words[number - 1].low == QUOTATION:
            source = self.phrases.starting(words, number + 1)
            return (
                Frame(sentence, (number, number + 1), form, source, inverted=True)
                if source and self.phrases.is_name(words, source)
                else None
            )
        source = self.phrases.ending(words, number - 1)
        if source is None or source[0] == 0 or words[source[0] - 1].low != QUOTATION:
            return None
        known = self.phrases.is_name(words, source) or words[source[0]].low in self._grammar.pronouns
        return Frame(sentence, (number, number + 1), form, source) if known else None

    def _source(self, words: Sequence[Word], number: int, end: int, form: CueForm) -> tuple[Phrase | None, bool, bool]:
        """Return the source of a finite cue, whether it stands behind it, and whether it is borrowed."""
        previous = words[number - 1].low if number else ""
        invertible = form.verb != "tell"  # told X: to X
        after_quotation = previous == QUOTATION or (
            number > 1 and previous in _DASHES and words[number - 2].low == QUOTATION
        )
        if (
            invertible
            and after_quotation
            and (phrase := self.phrases.starting(words, end, anything=self._is_definite(words, end, form)))
        ):
            return phrase, True, False
        if previous == "," and "say" in form.kinds and invertible and (phrase := self._closing(words, end)):
            return phrase, True, False
        before, borrowed = self.phrases.subject_of(words, number)
        if before:
            return before, False, borrowed
        phrase = self.phrases.starting(words, end) if invertible and (number == 0 or previous in _DASHES) else None
        if phrase and not any(word.low in self._grammar.auxiliaries for word in words[phrase[1] : phrase[1] + 1]):
            return phrase, True, False  # not: …, said *the court* was “…”
        return None, False, False

    def _closing(self, words: Sequence[Word], number: int) -> Phrase | None:
        """Return the noun phrase behind a comma and a cue, if no verb follows it: …, said *the head of the port*."""
        phrase = self.phrases.starting(words, number)
        ends = phrase is not None and (phrase[1] == len(words) or words[phrase[1]].low in (",", ".", ";", "("))
        return phrase if ends else None

    def _is_definite(self, words: Sequence[Word], number: int, form: CueForm) -> bool:
        """Whether a noun phrase with an article begins here, which behind “…,” said is the source whatever it is."""
        return (
            bool(form.kinds & {"say", "utter"})
            and number < len(words)
            and words[number].low in self._grammar.determiners
        )

    def _is_passive(self, words: Sequence[Word], number: int) -> bool:
        """Whether the subject is spoken to or about: was told, is often called."""
        if number and words[number - 1].low in self._grammar.be:
            return True
        return number > 1 and words[number - 1].low.endswith("ly") and words[number - 2].low in self._grammar.be

    def _is_noun(self, words: Sequence[Word], number: int) -> bool:
        """Whether the word that looks like a verb is a noun: the *report*, Trump's *call*, a *claim*."""
        low = words[number].low
        if number == 0:
            return not (low.endswith("ing") or self._opens_report(words))
        before = words[number - 1]
        verb = self._speech.cues[low][0].verb
        adjective = self._names.is_adjective(before.low) and verb != "say"
        if (before.possessive or adjective) and not low.endswith(("ed", "said")):
            return True
        if before.low in self._grammar.before_noun:
            return before.low != "by" or not low.endswith("ing")
        base = low == verb
        if (
            not base
            or before.low in self._grammar.before_base | self._grammar.anybody
            or low in self._grammar.past_as_base
        ):
            return False
        if self._is_plural(words, number):
            return False
        return not (before.low.endswith(("s", "n't")) or before.low in (",", ")", "—"))

    def _opens_report(self, words: Sequence[Word]) -> bool:
        """Whether a sentence is no more than a verb and a name before a colon: *Said* X:"""
        phrase = self.phrases.starting(words, 1) if words[-1].low == ":" and words[0].low.endswith("d") else None
        return phrase is not None and phrase[1] == len(words) - 1

    def _is_plural(self, words: Sequence[Word], verb: int) -> bool:
        """Whether several are before a verb: Trump and Clinton *support*, supporters of the law *hope*."""
        last = verb - 1
        while last > 0 and words[last].low.endswith("ly") and not words[last].capital:
            last -= 1
        phrase = self.phrases.ending(words, last)
        if phrase is None:
            return False
        inside = words[slice(*phrase)]
        link = next((n for n, word in enumerate(inside) if word.low in self._grammar.links and n), len(inside))
        head = inside[link - 1].low
        several = head.endswith("s") or head in self._grammar.anybody | self._grammar.before_base
        return several if link < len(inside) or last < verb - 1 else any(word.low == "and" for word in inside)

    def _undone(self, words: Sequence[Word], number: int) -> bool:
        for back in range(number - 1, max(-1, number - 4), -1):
            low = words[back].low
            if not words[back].is_word:
                return False
            if low == "to" and back and words[back - 1].low in self._grammar.before_to:
                return False  # continues to say
            if low in self._speech.undo or low.endswith(("n't", "'ll", "'d")):
                return True
            if low not in self._speech.between and not low.endswith("ly"):
                return False
        return False
