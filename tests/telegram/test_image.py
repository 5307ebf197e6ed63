"""The Dockerfile, followed without a container engine: what it makes starts, answers, is found healthy, and stops."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

import dockerfile
import pytest
from bot_process import Starter
from dockerfile import Image, instructions
from server import BotApiServer

from bot import settings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "Dockerfile"
QUESTION = "what did Stoltenberg say about strikes in Russia"
USER = 10001
#: What reaches the registry from here, where something has to be fetched.
NETWORK = re.compile(r"PIP_\w+|(?:https?|no)_proxy|SSL_CERT_\w+", re.IGNORECASE)


def said(name: str) -> list[str]:
    return [said for instruction, said in instructions(FILE) if instruction == name]


class Container:
    """Commands in a built image, by its user, who may write where the volumes are and nowhere else."""

    def __init__(self, image: Image, user: int) -> None:
        self.image, self.user = image, user
        self.environment = image.environment | {"PYTHONWARNINGS": "error"}

    def command(self, *command: str) -> list[str]:
        return [*_as(self.user), *self.image.program(*command)]

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*command), env=self.environment, cwd=self.image.folder, capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip

    def files(self) -> dict[str, tuple[int, int]]:
        """Return every file outside of the volumes, and when it was changed."""
        paths = [path for path in self.image.tree.rglob("*") if not path.is_symlink()]
        volumes = [Path(volume).resolve() for volume in self.image.volumes]
        kept = [path for path in paths if not any(path.is_relative_to(volume) for volume in volumes)]
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in kept}


def _as(user: int) -> list[str]:
    """Return what runs a command as a user of no power: as root of none, where that user cannot reach this Python."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return []
    who = [f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else ["--bounding-set=-all"]
    return ["setpriv", "--no-new-privs", "--inh-caps=-all", *who]


def _reachable(user: int) -> bool:
    """Say whether a user can run this Python with its packages."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return False
    tried = [*_as(user), sys.executable, "-c", "import telegram, pip"]
    return subprocess.run(tried, capture_output=True, cwd="/", check=False).returncode == 0


@pytest.fixture(scope="module", params=["offline", pytest.param("online", marks=pytest.mark.slow)])
def container(request: pytest.FixtureRequest) -> Iterator[Container]:
    """Build the image: with the packages of whoever runs the tests, or with those that the file downloads."""
    user = USER if _reachable(USER) else os.geteuid()

    def base(image: Image) -> None:
        python = image.tree / "usr" / "local"
        venv.create(python, with_pip=request.param == "online")
        image.environment |= {"PATH": f"{image.root}/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        image.environment |= {name: value for name, value in os.environ.items() if NETWORK.fullmatch(name)}
        if request.param == "offline":
            image.environment |= {"PYTHONPATH": sysconfig.get_path("purelib"), "PIP_NO_INDEX": "1"}

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # pytest's own folders are closed to other users
        image = dockerfile.build(FILE, Path(folder), base, lambda number: number if user == USER else -1)
        code = [path for path in image.tree.rglob("*") if not path.is_symlink()]
        for path in code:
            if not any(path.is_relative_to(Path(volume).resolve()) for volume in image.volumes):
                path.chmod(path.stat().st_mode & ~0o222)
        yield Container(image, user)
        for path in code:
            path.chmod(path.stat().st_mode | 0o200)


def test_it_runs_answers_is_healthy_and_stops(container: Container, server: BotApiServer) -> None:
    image, before = container.image, container.files()
    starter = Starter(container.environment, Path(image.folder))
    assert container.run(*image.health).returncode == 1, "healthy without a bot"
    bot = starter(server, command=container.command(*image.entrypoint, *image.default))
    alice = server.user("Alice")
    alice.says(QUESTION)
    assert alice.hear()["text"].startswith("Jens Stoltenberg on strikes in Russia")
    healthy = container.run(*image.health)
    assert healthy.returncode == 0, healthy
    assert image.stop_signal == "SIGTERM"
    assert bot.stop() == 0
    starter.finish()
    alive = Path(image.environment["COVERAGE_BOT_TELEGRAM__HEALTH_FILE"])
    long_ago = alive.stat().st_mtime - settings.TelegramSettings().stale_seconds - 1
    os.utime(alive, (long_ago, long_ago))
    assert container.run(*image.health).returncode == 1, "healthy without a poll"
    assert container.files() == before, "something was written outside of the volumes"


def test_other_commands_run_in_it_too(container: Container) -> None:
    done = container.run(*container.image.entrypoint, "ask", "--json", QUESTION)
    assert json.loads(done.stdout)["library"]["articles"] == 5, done.stderr
    checked = container.run(*container.image.entrypoint, "check")
    assert checked.returncode == 0, checked.stdout


def test_its_program_is_the_one_that_was_built_and_has_no_pip(container: Container) -> None:
    packages = next(container.image.tree.glob("opt/coverage-bot/lib/python*/site-packages"))
    where = container.run("python", "-c", "import bot; print(bot.__file__)").stdout.strip()
    assert Path(where).resolve().is_relative_to(packages.resolve())
    assert not list(packages.glob("pip*"))


def test_all_may_read_the_code_and_its_user_may_write_to_the_volumes_only(container: Container) -> None:
    paths = [path for path in container.image.tree.rglob("*") if not path.is_symlink()]
    volumes = [Path(volume).resolve() for volume in container.image.volumes]
    for path in paths:
        if any(path.is_relative_to(volume) for volume in volumes):
            assert path.stat().st_uid == container.user, path
        else:
            mode = 0o005 if path.is_dir() else 0o004
            assert path.stat().st_mode & mode == mode, path
    write = "import pathlib, sys; pathlib.Path(sys.argv[1], 'mark').touch()"
    for folder in (*container.image.volumes, container.image.root / "config"):
        wrote = container.run("python", "-c", write, str(folder))
        assert (wrote.returncode == 0) == (folder in container.image.volumes), wrote.stderr


def test_the_base_is_one_exact_version_that_the_program_runs_on() -> None:
    bases = {base.split(" AS ")[0] for base in said("FROM")}
    assert len(bases) == 1
    version = re.fullmatch(r"python:(\d+)\.(\d+)\.\d+-slim-\w+", bases.pop())
    assert version
    assert (int(version[1]), int(version[2])) == (3, 11), "raise requires-python and the constraints along with it"


def test_its_user_is_nobody_in_particular() -> None:
    assert said("USER") == [f"{USER}:{USER}"]


def test_its_settings_are_settings_and_lie_in_its_volumes() -> None:
    words = [word.partition("=") for line in said("ENV") for word in line.split()]
    ours = {name: value for name, _, value in words if name.startswith(settings.PREFIX)}
    known = {f"{settings.PREFIX}{section}__{key}".upper() for section, keys in settings.keys().items() for key in keys}
    assert ours.keys() <= known | {"COVERAGE_BOT_CONFIG", "COVERAGE_BOT_CORPUS"}
    volumes = json.loads(said("VOLUME")[0])
    assert {f"/{Path(value).parts[1]}" for value in ours.values()} == {*volumes, "/config"}


@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="hadolint is not built for this")
def test_hadolint_has_nothing_to_say() -> None:
    hadolint = Path(sysconfig.get_path("scripts"), "hadolint")
    done = subprocess.run([hadolint, FILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_step_that_is_not_understood_is_no_step_that_passed(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("*\n!a\n**/b\n")
    for name in ("a", "secret"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "b").touch()
    (tmp_path / "a" / "c").touch()

    def built(*lines: str) -> Image:
        file, scratch = tmp_path / "Dockerfile", Path(tempfile.mkdtemp(dir=tmp_path))
        file.write_text("FROM base:1\n" + "\n".join(lines))
        return dockerfile.build(file, scratch, lambda image: image.environment.update(PATH="/bin"), lambda _: -1)

    for line in ("ADD a a", "COPY --link a a", "RUN --mount=type=cache,target=/x true", "HEALTHCHECK --x=1 CMD []"):
        with pytest.raises(dockerfile.Unsupported):
            built(line)
    with pytest.raises(AssertionError, match="RUN false"):
        built("RUN false")
    with pytest.raises(FileNotFoundError):
        built("COPY secret /secret")
    image = built("WORKDIR /work", "COPY a /there/", "RUN echo $PATH > /there/d && cp /there/c .", "ENV PATH=/x:$PATH")
    assert sorted(path.name for path in image.tree.rglob("*")) == ["c", "c", "d", "there", "work"]
    assert image.environment["PATH"] == f"{image.root}/x:/bin"
