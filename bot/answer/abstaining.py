"""Abstaining: the reasons not to answer, and the most useful true thing to say next.  All of it is computed."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.answer.finding import Candidate
from bot.model import Abstention, LeftOut, Question, Quote, Reason
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import skeleton, tokens
from bot.text import words as words_of

_MOST_NAMED = 3
_MOST_WORDS = 5


def abstain(
    library: Library,
    question: Question,
    reason: Reason,
    words: QuestionWords,
    others: Sequence[Candidate],
    left_out: LeftOut,
    unfiltered: int,
) -> Abstention:
    """Return the abstention for a reason.

    `others` are quotes of other people that do cover the question, `unfiltered` says how many statements there would
    be without the filters.
    """
    because = {
        "empty_question": lambda: _EMPTY,
        "not_about_coverage": lambda: _USAGE if question.intent == "smalltalk" else _NOT_ABOUT,
        "unsupported_language": lambda: _unsupported(question, words),
        "unknown_name": lambda: _unknown(library, question),
        "not_quoted_on_this": lambda: _not_quoted(library, question),
        "filters_leave_nothing": lambda: _filtered(question, left_out, unfiltered),
        "no_passage": lambda: _no_passage(library, question),
    }[reason]()
    message = " ".join(filter(None, (because, _on_the_topic(question, others))))
    suggested = tuple(dict.fromkeys(_suggestions(library, question, reason, others, unfiltered)))
    return Abstention(question, reason, message, library.facts, left_out, suggested)


_EMPTY = "The question names nobody and nothing to look for. Ask, for example, what somebody said about something."
_NOT_ABOUT = (
    "That asks for a judgement or a text of my own. "
    "I only quote what the coverage says, word for word, with its source."
)


_USAGE = "Ask what somebody said about something, and I show the words, who printed them, when, and a link."


def _unsupported(question: Question, words: QuestionWords) -> str:
    names = {language.code: language.name for language in words.languages}
    unread = f" with words such as {', '.join(question.unread[:3])}" if question.unread else ""
    language = names.get(question.language, question.language)
    return f"I cannot read questions in {language}{unread}. What works: {words.works}."


def _unknown(library: Library, question: Question) -> str:
    names = question.unknown_names
    aside = any(_stands_aside(library, name) for name in names)
    where = "the name stands only in text around the articles, such as captions and teasers" if aside else None
    return f"No words of {_listed(names)} in {_these(library)}: {where or 'the name does not occur'}."


def _stands_aside(library: Library, name: str) -> bool:
    """Whether a name stands in captions, teasers, notes and the like, in any spelling of its sounds."""
    wanted = skeleton(words_of(name))
    for article in library.articles.values():
        for block in article.of_kind("caption", "teaser", "bio", "boilerplate", "byline"):
            around = skeleton(words_of(block.span.of(article.text)))
            if any(around[at : at + len(wanted)] == wanted for at in range(len(around))):
                return True
    return False


def _not_quoted(library: Library, question: Question) -> str:
    names = question.speakers or question.unknown_names
    verb = "is" if len(names) == 1 else "are"
    if not any(name in library.quotes_by for name in names):
        return f"{_listed(names)} {verb} named in {_these(library)}, but no words of theirs are reported."
    what = f"on “{question.topic}”" if question.topic else "in words that the question asks for"
    return f"{_listed(names)} {verb} not quoted {what} in {_these(library)}.{_quoted_on(library, question)}"


def _filtered(question: Question, left_out: LeftOut, unfiltered: int) -> str:
    on = "" if not question.topic else f" on “{question.topic}”"
    without = f" Without that limit: {_count(unfiltered, 'statement')}." if unfiltered else ""
    undated = f" Left out for want of a date: {_count(left_out.undated, 'article')}." if left_out.undated else ""
    nowhere = f" Left out for want of an outlet: {_count(left_out.without_outlet, 'article')}."
    return f"Nothing {_filters(question)}{on}.{without}{undated}{nowhere if left_out.without_outlet else ''}"


def _no_passage(library: Library, question: Question) -> str:
    if not library.articles:
        return "There are no articles to answer from. Add some to the corpus folder and reload."
    if question.page:
        return "There are no further statements."
    missing = [term for term in question.terms if library.index.frequency(term) == 0]
    lacking = f" Not in the articles' own text: {', '.join(_as_written(question, missing))}." if missing else ""
    return f"No passage of {_these(library)} covers the question.{lacking}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _these(library: Library) -> str:
    number = len(library.articles)
    return "this 1 article" if number == 1 else f"these {number} articles"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "anybody"


def _filters(question: Question) -> str:
    parts = []
    if question.outlet:
        parts.append(f"from {question.outlet}")
    if question.via:
        parts.append(f"via {question.via}")
    if question.dates:
        parts.append(days(question))
    parts += [f"as {title}" for title in dict.fromkeys(tenure.title for tenure in question.in_office.values())]
    return ", ".join(parts) or "matches"


def days(question: Question) -> str:
    """Return a question's days as words: since 1 September 2024, until 30 September 2024."""
    if question.dates is None:
        return ""
    since, until = question.dates.since, question.dates.until
    if since and until:
        return f"on {since}" if since == until else f"from {since} to {until}"
    return f"since {since}" if since else f"until {until}"


