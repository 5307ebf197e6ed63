"""Answering: a question and a library in, an Answer or an Abstention out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.answer import coverage, filters
from bot.answer.abstaining import abstain, dates
from bot.answer.finding import Candidate, Finder, headline, narration, statements
from bot.model import SPOKEN, Abstention, Answer, Article, Fact, LeftOut, Question, Quote, Statement
from bot.question.following import go_on
from bot.question.reading import QuestionReader
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import tokens

__all__ = ["QuestionWords", "answer"]

# The share of the question, weighed by rarity, that must be covered to answer.  Measured on the question sets of the seeds:
# see tests/quality.
ON_TOPIC = 0.45  # by a quote of the named speaker
IN_GENERAL = 0.6  # by a passage, where nobody is named
CLAIMED = 0.7  # by the words of somebody who is asked to have said just that
# Statements that fit much worse than the best are left out.
WORTH_SHOWING = 0.6
WORTH_IN_GENERAL = 0.7
HEADLINE = 0.33  # share of the best headline's coverage
_NUMBER = re.compile(
    r"\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|several|percent)\b|[%$€£]",
    re.IGNORECASE,
)


def answer(
    library: Library, text: str, history: Sequence[str], today: date, words: QuestionWords, most: int
) -> Answer | Abstention:
    """Answer a question that follows `history`, the questions before it, oldest first.

    `most` is the number of statements shown at once; the others are in the answer's `more`.
    """
    reader = QuestionReader(library, words, today)
    question: Question | None = None
    for asked in (*history, text):
        read = reader.read(asked)
        question = go_on(read, question, words) if question is not None else read
    assert question is not None
    return _Answering(library, replace(question, text=text), words, most).outcome()


class _Answering:
    """One question being answered."""

    def __init__(self, library: Library, question: Question, words: QuestionWords, most: int) -> None:
        self._library, self._question, self._words, self._most = library, question, words, most

    def outcome(self) -> Answer | Abstention:
        question = self._question
        if not question.text.strip() or not any(True for _ in tokens(question.text)):
            return self._abstain("empty_question")
        if question.language not in ("en", "uk", "ru", "pl"):
            return self._abstain("unsupported_language")
        if question.intent == "judgement":
            return self._abstain("not_about_coverage")
        if question.intent == "about_corpus" and self._library.articles:
            message, facts = coverage.about_corpus(self._library)
            return self._answer(message, (), facts=facts)
        if question.intent == "who_is":
            return self._who_is()
        if question.unknown_names:
            return self._unknown_name()
        if question.unread and not question.speakers and not question.terms:
            return self._abstain("unsupported_language")
        if not (
            question.terms or question.speakers or question.phrases or question.outlet or question.via or question.dates
        ):
            return self._abstain("empty_question" if not question.intent == "about_corpus" else "no_passage")
        return self._by_intent()

    def _by_intent(self) -> Answer | Abstention:
        by_intent: dict[str, Callable[[], Answer | Abstention]] = {
            "about_article": self._about_article,
            "headlines": self._headlines,
            "when": self._when,
            "how_many": self._how_many,
        }
        if self._question.intent in by_intent:
            return by_intent[self._question.intent]()
        return self._said() if self._question.speakers else self._in_general()

    # What somebody said

    def _said(self) -> Answer | Abstention:
        question = self._question
        finder = Finder(self._library, question)
        ranked = finder.quotes(question.speakers)
        fitting = [one for one in ranked if self._on_topic(one)]
        if not fitting and question.optional and ranked:  # only the speaker is new: “what about Sikorski?”
            fitting = ranked
        if not fitting:
            return self._reported_instead(finder) or self._not_quoted(finder)
        filtered = filters.apply(question, fitting, self._library)
        if not filtered.kept:
            return self._filtered_away(fitting, filtered.left_out)
        return self._statements(filtered.kept, filtered.left_out)

    def _on_topic(self, one: Candidate) -> bool:
        question = self._question
        if question.phrases and question.intent in ("verify", "who_said", "wordings", "said") and one.own < 1.0:
            return False
        if not question.terms or question.phrases:
            return True
        if question.intent == "verify":
            return max(one.own, one.coverage if one.coverage > 0.85 else 0.0) >= CLAIMED
        return one.coverage >= ON_TOPIC

    def _reported_instead(self, finder: Finder) -> Answer | None:
        """Return narration about somebody who is not quoted, where the question asks for more than their words."""
        verbs = [
            term
            for term in self._question.terms
            if term in self._library.analyser.of_words(sorted(self._words.speaking))
        ]
        if not verbs or self._question.intent == "verify":
            return None
        names = {term for name in self._question.speakers for term in self._library.analyser.terms(name)}
        found = [
            one
            for one in finder.anybody()
            if one.quote.kind == "narration"
            and one.own >= IN_GENERAL
            and names & self._library.terms(one.quote.article_id, one.quote.shown[0])
        ]
        filtered = filters.apply(self._question, found, self._library)
        return self._statements(filtered.kept, filtered.left_out) if filtered.kept else None

    def _not_quoted(self, finder: Finder) -> Abstention:
        others = (
            [one for one in finder.anybody(spoken_only=True) if one.coverage >= IN_GENERAL]
            if self._question.terms
            else []
        )
        return self._abstain("not_quoted_on_this", others)

    def _unknown_name(self) -> Abstention:
        finder = Finder(self._library, self._question)
        others = (
            [one for one in finder.anybody(spoken_only=True) if one.coverage >= ON_TOPIC]
            if self._question.terms
            else []
        )
        return self._abstain("unknown_name", others)

    def _filtered_away(self, fitting: Sequence[Candidate], left_out: LeftOut) -> Abstention:
        return abstain(
            self._library,
            self._question,
            "filters_leave_nothing",
            self._words,
            (),
            left_out,
            len(statements(self._library, fitting)),
        )

    # What the coverage says, by anybody

    def _in_general(self, admits: Callable[[Candidate], bool] = lambda one: True) -> Answer | Abstention:
        question = self._question
        if not question.terms and not question.phrases:
            return self._everything()
        finder = Finder(self._library, question)
        found = finder.anybody(spoken_only=question.intent == "who_said" and not question.phrases)
        fitting = [
            one for one in found if (one.own >= 1.0 if question.phrases else one.coverage >= IN_GENERAL) and admits(one)
        ]
        if not fitting:
            return self._abstain("no_passage")
        filtered = filters.apply(question, fitting, self._library)
        if not filtered.kept:
            return self._filtered_away(fitting, filtered.left_out)
        return self._statements(filtered.kept, filtered.left_out)

    def _everything(self) -> Answer | Abstention:
        """Answer a question that has only filters: “what does Politico report?”."""
        found = [
            Candidate(quote, self._library.passage_of[quote.id], 1.0, 1.0, _standing(quote))
            for quote in self._library.quotes
        ]
        found.sort(key=lambda one: (-one.score, one.quote.article_id, one.quote.shown))
        filtered = filters.apply(self._question, found, self._library)
        if not filtered.kept:
            return self._filtered_away(found, filtered.left_out)
        return self._statements(filtered.kept, filtered.left_out)

    def _when(self) -> Answer | Abstention:
        if self._question.speakers:
            return self._said()
        stated = self._in_general(lambda one: self._states(one, _states_date))
        return stated if isinstance(stated, Answer) else self._in_general(lambda one: one.quote.said_on is not None)

    def _how_many(self) -> Answer | Abstention:
        if self._question.speakers:
            return self._said()
        return self._in_general(lambda one: self._states(one, _states_number))

    def _states(self, one: Candidate, test: Callable[[str], bool]) -> bool:
        text = self._library.articles[one.quote.article_id].text
        return any(test(span.of(text)) for span in one.quote.shown)

    # The articles themselves

    def _headlines(self) -> Answer | Abstention:
        scores = dict(self._library.article_index.search(dict.fromkeys(self._question.terms, 1.0)))
        articles = [article for article in self._library.articles.values() if article.headline]
        covered = {article.id: self._headline_coverage(article) for article in articles}
        best = max(covered.values(), default=0.0)
        fitting = [
            article
            for article in articles
            if not self._question.terms or (covered[article.id] >= HEADLINE * best and best > 0)
        ]
        number = self._library.article_number
        fitting.sort(key=lambda article: (-covered[article.id], -scores.get(number[article.id], 0.0), article.id))
        found = [Candidate(headline(article), 0, 1.0, 1.0, 1.0) for article in fitting]
        filtered = filters.apply(self._question, found, self._library)
        if not filtered.kept:
            return self._filtered_away(found, filtered.left_out) if found else self._abstain("no_passage")
        return self._statements(filtered.kept, filtered.left_out)

    def _headline_coverage(self, article: Article) -> float:
        terms = set(self._library.analyser.terms(article.headline or ""))
        related = self._library.analyser.related
        return sum(
            1.0 if term in terms else 0.5 if related.get(term, frozenset()) & terms else 0.0
            for term in self._question.terms
        )

    def _about_article(self) -> Answer | Abstention:
        number_to_id = list(self._library.articles)
        ranked = [
            number_to_id[number]
            for number, score in self._library.article_index.search(dict.fromkeys(self._question.terms, 1.0), k=5)
            if score > 0
        ]
        message, facts = coverage.about_article(self._library, self._question, ranked)
        return self._answer(message, (), facts=facts) if facts else self._abstain("no_passage")

    def _who_is(self) -> Answer | Abstention:
        """Answer from what articles say of somebody beside the name, and from the notes about their authors."""
        wanted = set(self._question.terms)
        found: list[Quote] = []
        for article in self._library.articles.values():
            found += self._introductions(article, wanted)
        facts = tuple(
            Fact("author of", article.headline or article.id, article)
            for article in self._library.articles.values()
            if article.author and wanted <= set(self._library.analyser.terms(article.author))
        )
        if not found and not facts:
            return self._unknown_name() if self._question.unknown_names else self._in_general()
        message = (
            "What the articles say of them; a note about an author is the outlet's own and no coverage."
            if any(self._is_bio(quote) for quote in found)
            else "How the articles introduce them:"
        )
        shown = [Statement(quote.id, (quote,)) for quote in found]
        return self._answer(message, shown, facts=facts)

    def _introductions(self, article: Article, wanted: set[str]) -> list[Quote]:
        for block in article.of_kind("bio"):
            if wanted <= self._library.terms(article.id, block.span) and len(block.span) > 60:
                return [narration(article, block.span)]
        titled = {term for title in self._words.titles for term in self._library.analyser.of_words(title)}
        for number, passage in enumerate(self._library.passages):
            if (
                passage.article_id == article.id
                and wanted <= (terms := self._library.terms(article.id, passage.span))
                and titled & terms
            ):
                return [next(iter(self._library.quotes_in.get(number, ())), None) or narration(article, passage.span)]
        return []

    def _is_bio(self, quote: Quote) -> bool:
        return any(block.span == quote.shown[0] for block in self._library.articles[quote.article_id].of_kind("bio"))

    # Outcomes

    def _statements(self, found: Sequence[Candidate], left_out: LeftOut) -> Answer:
        share = (WORTH_SHOWING if self._question.speakers else WORTH_IN_GENERAL) if self._question.terms else 0.0
        worth = [one for one in found if one.score >= share * found[0].score]
        quotes = {
            quote.id: quote
            for one in worth
            for quote in (self._library.statement_of.get(one.quote.id) or Statement("", (one.quote,))).quotes
        }
        admitted = filters.admitted(self._question, list(quotes.values()), self._library)
        grouped = [statement for statement, _ in statements(self._library, worth, admitted)]
        if self._question.intent == "wordings":
            grouped = [one for one in grouped if len(one.quotes) > 1] or grouped
        shown, more = grouped[: self._most], grouped[self._most :]
        if self._question.intent == "provenance":
            shown = shown[: self._most - 1] + self._provenance(shown)
        if self._question.intent == "timeline":
            shown.sort(key=self._day)
        return self._answer(self._summary(shown, left_out), shown, left_out=left_out, more=more)

    def _provenance(self, shown: Sequence[Statement]) -> list[Statement]:
        """Return the sentences that name a relay of the statements, as the outlet's own words."""
        found = {}
        for statement in shown:
            for quote in statement.quotes:
                article = self._library.articles[quote.article_id]
                for relay in quote.relays:
                    passage = next(
                        passage
                        for passage in self._library.passages
                        if passage.article_id == article.id and passage.span.holds(relay)
                    )
                    number = self._library.passages.index(passage)
                    said = next(
                        (one for one in self._library.quotes_in.get(number, ()) if one.shown == (passage.span,)), None
                    ) or narration(article, passage.span)
                    if not any(passage.span == span for span in quote.shown):
                        found[said.id] = Statement(said.id, (said,))
        return list(found.values())[:1]

    def _day(self, statement: Statement) -> tuple[bool, str]:
        days = [str(day) for quote in statement.quotes if (day := filters.day_of(quote, self._library.article(quote)))]
        return (not days, min(days, default=""))

    def _summary(self, shown: Sequence[Statement], left_out: LeftOut) -> str:
        question = self._question
        who = " and ".join(question.speakers)
        what = question.topic
        subject = f"{who} on {what}" if who and what else who or (what[:1].upper() + what[1:]) or "The coverage"
        count = len(shown)
        spoken = sum(statement.quotes[0].kind in SPOKEN for statement in shown)
        noun = (
            "statement"
            if spoken == count
            else "headline"
            if all(statement.quotes[0].kind == "headline" for statement in shown)
            else "passage"
        )
        days = sorted(
            str(day)[:10]
            for statement in shown
            for quote in statement.quotes
            if (day := filters.day_of(quote, self._library.article(quote)))
        )
        span = "" if not days else f", {days[0]}" if days[0] == days[-1] else f", {days[0]} to {days[-1]}"
        return f"{subject}: {count} {noun}{'' if count == 1 else 's'}{span}{self._limits()}"

    def _limits(self) -> str:
        question = self._question
        parts = [
            part
            for part in (
                question.outlet and f"only {question.outlet}",
                question.via and f"via {question.via}",
                dates(question),
            )
            if part
        ]
        return f" ({', '.join(parts)})" if parts else ""

    def _answer(
        self,
        message: str,
        shown: Sequence[Statement],
        *,
        facts: tuple[Fact, ...] = (),
        left_out: LeftOut = LeftOut(),
        more: Sequence[Statement] = (),
    ) -> Answer:
        cited = {quote.article_id for statement in (*shown, *more) for quote in statement.quotes}
        articles = {identity: self._library.articles[identity] for identity in sorted(cited)}
        return Answer(
            self._question, message, self._library.facts, tuple(shown), facts, left_out, (), tuple(more), articles
        )

    def _abstain(self, reason, others: Sequence[Candidate] = ()) -> Abstention:  # type: ignore[no-untyped-def]
        return abstain(self._library, self._question, reason, self._words, others)


def _standing(quote: Quote) -> float:
    """Return the order of quotes where only filters are asked for: words between marks first, then by certainty."""
    return {"direct": 3.0, "mixed": 2.5}.get(quote.kind, 1.5) + 0.1 * quote.certainty


_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)\w*|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:19|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def _states_date(text: str) -> bool:
    return bool(_DATED.search(text))


def _states_number(text: str) -> bool:
    return bool(_NUMBER.search(_DATED.sub("", text)))
