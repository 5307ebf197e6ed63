"""Follows a Dockerfile without a container engine: its steps are done for real, in folders instead of images.

    image = build(Path("Dockerfile"), scratch, base)
    subprocess.run(image.program(*image.entrypoint, "ask", "…"), env=image.environment, cwd=image.folder)

Every stage has a folder that stands for its root, and absolute paths are read as paths below that.  What a stage is
`FROM` is not fetched: `base` puts a Python of this machine in its place.  An instruction, an option or a pattern that
this does not know is an error, so that nothing in the file goes untried.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

_ABSOLUTE = re.compile(r"(?<![\w.*/])/(?=\w)")
_HEALTH_OPTIONS = {"interval", "timeout", "start-period", "retries"}


class Unsupported(Exception):  # noqa: N818 – what is wrong is the file, or this module
    """Something in the file that this module does not know."""


@dataclass
class Image:
    """A stage: its files below `root`, and how a container of it starts."""

    tree: Path
    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = ""
    user: str = "0:0"
    volumes: list[str] = field(default_factory=list)
    stop_signal: str = ""
    health: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    default: list[str] = field(default_factory=list)

    def program(self, *command: str) -> list[str]:
        """Return a command with its program as the PATH of this image finds it."""
        found = shutil.which(command[0], path=self.environment["PATH"])
        assert found, f"{command[0]} is not in the image"
        return [found, *command[1:]]


def instructions(file: Path) -> list[tuple[str, str]]:
    """Return each instruction of a Dockerfile with what it says."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, said.strip()) for name, _, said in (line.partition(" ") for line in whole.splitlines() if line)]


def build(file: Path, scratch: Path, base: Callable[[Image], None], owner: Callable[[int], int]) -> Image:
    """Follow a file whose context is its folder, and return the last image; `owner` maps users to those of here.

    One name, `root`, stands for the root of whichever stage is being built, as in a container: a program that is
    copied from one stage to another finds its files under the same path.
    """
    work = _Build(file.parent, scratch, base, owner)
    for name, said in instructions(file):
        step = getattr(work, f"_{name.lower()}", None)
        if step is None:
            raise Unsupported(name)
        step(said)
    return work.image


class _Build:
    def __init__(
        self, context: Path, scratch: Path, base: Callable[[Image], None], owner: Callable[[int], int]
    ) -> None:
        self.context, self.scratch, self.base, self.owner = context, scratch, base, owner
        self.root = scratch / "root"
        self.stages: dict[str, Image] = {}
        self.ignored = _ignored(context / ".dockerignore")

    def _here(self, text: str) -> str:
        """Return a text with every absolute path in it below the root."""
        return _ABSOLUTE.sub(f"{self.root}/", text)

    def _from(self, said: str) -> None:
        parts = re.fullmatch(r"\S+:\S+(?: AS (\w+))?", said)
        if not parts:
            raise Unsupported(f"FROM {said}")
        name = parts[1] or "final"
        tree = self.scratch / name
        tree.mkdir()
        self.root.unlink(missing_ok=True)
        self.root.symlink_to(tree)
        self.image = self.stages[name] = Image(tree, self.root, folder=str(self.root))
        self.base(self.image)

    def _workdir(self, said: str) -> None:
        self.image.folder = self._here(said)
        Path(self.image.folder).mkdir(parents=True, exist_ok=True)

    def _env(self, said: str) -> None:
        for pair in shlex.split(self._here(said)):
            name, mark, value = pair.partition("=")
            if not mark:
                raise Unsupported(f"ENV {said}")
            known = self.image.environment
            self.image.environment[name] = re.sub(r"\$(\w+)", lambda match, known=known: known[match[1]], value)

    def _run(self, said: str) -> None:
        if self.image.user != "0:0" or said.startswith(("-", "[")):
            raise Unsupported(f"RUN {said}")
        done = subprocess.run(
            ["/bin/sh", "-c", self._here(said)], cwd=self.image.folder, env=self.image.environment, umask=0o022,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"RUN {said}\n{done.stdout}{done.stderr}"

    def _copy(self, said: str) -> None:
        words = said.split()
        *sources, target = [word for word in words if not word.startswith("--")]
        options = {name: value for name, _, value in (word[2:].partition("=") for word in words if word[:2] == "--")}
        if unknown := options.keys() - {"from", "chown"}:
            raise Unsupported(f"COPY --{min(unknown)}")
        user, _, group = options.get("chown", "0:0").partition(":")
        for source in sources:
            found, into = self._source(source, options.get("from")), Path(self.image.folder, self._here(target))
            if not found.is_dir() and (target.endswith("/") or into.is_dir()):
                into = into / found.name
            for made in _copied(found, into, self.left_out):
                os.chown(made, self.owner(int(user)), self.owner(int(group)), follow_symlinks=False)

    def _source(self, name: str, stage: str | None) -> Path:
        found = self.stages[stage].tree / name.lstrip("/") if stage else self.context / name
        if not found.exists() or self.left_out(found):
            raise FileNotFoundError(f"COPY {name}: there is none, or .dockerignore leaves it out")
        return found

    def left_out(self, path: Path) -> bool:
        """Say whether a file is not sent to the builder."""
        return path.is_relative_to(self.context) and self.ignored(PurePosixPath(path.relative_to(self.context)))

    def _user(self, said: str) -> None:
        if not re.fullmatch(r"\d+:\d+", said):
            raise Unsupported(f"USER {said}")
        self.image.user = said

    def _volume(self, said: str) -> None:
        self.image.volumes = json.loads(self._here(said))

    def _stopsignal(self, said: str) -> None:
        self.image.stop_signal = said

    def _healthcheck(self, said: str) -> None:
        options, mark, command = said.partition(" CMD ")
        if not mark or {word[2:].split("=")[0] for word in options.split()} - _HEALTH_OPTIONS:
            raise Unsupported(f"HEALTHCHECK {said}")
        self.image.health = json.loads(command)

    def _entrypoint(self, said: str) -> None:
        self.image.entrypoint = json.loads(said)  # the form of a shell would keep signals from the program

    def _cmd(self, said: str) -> None:
        self.image.default = json.loads(said)


def _copied(source: Path, into: Path, left_out: Callable[[Path], bool]) -> Iterator[Path]:
    """Copy a file, or what is in a folder; yield everything that was made."""
    if source.is_symlink() or not source.is_dir():
        into.parent.mkdir(parents=True, exist_ok=True)
        yield Path(shutil.copy2(source, into, follow_symlinks=False))
        return
    into.mkdir(parents=True, exist_ok=True)
    yield into
    for path in sorted(source.iterdir()):
        if not left_out(path):
            yield from _copied(path, into / path.name, left_out)


def _ignored(file: Path) -> Callable[[PurePosixPath], bool]:
    """Return what a .dockerignore leaves out: the last pattern that fits a path, or a folder that it is in, decides."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    patterns = [line for line in lines if line and not line.startswith("#")]

    def fits(path: PurePosixPath, pattern: str) -> bool:
        names = (*path.parents, path)
        if pattern.startswith("**/") and "/" not in pattern[3:]:
            return any(fnmatchcase(one.name, pattern[3:]) for one in names)
        if "/" in pattern:
            raise Unsupported(f".dockerignore: {pattern}")
        return fnmatchcase(path.parts[0], pattern)

    def ignored(path: PurePosixPath) -> bool:
        left_out = False
        for pattern in patterns:
            if fits(path, pattern.removeprefix("!")):
                left_out = not pattern.startswith("!")
        return left_out

    return ignored
