"""Who may import whom: the table of layers, as data, against every import of every module; the README prints it too."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: What each layer may import from `bot`, besides itself.
LAYERS: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "text": {"model"},
    "settings": {"errors"},
    "state": {"model", "errors"},
    "ingest": {"model", "errors", "text"},
    "prose": {"model", "text"},
    "quotes": {"model", "text", "prose"},
    "statements": {"model", "text", "prose"},
    "analysis": {"model", "errors", "text", "ingest", "prose", "quotes", "statements"},
    "people": {"model", "text", "prose"},
    "search": {"model", "errors", "text", "prose", "statements", "analysis", "people"},
    "question": {"model", "text", "people", "search"},
    "answer": {"model", "text", "search", "question"},
    "render": {"model", "errors", "text"},
    "fetch": {"errors", "settings"},
    "gather": {"model", "errors", "settings", "state", "ingest", "fetch"},
    "upkeep": {"model", "errors", "text", "state", "ingest", "analysis", "search", "question", "render"},
}
LAYERS["front"] = set(LAYERS)
#: The one module of a layer that may import from another.
ONLY_IN = {
    "search": {
        "prose": {"bot/search/composing.py"},
        "statements": {"bot/search/accounts.py", "bot/search/sayings.py", "bot/search/uniting.py"},
    }
}
#: The one home of each third-party package, a module or a folder.  `front` prints on the console that the terminal
#: renderer gives it, and so needs no rich.
HOMES: dict[str, set[str]] = {
    "sqlite3": {"bot/state/"},
    "Stemmer": {"bot/text.py"},
    "pydantic": {"bot/settings/"},
    "pydantic_settings": {"bot/settings/"},
    "yaml": {"bot/ingest/files.py"},
    "dateutil": {"bot/ingest/dates.py"},
    "msgspec": {"bot/analysis/keeping.py", "bot/search/keeping.py"},
    "rank_bm25": {"bot/search/index.py"},
    "numpy": {"bot/search/index.py", "bot/search/postings.py"},
    "rapidfuzz": {"bot/question/spelling.py"},
    "anyascii": {"bot/question/languages.py", "bot/gather/writing.py"},
    "rich": {"bot/render/terminal.py"},
    "typer": {"bot/front/cli.py", "bot/front/options.py"},
    "prompt_toolkit": {"bot/front/console/repl.py"},
    "telegram": {"bot/front/telegram/", "bot/front/chat/"},
    "tornado": {"bot/front/telegram/"},
    "tenacity": {"bot/front/chat/"},
    "httpx": {"bot/fetch/"},
    "httpcore": {"bot/fetch/network.py"},
    "brotli": {"bot/fetch/bodies.py"},
    "protego": {"bot/fetch/robots.py"},
    "charset_normalizer": {"bot/fetch/charsets.py"},
    "trafilatura": {"bot/gather/pages.py"},
    "lxml": {"bot/gather/"},
    "feedparser": {"bot/gather/feeds.py"},
    "pypdf": {"bot/gather/pdf.py"},
}
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "bot").rglob("*.py"))


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[str]:
    """Yield the full name of every module that one imports."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if file_of(inner) in MODULES else str(node.module)


def file_of(name: str) -> str:
    """Return the file of a module or package of ours, by its full name."""
    path = name.replace(".", "/")
    return f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"


def layer_of(module: str) -> str:
    return Path(module).parts[1].removesuffix(".py")


def test_the_table_holds_every_layer_and_no_way_upwards() -> None:
    layers = list(LAYERS)
    assert all(allowed <= set(layers[: layers.index(layer)]) for layer, allowed in LAYERS.items())
    assert {layer_of(module) for module in MODULES} == {*LAYERS, "__init__", "__main__"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_what_its_layer_may(module: str) -> None:
    layer = layer_of(module)
    ours = {name.split(".")[1] for name in imported(module) if name.startswith("bot.")}
    allowed = {"front"} if layer == "__main__" else LAYERS.get(layer, set()) | {layer}
    assert ours <= allowed
    assert all(module in homes for other, homes in ONLY_IN.get(layer, {}).items() if other in ours)


def home_of(package: str, module: str) -> str:
    """Return the home of a package that holds the module, or else the module."""
    return next((home for home in HOMES.get(package, ()) if home.endswith("/") and module.startswith(home)), module)


# The standard library may be imported everywhere, apart from the database driver.
_FREE = {"bot", *sys.stdlib_module_names} - HOMES.keys()


def test_a_third_party_package_is_imported_in_its_home_only() -> None:
    used = {(name.partition(".")[0], module) for module in MODULES for name in imported(module)}
    theirs = {(package, module) for package, module in used if package not in _FREE}
    lived_in = {(package, home_of(package, module)) for package, module in theirs}
    assert lived_in == {(package, home) for package, homes in HOMES.items() for home in homes}


def test_every_home_is_of_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[]", line)[0].lower().replace("-", "_") for line in project["dependencies"]}
    named = {"Stemmer": "pystemmer", "yaml": "pyyaml", "dateutil": "python_dateutil", "telegram": "python_telegram_bot"}
    imported_by_others = {"lxml_html_clean"}
    ours = {named.get(package, package) for package in HOMES.keys() - sys.stdlib_module_names}
    assert declared == ours | imported_by_others


def test_no_import_is_inside_a_function() -> None:
    for module in MODULES:
        functions = [
            node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        inside = [node for one in functions for node in ast.walk(one) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert inside == [], f"{module}:{inside[0].lineno}"
        names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
        # The command line imports a command when it is called, and by this name.
        assert not names & {"import_module", "__import__"} or module == "bot/front/cli.py"


def test_there_are_no_cycles() -> None:
    graph = {module: {file_of(name) for name in imported(module) if name.startswith("bot.")} for module in MODULES}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(MODULES)  # raises CycleError


def as_printed() -> str:
    """Return the table as the README prints it: `python -m tests.test_architecture`."""
    rows = ["| layer | may import from `bot` | third-party packages |", "|---|---|---|"]
    for layer, allowed in LAYERS.items():
        ours = ", ".join(f"`{name}`" for name in LAYERS if name in allowed) or "nothing"
        if len(allowed) == len(LAYERS) - 1:
            ours = "everything above"
        theirs = [
            (package, home) for package, homes in HOMES.items() for home in sorted(homes) if layer_of(home) == layer
        ]
        packages = (
            ", ".join(f"{package} in `{Path(home).name}{'/' * home.endswith('/')}`" for package, home in theirs) or "–"
        )
        only = ", ".join(
            f"`{other}` only in {' and '.join(f'`{Path(home).name}`' for home in sorted(homes))}"
            for other, homes in ONLY_IN.get(layer, {}).items()
        )
        note = f" ({only})" if only else ""
        rows.append(f"| `{layer}` | {ours}{note} | {packages} |")
    return "\n".join(rows)


def test_the_readme_prints_this_table() -> None:
    assert as_printed() in (ROOT / "README.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    print(as_printed())
