"""The wheel, installed into an environment of its own and run in an empty folder."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

QUESTION = "what did Stoltenberg say about strikes in Russia"


def done(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command in a folder, without the settings and paths of whoever runs the tests; return what it prints."""
    ours = ("COVERAGE_BOT_", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=600)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode()


@pytest.fixture(scope="module")
def wheel(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder))
    done([*pip, str(pytestconfig.rootpath)], folder)
    [built] = folder.glob("coverage_bot-*.whl")
    return built


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_it_carries_the_settings_and_the_articles(pytestconfig: pytest.Config, wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for kind in ("config/*.toml", "corpus/*.md"):
        ours = {file.relative_to(pytestconfig.rootpath).as_posix() for file in pytestconfig.rootpath.glob(kind)}
        assert ours
        assert {f"bot/shipped/{name}" for name in ours} <= names
    assert not any(name.startswith("tests/") for name in names)


def test_it_answers_in_an_empty_folder(wheel: Path, tmp_path: Path, empty: Path) -> None:
    """The dependencies are those of the environment that runs the tests."""
    home = tmp_path / "venv"
    venv.create(home)  # without pip, which takes longer than all the rest
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", home / "bin" / "python")
    done([*pip, "install", "-q", "--no-deps", "--no-index", wheel], empty)
    answered(home / "bin", packages, empty)


@pytest.mark.slow
def test_it_installs_with_its_dependencies(
    pytestconfig: pytest.Config, wheel: Path, tmp_path: Path, empty: Path
) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    constraints = pytestconfig.rootpath / "config" / "constraints.txt"
    done([home / "bin" / "pip", "install", "-q", "-c", constraints, wheel], empty)
    [packages] = home.glob("lib/python*/site-packages")
    answered(home / "bin", packages, empty)


def answered(programs: Path, packages: Path, folder: Path) -> None:
    where = done([programs / "python", "-c", "import bot; print(bot.__file__)"], folder)
    assert Path(where).is_relative_to(packages)
    answer = json.loads(done([programs / "coverage-bot", "ask", "--json", QUESTION], folder))
    assert answer["interpretation"]["speaker"] == "Jens Stoltenberg"
    assert answer["statements"]
    assert answer["library"]["articles"] == 5
