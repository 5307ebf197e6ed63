"""The errors of the product, one tree:

    CoverageError                        exit code 1
    ├── UsageError                       2    the command line or a question file is malformed
    ├── ConfigurationError               78   a setting, a word list or a corpus folder cannot be used
    ├── RefusedArticle                   1    one article cannot be read; the others can
    ├── RefusedSource                    1    one page, feed or file cannot be added; the others can
    └── VerbatimError                    70   words about to be shown are not the article's: a bug, never shown

Their text is a polite sentence that says what is wrong, where, and what to do.
"""

from typing import ClassVar


class CoverageError(Exception):
    """The root of the tree; `exit_code` is what a command ends with when nothing catches it."""

    exit_code: ClassVar[int] = 1


class UsageError(CoverageError):
    """The command line or a file of questions is malformed."""

    exit_code = 2


class ConfigurationError(CoverageError):
    """A setting, a word list or the corpus folder cannot be used as it is."""

    exit_code = 78


class RefusedArticle(CoverageError):  # noqa: N818  (a value that is collected, more than it is raised)
    """An article cannot be read.  It names the file, the line in it, and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


class RefusedSource(CoverageError):  # noqa: N818  (a value that is collected, as the above)
    """A source cannot be added.  It names the source and the reason; `passing` where it may work another time."""

    def __init__(self, source: str, reason: str, passing: bool = False) -> None:
        super().__init__(f"{source}: {reason}")
        self.source, self.reason, self.passing = source, reason, passing

    def __reduce__(self) -> tuple[type["RefusedSource"], tuple[str, str, bool]]:
        return RefusedSource, (self.source, self.reason, self.passing)  # it may come from another process


class VerbatimError(CoverageError):
    """The words about to be shown are not those of the stored article."""

    exit_code = 70
