"""The table of commands: help is cheap, and a command imports only what it uses."""

import json
import subprocess
import sys

import pytest
import typer
from program import Run

from bot import __version__
from bot.errors import ConfigurationError, CoverageError, VerbatimError
from bot.front.cli import COMMANDS, ended, load

SPY = """
import json, sys
from bot.front.cli import main
try:
    main()
finally:
    sys.stdout.flush()
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def imported(environment: dict[str, str], *arguments: str, stdin: bytes = b"") -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SPY, *arguments],
        input=stdin, capture_output=True, env=environment, cwd=environment["PYTHONPATH"], timeout=60, check=False,
    )  # fmt: skip
    return set(json.loads(done.stderr.decode().splitlines()[-1]))


def test_help_imports_nothing_that_it_does_not_use(environment: dict[str, str]) -> None:
    heavy = {"numpy", "pydantic", "pydantic_settings", "prompt_toolkit", "rich", "httpx", "telegram", "Stemmer", "yaml"}
    assert not imported(environment, "--help") & heavy
    assert not imported(environment, "--version") & heavy


def test_ask_does_not_import_other_front_ends(environment: dict[str, str]) -> None:
    others = {"prompt_toolkit", "telegram", "httpx", "lxml", "trafilatura", "feedparser", "pypdf"}
    modules = imported(environment, "ask", "What did Stoltenberg say?")
    assert "rich" in modules
    assert not modules & others
    assert not imported(environment, stdin=b"What did Stoltenberg say?\n") & others


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_there_and_takes_the_common_options(run: Run, name: str) -> None:
    assert callable(load(COMMANDS[name][0]))
    done = run(name, "--help")
    assert done.returncode == 0
    assert "--corpus DIR" in done.stdout
    assert "--config FILE" in done.stdout
    assert COMMANDS[name][1] in done.stdout


def test_help_lists_every_command(run: Run) -> None:
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for name, (_, said) in COMMANDS.items():
        assert name in done.stdout
        assert said in done.stdout  # not cut off


@pytest.mark.parametrize(
    ("raised", "code"),
    [(None, 1), (KeyboardInterrupt(), 130), (VerbatimError("no"), 70), (ConfigurationError("a\nb"), 78)],
)
def test_how_a_command_ends(capsys: pytest.CaptureFixture[str], raised: BaseException | None, code: int) -> None:
    def command() -> int:
        if raised is not None:
            raise raised
        return code

    with pytest.raises(typer.Exit) as ending:
        ended(command)()
    assert ending.value.exit_code == code
    expected = f"coverage-bot: {raised}\n" if isinstance(raised, CoverageError) else ""
    assert capsys.readouterr() == ("", expected)


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"coverage-bot {__version__}\n"


def test_a_misspelt_command_is_corrected(run: Run) -> None:
    assert "Did you mean 'quotes'?" in run("qoutes").stderr
