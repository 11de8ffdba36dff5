"""Letters to late borrowers, and what came of calling them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command, personal
from app.rows.facts import PromiseFacts


@dataclass(frozen=True, slots=True)
class NotWritten:
    """A loan that gets no letter, and why (a code)."""

    loan_id: int
    why: str


@dataclass(frozen=True, slots=True)
class LettersWritten:
    """The answer to WriteLetters."""

    letter_ids: tuple[int, ...]
    not_written: tuple[NotWritten, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLetters(Command[LettersWritten]):
    """Write letters to late borrowers; without a stage each gets that of its days past due."""

    name: ClassVar[str] = "letter.write"

    loan_ids: tuple[int, ...]
    stage: str = ""


@dataclass(frozen=True, slots=True)
class CallNoted:
    """The answer to NoteCall."""

    call_id: int
    promise_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCall(Command[CallNoted]):
    """A borrower was called: spoken to, no answer, a promise, or the number is another's."""

    name: ClassVar[str] = "call.note"

    loan_id: int
    outcome: str
    note: str = personal(default="")
    promise: PromiseFacts | None = None
