"""`coverage-bot article ID`: one article with its text and metadata."""

import sys
from difflib import get_close_matches

from bot.errors import UsageError
from bot.front.options import AsJson, Config, Corpus, Identity
from bot.front.service import open_service
from bot.model import Article
from bot.render import as_json
from bot.render.visible import line, lines
from bot.search.library import Library


def article(
    identity: Identity,
    json_: AsJson = False,
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Print the article on stdout."""
    found = _find(open_service(corpus, config).library, identity)
    if json_:
        print(as_json.dumps(as_json.article(found)))
        return 0
    stated = {
        "headline": found.headline, "outlet": found.outlet, "republished by": found.republished_by,
        "author": found.author, "published": found.published, "url": found.url, "file": found.origin,
    }  # fmt: skip
    for label, value in stated.items():
        print(f"{label}: {line(str(value)) if value else 'not stated'}")
    # Only a terminal takes commands from a text; whoever redirects the text wants it as it is.
    print("\n" + (lines(found.text) if sys.stdout.isatty() else found.text))
    return 0


def _find(library: Library, identity: str) -> Article:
    if found := library.articles.get(identity):
        return found
    near = [name for name in library.articles if name.startswith(identity)] or get_close_matches(
        identity, library.articles, n=3, cutoff=0.4
    )
    there = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(library.articles) or 'none'}"
    raise UsageError(f"{identity}: there is no article with this id; {there}")
