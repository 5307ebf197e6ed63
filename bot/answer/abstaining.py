"""Abstaining: the reasons not to answer, and the most useful true thing to say next.  All of it is computed."""

from collections.abc import Mapping, Sequence

from bot.answer.finding import Candidate
from bot.answer.pointing import (
    as_written,
    days,
    is_named,
    listed,
    near_names,
    nearest_day,
    questions,
    stand_out,
    who_else,
    widened,
)
from bot.model import Abstention, LeftOut, Question, Reason
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import number_of, skeleton
from bot.text import words as words_of

# Of words that the question puts between quotation marks: with so many of them somebody is the nearest.
_NEAREST = 0.3


def abstain(
    library: Library,
    question: Question,
    reason: Reason,
    words: QuestionWords,
    others: Sequence[Candidate],
    left_out: LeftOut,
) -> Abstention:
    """Return the abstention for a reason.

    `others` are quotes of other people that do cover the question, passages that cover too little of it, or what the
    filters keep out.  The suggestions are questions that follow from them; whether they have an answer is yet to be
    tried.
    """
    named = question.speakers if reason == "not_quoted_on_this" else ()
    spoken = {name: found for name in named if (found := stand_out(library, name, words))}
    because = {
        "empty_question": lambda: _EMPTY,
        "not_about_coverage": lambda: _USAGE if question.intent == "smalltalk" else _NOT_ABOUT,
        "unsupported_language": lambda: _unsupported(question, words),
        "unknown_name": lambda: _unknown(library, question),
        "not_quoted_on_this": lambda: _not_quoted(library, question, spoken),
        "filters_leave_nothing": lambda: _filtered(library, question, left_out, others),
        "no_passage": lambda: _no_passage(library, question, others),
    }[reason]()
    message = " ".join(filter(None, (because, _on_the_topic(library, reason, question, others))))
    suggested = tuple(dict.fromkeys(questions(library, question, reason, others, spoken)))
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
    near = near_names(library, question)
    spelt = f" The nearest spelling of somebody who is quoted: {listed(near)}." if near else ""
    return f"No words of {listed(names)} in {_these(library)}: {where or 'the name does not occur'}.{spelt}"


def _stands_aside(library: Library, name: str) -> bool:
    """Whether a name stands in captions, teasers, notes and the like, in any spelling of its sounds."""
    wanted = skeleton(words_of(name))
    for article in library.articles.values():
        for block in article.of_kind("caption", "teaser", "bio", "boilerplate", "byline"):
            around = skeleton(words_of(block.span.of(article.text)))
            if any(around[at : at + len(wanted)] == wanted for at in range(len(around))):
                return True
    return False


def _not_quoted(library: Library, question: Question, spoken: Mapping[str, Sequence[str]]) -> str:
    names = question.speakers or question.unknown_names
    verb = "is" if len(names) == 1 else "are"
    unread = _unread(library, names)
    if not any(name in library.quotes_by for name in names):
        number = _naming(library, names)
        where = f"{number} of {_these(library)}" if number < len(library.articles) else _these(library)
        return f"{listed(names)} {verb} named in {where}, but no words of theirs are reported.{unread}"
    on = "as saying" if question.intent == "verify" else "on"
    what = f"{on} “{question.topic}”" if question.topic else "in words that the question asks for"
    spoken_of = "".join(
        f" {number_of(count, 'quote')} of {name} {'speaks' if count == 1 else 'speak'} of {listed(of)}."
        for name, of in spoken.items()
        if (count := len(library.quotes_by[name]))
    )
    return f"{listed(names)} {verb} not quoted {what} in {_these(library)}.{spoken_of}{unread}"


def _naming(library: Library, names: Sequence[str]) -> int:
    """Return how many articles name any of these people."""
    known = max((library.articles_naming.get(name, 0) for name in names), default=0)
    return known or sum(any(name in article.text for name in names) for article in library.articles.values())


def _unread(library: Library, names: Sequence[str]) -> str:
    """Say how many of the articles that name somebody are in languages in which it is not read who says what."""
    surnames = [name.split()[-1] for name in names]
    others = {language.code: language.name for language in library.facts.others}
    found = [
        article.language
        for article in library.articles.values()
        if article.language in others and any(name in article.text for name in surnames)
    ]
    languages = " and ".join(others[code] for code in sorted(filter(None, set(found))))
    many = f"{number_of(len(found), 'article')} with the name {'is' if len(found) == 1 else 'are'} in {languages}"
    return f" {many}, in which it is not read who says what." if found else ""


def _filtered(library: Library, question: Question, left_out: LeftOut, found: Sequence[Candidate]) -> str:
    on = "" if not question.topic else f" on “{question.topic}”"
    without = "".join(f" Without {limit}: {extent}." for limit, _, extent in widened(library, question, found))
    day = nearest_day(library, question, found)
    if day and str(day) not in without:
        without += (
            f" The nearest day with words of theirs is {day}." if question.speakers else f" The nearest day is {day}."
        )
    undated = f" Left out for want of a date: {number_of(left_out.undated, 'article')}." if left_out.undated else ""
    nowhere = f" Left out for want of an outlet: {number_of(left_out.without_outlet, 'article')}."
    nothing = f"No words of {listed(question.speakers)}" if question.speakers else "Nothing"
    return f"{nothing}{on} {_filters(question)}.{without}{undated}{nowhere if left_out.without_outlet else ''}"


def _filters(question: Question) -> str:
    without = question.without
    parts = [f"from {' or '.join(question.outlets)}"] if question.outlets else []
    parts += [f"via {question.via}"] if question.via else []
    parts += [days(question.dates)] if question.dates else []
    parts += [f"by anybody but {listed(without.speakers)}"] if without.speakers else []
    parts += [f"other than from {name}" for name in without.outlets]
    parts += [f"other than via {name}" for name in without.relays]
    parts += [f"other than {days(without.dates)}"] if without.dates else []
    parts += [f"as {title}" for title in dict.fromkeys(tenure.title for tenure in question.in_office.values())]
    return ", ".join(parts) or "matches"


def _no_passage(library: Library, question: Question, found: Sequence[Candidate]) -> str:
    if not library.articles:
        return "There are no articles to answer from. Add some to the corpus folder and reload."
    if question.page:
        return "There are no further statements."
    missing = [term for term in question.terms if not library.holds((term, *question.forms.get(term, ())))]
    lacking = f" Not in the articles' own text: {', '.join(as_written(question, missing))}." if missing else ""
    if question.phrases:
        return f"Nobody is quoted with exactly these words in {_these(library)}.{_nearest(library, found) or lacking}"
    return f"No passage of {_these(library)} covers the question.{lacking}"


def _nearest(library: Library, found: Sequence[Candidate]) -> str:
    """Return who is quoted with most of the words that the question puts between quotation marks."""
    near = next((one for one in found if one.coverage >= _NEAREST and is_named(one.quote)), None)
    if near is None:
        return ""
    outlet = library.article(near.quote).outlet
    return f" The nearest words are those of {near.quote.speaker}{f' in {outlet}' if outlet else ''}."


def _on_the_topic(library: Library, reason: Reason, question: Question, others: Sequence[Candidate]) -> str:
    """Return who else is quoted on what the question is about."""
    if reason not in ("unknown_name", "not_quoted_on_this") or not question.topic:
        return ""
    names = [f"{name} ({number_of(number, 'quote')})" for name, number in who_else(library, question, others)]
    return f"On “{question.topic}” the coverage quotes {listed(names)}." if names else ""


def _these(library: Library) -> str:
    number = len(library.articles)
    return "this 1 article" if number == 1 else f"these {number} articles"
