"""Questions that go on from earlier ones: “and in September?”, “what about Sikorski?”, “source?”.

Filters and subjects carry over, never what was found.
"""

from dataclasses import replace

from bot.model import Intent, Question
from bot.question.words import QuestionWords
from bot.text import words as folded_words

#: Asked of the last answer, these say nothing of what the next question asks for.
_PASSING: frozenset[Intent] = frozenset({"source", "wordings", "about_article", "about_corpus", "judgement"})
_FEW_TERMS = 3  # of its own, beside “he” or “that”


def go_on(question: Question, earlier: Question, words: QuestionWords) -> Question:
    """Return a question read as going on from an earlier one, if it does: it keeps what the new one leaves unsaid."""
    if not earlier.text or not _follows(question, words):
        return question
    intent = question.intent
    if intent == "find" or (intent == "said" and not question.terms):
        intent = earlier.intent if earlier.intent not in _PASSING else "said" if earlier.speakers else "find"
    named = bool(question.speakers or question.unknown_names)
    subject = bool(question.terms) and intent not in ("source", "wordings")
    # A new speaker need not have said it in the words of the question that was about another one.
    carried = frozenset(earlier.terms) if question.speakers else frozenset()
    return replace(
        question,
        intent=intent,
        topic=question.topic if subject else earlier.topic,
        terms=question.terms if subject else earlier.terms,
        optional=question.optional if subject else earlier.optional | carried,
        phrases=question.phrases or earlier.phrases,
        speakers=question.speakers if named else earlier.speakers,
        unknown_names=question.unknown_names if named else earlier.unknown_names,
        outlet=question.outlet or earlier.outlet,
        via=question.via or earlier.via,
        dates=question.dates or earlier.dates,
        corrections=question.corrections if named else (*earlier.corrections, *question.corrections),
    )


def _follows(question: Question, words: QuestionWords) -> bool:
    low = folded_words(question.text)
    if not low or question.intent in ("about_corpus", "judgement"):
        return False
    if question.intent == "source" or any(low[: len(opening)] == opening for opening in words.following):
        return True
    named = bool(question.speakers or question.unknown_names)
    if not named and not question.terms:
        return True
    refers = not question.speakers and any(word in words.referring for word in low)
    of_the_answer = question.intent in ("wordings", "provenance") and not question.speakers
    return (refers and len(question.terms) <= _FEW_TERMS) or (of_the_answer and len(question.terms) <= 1)
