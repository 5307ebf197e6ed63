"""What is wrong with settings, in sentences that name the place and what was probably meant."""

import os
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from bot.errors import ConfigurationError
from bot.settings.sections import NESTED, PREFIX, keys

_EXPECTED = {
    "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number",
    "float_type": "a number", "float_parsing": "a number", "string_type": "a text between quotation marks",
    "bool_type": "true or false", "bool_parsing": "true or false", "model_type": "a table of keys",
    "model_attributes_type": "a table of keys",
}  # fmt: skip


def check_environment() -> None:
    """Raise ConfigurationError for a variable that names no setting."""
    # Only names with the nested mark are ours: Kubernetes sets COVERAGE_BOT_PORT and the like for a service so named.
    known = [f"{PREFIX}{section}{NESTED}{key}".upper() for section, names in keys().items() for key in names]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and NESTED in name and name.upper() not in known:
            raise ConfigurationError(f"environment variable {name}: there is no such setting{nearest(name, known)}")


def setting_problems(error: ValidationError, file: Path, text: str) -> Iterator[str]:
    """Yield what is wrong with each setting, with the line of the file or the variable that sets it."""
    for problem in error.errors():
        path = tuple(str(part) for part in problem["loc"])
        variable = PREFIX + NESTED.join(path).upper()
        if variable in os.environ:
            where = f"environment variable {variable}"
        else:
            where = f"{file}:{_line_of(text, path)}: {'.'.join(path)}"
        if problem["type"] == "extra_forbidden":
            names = keys().get(path[0], []) if len(path) > 1 else list(keys())
            yield f"{where}: there is no such {'key' if len(path) > 1 else 'section'}{nearest(path[-1], names)}"
        else:
            expected = _EXPECTED.get(problem["type"]) or problem["msg"].replace("Input should be", "a value")
            yield f"{where}: expected {expected}, not {problem['input']!r}"


def _line_of(text: str, path: Sequence[str]) -> int:
    """Return the line that sets a key (or opens the section that should hold it)."""
    section, best = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        if opened := re.match(r"\s*\[+\s*([\w.\"-]+)\s*\]", line):
            section = opened[1].strip('"')
            best = number if section == path[0] else best
        name = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
        if name and ".".join([section, name[1]]).strip(".") in (path[0], ".".join(path)):
            return number
    return best


def nearest(wrong: str, right: Sequence[str]) -> str:
    """Return how a sentence about a wrong name goes on: with the one that was probably meant, or with all."""
    close = get_close_matches(wrong.lower(), [name.lower() for name in right], n=1, cutoff=0.5)
    if not close:
        return f"; there are {', '.join(right)}"
    return f"; did you mean {next(name for name in right if name.lower() == close[0])}?"
