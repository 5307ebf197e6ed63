"""Answers, quotes and articles as the JSON of the contract, with its keys in its order; further keys come last."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.model import (
    Abstention,
    Answer,
    Article,
    Fact,
    LibraryFacts,
    PartialDate,
    Person,
    Question,
    Quote,
    Span,
    Statement,
    Without,
)
from bot.render.verbatim import article_of, slice_of, words
from bot.render.wordings import differing

Json = dict[str, Any]

# Legal inside JSON, but some read them as the end of a line, as a command to the terminal, or cannot encode them.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def dumps(value: Json) -> str:
    """Return JSON on one line, letters as they are."""
    return _ESCAPED.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(value, ensure_ascii=False))


def outcome(answer: Answer | Abstention, elapsed_ms: float, identity: object = None) -> Json:
    """Return an answer or an abstention; `identity` is the id of the question, where it came with one."""
    given = answer if isinstance(answer, Answer) else None
    return {
        "id": identity,
        "question": answer.question.text,
        "status": "answered" if given else "abstained",
        "reason": answer.reason if isinstance(answer, Abstention) else None,
        "message": answer.message,
        "interpretation": _interpretation(answer.question),
        "statements": [_statement(s, given.articles) for s in given.statements] if given else [],
        "facts": [_fact(fact) for fact in given.facts] if given else [],
        "left_out": {"undated": answer.left_out.undated, "without_outlet": answer.left_out.without_outlet},
        "suggestions": list(answer.suggestions),
        "library": library(answer.library),
        "elapsed_ms": round(elapsed_ms, 1),
    }


def library(facts: LibraryFacts) -> Json:
    return {
        "revision": facts.revision,
        "articles": facts.articles,
        "passages": facts.passages,
        "quotes": facts.quotes,
    }


def quote(article: Article, quote: Quote) -> Json:
    """Return one quote, its words checked against the article."""
    relays = [slice_of(article, relay) for relay in quote.relays]
    return {
        "id": quote.id,
        "kind": quote.kind,
        "text": words(article, quote),
        "spans": _pairs(article, quote.shown),
        "content": _pairs(article, quote.contents),
        "speaker": quote.speaker,
        "source": _slice(article, quote.source),
        "cue": _slice(article, quote.cue),
        "venue": _slice(article, quote.venue),
        "via": relays[0] if relays else None,
        "relays": relays,
        "said_on": _iso(quote.said_on),
        "article": article_head(article),
        "certainty": round(quote.certainty, 3),
    }


def article_head(article: Article) -> Json:
    """Return what an article states about itself; `notices`, of corrections, only where there are some."""
    notices = {"notices": [slice_of(article, notice) for notice in article.notices]} if article.notices else {}
    return {
        "id": article.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "author": article.author,
        "published": _iso(article.published),
        "url": article.url,
        "republished_by": article.republished_by,
        **notices,
    }


def article(article: Article) -> Json:
    """Return an article with its text."""
    return {**article_head(article), "language": article.language, "text": article.text}


def person(person: Person) -> Json:
    """Return somebody with their spellings, by the number of articles, and the titles that articles give them."""
    return {
        "name": person.name,
        "quotes": person.quotes,
        "articles": person.articles,
        "spellings": dict(person.spellings),
        "titles": [
            {"title": one.title, "first": _iso(one.first), "last": _iso(one.last), "articles": one.articles}
            for one in person.tenures
        ],
        "pronoun": person.pronoun,
    }


def _without(without: Without) -> Json:
    dates = without.dates
    return {
        "speakers": list(without.speakers),
        "outlets": list(without.outlets),
        "via": list(without.relays),
        "since": dates.since.isoformat() if dates and dates.since else None,
        "until": dates.until.isoformat() if dates and dates.until else None,
        "terms": list(without.terms),
    }


def _interpretation(question: Question) -> Json:
    dates = question.dates
    several = {"speakers": list(question.speakers)} if len(question.speakers) > 1 else {}
    return {
        "speaker": question.speakers[0] if question.speakers else None,
        "topic": question.topic or None,
        "outlet": question.outlet,
        **({"outlets": list(question.outlets)} if len(question.outlets) > 1 else {}),
        "since": dates.since.isoformat() if dates and dates.since else None,
        "until": dates.until.isoformat() if dates and dates.until else None,
        "corrections": [{"from": correction.written, "to": correction.read} for correction in question.corrections],
        "via": question.via,
        "intent": question.intent,
        **({"without": _without(question.without)} if question.without else {}),
        **several,
    }


def _statement(statement: Statement, articles: Mapping[str, Article]) -> Json:
    """Return a statement; every quote but the first has the spans of what is `differing` from the first."""
    first, *others = statement.quotes
    original = article_of(articles, first)
    quotes = [quote(original, first)]
    for other in others:
        printed = article_of(articles, other)
        marked = differing((original, first), (printed, other))
        quotes.append(quote(printed, other) | {"differing": _pairs(printed, marked)})
    return {
        "id": statement.id,
        "speaker": first.speaker,
        "said_on": next((_iso(q.said_on) for q in statement.quotes if q.said_on), None),
        "quotes": quotes,
    }


def _fact(fact: Fact) -> Json:
    return {
        "label": fact.label,
        "value": fact.value,
        "article": article_head(fact.article) if fact.article else None,
    }


def _pairs(article: Article, spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans if slice_of(article, span)]


def _slice(article: Article, span: Span | None) -> str | None:
    return slice_of(article, span) if span is not None else None


def _iso(day: PartialDate | None) -> str | None:
    return str(day) if day else None
