"""An HTML page as an article: the paragraphs of its text, as they stand, and what it states about itself."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from bot.errors import RefusedSource
from bot.fetch.charsets import decode
from bot.gather.metadata import Stated, read_metadata
from bot.ingest.addresses import Addresses

# Elements within a paragraph.  By what they are called or hidden, the extractor would take them for furniture and leave
# a hole in a sentence; a paragraph is kept as it stands or not at all.
_INLINE = (
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var",
)  # fmt: skip
_PARAGRAPHS = ("p", "li", "blockquote", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
_HIDING = ("class", "id", "role", "style", "hidden", "aria-hidden")
# What the extractor's own paragraphs are made of, besides blocks.
_WITHIN = frozenset({"hi", "ref", "del", "span", "lb", "graphic"})
# A line break after a sentence ends a paragraph; within one it is a matter of the page's width, and means a space.
_SENTENCE_ENDS = frozenset('.!?…:;”"’»')
_SHORTEST = 80  # characters; what is shorter is a notice in the place of an article: log in, enable scripts, not found
# Paragraphs of that length that make an <article> one: on the 181 pages teasers have one or two, their articles more.
_FEWEST = 3
# The extractor takes time in the square of these; the largest of the 181 pages it was measured on has 1,709.
_MOST_ELEMENTS = 20_000
# The parser takes half a minute for 40,000 attributes of one element, and far longer for more.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{30000,}+")
_MOST_ATTRIBUTES = 5_000
_SPACE = re.compile(r"\s+")


def read_html(
    data: bytes, addresses: Addresses, charset: str | None = None, fetched_from: str | None = None
) -> tuple[str, Stated]:
    """Return the text of a page's article, a blank line between paragraphs, and what the page states.

    Raises RefusedSource where the page holds no article, or bytes that cannot be read in its midst.
    """
    source = fetched_from or "the page"
    page, whole = decode(data, charset)
    try:
        tree = _parsed(page, source)
        stated = read_metadata(tree, fetched_from, addresses)
        marked = _marked_articles(tree)
        paragraphs = _paragraphs(tree)
    except RefusedSource:
        raise
    except Exception as error:
        # Broken pages find faults in parsers, which are none that they list; one page is refused, and the others go on.
        reason = f"the page is broken in a way that cannot be read ({type(error).__name__}); please save its text"
        raise RefusedSource(source, reason) from None
    text = "\n\n".join(paragraphs) + "\n"
    if len(text) < _SHORTEST:
        reason = "no article is found on the page; if there is one, save the page from a browser and add the file"
        raise RefusedSource(source, reason)
    if not whole and "\ufffd" in text:
        reason = "some letters are not in the charset that it names; save the page from a browser and add the file"
        raise RefusedSource(source, reason)
    stated.notes += _several(paragraphs, marked)
    return text, stated


def _marked_articles(tree: HtmlElement) -> list[set[str]]:
    """Return the longer paragraphs, without their spaces, of each article that the page marks as one."""
    outer = (one for one in tree.iter("article") if next(one.iterancestors("article"), None) is None)
    texts = ({_squeezed(paragraph.text_content()) for paragraph in one.iter("p")} for one in outer)
    return [{text for text in of if len(text) >= _SHORTEST} for of in texts]


def _several(paragraphs: list[str], marked: list[set[str]]) -> Iterator[str]:
    """Yield what to know of a page that holds several articles, of which the paragraphs are taken."""
    kept = set(map(_squeezed, paragraphs))
    taken = sum(not kept.isdisjoint(of) for of in marked)
    left = sum(len(of) >= _FEWEST for of in marked if kept.isdisjoint(of))
    if taken > 1:
        yield f"its text is of {taken} articles on one page; if it is no live blog, remove it and add each by itself"
    elif taken and left:
        yield f"of the {left + 1} articles on the page only one is taken; add the others by their addresses"


def _parsed(page: str, source: str) -> HtmlElement:
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(page)):
        raise RefusedSource(source, f"an element of the page has more than {_MOST_ATTRIBUTES:,} attributes")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = page.replace("\0", "").encode("utf-8", "replace")
    tree = lxml.html.document_fromstring(data or b"<html></html>", parser=parser)
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise RefusedSource(source, f"the page has more than {_MOST_ELEMENTS:,} elements, as no article has")
    for element in tree.iter("q"):
        # A browser shows the marks around these words; without them the words would not be a quotation.
        element.text = "“" + (element.text or "")
        last = element[-1] if len(element) else None
        if last is None:
            element.text += "”"
        else:
            last.tail = (last.tail or "") + "”"
    return tree


def _paragraphs(tree: HtmlElement) -> list[str]:
    """Return those paragraphs that the extractor takes for the article and that stand so on the page."""
    page = _squeezed("".join(tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))
    for paragraph in tree.iter(*_PARAGRAPHS):
        for element in paragraph.iterdescendants(*_INLINE):
            for name in _HIDING:
                element.attrib.pop(name, None)
    etree.strip_tags(tree, "q")
    # Precision: what is left out is not quoted, but what is wrongly taken in is somebody's words in a wrong place.
    found = bare_extraction(tree, favor_precision=True, include_comments=False, with_metadata=False)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return list(_standing(_texts(found.body), page))


def _standing(texts: Iterator[str], page: str) -> Iterator[str]:
    """Yield the texts that a page holds; they mostly come in its order, so each is looked for after the last."""
    last = 0
    for text in texts:
        wanted = _squeezed(text)
        place = page.find(wanted, last)
        if place >= 0 or wanted in page:
            last = max(last, place)
            yield text


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _texts(body: HtmlElement) -> Iterator[str]:
    """Yield the texts of the extractor's blocks in their order; `lb` is a line break."""
    held: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag == "cell":
            held.append(" ")
        elif element.tag not in _WITHIN:
            yield from _split(held)
        if event == "start":
            held += ["\n"] * (element.tag == "lb") + [element.text or ""]
        elif element is not body:
            held.append(element.tail or "")
    yield from _split(held)


def _split(held: list[str]) -> Iterator[str]:
    """Yield the paragraphs of what is held, and hold nothing any more."""
    # Only a line break of the page is one here: those of its source mean a space.
    lines = "".join("\n" if part == "\n" else _SPACE.sub(" ", part) for part in held).split("\n")
    held.clear()
    paragraph = ""
    for line in (" ".join(line.split()) for line in lines):
        if paragraph and line and paragraph[-1] in _SENTENCE_ENDS:
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {line}".strip()
    if paragraph:
        yield paragraph
