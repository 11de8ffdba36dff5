"""A thermal printer on the network: the job by TCP, its state asked before and after it.

ESC/POS: DLE EOT n is answered at once, even by a printer that waits for paper; GS r 1 is answered
in its turn, so that its answer says that everything before it has been printed.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.domain.errors import PaperTrouble

_DLE_EOT = b"\x10\x04"
_ASK_IN_TURN = b"\x1dr\x01"
_PART = 4096
# Which bits never change tells the two kinds of answer from each other and from the rest.
_STATE_MASK, _STATE = 0x93, 0x12
_TURN_MASK, _TURN = 0x90, 0x00
# (question, bits, what they mean), the first that holds is told.
_SIGNS = (
    (2, 0x04, "cover-open"),
    (2, 0x20, "paper-out"),
    (4, 0x60, "paper-out"),
    (3, 0x68, "printer-stopped"),
    (2, 0x40, "printer-stopped"),
    (1, 0x08, "printer-stopped"),
)
_QUESTIONS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds are waited: for the printer, for an answer, for the job, for its end."""

    connect: float = 4.0
    answer: float = 3.0
    send: float = 20.0
    end: float = 6.0
    turn: float = 1.0  # between two looks at a printer that has not come to the end


class NetworkPrinter:
    """One printer; a line is opened for each job, since printers serve one at a time."""

    def __init__(self, host: str, port: int, patience: Patience | None = None) -> None:
        self._place = (host, port)
        self._patience = patience or Patience()

    def look(self) -> None:
        """Raise PaperTrouble where it could not print now."""
        with self._line() as line:
            self._check(line)

    def send(self, job: bytes, *, answers: bool) -> None:
        """Print the job. Raises PaperTrouble; then nothing is known to have come out."""
        with self._line() as line:
            if answers:
                self._check(line)
            self._write(line, job)
            if answers:
                self._see_it_out(line)
            else:
                self._hang_up(line)

    @contextmanager
    def _line(self) -> Iterator[socket.socket]:
        try:
            line = socket.create_connection(self._place, self._patience.connect)
        except OSError:
            raise PaperTrouble(why="printer-off") from None
        with line:
            try:
                yield line
            except OSError:
                raise PaperTrouble(why="cut-short") from None

    def _check(self, line: socket.socket) -> None:
        """Ask for the state and raise what is wrong with it."""
        said = {question: self._answer(line, question) for question in _QUESTIONS}
        for question, bits, why in _SIGNS:
            if said[question] & bits:
                raise PaperTrouble(why=why)

    def _answer(self, line: socket.socket, question: int) -> int:
        line.settimeout(self._patience.answer)
        try:
            line.sendall(_DLE_EOT + bytes((question,)))
        except TimeoutError:
            raise PaperTrouble(why="printer-silent") from None
        answer = _read(line, self._patience.answer, lambda one: one & _STATE_MASK == _STATE)
        if answer is None:
            raise PaperTrouble(why="printer-silent")
        return answer

    def _write(self, line: socket.socket, job: bytes) -> None:
        """Send the job in parts, all of it within the time that a job may take."""
        until = time.monotonic() + self._patience.send
        for start in range(0, len(job), _PART):
            line.settimeout(max(0.01, until - time.monotonic()))
            try:
                line.sendall(job[start : start + _PART])
            except TimeoutError:
                raise PaperTrouble(why="printer-stopped") from None

    def _see_it_out(self, line: socket.socket) -> None:
        """Wait for the end of the job; meanwhile look what keeps the printer from it.

        A printer that is well and never answers in turn does not know that question.
        """
        until = time.monotonic() + self._patience.end
        line.sendall(_ASK_IN_TURN)
        while time.monotonic() < until:
            answer = _read(line, self._patience.turn, lambda one: one & _TURN_MASK == _TURN)
            self._check(line)
            if answer is not None:
                return

    def _hang_up(self, line: socket.socket) -> None:
        """Close so that nothing of the job is lost: a printer may still have much to take."""
        line.shutdown(socket.SHUT_WR)
        try:
            _read(line, self._patience.turn, lambda _one: False)
        except PaperTrouble:
            return  # it hung up too: it has all there was


def _read(line: socket.socket, seconds: float, wanted: Callable[[int], bool]) -> int | None:
    """The next byte that is wanted, or None; other bytes are what the printer says unasked."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        line.settimeout(left)
        try:
            said = line.recv(1)
        except TimeoutError:
            return None
        if not said:
            raise PaperTrouble(why="cut-short")
        if wanted(said[0]):
            return said[0]
    return None
