"""Print a report of what goes wrong: python -m tests.quality.report NAME, where NAME is a module of this folder."""

import sys
from importlib import import_module
from pkgutil import iter_modules

from tests.quality import report


def main() -> int:
    names = [module.name for module in iter_modules(report.__path__) if not module.name.startswith("_")]
    if len(sys.argv) != 2 or sys.argv[1] not in names:
        print(f"usage: python -m tests.quality.report {'|'.join(names)}", file=sys.stderr)
        return 2
    import_module(f"tests.quality.report.{sys.argv[1]}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
