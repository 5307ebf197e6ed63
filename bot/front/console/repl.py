"""The session on a terminal: a prompt with a history and completion."""

import os
import stat
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.front.console.session import Session
from bot.front.service import complain, open_service
from bot.settings import Settings, state_folder
from bot.text import fold


class Names(Completer):
    """Completes commands at the beginning of a line, and names of people and outlets anywhere."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if typed.startswith(":"):
            for name, (_, said) in self._session.commands.items():
                if name.startswith(typed):
                    yield Completion(name, start_position=-len(typed), display_meta=said)
            return
        begun = typed[typed.rfind(" ") + 1 :]
        if not begun:
            return
        library = self._session.service.library  # the one in use now: a reload brings other names
        names = {person.name for person in library.people}
        outlets = {article.outlet for article in library.articles.values() if article.outlet}
        for name in sorted(names | outlets):
            if any(word.startswith(fold(begun)) for word in fold(name).split()):
                yield Completion(name, start_position=-len(begun))


def open_history(file: Path) -> History:
    """Open the history for its owner alone; where that cannot be, keep it for this session only."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                os.fchmod(handle, 0o600)  # it may have been there before, readable by others
        finally:
            os.close(handle)
    except OSError as error:
        complain(f"{file}: the history cannot be kept ({error.strerror}); set `history` of [repl] to another file")
        return InMemoryHistory()
    return FileHistory(str(file))


def history_file(settings: Settings) -> Path:
    """Return the file that keeps the questions: the one that is set, or else one in the state folder."""
    return Path(settings.repl.history).expanduser() if settings.repl.history else state_folder(settings) / "history"


def repl(corpus: Path | None, config: Path | None, today: date | None) -> int:
    """Read questions until Ctrl-D or :quit.  Ctrl-C clears the line, or gives up an answer."""
    service = open_service(corpus, config, today, remember=True)
    session = Session(service)
    facts = service.library.facts
    print(f"{facts.articles} articles, {facts.quotes} quotes.  Ask a question; :help says more, Ctrl-D leaves.\n")
    prompt: PromptSession[str] = PromptSession(
        "> ",
        history=open_history(history_file(service.config.settings)),
        completer=Names(session),
        complete_while_typing=False,
    )
    while session.going_on:
        try:
            session.handle(prompt.prompt())
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        sys.stdout.flush()
    service.close()
    return 0
