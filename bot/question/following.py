"""Questions that go on from earlier ones: “and in September?”, “what about Sikorski?”, “source?”.

Filters and subjects carry over, never what was found.
"""

from dataclasses import replace
from datetime import timedelta

from bot.model import DateRange, Intent, Question, Without
from bot.question.words import QuestionWords
from bot.text import words as folded_words

#: Asked of the last answer, these say nothing of what the next question asks for.
_PASSING: frozenset[Intent] = frozenset(
    {"source", "wordings", "about_article", "about_corpus", "judgement", "who_is", "when", "provenance"}
)
_FEW_TERMS = 3  # of its own, beside “he” or “that”
_ONE_DAY = timedelta(days=1)


def go_on(question: Question, earlier: Question, words: QuestionWords) -> Question:
    """Return a question read as going on from an earlier one, if it does: it keeps what the new one leaves unsaid."""
    if not earlier.text or not _follows(question, words):
        return question
    if question.intent == "more":
        return replace(earlier, text=question.text, page=earlier.page + 1)
    asked = " ".join(folded_words(question.text))
    question = _widened(replace(question, intent=_intent(question, earlier)), earlier, asked, words)
    if words.others_too.search(asked):
        without = replace(question.without, speakers=earlier.speakers)
        question = replace(question, intent="who_said", without=without, speakers=())
        earlier = replace(earlier, speakers=())
    named = bool(question.speakers or question.unknown_names)
    subject = bool(question.terms) and question.intent not in ("source", "wordings")
    return replace(
        question,
        topic=question.topic if subject else earlier.topic,
        terms=question.terms if subject else earlier.terms,
        forms={**earlier.forms, **question.forms},
        optional=question.optional if subject else earlier.optional,
        carried=bool(question.speakers) and not subject,
        phrases=question.phrases or earlier.phrases,
        speakers=question.speakers if named else earlier.speakers,
        in_office=question.in_office if named else earlier.in_office,
        unknown_names=question.unknown_names if named else earlier.unknown_names,
        corrections=question.corrections if named else (*earlier.corrections, *question.corrections),
    )


def _intent(question: Question, earlier: Question) -> Intent:
    if question.intent != "find" and (question.intent != "said" or question.terms):
        return question.intent
    return earlier.intent if earlier.intent not in _PASSING else "said" if earlier.speakers else "find"


def _widened(question: Question, earlier: Question, asked: str, words: QuestionWords) -> Question:
    """Return the question with the filters of the earlier one, but for those that it lifts or moves on."""
    everywhere, always = words.everywhere.search(asked), words.always.search(asked)
    days = earlier.dates
    if days and words.sooner.search(asked):
        days = DateRange(None, days.since - _ONE_DAY) if days.since else None
    elif days and words.later.search(asked):
        days = DateRange(days.until + _ONE_DAY, None) if days.until else None
    return replace(
        question,
        outlets=() if everywhere else question.outlets or earlier.outlets,
        via=None if everywhere else question.via or earlier.via,
        dates=question.dates or (None if always else days),
        without=_also_without(question.without, earlier.without, bool(everywhere), bool(always)),
        # The words that lift or move a filter are no subject.
        terms=() if everywhere or always or days != earlier.dates else question.terms,
    )


def _also_without(new: Without, earlier: Without, everywhere: bool, always: bool) -> Without:
    """Return what is left out now: what was left out before as well, unless it is lifted."""
    return Without(
        (*earlier.speakers, *new.speakers),
        () if everywhere else (*earlier.outlets, *new.outlets),
        () if everywhere else (*earlier.relays, *new.relays),
        None if always else new.dates or earlier.dates,
        (*earlier.terms, *new.terms),
    )


def _follows(question: Question, words: QuestionWords) -> bool:
    low = folded_words(question.text)
    if not low or question.intent in ("about_corpus", "judgement", "smalltalk"):
        return False
    if question.intent in ("source", "more") or any(low[: len(opening)] == opening for opening in words.following):
        return True
    named = bool(question.speakers or question.unknown_names)
    if not named and not question.terms:
        return True
    asked = " ".join(low)
    if any(
        pattern.search(asked)
        for pattern in (words.everywhere, words.always, words.sooner, words.later, words.others_too)
    ):
        return len(question.terms) <= _FEW_TERMS
    refers = not question.speakers and any(word in words.referring for word in low)
    of_the_answer = question.intent in ("wordings", "provenance") and not question.speakers
    return (refers and len(question.terms) <= _FEW_TERMS) or (of_the_answer and len(question.terms) <= 1)
