"""Running the program as its users do: as a process, on files of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from program import Run, write_article
from website import Website, website

# Properties are no timed tests: how long an example takes says more of the machine than of the program.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for is on this machine, whatever way others are reached."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site() -> Iterator[Website]:
    """A web server on the loopback."""
    with website() as one:
        yield one


@pytest.fixture
def environment(pytestconfig: pytest.Config, tmp_path: Path) -> dict[str, str]:
    """An environment without settings, in which `python -m bot` is this program and writes to a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_BOT_")}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        kept.pop(name, None)
    return kept | {
        "PYTHONPATH": str(pytestconfig.rootpath),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def run(pytestconfig: pytest.Config, environment: dict[str, str]) -> Run:
    """Run the program in the repository, or in another folder, with the given arguments and input."""

    def program(
        *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd or pytestconfig.rootpath,
            env=environment | variables,
            timeout=60,
            check=False,
        )
        output, errors = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in errors, errors
        return subprocess.CompletedProcess(done.args, done.returncode, output, errors)

    return program


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of two small articles, one of them undated."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(
        folder, "dated", "Jens Stoltenberg spoke.\n\n“We will support the bridge,” said Jens Stoltenberg on Monday.",
        more="published: 2024-07-15\n",
    )  # fmt: skip
    write_article(folder, "undated", "“The bridge is closed,” said Anna Kowalska.", outlet="Żółw Times")
    return folder
