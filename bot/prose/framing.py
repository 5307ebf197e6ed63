"""Finds frames of speech: cues with their sources, one construction after the other."""

from collections.abc import Sequence
from itertools import pairwise

from bot.prose.cues import Cue, CueReader
from bot.prose.frames import Frame
from bot.prose.name_words import NameWords
from bot.prose.nesting import outermost, placed
from bot.prose.phrases import Phrase
from bot.prose.sentences import QUOTATION, Sentence, Word
from bot.prose.subjects import SubjectReader
from bot.prose.words import CueForm, SpeechWords

_QUOTED_WITHIN = 10  # words between “quoted” and “as saying”
_OPENING = 4  # words that a sentence can begin with before its first verb
_DASHES = ",—–-"


# Words.  What is longer is a table or a list and no sentence, and frames are looked for in time that grows with the
# square of its length.
LONGEST_SENTENCE = 500


class FrameReader:
    """Finds the frames of sentences by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._speech, self._grammar, self._names = speech, speech.grammar, names
        self._before_participle = speech.grammar.before_participle | speech.grammar.time | speech.grammar.dates
        self.phrases = SubjectReader(speech, names)
        self._cues = CueReader(speech, names, self.phrases)

    def frames(self, sentence: Sentence) -> list[Frame]:
        """Return the frames of a sentence in order, those that a negation undoes among them."""
        words, found, number = sentence.words, list[Frame](), 0
        if len(words) > LONGEST_SENTENCE:
            return []
        while number < len(words):
            frame = self._according(sentence, number) or self._frame(sentence, number, found)
            if frame is None or (frame.source and self.phrases.is_nobody(words, frame.source)):
                number += 1
                continue
            found.append(placed(words, frame, found, self._grammar))
            number = max(frame.cue[1], number + 1)
        return found

    def _according(self, sentence: Sentence, number: int) -> Frame | None:
        words = sentence.words
        for phrase in self._speech.according:
            end = number + len(phrase)
            if words[number].low == phrase[0] and tuple(word.low for word in words[number:end]) == phrase:
                late = end < len(words) and self._cues.is_adverb(words[end])  # according to *early* returns
                source = self.phrases.starting(words, end + late, anything=True)
                return Frame(sentence, (number, end), None, source) if source else None
        return None

    def _frame(self, sentence: Sentence, number: int, earlier: Sequence[Frame]) -> Frame | None:
        words = sentence.words
        if words[number].capital and number and words[number - 1].capital:
            return None  # a part of a name
        cue = self._cues.cue(words, number)
        if cue is not None and not cue[0].kinds & {"say", "utter"} and (frame := self._unlisted(sentence, number)):
            return frame  # “…,” remembered X
        if cue is None or self._cues.is_noun(words, number, cue[0].verb):
            return self._state(sentence, number) or (self._unlisted(sentence, number) if cue is None else None)
        if cue[0].participle:
            return self._participle(sentence, number, cue, earlier)
        if self._cues.is_passive(words, number):
            return None
        return self._finite(sentence, number, cue, earlier)

    # Verbs

    def _finite(self, sentence: Sentence, number: int, cue: Cue, earlier: Sequence[Frame]) -> Frame | None:
        words, (form, end) = sentence.words, cue
        source, inverted, borrowed = self._source(words, number, end, form)
        if source is None and self._continues(words, number):
            source, borrowed = self._going_on(words, number, earlier), True
            source = source if source and source[1] <= number else None
        if source is None or not self._is_likely(words, source, form, number):
            return None
        if self._hands_on(words, number):
            return Frame(sentence, (number, end), None, source)
        undone = self._cues.is_undone(words, number) or (source[0] > 0 and words[source[0] - 1].low == "nor")
        return Frame(sentence, (number, end), form, source, undone, inverted, borrowed)

    def _is_likely(self, words: Sequence[Word], source: Phrase, form: CueForm, number: int) -> bool:
        """Whether the word is a verb with this subject: a thing says in the past and with a verb of saying only."""
        if self.phrases.can_speak(words, source):
            return True
        if not (words[number].low.endswith("ed") or form.verb == "say"):
            return False
        return "say" in form.kinds or ("utter" in form.kinds and self.phrases.has_role(words, source))

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

    def _going_on(
        self, words: Sequence[Word], number: int, earlier: Sequence[Frame], *, participle: bool = False
    ) -> Phrase | None:
        """Return the source of a cue that has none of its own: …, furrowed his brow *and said*."""
        last = earlier[-1] if earlier else None
        if participle and last and last.forms and last.forms.participle and words[number - 1].low == "and":
            return last.source  # with X tweeting that … *and asking*
        outer = outermost(earlier)
        if outer is not None and not outer.nested and not outer.subordinate:
            return outer.source
        return self.phrases.subject(words) or (outer.source if outer else None)

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
        """Whether an article or a role begins a noun phrase, which behind “…,” said is the source whatever it is."""
        if number >= len(words) or not form.kinds & {"say", "utter"}:
            return False
        return words[number].low in self._grammar.determiners or self._names.is_role(words[number].low)

    # Participles

    def _participle(self, sentence: Sentence, number: int, cue: Cue, earlier: Sequence[Frame]) -> Frame | None:
        words, (form, end) = sentence.words, cue
        first = number
        while first and self._cues.is_adverb(words[first - 1]) and words[first - 1].low not in self._grammar.be:
            first -= 1
        before = words[first - 1].low if first else ""
        if before in self._grammar.not_of_speech:
            return None
        undone = self._cues.is_undone(words, number)
        if before in self._grammar.be:
            source = self.phrases.subject_of(words, number)[0]
            return Frame(sentence, (number, end), form, source, undone) if source else None
        if first and words[first - 1].is_word and before not in self._before_participle:
            noticed = self._noticed(words, number)
            source = noticed or self.phrases.ending(words, first - 1)  # a group *backing* X
            if noticed is None and source and form.kinds & {"say", "utter"}:
                source, at_place = self._whoever_is_there(words, source)
                doing = (self._going_on(words, number, earlier) or self._opening(words)) if at_place else None
                if doing and doing[1] <= number:  # they stood outside the court *shouting*
                    return Frame(sentence, (number, end), form, doing, undone, borrowed=True)
            return Frame(sentence, (number, end), form, source, undone, subordinate=not noticed) if source else None
        source = self._going_on(words, number, earlier, participle=True) or self._opening(words)
        if source and source[1] > number and (number or "say" not in form.kinds):
            source = None  # but: *Noting* that …, X …
        return Frame(sentence, (number, end), form, source, undone, borrowed=True)

    def _whoever_is_there(self, words: Sequence[Word], phrase: Phrase) -> tuple[Phrase, bool]:
        """Return what a participle behind a place describes, and whether that is not the noun before the place.

        A man in *Gdansk* saying; a post on *X* claiming; but they stood outside *the court* shouting.
        """
        before = phrase[0] - 1
        if before < 0 or words[before].low not in self._grammar.places:
            return phrase, False
        head = self.phrases.ending(words, before - 1) if before and words[before].low in self._grammar.links else None
        noun = words[head[1] - 1].low if head else ""
        speaks = self._names.is_role(noun) or noun in self._names.utterances - self._speech.nouns
        if head and speaks and not any(one.possessive for one in words[slice(*head)]):
            return (head[0], phrase[1]), False
        return phrase, True

    def _noticed(self, words: Sequence[Word], number: int) -> Phrase | None:
        """Return who speaks as others tell: X was heard *saying*, was quoted as *saying*; Y quoted X as *saying*."""
        behind = number - (words[number - 1].low == "as")
        verb = self._noticing(words, behind)
        if verb is None:
            return None
        if self._cues.is_passive(words, verb):
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
        people = next((n for n, word in enumerate(words[:_OPENING]) if self._names.is_role(word.low)), None)
        if people is not None:
            return 0, people + 1  # *Two men* stood …
        opens = words and words[0].low in self._grammar.determiners
        return self.phrases.starting(words, 0, anything=True) if opens else None

    # Adjectives, and verbs that no list has

    def _state(self, sentence: Sentence, number: int) -> Frame | None:
        """Return the frame of an adjective behind “is”: X is *concerned about* …"""
        words = sentence.words
        for form in self._speech.states.get(words[number].low, ()):
            end = number + 1 + len(form.rest)
            verb = self._cues.copula(words, number)
            if verb and tuple(word.low for word in words[number + 1 : end]) == form.rest:
                source = self.phrases.subject_of(words, verb)[0]
                if source is not None and self.phrases.can_speak(words, source):
                    return Frame(sentence, (number, end), form, source, self._cues.is_undone(words, number))
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
