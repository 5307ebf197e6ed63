"""Configuration: what goes before what, and errors that say where and what to do."""

import tomllib
from pathlib import Path

import pytest

from bot import settings
from bot.errors import ConfigurationError
from bot.settings import load


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "CORPUS", "ANSWER__STATEMENTS"):
        monkeypatch.delenv(settings.PREFIX + name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()


def written(folder: Path, text: str, name: str = "bot.toml") -> Path:
    file = folder / "config" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def refusal(file: Path | None = None) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(file, None)
    return str(caught.value)


def test_environment_goes_before_file_and_file_before_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, "[answer]\nstatements = 2\n")
    read = load(file, None).settings.answer
    assert (read.statements, read.certain) == (2, 0.7)
    monkeypatch.setenv("COVERAGE_BOT_ANSWER__STATEMENTS", "3")
    assert load(file, None).settings.answer.statements == 3


def test_flags_go_before_environment_and_environment_before_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, third = tmp_path / "other", tmp_path / "third"
    other.mkdir()
    third.mkdir()
    assert load(None, None).corpus == Path("corpus")
    monkeypatch.setenv("COVERAGE_BOT_CORPUS", str(other))
    assert load(None, None).corpus == other
    assert load(None, third).corpus == third
    monkeypatch.setenv("COVERAGE_BOT_CONFIG", str(written(tmp_path, "[answer]\nstatements = 9\n", "mine.toml")))
    assert load(None, None).settings.answer.statements == 9


def test_the_current_folders_win_and_the_shipped_ones_are_there_without(tmp_path: Path) -> None:
    assert load(None, None).file == settings.shipped() / "config" / "bot.toml"
    (tmp_path / "corpus").rmdir()
    assert load(None, None).corpus == settings.shipped() / "corpus"
    written(tmp_path, "")
    assert load(None, None).file == Path("config/bot.toml")


def test_word_lists_are_the_other_files_and_shipped_ones_fill_the_gaps(tmp_path: Path) -> None:
    shipped = {path.stem for path in (settings.shipped() / "config").glob("*.toml")} - {"bot"}
    file = written(tmp_path, "")
    written(tmp_path, "[more]\nverbs = ['said']\n", "mine.toml")
    own = sorted(shipped)[0]
    written(tmp_path, "only = 'mine'\n", f"{own}.toml")
    tables = load(file, None).tables
    assert tables["mine"] == {"more": {"verbs": ["said"]}}
    assert tables[own] == {"only": "mine"}
    assert set(tables) == shipped | {"mine"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[answer]\nstatments = 2\n", ":2: answer.statments: there is no such key; did you mean statements?"),
        ("\n[anwser]\n", ":2: anwser: there is no such section; did you mean answer?"),
        ("[search]\nzzz = 1\n", ":2: search.zzz: there is no such key; there are k1, b"),
        ("[answer]\nstatements = 'many'\n", ":2: answer.statements: expected a whole number, not 'many'"),
        ("[answer]\nstatements = 0\n", ":2: answer.statements: expected a value greater than or equal to 1, not 0"),
        ("[repl]\nhistory = 1\n", ":2: repl.history: expected a text between quotation marks, not 1"),
        ("search = 1\n", ":1: search: expected a table of keys, not 1"),
        ("\n[answer\n", ":2: this is not TOML: "),
        ("[repl]\nhistory = '", ":2: this is not TOML: "),
    ],
)
def test_an_error_names_file_line_key_and_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    file = written(tmp_path, text)
    assert f"{file}{said}" in refusal(file)


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    assert len(refusal(written(tmp_path, "[answer]\nx = 1\ncertain = 2\n[nope]\n")).split("\n")) == 3


def test_errors_of_the_environment_name_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVERAGE_BOT_ANSWER__STATEMENTS", "x")
    assert refusal() == "environment variable COVERAGE_BOT_ANSWER__STATEMENTS: expected a whole number, not 'x'"
    monkeypatch.setenv("COVERAGE_BOT_ANSWER__STATEMENTS", "1")
    monkeypatch.setenv("COVERAGE_BOT_ANSWER__SERTAIN", "1")
    assert "COVERAGE_BOT_ANSWER__SERTAIN" in refusal()
    assert refusal().endswith("did you mean COVERAGE_BOT_ANSWER__CERTAIN?")


def test_a_value_for_a_whole_section_is_refused_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVERAGE_BOT_ANSWER", "x")
    assert "write each value by itself" in refusal()


def test_what_kubernetes_sets_for_a_service_of_this_name_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVERAGE_BOT_PORT", "tcp://10.0.0.1:80")
    monkeypatch.setenv("COVERAGE_BOT_SERVICE_HOST", "10.0.0.1")
    assert load(None, None).settings.answer.statements == 5


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "absent.toml: cannot be read" in refusal(tmp_path / "absent.toml")
    latin = written(tmp_path, "")
    latin.write_bytes("# Władysław\n".encode("iso-8859-2"))
    assert refusal(latin) == f"{latin}:1: this is not UTF-8 text; save the file as UTF-8"
    with pytest.raises(ConfigurationError, match="no such folder"):
        load(None, tmp_path / "absent")


def test_a_broken_word_list_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, "")
    broken = written(tmp_path, "verbs = [", "speech.toml")
    assert refusal(file).startswith(f"{broken}:1: this is not TOML")


def test_the_shipped_file_lists_every_key_with_its_default_and_says_what_it_is_for() -> None:
    text = (settings.shipped() / "config" / "bot.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == settings.Settings().model_dump()
    lines = text.splitlines()
    for section, names in settings.keys().items():
        begin = lines.index(f"[{section}]")
        for name in names:
            place = next(n for n, line in enumerate(lines) if n > begin and line.startswith(f"{name} ="))
            assert lines[place - 1].startswith("# "), f"{section}.{name} has no comment"


@pytest.mark.parametrize(
    ("people", "line", "because"),
    [
        ('[[person]]\nname = "A B"\nspellings = "x"\n', 3, "input should be a valid list, not 'x'"),
        ('[[person]]\nname = "A B"\n\n[[person]]\n', 4, "field required"),
        ('[[person]]\nname = "A B"\nspeling = []\n', 3, "there is no such key; did you mean spellings?"),
        ('[[person]]\nname = "A B"\n[[person]]\nname = "C D"\nspellings = ["A B"]\n', 3, "already a name of A B"),
        ('[[person]]\nname = "A B"\napart = ["A B"]\n', 1, "kept apart from itself"),
        ('[[person]]\nname = "A B"\ntitles = ["X", { titel = "X" }]\n', 3, "did you mean title?"),
        ('[[person]]\nname = "A"\ntitles = [{ title = "X", since = "soon" }]\n', 3, "valid date"),
        (
            '[[person]]\nname = "A"\ntitles = [{ title = "X", since = 2024-01-01, until = 2023-01-01 }]\n',
            1,
            "later than",
        ),
        ("people = 1\n", 1, "there is no such key"),
    ],
)
def test_what_is_wrong_with_the_list_of_people_is_told_with_file_and_line(
    tmp_path: Path, people: str, line: int, because: str
) -> None:
    written(tmp_path, people, "people.toml")
    told = refusal(written(tmp_path, ""))
    assert f"people.toml:{line}: " in told
    assert because in told
