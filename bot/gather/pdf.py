"""The text of a PDF, its lines joined to paragraphs."""

import io
import logging
import re
from collections.abc import Iterator

from pypdf import PdfReader

from bot.errors import RefusedSource

_MOST_PAGES = 500
_SENTENCE_END = re.compile(r"[.!?…:][\"”’»)]*\Z")
_SHORT = 0.8  # of the longest line: a line that ends a sentence before there ends a paragraph too

# It reports every oddity of a file on stderr; that a file cannot be read is said once, and by us.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(data: bytes, source: str) -> str:
    """Return the text of a PDF, a blank line between paragraphs; raises RefusedSource where it has none.

    What the file states about itself is left alone: titles and authors there are mostly those of a template.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > _MOST_PAGES:
            raise RefusedSource(source, f"it has more than {_MOST_PAGES} pages; please add the article's alone")
        pages = [page.extract_text() for page in reader.pages]
    except RefusedSource:
        raise
    except Exception as error:
        # A broken file fails in ways that its reader does not list.
        raise RefusedSource(source, f"this PDF cannot be read ({type(error).__name__}); please save its text") from None
    text = "\n\n".join(paragraph for page in pages for paragraph in _paragraphs(page.splitlines())) + "\n"
    if not text.strip():
        raise RefusedSource(source, "this PDF holds pictures and no text; please save its text")
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Join lines that are broken at the width of the page.  A hyphen at the end of one stays: it may be the word's."""
    full = _SHORT * max((len(line) for line in lines), default=0)
    held: list[str] = []
    for line in lines:
        words = " ".join(line.split())
        held += [words] if words else []
        if held and (not words or (_SENTENCE_END.search(words) and len(line) < full)):
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)
