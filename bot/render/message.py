"""Answers as messages: text and entities for a messenger, every quote a blockquote that holds the words and no more.

Quotation marks that we set show somebody's words; an outlet's sentence stands without them and is labelled.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.errors import VerbatimError
from bot.model import COVERAGE, Abstention, Answer, Article, Fact, Quote, Span, Statement
from bot.render.pages import TELEGRAM, Block, Limits, paged
from bot.render.provenance import (
    Look,
    Provenance,
    also,
    dated,
    interpretation,
    left_out,
    named_once,
    not_shown,
    noticed,
    passage_address,
    provenance,
    stated_of,
    web_address,
)
from bot.render.verbatim import article_of, pieces, slice_of
from bot.render.wire import BLOCKQUOTES, Message, arriving, joined, plain, sent, units
from bot.render.wordings import differing, within

# In units: about ten lines on a telephone.  Telegram folds an expandable quote to three.
_LONG = 400


def messages(outcome: Answer | Abstention, look: Look, limits: Limits = TELEGRAM) -> tuple[Message, ...]:
    """Return an answer, or the reason why there is none, in as many messages as it takes."""
    shown = outcome.statements if isinstance(outcome, Answer) else ()
    articles = outcome.articles if isinstance(outcome, Answer) else {}
    return _checked(_outcome(outcome, look), _all_words(articles, shown), limits)


def first_message(outcome: Answer | Abstention, look: Look, limits: Limits = TELEGRAM) -> Message:
    """Return an answer in one message, with as many of its statements as are whole in it."""
    if isinstance(outcome, Answer):
        for most in range(len(outcome.statements), 0, -1):
            if len(done := messages(replace(outcome, statements=outcome.statements[:most]), look, limits)) == 1:
                return done[0]
        outcome = replace(outcome, statements=(), more=())
    return messages(outcome, look, limits)[0]


def statements(
    articles: Mapping[str, Article], shown: Sequence[Statement], look: Look, limits: Limits = TELEGRAM
) -> tuple[Message, ...]:
    """Return statements with all their wordings, numbered from `look.first`."""
    return _checked(_statements(articles, shown, look), _all_words(articles, shown), limits)


def single(
    article: Article, quote: Quote, look: Look, limits: Limits = TELEGRAM, permalink: str = ""
) -> tuple[Message, ...]:
    """Return one quote with its source, to stand by itself, and its permanent link if there is one."""
    blocks = [_quote(article, quote, look)]
    if permalink:
        blocks.append(Block(Message("permanent link").styled("text_link", permalink)))
    return _checked(blocks, [_words(article, quote)], limits)


def context(article: Article, quote: Quote, look: Look, limits: Limits = TELEGRAM) -> tuple[Message, ...]:
    """Return the paragraphs that hold a quote, and those next to them, the quote's own words in bold.

    A headline that the article's text does not hold has none: then there is no message.
    """
    pieces(article, quote)  # which raises for a quote whose words are not the article's own
    paragraphs = [block.span for block in article.blocks if block.kind in COVERAGE] if quote.shown else []
    held = [number for number, span in enumerate(paragraphs) if any(span.meets(shown) for shown in quote.shown)]
    if not held:
        return ()
    around = paragraphs[max(0, held[0] - 1) : held[-1] + 2]
    blocks = [Block(_issue(article, quote, provenance(article, quote, look.certain)))]
    blocks += [Block(Message(), _blockquote(_paragraph(article, span, quote)), gap="\n\n") for span in around]
    return _checked(blocks, [sent(slice_of(article, span)) for span in around], limits)


def _paragraph(article: Article, paragraph: Span, quote: Quote) -> Message:
    """Return the words of a paragraph with those of the quote in bold."""
    whole, at = Message(), paragraph.start
    for shown in quote.shown:
        if shown.meets(paragraph):
            start, end = max(shown.start, paragraph.start), min(shown.end, paragraph.end)
            whole += Message(arriving(article.text[at:start]))
            whole += Message(arriving(article.text[start:end])).styled("bold")
            at = end
    whole += Message(arriving(article.text[at : paragraph.end]))
    plainly = sent(slice_of(article, paragraph))
    # Composed in parts a letter and its accent may come out otherwise; then the words go before the bold.
    return whole if whole.text == plainly else Message(plainly)


def _checked(blocks: Iterable[Block], words: Iterable[str], limits: Limits) -> tuple[Message, ...]:
    """Return the blocks as messages whose blockquotes hold, one after the other, these words and no more."""
    done = paged(blocks, limits)
    shown = [message.of(e) for message in done for e in message.entities if e.kind in BLOCKQUOTES]
    if "".join(shown) != "".join(words):
        raise VerbatimError("a message does not hold the words that it quotes; it is not shown")
    if any(message.text != sent(message.text) for message in done):
        raise VerbatimError("a message would not arrive as it is sent; it is not shown")
    return done


def _all_words(articles: Mapping[str, Article], shown: Sequence[Statement]) -> list[str]:
    return [_words(article_of(articles, quote), quote) for statement in shown for quote in statement.quotes]


def _outcome(outcome: Answer | Abstention, look: Look) -> Iterator[Block]:
    answer = outcome if isinstance(outcome, Answer) else None
    yield Block(plain(outcome.message).styled("bold") if answer else plain(outcome.message))
    yield _aside(interpretation(outcome.question))
    gap = "\n\n"
    if answer:
        yield from (_fact(fact, article) for fact, article in named_once(answer.facts))
        yield from _statements(answer.articles, answer.statements, look)
        if answer.more and look.further:
            yield _aside(not_shown(answer, look), gap)
            gap = "\n"
        for left in left_out(answer.left_out):  # an abstention says it in its message
            yield _aside(left, gap)
            gap = "\n"
    for number, suggestion in enumerate(outcome.suggestions):
        yield Block(plain(f"Try: {suggestion}"), gap="\n" if number else "\n\n")


def _statements(articles: Mapping[str, Article], shown: Sequence[Statement], look: Look) -> Iterator[Block]:
    """Yield statements with a number each, every outlet's wording under the first one."""
    for number, statement in enumerate(shown, start=look.first):
        numbered = Message(str(number)).styled("bold")
        first, *others = statement.quotes
        yield _quote(article_of(articles, first), first, look, numbered)
        for other in others:
            yield _other_wording(articles, first, other, look, numbered)


