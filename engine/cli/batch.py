"""Json lines in, json lines out: many questions with one opened workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from engine import api
from engine.cli.progress import ProgressLine
from engine.cli.session import Session
from engine.errors import FileMissing, FileUnusable, InputError
from engine.values import Progress, Rejection

MOST_LISTED = 100


class Question(Struct):
    id: str | int
    question: str


class LinesDone(Struct, frozen=True):
    output: str
    questions: int
    rejected_count: int
    rejected: tuple[Rejection, ...]


def read_questions(path: Path, refused: list[Rejection]) -> Iterator[Question]:
    """The good lines; the others are added to `refused`."""
    decoder = msgspec.json.Decoder(Question)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    question = decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    refused.append(Rejection(line=number, reason=f"not a line with id and question ({error})"))
                    continue
                if question.question.strip():
                    yield question
                else:
                    refused.append(Rejection(line=number, reason="the question is empty"))
    except FileNotFoundError as error:
        raise FileMissing(path=str(path)) from error
    except OSError as error:
        raise FileUnusable(path=str(path), reason=f"{error.strerror}.") from error


def run_lines(
    session: Session,
    source: str,
    target: str,
    request: Callable[[str], api.Request],
    shape: Callable[[Any], dict[str, Any]],
) -> LinesDone:
    """Answer every line of `source` into `target`, which appears whole or not at all."""
    refused: list[Rejection] = []
    output, answered = Path(target), 0
    unfinished = output.with_name(f"{output.name}.{os.getpid()}.part")
    line = ProgressLine(quiet=session.options.quiet)
    try:
        with unfinished.open("wb") as file:
            for question in read_questions(Path(source), refused):
                result = session.call(request(question.question))
                file.write(msgspec.json.encode({"id": question.id, **shape(result)}) + b"\n")
                answered += 1
                line.show(Progress(done=answered, total=None, stage="questions"))
        line.clear()
        if not answered:
            first = f" Line {refused[0].line}: {refused[0].reason}." if refused else ""
            raise FileUnusable(path=source, reason=f"it has no line with id and question.{first}")
        unfinished.replace(output)
    except OSError as error:
        raise InputError(reason=f"{output} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return LinesDone(str(output), answered, len(refused), tuple(refused[:MOST_LISTED]))
