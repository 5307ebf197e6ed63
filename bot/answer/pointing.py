"""Pointing: what there is instead of an answer, and the questions that lead to it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answer import filters
from bot.answer.finding import Candidate, statements
from bot.model import DateRange, PartialDate, Question, Quote, Reason, Without
from bot.question.spelling import nearest_word, similar_names
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import name_words, number_of, tokens

_MOST_NAMED = 3
_MOST_WORDS = 5
_MOST_SPELLINGS = 2
_SHORT = 2  # letters of a term that says too little
_POSSESSIVE = re.compile(r"['’]s?\Z")


def questions(
    library: Library,
    question: Question,
    reason: Reason,
    others: Sequence[Candidate],
    spoken: Mapping[str, Sequence[str]],
) -> Iterable[str]:
    """Yield what could be asked instead, the nearest to the question first; `spoken` is what speakers speak of."""
    speakers = [name for name, _ in who_else(library, question, others) if is_person(library, name)]
    about = f" about {question.topic}" if question.topic else ""
    if reason == "unknown_name":
        near = near_names(library, question)
        yield from (f"what did {name} say{subject}" for name in near for subject in dict.fromkeys((about, "")))
    if reason in ("not_quoted_on_this", "no_passage") and (topic := respelt(library, question)):
        yield f"what {_who_did(question)} about {topic}"
    if reason == "not_quoted_on_this" and question.intent == "verify":
        yield f"who spoke about {' '.join(as_written(question, question.terms))}"
    elif reason in ("unknown_name", "not_quoted_on_this") and about:
        yield from (f"what did {name} say{about}" for name in speakers)
    if reason == "not_quoted_on_this" and library.facts.others:
        yield question.topic  # where it is not read who says what, words are found all the same
    if reason == "not_quoted_on_this":
        for name in question.speakers:
            if question.intent == "verify":
                yield f"what did {name} say about {' '.join(as_written(question, question.terms))}"
            yield from (f"what did {name} say about {word}" for word in spoken.get(name, ())[:1])
            yield f"what did {name} say"
    if reason == "filters_leave_nothing":
        if day := nearest_day(library, question, others):
            yield _in_words(replace(question, dates=DateRange(day.first, day.last)))
        yield from (_in_words(wider) for _, wider, _ in widened(library, question, others))
    if reason == "no_passage":
        yield from (f"what did {name} say{about}" for name in speakers[:1])
        yield from (f"what is said about {words}" for words in _words_held(library, question, others))
    if reason in ("empty_question", "no_passage", "not_about_coverage") and library.quotes:
        most = Counter(quote.speaker for quote in library.quotes if is_named(quote)).most_common(1)
        yield from (f"what did {name} say" for name, _ in most)


def respelt(library: Library, question: Question) -> str | None:
    """Return the subject with the nearest spelling of words that no article holds, or None where there is none."""
    topic = question.topic
    for token in reversed(list(tokens(topic))):
        term = library.analyser.term(token.folded)
        if term is None or library.holds((term, *library.forms(token.span.of(topic)))):
            continue
        if near := nearest_word(term, library.index.terms):
            topic = topic[: token.span.start] + library.as_printed(near) + topic[token.span.end :]
    return topic if topic != question.topic else None


def near_names(library: Library, question: Question) -> list[str]:
    """Return who is quoted under names that are spelt nearly as those of the question that nobody has."""
    found = [name for written in question.unknown_names for name in similar_names(written, library.names)]
    return [name for name in found if name in library.quotes_by][:_MOST_SPELLINGS]


def who_else(library: Library, question: Question, others: Sequence[Candidate]) -> list[tuple[str, int]]:
    """Return who else is quoted, and how often, the most quoted first: people, and bodies that are more than once.

    That somebody is quoted about themselves is no use.
    """
    counts = Counter(one.quote.speaker for one in others if is_named(one.quote))
    asked = set(question.terms)
    named = [
        (str(name), count)
        for name, count in counts.most_common()
        if name not in question.speakers and not asked <= set(library.analyser.terms(str(name)))
    ]
    return [(name, count) for name, count in named if count > 1 or is_person(library, name)][:_MOST_NAMED]


def is_person(library: Library, name: str) -> bool:
    """Whether a name is somebody's in full."""
    return " " in name and any(one.kind == "person" for one in library.names.entries.get(name_words(name), ()))


