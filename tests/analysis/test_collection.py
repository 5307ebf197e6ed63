"""What is found in articles is found once: kept between runs, taken over by a reload, not believed when damaged."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from program import write_article
from seeds import config

from bot.analysis import workers
from bot.analysis.collection import Collection, collect
from bot.state.shelf import Shelf

SAID = "Anna Kowalska spoke on Monday.\n\n“Bridge number {0} will stay closed,” said Kowalska. She said that it is old."
LARGEST = 1_000_000
ENOUGH = 32  # articles that are worth keeping


class Memory:
    """A keeper that counts what it is asked to do."""

    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}

    def get(self, keys: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
        return [(key, self.kept[key]) for key in keys if key in self.kept]

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        self.kept.update(items)

    def keep_only(self, keys: Iterable[bytes]) -> None:
        self.kept = {key: self.kept[key] for key in keys if key in self.kept}


class Reader:
    """Reads a folder and counts the articles that had to be analysed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.anew = folder, 0

    def read(
        self, before: Collection | None = None, keeper: object = None, **tables: Mapping[str, object]
    ) -> Collection:
        self.anew = 0

        def progress(done: int, total: int) -> None:
            self.anew = total

        lists = dict(config().tables) | tables
        return collect(self.folder, lists, LARGEST, before, keeper, progress)  # type: ignore[arg-type]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(ENOUGH):
        write_article(folder, f"a{number:02d}", SAID.format(number))
    return Reader(folder)


def told(collection: Collection) -> list[object]:
    """Return all that was found, for comparing."""
    return [
        (one.article, one.quotes, one.passage_of, one.people, one.bounds, one.vocabulary, one.sketch)
        for one in collection.analyses
    ]


def test_the_second_start_analyses_nothing_and_finds_the_same(reader: Reader, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "state" / "analyses.db", pytest.fail)
    first = reader.read(keeper=shelf)
    assert reader.anew == ENOUGH
    again = reader.read(keeper=Shelf(tmp_path / "state" / "analyses.db", pytest.fail))
    assert reader.anew == 0
    assert told(again) == told(first)


def test_no_words_of_an_article_are_kept(reader: Reader) -> None:
    keeper = Memory()
    reader.read(keeper=keeper)
    assert len(keeper.kept) == ENOUGH
    assert not any(b"will stay closed" in value for value in keeper.kept.values())


def test_a_reload_analyses_what_is_new_or_changed_and_nothing_else(reader: Reader) -> None:
    first = reader.read()
    write_article(reader.folder, "a00", SAID.format("zero"))
    write_article(reader.folder, "new", SAID.format("new"))
    (reader.folder / "a05.md").unlink()
    second = reader.read(first)
    assert reader.anew == 2
    kept = {one.article.id: one for one in first.analyses}
    assert all(one is kept[one.article.id] for one in second.analyses if one.article.id not in ("a00", "new"))
    assert told(second) == told(reader.read())


def test_a_change_of_the_same_size_within_one_tick_of_the_clock_is_seen(reader: Reader) -> None:
    first = reader.read()
    file = reader.folder / "a03.md"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"closed", b"opened"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "opened" in {one.article.id: one.article.text for one in reader.read(first).analyses}["a03"]


def test_other_word_lists_find_everything_anew(reader: Reader) -> None:
    keeper = Memory()
    first = reader.read(keeper=keeper)
    speech = dict(config().tables["speech"]) | {"say": ["shout"]}
    other = reader.read(first, keeper, speech=speech)
    assert reader.anew == ENOUGH
    assert told(other) != told(first)


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"x\x9cnot really"])
def test_what_is_kept_wrongly_is_read_again(reader: Reader, damage: bytes) -> None:
    keeper = Memory()
    first = reader.read(keeper=keeper)
    keeper.kept = dict.fromkeys(keeper.kept, damage)
    assert told(reader.read(keeper=keeper)) == told(first)
    assert reader.anew == ENOUGH


def test_an_interrupted_start_goes_on_from_what_was_found(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(ENOUGH, 100):
        write_article(reader.folder, f"a{number:02d}", SAID.format(number))
    keeper, found = Memory(), workers.analysed

    def interrupted(*arguments: object) -> Iterable[object]:
        for number, one in enumerate(found(*arguments)):  # type: ignore[arg-type]
            if number == 70:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr("bot.analysis.collection.analysed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reader.read(keeper=keeper)
    monkeypatch.undo()
    reader.read(keeper=keeper)
    assert reader.anew == 100 - 64


def test_processes_of_their_own_find_the_same(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = told(reader.read())
    monkeypatch.setattr(workers, "WORTH_WORKERS", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert told(reader.read()) == alone


def test_a_renamed_file_is_the_same_article_where_it_states_its_id(reader: Reader) -> None:
    first = reader.read()
    (reader.folder / "a00.md").rename(reader.folder / "z.md")
    origins = {one.article.id: one.article.origin for one in reader.read(first).analyses}
    assert origins["a00"] == "z.md"