def _quote(article: Article, quote: Quote, look: Look, number: Message | None = None) -> Block:
    source = provenance(article, quote, look.certain)
    who = joined(", ", (plain(source.who).styled("bold"), plain(source.said)))
    by = Message("reported by ") if quote.kind == "narration" else Message()
    printed = joined(" · ", (by + _issue(article, quote, source), plain(source.via)))
    return Block(
        lead=joined(" · ", (who, plain(source.kind))),
        quote=_blockquote(Message(_words(article, quote))),
        source=joined("\n", (printed, _notice(article))),
        number=number or Message(),
        gap="\n\n",
    )


def _other_wording(articles: Mapping[str, Article], first: Quote, quote: Quote, look: Look, number: Message) -> Block:
    article = article_of(articles, quote)
    source = provenance(article, quote, look.certain)
    marked = differing((article_of(articles, first), first), (article, quote))
    words = Message(_words(article, quote)).marked(_places(article, quote, marked), "underline")
    lead = Message(arriving(also(quote, source))) + _issue(article, quote, source)
    lead = joined(", ", (lead, plain(source.via)))
    return Block(lead, _blockquote(words), source=_notice(article), number=number, first=False)


def _notice(article: Article) -> Message:
    return plain(noticed(article)).styled("italic") if article.notices else Message()


def _words(article: Article, quote: Quote) -> str:
    """Return the words as they are sent, what a speaker said in quotation marks of ours."""
    shown = [sent(piece) for piece in pieces(article, quote)]
    return " … ".join(f"“{piece}”" if quote.kind == "direct" else piece for piece in shown)


def _places(article: Article, quote: Quote, marked: Sequence[Span]) -> Sequence[Span]:
    """Return where words of an article, which are spans of its text, are in the words as they are sent."""
    found, mark, begun = [], len("“" if quote.kind == "direct" else ""), 0
    for piece in quote.shown:
        begun += mark
        places = within(piece, article.text, marked, lambda text: arriving(text).lstrip(" \n"))
        found += [Span(begun + place.start, begun + place.end) for place in places]
        begun += len(sent(piece.of(article.text))) + mark + len(" … ")
    return found


def _blockquote(words: Message) -> Message:
    return words.styled("expandable_blockquote" if units(words.text) > _LONG else "blockquote")


def _issue(article: Article, quote: Quote, source: Provenance) -> Message:
    issue = plain(dated(source.outlet, source.published))
    if url := passage_address(article, quote):
        issue = issue.styled("text_link", url)
    return joined(", ", (issue, plain(source.copied)))


def _fact(fact: Fact, article: Article | None) -> Block:
    stated = joined(": ", (plain(fact.label), plain(fact.value).styled("bold")))
    if article is None:
        return Block(stated)
    about = plain(stated_of(article))
    if url := web_address(article):
        about = about.styled("text_link", url)
    return Block(joined(" — ", (stated, about)))


def _aside(text: str, gap: str = "\n") -> Block:
    return Block(plain(text).styled("italic"), gap=gap)
