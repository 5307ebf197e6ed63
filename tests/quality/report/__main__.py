"""The worst faults of one kind, where the next improvement begins: `python -m tests.quality.report quotes`."""

import sys
from importlib import import_module
from pathlib import Path

PARTS = sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py"))


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in PARTS:
        print(f"usage: python -m tests.quality.report {{{','.join(PARTS)}}}", file=sys.stderr)
        return 2
    import_module(f"tests.quality.report.{arguments[0]}").main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