def stand_out(library: Library, name: str, words: QuestionWords) -> list[str]:
    """Return what somebody speaks of: the nouns of their quotes that the headlines above these have too.

    Those of the most articles come first, rarer words before frequent ones.
    """
    told: dict[str, set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    own = set(library.analyser.terms(name))
    for quote in library.quotes_by.get(name, ()):
        article = library.articles[quote.article_id]
        headed = library.headline_terms(article) - own
        for term, word in _nouns(library, quote, words):
            if term in headed and len(term) > _SHORT:
                told[term].add(article.id)
                written[term][_POSSESSIVE.sub("", word)] += 1
    ranked = sorted(told, key=lambda term: (-len(told[term]) * max(library.index.idf(term) or 0.0, 0.0), term))
    return [written[term].most_common(1)[0][0] for term in ranked[:_MOST_WORDS]]


def _nouns(library: Library, quote: Quote, words: QuestionWords) -> Iterator[tuple[str, str]]:
    """Yield the words of a quote that are nouns by what stands before them or by their capital, with their terms."""
    text = library.articles[quote.article_id].text
    for span in quote.contents:
        before = ""
        for token in tokens(text, span.start, span.end):
            word, term = token.span.of(text), library.analyser.term(token.folded)
            if term and (before in words.before_nouns or (before and word[:1].isupper())):
                yield term, word
            before = token.folded


def widened(library: Library, question: Question, found: Sequence[Candidate]) -> list[tuple[str, Question, str]]:
    """Return the limits without which there is something: how each is called, the question without it, what there is.

    Where it takes more than one of them, that is all of them together.
    """
    without = question.without
    each = {
        "the limit of days": replace(question, dates=None, without=replace(without, dates=None)),
        "the limit to outlets": replace(question, outlets=(), without=replace(without, outlets=())),
        "the limit to a relay": replace(question, via=None, without=replace(without, relays=())),
        "the exception": replace(question, without=Without()),
    }
    together = {"any limit": replace(question, dates=None, outlets=(), via=None, without=Without(), in_office={})}
    for ways in (each, together):
        kept = {limit: filters.apply(wider, found, library).kept for limit, wider in ways.items() if wider != question}
        if any(kept.values()):
            return [(limit, ways[limit], _extent(library, passing)) for limit, passing in kept.items() if passing]
    return []


def nearest_day(library: Library, question: Question, found: Sequence[Candidate]) -> PartialDate | None:
    """Return which of several days on which there is something is nearest to those that a question is limited to."""
    limit, without_days = question.dates, replace(question, dates=None)
    if limit is None:
        return None
    kept = filters.apply(without_days, found, library).kept
    stated = {filters.day_of(one.quote, library.article(one.quote)) for one in kept}
    whole = [PartialDate(day.year, day.month, day.day) for day in stated if day is not None and day.day]
    return min(whole, key=lambda day: (_days_from(limit, day), str(day))) if len(set(whole)) > 1 else None


def _days_from(limit: DateRange, day: PartialDate) -> int:
    """Return how many days lie between a range of days and a day outside it."""
    before = (limit.since - day.last).days if limit.since else 0
    after = (day.first - limit.until).days if limit.until else 0
    return max(before, after, 0)


def _extent(library: Library, found: Sequence[Candidate]) -> str:
    """Return how many statements there are, of which days, in which outlets."""
    articles = [library.article(one.quote) for one in found]
    dated = (filters.day_of(one.quote, article) for one, article in zip(found, articles, strict=True))
    stated = sorted({str(day)[:10] for day in dated if day is not None})
    outlets = [name for name, _ in Counter(article.outlet for article in articles).most_common(_MOST_NAMED) if name]
    span = " to ".join(dict.fromkeys((stated[0], stated[-1]))) if stated else ""
    told = ", ".join(filter(None, (span, listed(outlets) if outlets else "")))
    return number_of(len(statements(library, found)), "statement") + (f" ({told})" if told else "")


def _who_did(question: Question) -> str:
    return f"did {' and '.join(question.speakers)} say" if question.speakers else "is said"


def _in_words(question: Question) -> str:
    """Return a question with the speakers, the subject and the limits of another in plain words."""
    parts = [f"what {_who_did(question)}"]
    parts += [f"about {question.topic}"] if question.topic else []
    parts += [f"from {' and '.join(question.outlets)}"] if question.outlets else []
    parts += [f"via {question.via}"] if question.via else []
    parts += [days(question.dates)] if question.dates else []
    parts += [f"not from {name}" for name in question.without.outlets]
    return " ".join(parts)


def _words_held(library: Library, question: Question, found: Sequence[Candidate]) -> Iterable[str]:
    """Yield the words of a question that the passage that covers most of it holds, if it holds more than one."""
    best = max(found, key=lambda one: one.coverage, default=None)
    terms = () if best is None else library.terms(best.quote.article_id, library.passages[best.passage].span)
    held = [term for term in question.terms if term in terms]
    if len(held) > 1:
        yield " ".join(as_written(question, held))


def as_written(question: Question, terms: Sequence[str]) -> list[str]:
    """Return terms as the question writes them, as far as its words begin like them."""
    written = [token.span.of(question.text) for token in tokens(question.text)]
    return [next((word for word in written if word.lower().startswith(term[:4])), term) for term in terms]


def days(limit: DateRange) -> str:
    """Return a range of days in words: since 2024-09-01, from 2024-09-01 to 2024-09-30."""
    since, until = limit.since, limit.until
    if since and until:
        return f"on {since}" if since == until else f"from {since} to {until}"
    return f"since {since}" if since else f"until {until}"


def listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "anybody"


def is_named(quote: Quote) -> bool:
    """Whether a quote's speaker has a name: “leaders” is none to point to."""
    return quote.speaker is not None and quote.speaker[:1].isupper()