def _quoted_on(library: Library, question: Question) -> str:
    """Return what the named speakers are quoted on: the words that stand out in their quotes."""
    said = []
    for name in question.speakers:
        quotes = library.quotes_by.get(name, ())
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        own = set(library.analyser.terms(name))
        for quote in quotes:
            text = library.articles[quote.article_id].text
            for span in quote.contents:
                for token in tokens(text, span.start, span.end):
                    term = library.analyser.term(token.folded)
                    if term and term not in own and len(term) > 3:
                        counts[term] += 1
                        shown.setdefault(term, token.span.of(text))
        best = sorted(counts, key=lambda term: (-counts[term] * max(library.index.idf(term) or 0.0, 0.0), term))[
            :_MOST_WORDS
        ]
        if best:
            said.append(
                f" Words that stand out in what is quoted of {name}: {', '.join(shown[term] for term in best)}."
            )
    return "".join(said)


def _on_the_topic(question: Question, others: Sequence[Candidate]) -> str:
    counts = Counter(
        one.quote.speaker for one in others if _is_named(one.quote) and one.quote.speaker not in question.speakers
    )
    if not counts or not question.topic:
        return ""
    names = [f"{name} ({count} quote{'' if count == 1 else 's'})" for name, count in counts.most_common(_MOST_NAMED)]
    return f"On “{question.topic}” the coverage quotes {_listed(names)}."


def _suggestions(
    library: Library, question: Question, reason: Reason, others: Sequence[Candidate], unfiltered: int
) -> Iterable[str]:
    speakers = [
        name
        for name, _ in Counter(one.quote.speaker for one in others if _is_named(one.quote)).most_common(_MOST_NAMED)
    ]
    if reason in ("unknown_name", "not_quoted_on_this") and question.topic:
        yield from (f"what did {name} say about {question.topic}" for name in speakers if name not in question.speakers)
    if reason == "not_quoted_on_this":
        yield from (f"what did {name} say" for name in question.speakers if name in library.quotes_by)
    if reason == "filters_leave_nothing" and unfiltered:
        subject = f"what did {question.speakers[0]} say" if question.speakers else "what is said"
        yield subject + (f" about {question.topic}" if question.topic else "")
    if reason in ("empty_question", "no_passage", "not_about_coverage") and library.quotes:
        most = Counter(quote.speaker for quote in library.quotes if _is_named(quote)).most_common(1)
        yield from (f"what did {name} say" for name, _ in most)


def _as_written(question: Question, terms: Sequence[str]) -> list[str]:
    """Return terms as the question writes them, as far as its words begin like them."""
    written = [token.span.of(question.text) for token in tokens(question.text)]
    return [next((word for word in written if word.lower().startswith(term[:4])), term) for term in terms]


def _is_named(quote: Quote) -> bool:
    """Whether a quote's speaker has a name: “leaders” is none to point to."""
    return quote.speaker is not None and quote.speaker[:1].isupper()
