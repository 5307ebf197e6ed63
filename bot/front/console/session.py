"""A session of questions: what each line does, whether it is typed or piped.  `piped` reads lines from stdin."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot.errors import CoverageError, UsageError
from bot.front.administration import told
from bot.front.service import Service, complain, open_service
from bot.model import Answer, Quote
from bot.render import people, sources, terminal
from bot.render.citation import citation
from bot.render.verbatim import article_of


class _NothingYetError(UsageError):
    """A command has nothing to work on yet: worth saying, but nothing failed."""

    exit_code = 0


class Session:
    """Questions one after the other, each asked knowing the earlier ones; `status` is what the session ends with."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.status = 0
        self.going_on = True
        self._paper = terminal.paper(sys.stdout)
        self._history: list[str] = []
        self._last: Answer | None = None
        self.commands: dict[str, tuple[Callable[[str], None], str]] = {
            ":help": (self._help, "what can be typed here"),
            ":more": (self._more, "further statements of the last answer"),
            ":source": (self._source, "where the quotes of the last answer stand (:source 2 for the second only)"),
            ":cite": (self._cite, "lines to paste: words, speaker, source (:cite 2 for the second only)"),
            ":sources": (self._sources, "the articles"),
            ":people": (self._people, "who is quoted, how often, and with which titles (:people NAME for one)"),
            ":reload": (self._reload, "read the articles again"),
            ":quit": (self._quit, "leave"),
        }

    def handle(self, typed: str) -> None:
        """Do what a line asks for: a question is answered, a command carried out."""
        text = typed.strip()
        if not text:
            return
        try:
            if text.startswith(":"):
                self._command(text)
            else:
                self._ask(text)
        except CoverageError as error:
            complain(error)
            self.status = self.status or error.exit_code

    def _command(self, text: str) -> None:
        name, _, argument = text.partition(" ")
        if name not in self.commands:
            near = get_close_matches(name, self.commands, n=1) or [":help"]
            raise UsageError(f"{name}: there is no such command; did you mean {near[0]}?")
        self.commands[name][0](argument.strip())

    def _ask(self, text: str) -> None:
        outcome = self.service.ask(text, self._history).outcome
        self._history.append(text)
        self._last = outcome if isinstance(outcome, Answer) else None
        self._print(*terminal.outcome(outcome, self._look(further=":more shows them")))

    def _help(self, argument: str) -> None:
        self._print(terminal.plain("Type a question, such as: what did Stoltenberg say about strikes in Russia"))
        self._print(*(terminal.entry(name, said) for name, (_, said) in self.commands.items()))

    def _more(self, argument: str) -> None:
        answer = self._answer()
        look = self._look(first=len(answer.statements) + 1, further=":more shows them")
        new = answer.more[: self.service.config.settings.answer.statements]
        if not new:
            self._print(terminal.plain("That was all."))
            return
        shown, rest = (*answer.statements, *new), answer.more[len(new) :]
        self._last = replace(answer, statements=shown, more=rest)
        self._print(*terminal.statements(answer, new, look), *(terminal.further(self._last, look) if rest else ()))

    def _source(self, argument: str) -> None:
        answer, first = self._chosen(argument)
        self._print(*terminal.sources(answer, self._look(first=first)))

    def _cite(self, argument: str) -> None:
        answer, _ = self._chosen(argument)
        certain = self.service.config.settings.answer.certain
        for quote in _quotes(answer):
            # Unwrapped, whatever the width: the line is there to be copied.
            print(citation(article_of(answer.articles, quote), quote, certain))
        print()

    def _sources(self, argument: str) -> None:
        library = self.service.library
        for one in sources.listing(library.articles.values()):
            self._print(terminal.plain(one), blank=False)
        self._print(terminal.plain(f"{library.facts.articles} articles, {library.facts.quotes} quotes"))

    def _people(self, argument: str) -> None:
        library = self.service.library
        self._print(*map(terminal.plain, people.listing(library.people, library.quotes, argument)))

    def _reload(self, argument: str) -> None:
        report = self.service.desk.reload()
        self._print(*map(terminal.plain, told(report)))

    def _quit(self, argument: str) -> None:
        self.going_on = False

    def _answer(self) -> Answer:
        if self._last is None:
            raise _NothingYetError("there is no answer to go on from; ask a question first")
        return self._last

    def _chosen(self, argument: str) -> tuple[Answer, int]:
        """Return the last answer, or only the statement of it that has the number asked for."""
        answer = self._answer()
        if not argument:
            return answer, 1
        if not argument.isdecimal() or not 1 <= int(argument) <= len(answer.statements):
            raise UsageError(f"{argument}: there is no such statement; there are {len(answer.statements)}")
        number = int(argument)
        return replace(answer, statements=(answer.statements[number - 1],)), number

    def _look(self, first: int = 1, further: str = "") -> terminal.Look:
        certain = self.service.config.settings.answer.certain
        return terminal.Look(certain=certain, first=first, urls=self._paper.color_system is None, further=further)

    def _print(self, *blocks: terminal.Indented, blank: bool = True) -> None:
        for block in blocks:
            self._paper.print(block)
        if blank:
            self._paper.print()


def _quotes(answer: Answer) -> Sequence[Quote]:
    return [quote for statement in answer.statements for quote in statement.quotes]


def piped(corpus: Path | None, config: Path | None, today: date | None) -> int:
    """Answer the lines of stdin; 0 at their end, 2 where one was an unknown command."""
    session = Session(open_service(corpus, config, today, remember=True))
    for typed in sys.stdin or ():
        session.handle(typed.lstrip("\ufeff"))
        sys.stdout.flush()
        if not session.going_on:
            break
    session.service.close()
    return session.status
