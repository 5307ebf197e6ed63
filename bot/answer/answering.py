"""Answering: a question and a library in, an Answer or an Abstention out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot.answer import coverage, filters
from bot.answer.composing import Composer
from bot.answer.finding import Candidate, Finder, is_told_by
from bot.model import Abstention, Answer, Question, Without
from bot.question.following import go_on
from bot.question.reading import QuestionReader
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import words as folded_words

# The share of the question, weighed by rarity, that must be covered to answer.  `python -m tests.quality.ablation`
# measures each of them lower and higher; its table is tests/quality/ABLATION.md.
ON_TOPIC = 0.45  # by a quote of the named speaker
IN_GENERAL = 0.6  # by a passage, where nobody is named
NEARLY_ALL = 0.85  # of a claim that somebody is asked to have made, by the words together with what surrounds them

_NAMED_BY = 60  # letters of a longer text


def answer(
    library: Library,
    text: str,
    history: Sequence[str],
    today: date,
    words: QuestionWords,
    most: int,
    unfiltered: bool = False,
) -> Answer | Abstention:
    """Answer a question that follows `history`, the questions before it, oldest first.

    `most` is the number of statements shown at once; the others are in the answer's `more`.  `today` is what “last
    week” counts from.  `unfiltered` answers it without the outlets, the relay and the days that it names.  What an
    abstention suggests to ask has an answer.
    """
    reader = QuestionReader(library, words, today)
    question = read(reader, text, history, words)
    if unfiltered:
        without = Without(speakers=question.without.speakers, terms=question.without.terms)
        question = replace(question, outlets=(), via=None, dates=None, without=without)
    found = outcome(library, replace(question, text=text), words, most)
    return found if isinstance(found, Answer) else _tried(found, library, reader, words)


def read(reader: QuestionReader, text: str, history: Sequence[str], words: QuestionWords) -> Question:
    """Return a question with what it leaves for the questions before it to say."""
    question = Question("")
    for asked in (*history, text):
        question = go_on(reader.read(asked), question, words)
    return question


def trace(library: Library, said: str, words: QuestionWords, most: int) -> Answer | Abstention:
    """Return whose words these are and where they stand; where nobody is quoted with them, what comes nearest."""
    forms = library.forms_of(said)
    question = Question(said, "who_said", topic=f"“{_opening(said)}”", terms=tuple(forms), forms=forms, phrases=(said,))
    exact = outcome(library, question, words, most)
    if isinstance(exact, Answer):
        return exact
    near = outcome(library, replace(question, phrases=()), words, most)
    if isinstance(near, Answer):
        return replace(near, message="These very words are not in the coverage. The nearest to them:")
    return _tried(near, library, QuestionReader(library, words, date.min), words)


def outcome(library: Library, question: Question, words: QuestionWords, most: int) -> Answer | Abstention:
    """Return the answer to a question that is read, or the abstention with suggestions that nobody has tried."""
    return _Answering(library, question, words, most).outcome()


def _tried(found: Abstention, library: Library, reader: QuestionReader, words: QuestionWords) -> Abstention:
    """Return an abstention with those of its suggestions that have an answer."""
    outcomes = {asked: outcome(library, reader.read(asked), words, 1) for asked in found.suggestions}
    return replace(found, suggestions=tuple(asked for asked, one in outcomes.items() if isinstance(one, Answer)))


def _opening(text: str) -> str:
    """Return the first words of a text, to name it by."""
    whole = " ".join(text.split())
    return whole if len(whole) <= _NAMED_BY else f"{whole[:_NAMED_BY].rpartition(' ')[0] or whole[:_NAMED_BY]} …"


class _Answering:
    """One question being answered."""

    def __init__(self, library: Library, question: Question, words: QuestionWords, most: int) -> None:
        self._library, self._question, self._words = library, question, words
        self._composer = Composer(library, question, words, most)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._library, self._question, self._words)

    def outcome(self) -> Answer | Abstention:
        """Return the answer, or the first reason on the list not to give one."""
        question = self._question
        if not folded_words(question.text):
            return self._composer.abstain("empty_question")
        if not question.readable:
            return self._composer.abstain("unsupported_language")
        if question.intent in ("judgement", "smalltalk"):
            return self._composer.abstain("not_about_coverage")
        if not self._library.articles:
            return self._composer.abstain("no_passage")
        if question.intent in ("about_corpus", "mentions", "about_article", "headlines", "who_is"):
            return self._of_the_articles()
        if question.unknown_names and not question.speakers:
            return self._unknown_name()
        if not (question.asks_about_something or question.is_limited or question.intent in ("latest", "first")):
            return self._composer.abstain("empty_question")
        if question.speakers:
            return self._said()
        return self._everything() if not question.asks_about_something else self._in_general()

    # What somebody said

    def _said(self) -> Answer | Abstention:
        ranked = self._finder.quotes(self._question.speakers)
        fitting = [one for one in ranked if self._is_on_topic(one)]
        if not fitting and self._question.carried:  # “what about Sikorski?”: all there is, whatever the subject was
            fitting = ranked
        if fitting or (fitting := self._narrated()):
            return self._composer.said(fitting)
        return self._composer.abstain(
            "not_quoted_on_this", self._others(NEARLY_ALL if self._question.intent == "verify" else IN_GENERAL)
        )

    def _is_on_topic(self, one: Candidate) -> bool:
        question = self._question
        if question.phrases:
            return one.own >= 1.0
        if not question.terms:
            return True
        if question.intent == "verify":
            return one.own >= IN_GENERAL or one.coverage >= NEARLY_ALL
        return one.coverage >= ON_TOPIC

    def _narrated(self) -> list[Candidate]:
        """Return narration about somebody who is not quoted, where the question asks for more than their words."""
        acts = set(self._question.terms) & set(self._library.analyser.of_words(sorted(self._words.speaking)))
        if not acts or self._question.intent == "verify":
            return []
        names = {term for name in self._question.speakers for term in self._library.analyser.terms(name)}
        return [
            one
            for one in self._finder.anybody()
            if one.quote.kind == "narration"
            and one.own >= IN_GENERAL
            and names & self._library.terms(one.quote.article_id, one.quote.shown[0])
        ]

    def _unknown_name(self) -> Abstention:
        names, articles = self._question.unknown_names, self._library.articles.values()
        forms = self._library.forms_of(" ".join(names))
        known = bool(forms) and all(self._library.holds((term, *others)) for term, others in forms.items())
        named = known and any(name in article.text for name in names for article in articles)
        return self._composer.abstain("not_quoted_on_this" if named else "unknown_name", self._others(ON_TOPIC))

    def _others(self, covered: float) -> list[Candidate]:
        """Return what others say on the subject, as far as the question's filters admit it."""
        found = [one for one in self._finder.anybody(spoken_only=True) if one.coverage >= covered]
        return filters.apply(self._question, found, self._library).kept

    # What the coverage says, by anybody

    def _in_general(self) -> Answer | Abstention:
        question = self._question
        found = self._finder.anybody(spoken_only=question.intent == "who_said" and not question.phrases)
        if question.phrases:
            fitting = [one for one in found if one.own >= 1.0]
        else:
            fitting = [one for one in found if one.coverage >= IN_GENERAL]
        if question.sources:
            fitting = [one for one in fitting if is_told_by(self._library, one.quote, question.sources)] or fitting
        if question.intent == "when":
            dated = [one for one in fitting if self._states(one, self._words.dates.is_stated_in)]
            fitting = dated or [one for one in fitting if one.quote.said_on is not None]
        elif question.intent == "how_many":
            fitting = [one for one in fitting if self._states(one, self._states_number)]
        return self._composer.said(fitting) if fitting else self._composer.abstain("no_passage", found)

    def _states(self, one: Candidate, test: Callable[[str], bool]) -> bool:
        text = self._library.article(one.quote).text
        return any(test(span.of(text)) for span in one.quote.shown)

    def _states_number(self, text: str) -> bool:
        """Whether a text states a number other than those of its dates."""
        return bool(self._words.states_number.search(self._words.dates.blanked_in(text)))

    def _everything(self) -> Answer | Abstention:
        """Answer a question that has nothing but filters: “what does Politico report?”."""
        return self._composer.said(self._finder.everything())

    # The articles themselves

    def _of_the_articles(self) -> Answer | Abstention:
        library, question = self._library, self._question
        if question.intent == "about_corpus":
            message, facts, left_out = coverage.about_corpus(library, question)
            return self._composer.answer(message, (), facts=facts, left_out=left_out)
        if question.intent == "mentions":
            message, facts, left_out = coverage.mentions(library, question)
            return self._composer.answer(message, (), facts=facts, left_out=left_out)
        if question.intent == "about_article":
            facts = coverage.about_article(library, question)
            message = "What the articles state of themselves:"
            return self._composer.answer(message, (), facts=facts) if facts else self._composer.abstain("no_passage")
        if question.intent == "headlines":
            found = coverage.headlines(library, question)
            return self._composer.said(found) if found else self._composer.abstain("no_passage")
        return self._who_is()

    def _who_is(self) -> Answer | Abstention:
        shown, facts = coverage.introductions(self._library, self._question, self._words)
        if shown or facts:
            return self._composer.answer(coverage.introduced(self._library, shown), shown, facts=facts)
        return self._unknown_name() if self._question.unknown_names else self._in_general()
