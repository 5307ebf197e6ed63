"""`coverage-bot ask`: one question, or a file of them."""

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import CoverageError, UsageError
from bot.front.options import AsJson, Batch, Config, Corpus, Most, Question, Today
from bot.front.service import Service, complain, open_service
from bot.model import Answer
from bot.render import as_json, terminal

#: No question is this long; a line that is may be anything, and is not kept in memory.
LONGEST_LINE = 1_000_000


def ask(
    question: Question = None,
    batch: Batch = None,
    json_: AsJson = False,
    statements: Most = None,
    today: Today = None,
    corpus: Corpus = None,
    config: Config = None,
) -> int:
    """Answer on stdout; 0 answered, 1 abstained."""
    if (question is None) == (batch is None):
        raise UsageError('ask one question (coverage-bot ask "…") or name a file of them with --batch, not both')
    if batch is not None:
        return _answer_file(batch, open_service(corpus, config, today), statements)
    service = open_service(corpus, config, today)
    reply = service.ask(question or "", most=statements)
    if json_:
        print(as_json.dumps(as_json.outcome(reply.outcome, reply.elapsed_ms)))
    else:
        paper = terminal.paper(sys.stdout)
        look = terminal.Look(
            certain=service.config.settings.answer.certain,
            urls=paper.color_system is None,
            further="--statements N shows as many as you like",
        )
        for block in terminal.outcome(reply.outcome, look):
            paper.print(block)
    return 0 if isinstance(reply.outcome, Answer) else 1


_FAULT = 70  # the exit code of an error of ours


@dataclass(frozen=True, slots=True)
class _Asked:
    identity: object
    question: str
    history: tuple[str, ...]


def _answer_file(name: str, service: Service, most: int | None) -> int:
    code = 0
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            for number, raw in enumerate(_lines(file), start=1):
                if not raw.strip():
                    continue
                try:
                    asked = _read(raw)
                    reply = service.ask(asked.question, asked.history, most)
                    line = as_json.dumps(as_json.outcome(reply.outcome, reply.elapsed_ms, asked.identity))
                except CoverageError as error:
                    complain(f"{name}:{number}: {error}")
                    code = UsageError.exit_code if code == UsageError.exit_code else error.exit_code
                    continue
                except Exception as error:  # a fault of ours must not lose the questions behind it
                    complain(f"{name}:{number}: could not be answered ({type(error).__name__}: {error})")
                    code = code or _FAULT
                    continue
                print(line, flush=True)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise UsageError(f"{name}: cannot be read ({error.strerror}); name a file of questions, or -") from error
    return code


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file, of a line that is too long only its beginning."""
    while raw := file.readline(LONGEST_LINE + 2):
        end = raw
        while len(end) > LONGEST_LINE and not end.endswith(b"\n"):
            end = file.readline(LONGEST_LINE + 2)
        yield raw


def _no_number(name: str) -> None:
    raise UsageError(f"{name} is no JSON; write a number, a text or null")


def _read(raw: bytes) -> _Asked:
    """Read a line of a file of questions, or say what is wrong with it."""
    if len(raw.rstrip(b"\r\n")) > LONGEST_LINE:
        raise UsageError(f"the line is longer than {LONGEST_LINE:,} bytes; split it")
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise UsageError("the line is not UTF-8 text; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"{error.msg}, character {error.pos + 1}"
        raise UsageError(f"the line is not JSON ({where}); write one object a line") from None
    except (ValueError, RecursionError):
        raise UsageError("the line holds a number or a nesting that is too long; write one object a line") from None
    if not isinstance(value, dict):
        raise UsageError('the line is not an object; write {"id": …, "question": "…"}')
    question, history = value.get("question"), value.get("history") or []
    if not isinstance(question, str):
        raise UsageError("“question” is missing or no text; write it between quotation marks")
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise UsageError("“history” is not a list of texts; write the earlier questions as a list, or leave it out")
    return _Asked(value.get("id"), question, tuple(history))
