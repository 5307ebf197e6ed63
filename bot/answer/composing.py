"""Composing: from ranked candidates to what is shown, with the sentence around it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import abstaining, filters
from bot.answer.coverage import facts_of
from bot.answer.finding import Candidate, is_told_by, narration, statements
from bot.model import SPOKEN, Abstention, Answer, Fact, LeftOut, Question, Quote, Reason, Statement, Tenure
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import number_of

# Statements that fit much worse than the best are left out.  Measured on the question sets of the seeds: below .6 the
# share of what is shown that a judge had listed falls under .60, above .75 required quotes are lost.
WORTH_SHOWING = 0.6
WORTH_IN_GENERAL = 0.7
_MOST_NAMED = 3
_NOTHING_LEFT_OUT = LeftOut()


@dataclass(frozen=True, slots=True)
class Composer:
    """Puts the outcome of one question together; `most` is the number of statements shown at once."""

    library: Library
    question: Question
    words: QuestionWords
    most: int

    def said(self, fitting: Sequence[Candidate]) -> Answer | Abstention:
        """Return the answer that candidates give, best first, or what the filters leave to say where none passes."""
        filtered = filters.apply(self.question, fitting, self.library)
        if not filtered.kept:
            return self.abstain("filters_leave_nothing", fitting, filtered.left_out)
        grouped = self._of_each(self._grouped(filtered.kept))
        if self.question.intent in ("first", "latest"):
            grouped.sort(key=self._first_day, reverse=self.question.intent == "latest")
            grouped.sort(key=lambda statement: not self._days(statement))  # stays in order: what has no day goes last
        first = self.question.page * self.most
        shown, more = grouped[first : first + self.most], grouped[first + self.most :]
        if not shown:
            return self.abstain("no_passage")
        if self.question.intent == "provenance" and not first:
            named = self._naming_relays(shown)
            room = max(1, self.most - len(named))
            shown, more = shown[:room] + named, shown[room:] + more
        if self.question.intent == "timeline":
            shown.sort(key=self._first_day)
        facts = self._sources(shown) if self.question.intent == "source" else []
        if self.question.intent == "how_often":
            facts = self._counts(filtered.kept)
        if self.question.intent == "provenance":
            facts = self._outlets(filtered.kept)
        return self.answer(self._summary(shown), shown, facts=facts, left_out=filtered.left_out, more=more)

    def answer(
        self,
        message: str,
        shown: Sequence[Statement],
        *,
        facts: Sequence[Fact] = (),
        left_out: LeftOut = _NOTHING_LEFT_OUT,
        more: Sequence[Statement] = (),
    ) -> Answer:
        """Return an answer that carries the articles it cites."""
        cited = {quote.article_id for statement in (*shown, *more) for quote in statement.quotes}
        return Answer(
            question=self.question,
            message=message,
            library=self.library.facts,
            statements=tuple(shown),
            facts=tuple(facts),
            left_out=left_out,
            more=tuple(more),
            articles={identity: self.library.articles[identity] for identity in sorted(cited)},
        )

    def abstain(
        self,
        reason: Reason,
        others: Sequence[Candidate] = (),
        left_out: LeftOut = _NOTHING_LEFT_OUT,
    ) -> Abstention:
        """Return the abstention for a reason.

        `others` are quotes of other people that do cover the question, passages that cover too little of it, or what
        the filters keep out: whatever the reason leaves to point to.
        """
        return abstaining.abstain(self.library, self.question, reason, self.words, others, left_out)

    def _grouped(self, kept: Sequence[Candidate]) -> list[Statement]:
        line = self._worth_showing() * max(one.score for one in kept)
        worth = [one for one in kept if one.score >= line]
        wordings = {quote.key: quote for one in worth for quote in self.library.statement_of(one.quote).quotes}
        admitted = filters.admitted(self.question, list(wordings.values()), self.library)
        grouped = statements(self.library, worth, admitted)
        if self.question.intent == "wordings":
            return [one for one in grouped if len(one.quotes) > 1] or grouped
        return grouped

    def _of_each(self, grouped: Sequence[Statement]) -> list[Statement]:
        """Return statements in an order that begins with one of every speaker and outlet that the question names."""
        first: dict[str, Statement] = {}
        if len(self.question.speakers) + len(self.question.outlets) > 1:
            for statement in reversed(grouped):
                outlets = {name for quote in statement.quotes if (name := self.library.article(quote).outlet)}
                first |= dict.fromkeys({str(statement.quotes[0].speaker)} & set(self.question.speakers), statement)
                first |= dict.fromkeys(outlets & set(self.question.outlets), statement)
        ahead = {statement.id for statement in first.values()}
        return sorted(grouped, key=lambda statement: statement.id not in ahead)

    def _counts(self, kept: Sequence[Candidate]) -> list[Fact]:
        """Return how often something was said: in how many statements, quotes, articles and outlets.

        An article that several outlets print, word for word or nearly, is one, with the quotes in it.
        """
        printed = {self.library.first_print(one.quote) for one in kept}
        outlets = {self.library.article(one.quote).outlet for one in kept} - {None}
        numbers = {
            "statements": len(statements(self.library, kept)),
            "quotes": len(printed),
            "articles": len({article for article, _ in printed}),
            "outlets": len(outlets),
        }
        return [Fact(label, str(number)) for label, number in numbers.items()]

    def _outlets(self, kept: Sequence[Candidate]) -> list[Fact]:
        """Return which outlets print it, each with the number of its articles."""
        articles = {one.quote.article_id: self.library.article(one.quote) for one in kept}
        printed = Counter(article.outlet for article in articles.values() if article.outlet)
        return [Fact("outlet", f"{name} ({number_of(count, 'article')})") for name, count in printed.most_common()]

    def _sources(self, shown: Sequence[Statement]) -> list[Fact]:
        """Return what the articles that are cited state of themselves."""
        cited = dict.fromkeys(quote.article_id for statement in shown for quote in statement.quotes)
        return [fact for identity in cited for fact in facts_of(self.library.articles[identity])]

    def _worth_showing(self) -> float:
        """Return the share of the best score that another candidate needs to be shown beside it."""
        if not self.question.terms or self.question.intent in ("timeline", "how_often"):
            return 0.0
        return WORTH_SHOWING if self.question.speakers else WORTH_IN_GENERAL

    def _naming_relays(self, shown: Sequence[Statement]) -> list[Statement]:
        """Return the first sentence that names a relay of the statements, if they do not show it already."""
        for quote in (quote for statement in shown for quote in statement.quotes):
            for relay in quote.relays:
                number = self.library.passage_at(quote.article_id, relay.start)
                span = self.library.passages[number].span
                if span in quote.shown:
                    continue
                reported = [one for one in self.library.quotes_in.get(number, ()) if one.shown == (span,)]
                said: Quote = reported[0] if reported else narration(self.library.article(quote), span)
                return [Statement(said.id, (said,))]
        return []

    # The sentence around the quotes

    def _summary(self, shown: Sequence[Statement]) -> str:
        what, quoted = self.question.topic, {statement.quotes[0].speaker for statement in shown}
        named = [name for name in self.question.speakers if name not in self.question.in_office]
        who = " and ".join(self._speakers(shown))
        if told := self.question.described:
            heard = any(is_told_by(self.library, one.quotes[0], self.question.sources) for one in shown)
            who, what = (told, what) if heard else ("", f"{what or told} (no words of {told})")
        some = bool(quoted & set(named)) and len(named) <= _MOST_NAMED and not self.question.page
        silent = [name for name in named if some and name not in quoted]
        if wordless := [*self.question.unknown_names, *silent]:
            who += f" (no words of {' and '.join(wordless)}{' on this' if what and silent else ''})"
        subject = f"{who} on {what}" if who and what else who or what or "the coverage"
        kinds = {statement.quotes[0].kind for statement in shown}
        noun = "statement" if kinds <= SPOKEN else "headline" if kinds == {"headline"} else "passage"
        counted = f"{number_of(len(shown), noun)}{self._span(shown)}{_directness(shown)}"
        unsaid = self.words.unsaid.search(self.question.text.lower())
        lacking = "; what was left unsaid, no article holds" if unsaid else ""
        return f"{subject[:1].upper()}{subject[1:]}: {counted}{lacking}"

    def _speakers(self, shown: Sequence[Statement]) -> list[str]:
        """Return the speakers asked for; those that a title stands for as far as they are shown, with it."""
        heard = {quote.speaker for statement in shown for quote in statement.quotes}
        asked = self.question.in_office
        named = [name for name in self.question.speakers if name in heard]
        return [name + _as_bearer(asked.get(name)) for name in named or self.question.speakers]

    def _span(self, shown: Sequence[Statement]) -> str:
        days = sorted(day for statement in shown for day in self._days(statement))
        if not days:
            return ""
        return f", {days[0]}" if days[0] == days[-1] else f", {days[0]} to {days[-1]}"

    def _days(self, statement: Statement) -> list[str]:
        days = (filters.day_of(quote, self.library.article(quote)) for quote in statement.quotes)
        return [str(day)[:10] for day in days if day is not None]

    def _first_day(self, statement: Statement) -> tuple[bool, str]:
        days = self._days(statement)
        return not days, min(days, default="")


def _as_bearer(tenure: Tenure | None) -> str:
    """Return the title asked for, where it changed hands.  The days are left out: articles bound them, but loosely."""
    return f" ({tenure.title})" if tenure and (tenure.since or tenure.until) else ""


def _directness(shown: Sequence[Statement]) -> str:
    """Return a note where nobody's very words are shown, though people are reported to have said something."""
    kinds = {quote.kind for statement in shown for quote in statement.quotes}
    return "; no words between quotation marks" if "indirect" in kinds and not kinds & {"direct", "mixed"} else ""
