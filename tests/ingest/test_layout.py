"""What each line of a page is."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from corpora import read_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from bot.ingest.layout import Furniture, lay_out

#: Every block of the five seed articles: its kind and how it begins.
SEED_BLOCKS = {
    "000": """
        boilerplate News Feed
        headline    Stoltenberg signals
        boilerplate 2 min read
        boilerplate Stoltenberg signals
        caption     Jens Stoltenberg, secretary general
        body        NATO's outgoing
        body        The possibility of Warsaw
        body        While Polish Foreign
        body        Asked about the issue
        body        "So we support
        body        At the same time
        body        In the wake
        body        Restrictions against
        teaser      Permission to strike
        teaser      The situation “was
        boilerplate Article image
        boilerplate Avatar
        bio         Martin Fornusek
        bio         Senior News Editor
        bio         Martin Fornusek is
        teaser      Read more
        boilerplate News Feed
        teaser      The project would
        boilerplate Show More""",
    "001": """
        headline    Poland’s proposal
        standfirst  NATO chief Stoltenberg opposes
        dateline    Jul 15, 2024
        boilerplate Poland’s proposal
        caption     poland's proposal
        body        On 14 July
        body        Earlier, on 8 July
        body        According to Ukrainska
        body        “NATO will support
        body        The Secretary General
        body        When asked
        body        “We have seen
        boilerplate Related:
        boilerplate You could close""",
    "002": """
        body        NATO Secretary General Jens Stoltenberg has opposed
        body        NATO Secretary General Jens Stoltenberg has expressed
        subhead     Ukraine’s Right to Self-Defense
        body        Stoltenberg reaffirmed
        subhead     Diverse Restrictions
        body        Stoltenberg highlighted""",
    "003": """
        headline    NATO Rejects
        body        NATO Secretary General Jens Stoltenberg has firmly
        body        This decision
        body        NATO Secretary General Jens Stoltenberg has expressed
        body        This stance
        body        In a recent
        body        His response
        body        Stoltenberg reiterated
        body        He acknowledged
        body        This reflects
        body        At the same time
        body        This move
        body        Stoltenberg’s comments
        body        When asked
        body        “We have seen
        body        This careful
        body        The alliance’s focus
        body        Stoltenberg’s firm
        body        By maintaining
        boilerplate Leave a Comment
        boilerplate Discover more
        boilerplate Subscribe now
        boilerplate Continue reading""",
    "004": """
        headline    Stoltenberg: Each
        standfirst  NATO chief welcomes
        dateline    Sep 17, 2024
        boilerplate Stoltenberg: Each
        caption     poland's proposal
        body        NATO Secretary
        body        Despite Ukraine’s
        body        Speaking to LBC
        body        “I welcome
        body        The topic
        body        Stoltenberg addressed
        body        “There are no
        body        Russian President
        body        Similar threats
        boilerplate Related:
        boilerplate You could close""",
}
PROSE = [
    "Ministers met in Kyiv on Monday to talk about air defence.",
    "They will meet again in the autumn, an official said.",
    "“We have seen different models,” the minister said.",
    "Talks about the budget went on until late on Tuesday night.",
]


def kinds(furniture: Furniture, text: str, headline: str | None = None, author: str | None = None) -> list[str]:
    return [block.kind for block in lay_out(text, furniture, headline, author)]


@pytest.mark.parametrize("number", SEED_BLOCKS)
def test_every_block_of_the_seed_articles(seeds: Path, furniture: Furniture, number: str) -> None:
    article = next(a for a in read_corpus(seeds, furniture).articles if a.id.startswith(number))
    expected = [line.split(maxsplit=1) for line in SEED_BLOCKS[number].strip().splitlines()]
    assert [block.kind for block in article.blocks] == [kind for kind, _ in expected]
    for block, (_, begin) in zip(article.blocks, expected, strict=True):
        assert block.span.of(article.text).replace("\xa0", " ").startswith(begin)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Smoke over Rafah, May 28, 2024.(REUTERS/Hatem Khaled)", "caption"),
        ("Biden in Kyiv on Tuesday. (Doug Mills/The New York Times)", "caption"),
        ("Drew Angerer/Getty Images", "caption"),
        ("FILE - In this photo the minister waits for a train.", "caption"),
        ("An example of severe eczema. Image: Jambula.", "caption"),
        ("minister kyiv talks air defence missiles summit 2024 credit flickr", "caption"),
        ("the minister and the talks that went on in kyiv until late", "body"),
        ("The agency is known as the Associated Press (AP).", "body"),
        ("The bill was passed by the House on Monday (a first).", "body"),
        ("“It is over,” he said. (He had said so before.)", "body"),
        ("Related article", "boilerplate"),
        ("Sign up for our newsletter and never miss a story.", "boilerplate"),
        ("We use cookies to improve this site.", "boilerplate"),
        ("“Become a patron!” the poster said to those who passed by.", "body"),
        ("Jane Doe contributed to this report.", "boilerplate"),
        ("MINISTERS AGREE ON AIR DEFENCE FOR UKRAINE", "teaser"),
        ("Read more: Ministers agree on air defence", "teaser"),
        ("For more than two decades the network has been a member of the club.", "body"),
        ("A Title of a Section", "subhead"),
        ("“A title that quotes”", "body"),
        ("— Barack Obama", "body"),
        ("TRUMP:", "body"),
        ("He said:", "body"),
        ("5:15 p.m.", "body"),
        ("January 5, 2024", "subhead"),
        (".bio-text {", "boilerplate"),
    ],
)
def test_lines_between_paragraphs(furniture: Furniture, line: str, kind: str) -> None:
    assert kinds(furniture, "\n\n".join([*PROSE, line, *PROSE]))[len(PROSE)] == kind
    assert kinds(furniture, "\n\n".join([*PROSE, line, *PROSE])).count("body") >= 2 * len(PROSE)


@pytest.mark.parametrize(
    ("first", "is_headline"),
    [
        ("Ministers agree on air defence", True),
        ("Why Does Israel Refuse to Recognize the Genocide?", True),
        ("‘Not a done deal’: ministers on missiles", True),
        ("Ministers agreed on air defence on Monday.", False),
        ("Can the ministers agree on anything at all?", False),
        ("TRENTON, N.J. (AP) — Was that really the governor of New Jersey?", False),
        ("“We will win,” the minister said", True),
        ("The minister said:", False),
        ("ministers agree on air defence", False),
        ("KYIV", False),
        ("Ministers agree in Kyiv. They will meet again", False),
    ],
)
def test_a_first_line_is_a_headline_only_when_a_title(furniture: Furniture, first: str, is_headline: bool) -> None:
    assert (kinds(furniture, "\n\n".join([first, *PROSE]))[0] == "headline") is is_headline


def test_a_text_broken_at_a_width_has_no_headline_by_guess(furniture: Furniture) -> None:
    broken = "For many people the decision to move the embassy from\nTel Aviv to Jerusalem has undermined\nthe process."
    assert kinds(furniture, broken) == ["body"] * 3
    assert kinds(furniture, "A title of four words") == ["body"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Ministers agree on air defence."],
        ["MINISTERS AGREE, on air-defence"],
        ["Ministers agree", "on air defence."],
    ],
)
def test_the_stated_headline_is_found_whatever_ends_or_breaks_it(furniture: Furniture, lines: list[str]) -> None:
    found = kinds(furniture, "\n".join([*lines, "", *PROSE]), "Ministers agree on air defence")
    assert found == ["headline"] * len(lines) + ["body"] * len(PROSE)


def test_with_a_stated_headline_none_is_guessed(furniture: Furniture) -> None:
    assert kinds(furniture, "\n\n".join(["Ministers at odds again", *PROSE]), "Ministers agree")[0] == "body"


def test_the_head_of_a_page(furniture: Furniture) -> None:
    head = ["Europe", "Ministers agree on air defence", "The deal comes late.", "By Jane Doe"]
    head += ["Published: July 15, 2024", "3 min read"]
    expected = ["boilerplate", "headline", "standfirst", "byline", "dateline", "boilerplate"]
    assert kinds(furniture, "\n\n".join([*head, *PROSE]), "Ministers agree on air defence") == expected + ["body"] * 4


def test_a_last_section_keeps_its_subhead_and_its_paragraph(furniture: Furniture) -> None:
    text = "\n\n".join([*PROSE, "What the Deal Says", "It says nothing at all about missiles.", "Leave a comment"])
    assert kinds(furniture, text) == ["body"] * 4 + ["subhead", "body", "boilerplate"]


def test_a_picture_label_between_paragraphs_does_not_end_the_article(furniture: Furniture) -> None:
    text = "\n\n".join([*PROSE, *PROSE, "Article image", PROSE[3]])
    assert kinds(furniture, text) == ["body"] * 8 + ["boilerplate", "body"]


def test_a_feed_heading_over_people_s_words_does_not_end_the_article(furniture: Furniture) -> None:
    text = "\n\n".join([*PROSE, *PROSE, "Most read", PROSE[2]])
    assert kinds(furniture, text)[-1] == "body"


def test_the_author_s_biography_closes_the_page(furniture: Furniture) -> None:
    bio = "Jane Doe is a reporter at the Daily Planet, covering Ukraine."
    assert kinds(furniture, "\n".join([*PROSE, bio, "Subscribe"])) == ["body"] * 4 + ["bio", "boilerplate"]
    assert kinds(furniture, "\n".join([bio, *PROSE])) == ["body"] * 5
    assert kinds(furniture, "\n".join([*PROSE, "Jane Doe"]), author="Jane Doe")[-1] == "bio"


def test_links_follow_their_heading(furniture: Furniture) -> None:
    links = ["Related articles", "Ministers agree on air defence at last", "Ministers disagree on air defence again"]
    assert kinds(furniture, "\n".join([*PROSE, *links])) == ["body"] * 4 + ["boilerplate", "teaser", "teaser"]


def test_a_link_s_one_headline_is_a_link_whatever_it_ends_with(furniture: Furniture) -> None:
    links = ["Related article", "Will the bridge open? Here’s why it may not", "Related video", "Who has paid for it?"]
    assert kinds(furniture, "\n".join([PROSE[0], *links, PROSE[1]])) == ["body", *["boilerplate", "teaser"] * 2, "body"]


@pytest.mark.parametrize(
    "parts",
    [
        # The sentence after a headline is told by its first word …
        "Talks went on until late. | Related article Ministers agree on air defence again | But they did not sign it.",
        "Talks went on until late. | Related article Ministers agree on air defence at last | “It is over,” one said.",
        # … or goes with it.
        "Talks went on until late. | Related article The mayor says the bridge is safe Engineers were not so sure, "
        "one of them said. | It is shut.",
        # A picture has a caption, which quotes nobody, and a credit.
        "They met in the capital. | A car leaves on May 3, 2024. Jane Doe/AFP/Getty Images | Nobody saw them.",
        "They met in the capital. | (Photo by Jane Doe / AFP) Jane Doe/AFP | Related article Ministers meet in Kyiv | "
        "They went by car.",
        "They met in the capital. | A car leaves. Global Pictures | Related video Ministers meet in Kyiv | The end.",
        "One minister said: “We met.” | Jane Doe/Reuters | Nobody saw them.",
        "They had met, said John Smith/Reuters had it first.",
        "She reads related articles. Related articles are many.",
        # Where line breaks are lost, gaps are left.
        "They met in the capital.             | “Nobody saw us,” one said.     | Related article Who met? Here’s who",
    ],
)
def test_furniture_within_a_line_is_set_apart(furniture: Furniture, parts: str) -> None:
    wanted = [part.strip() for part in parts.split("|")]
    text = parts.replace("| ", "")
    blocks = lay_out(text, furniture)
    assert [block.span.of(text) for block in blocks] == wanted
    for block, part in zip(blocks, wanted, strict=True):
        is_picture = part.endswith(("/AFP", "Images", "Pictures", "Doe/Reuters"))
        is_link = part.startswith(("Related article ", "Related video "))
        assert block.kind == ("teaser" if is_link else "caption" if is_picture else "body")


def test_no_article_is_all_furniture(furniture: Furniture) -> None:
    captured_in_one_line = "Sign up for the newsletter. " + " ".join(PROSE)
    assert kinds(furniture, captured_in_one_line) == ["body"]


def test_a_page_of_nothing_but_markers_is_laid_out_in_linear_time(furniture: Furniture) -> None:
    markers = "\n".join(["Avatar", "A Title Here", "TO BE OR NOT TO BE THEN"] * 4000)
    start = time.perf_counter()
    assert len(kinds(furniture, f"{PROSE[0]}\n{markers}\n{PROSE[2]}")) == 12_002
    assert len(kinds(furniture, markers)) == 12_000
    assert time.perf_counter() - start < 5  # 0.4 s; 20,000 lines took 28 s when each searched the page


LINES = st.sampled_from(
    [*PROSE, "", " \xa0", "\ufeff", "Related:", "News Feed", "Avatar", "Jane Doe", "Editor", "A Title Here",
     "2 min read", "Jul 15, 2024", "By Jane Doe", "Show More", "TO BE OR NOT TO BE THEN"]
)  # fmt: skip
PAGES = st.lists(LINES | st.text(max_size=30), max_size=25).map("\n".join)


@settings(deadline=None)
@given(text=st.text(max_size=300) | PAGES, title=st.text(max_size=20))
def test_blocks_are_trimmed_ordered_and_cover_every_line(furniture: Furniture, text: str, title: str) -> None:
    shown = [line.strip() for line in text.split("\n") if line.strip("\ufeff\u200b\u2060 \xa0").strip()]
    for headline, author in ((None, None), (title, title)):
        blocks = lay_out(text, furniture, headline, author)
        words = [block.span.of(text) for block in blocks]
        assert all(word == word.strip() and word and "\n" not in word for word in words)
        assert all(one.span.end < two.span.start for one, two in pairwise(blocks))
        covered = "".join(words)
        assert [c for c in covered if c.isalnum()] == [c for line in shown for c in line if c.isalnum()]


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"labels": "share"}, "'labels' must be a list"),
        ({"labels": [1]}, "'labels' holds 1"),
        ({"roles": [" "]}, "'roles' holds ' '"),
        ({"appeals_together": ["share"]}, "'appeals_together' must be a list"),
        ({"lables": []}, "no list called 'lables'"),
    ],
)
def test_a_word_list_that_cannot_be_used_is_named(table: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        Furniture.from_table(table)


def test_without_word_lists_shapes_still_tell(seeds: Path) -> None:
    bare = Furniture.from_table({})
    assert kinds(bare, "\n\n".join(["Ministers agree on air defence", *PROSE]))[0] == "headline"
