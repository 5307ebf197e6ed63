"""A library that follows another, or what was kept of one, is the library that would be put together anew."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from program import write_article
from seeds import ask, config

from bot.analysis import collection
from bot.search import keeping, sayings
from bot.search.composing import build_library, keep
from bot.search.library import Library
from bot.state.shelf import Shelf

SPEAKERS = (
    "Anna Kowalska", "A. Kowalska", "Kowalska", "Mayor Anna Kowalska", "Ana Kovalska", "Jan Kowalska", "Jan Nowak",
    "President Jan Nowak", "the president", "Nowak", "Maria Lis", "the mayor", "Minister Maria Lis",
)  # fmt: skip
WORDS = (
    "The bridge over the river is closed until the spring and nobody knows why",
    "Four hundred ferries will cross the harbour every night of the winter",
    "No taxpayer shall pay for a tunnel that leads nowhere at all",
    "Our schools have lost their best teachers to the capital",
    "Wolves were seen beside the old railway again",
)
QUESTIONS = ("what did Kowalska say about the bridge", "who spoke about ferries", "what did the president say",
             "what did Maria Lis say", "how many articles are there")  # fmt: skip
#: Beside it all other words are rare, and tell what is said.
ALMANAC = "\n\n".join(f"The weather of day {number} was fair." for number in range(2000))
ENOUGH = collection.WORTH_KEEPING


def written(draw: random.Random) -> tuple[str, str]:
    """Return the body of an article, and what else its front matter states."""
    said = [f"“{draw.choice(WORDS)},” said {draw.choice(SPEAKERS)}." for _ in range(draw.randint(0, 3))]
    day = f"published: 2024-{draw.randint(1, 3):02d}-{draw.randint(1, 28):02d}\n" if draw.random() < 0.8 else ""
    return "\n\n".join(["The council met on Monday.", *said]), day


def change(folder: Path, draw: random.Random) -> None:
    """Add, edit, copy, rename or remove some articles, or rows of a file that holds several."""
    files = sorted(folder.glob("*.md"))
    for _ in range(draw.randint(1, 3)):
        one = draw.choice(files)
        what = draw.choice(("add", "edit", "go on", "begin anew", "date", "copy", "rename", "remove", "rows"))
        new = folder / f"n{draw.randrange(10**6)}.md"
        if what in ("add", "edit"):
            body, day = written(draw)
            write_article(folder, new.stem if what == "add" else one.stem, body, f"Post {draw.randint(0, 2)}", day)
        elif what == "go on" and one.exists():
            one.write_text(f"{one.read_text(encoding='utf-8')}\n\n{written(draw)[0]}", "utf-8")
        elif what == "begin anew" and one.exists():  # what was said stands further down
            one.write_text(one.read_text(encoding="utf-8").replace("The council", "It rained. The council", 1), "utf-8")
        elif what == "date" and one.exists():
            one.write_text(one.read_text(encoding="utf-8").replace("published: 2024-0", "published: 2023-0"), "utf-8")
        elif what == "copy" and one.exists():
            new.write_text(one.read_text(encoding="utf-8").replace(f"id: {one.stem}", f"id: {new.stem}"), "utf-8")
        elif what == "rename" and one.exists():
            one.rename(new)
        elif what == "remove":
            one.unlink(missing_ok=True)
        else:
            rows = [{"id": f"row{number}", "body": written(draw)[0]} for number in range(draw.randint(0, 6))]
            (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")


def described(found: Library) -> Sequence[object]:
    """Return all that a library answers from, but for scores, which may differ in their last bits."""
    quotes = [(quote, found.passage_of[quote.key], found.statement_of(quote)) for quote in found.quotes]
    assert all(quote in statement.quotes for quote, _, statement in quotes)
    passages = [(passage, found.quotes_in.get(number)) for number, passage in enumerate(found.passages)]
    answers = [ask(question, of=found) for question in QUESTIONS]
    return [found.articles, found.facts, found.people, quotes, passages, sorted(found.index.terms), found.names,
            found.statements, found.days, answers]  # fmt: skip


def scores(found: Library) -> dict[tuple[str, int], float]:
    query = dict.fromkeys(found.analyser.terms(" ".join((*WORDS, *SPEAKERS))), 1.0)
    indexes = {"passages": found.index, "articles": found.article_index}
    return {(name, number): score for name, index in indexes.items() for number, score in index.search(query)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def built(folder: Path, before: Library | None = None, keeper: Shelf | None = None) -> Library:
    return build_library(folder, config().tables, k1=0.9, b=0.4, before=before, keeper=keeper)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_has_changed_a_library_that_grew_is_one_built_anew(folder: Path, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    for number in range(ENOUGH + 6):
        body, day = written(draw)
        write_article(folder, f"a{number:02d}", body, f"Post {number % 3}", day)
    write_article(folder, "almanac", ALMANAC)
    grown = built(folder)
    assert any(len({quote.speaker for quote in one.quotes}) > 1 for one in grown.statements)
    for _ in range(5):
        change(folder, draw)
        grown, anew = built(folder, grown), built(folder)
        started = [built(folder, keeper=Shelf(tmp_path / "state.db", pytest.fail)) for _ in range(2)]
        for found in (grown, *started):
            assert described(found) == described(anew)
            assert scores(found) == pytest.approx(scores(anew))
            assert found.linked.grounds == anew.linked.grounds
        grown = draw.choice((grown, started[1]))  # what was kept can be followed, too


def test_only_what_is_new_is_analysed_and_told_to_differ(folder: Path) -> None:
    for number in range(6):
        write_article(folder, f"a{number}", f"“Bridge {number} is closed,” said Anna Kowalska.")
    before = built(folder)
    (folder / "a2.md").unlink()
    write_article(folder, "a4", "“Bridge 4 is open,” said Jan Nowak.")
    write_article(folder, "a1b", "“It is old and unsafe,” said Anna Kowalska. Maria Lis said that nobody knew.")
    after = built(folder, before)
    assert after.collection.analysed == {"a4", "a1b"}
    assert after.differing(before) == {"a2", "a4", "a1b"}
    assert all(after.quotes_of[name] is before.quotes_of[name] for name in ("a0", "a1", "a3", "a5"))


@pytest.fixture
def bridges(folder: Path) -> Path:
    for number in range(ENOUGH):
        write_article(folder, f"a{number}", f"“Bridge {number % 7} is closed,” said {SPEAKERS[number % 3]}.")
    return folder


def test_a_start_without_changes_puts_no_register_together(
    bridges: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(bridges, keeper=Shelf(tmp_path / "state.db", pytest.fail))
    monkeypatch.setattr("bot.people.register.Register.__init__", pytest.fail)
    again = built(bridges, keeper=Shelf(tmp_path / "state.db", pytest.fail))
    assert ask(QUESTIONS[0], of=again) == ask(QUESTIONS[0], of=first)
    assert again.quotes == first.quotes


def test_what_a_reload_put_together_can_be_kept_for_the_next_start(
    bridges: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path / "state.db", pytest.fail)
    before = built(bridges, keeper=shelf)
    write_article(bridges, "b", "“Bridge 1 is closed,” said Maria Lis. “Bridge 1 is unsafe,” said Anna Kowalska.")
    after = built(bridges, before, shelf)
    keep(after)
    monkeypatch.setattr("bot.people.register.Register.__init__", pytest.fail)
    again = built(bridges, keeper=Shelf(tmp_path / "state.db", pytest.fail))
    assert (again.quotes, again.statements, again.people) == (after.quotes, after.statements, after.people)


def test_a_start_after_a_change_looks_again_at_what_those_said_of_whom_there_is_more(
    bridges: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(bridges, keeper=Shelf(tmp_path / "state.db", pytest.fail))
    write_article(bridges, "b", "“Bridge 1 is closed,” said Maria Lis. “Bridge 1 is unsafe,” said Maria Lis.")
    anew: list[str | None] = []
    find = sayings.group
    monkeypatch.setattr(sayings, "group", lambda quotes, *more: anew.append(quotes[0].speaker) or find(quotes, *more))
    built(bridges, keeper=Shelf(tmp_path / "state.db", pytest.fail))
    assert anew == ["Maria Lis"]


@pytest.mark.parametrize(
    "damaged",
    [
        lambda kept: b"",
        lambda kept: b"nonsense",
        lambda kept: keeping.packed(keeping.Composition()),
        lambda kept: keeping.packed(replace(kept, speakers=((10**6, "Jan Nowak", 1.0),))),
        lambda kept: keeping.packed(replace(kept, places=dict.fromkeys(kept.places, b"\0" * 5))),
    ],
)
def test_what_is_kept_wrongly_is_put_together_anew(
    bridges: Path, tmp_path: Path, damaged: Callable[[keeping.Composition], bytes]
) -> None:
    shelf = Shelf(tmp_path / "state.db", pytest.fail)
    first = built(bridges, keeper=shelf)
    [(key, kept)] = shelf.get([keeping.key_of(first.collection.edition)])
    shelf.put([(key, damaged(keeping.unpacked(kept)))])
    assert described(built(bridges, keeper=shelf)) == described(first)


def test_no_words_of_an_article_are_kept_with_what_its_quotes_are(bridges: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "state.db", pytest.fail)
    [(_, kept)] = shelf.get([keeping.key_of(built(bridges, keeper=shelf).collection.edition)])
    assert b"Anna Kowalska" in kept
    assert b"closed" not in kept
