"""A thermal printer on loopback: takes ESC/POS, answers for its state, draws what came out."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

LETTER = (12, 24)  # dots of the printer's own letters
_ESC, _GS, _DLE, _LF = 0x1B, 0x1D, 0x10, 0x0A
_FINE = 0x12  # the bits that are always set in an answer to DLE EOT


@dataclass
class Printed:
    """What came out: rows of dots from the top, texts that were set by the printer itself."""

    dots: int
    rows: list[Image.Image] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pictures: int = 0
    cuts: int = 0
    kicks: list[int] = field(default_factory=list)
    unknown: list[bytes] = field(default_factory=list)

    def picture(self) -> Image.Image:
        """The paper, black on white."""
        whole = Image.new("L", (self.dots, max(1, sum(row.height for row in self.rows))), 255)
        y = 0
        for row in self.rows:
            whole.paste(row, (0, y))
            y += row.height
        return whole


def printed(job: bytes, dots: int) -> Printed:
    """Read a whole job."""
    reader = _Reader(job, Printed(dots))
    while reader.at < len(job):
        reader.step()
    return reader.out


class _Reader:
    """Goes through a job byte by byte; a command that it does not know is written down."""

    def __init__(self, job: bytes, out: Printed) -> None:
        self.job, self.out, self.at = job, out, 0
        self.line = b""
        self.bold = False
        self._known: dict[tuple[int, int], Callable[[], int]] = {
            (_ESC, 0x40): lambda: 2,
            (_ESC, 0x45): self._embolden,
            (_ESC, 0x64): self._feed,
            (_ESC, 0x70): self._kick,
            (_ESC, 0x74): lambda: 3,
            (_GS, 0x56): self._cut,
            (_GS, 0x76): self._raster,
            (_GS, 0x72): lambda: 3,
            (_DLE, 0x04): lambda: 3,
        }

    def step(self) -> None:
        byte = self.job[self.at]
        if byte == _LF:
            self._end_line()
            self.at += 1
        elif byte >= 0x20:
            self.line += bytes((byte,))
            self.at += 1
        else:
            pair = (byte, self.job[self.at + 1])
            if pair not in self._known:
                self.out.unknown.append(bytes(pair))
            self.at += self._known.get(pair, lambda: 3)()

    def _embolden(self) -> int:
        self.bold = bool(self.job[self.at + 2] & 1)
        return 3

    def _feed(self) -> int:
        for _line in range(self.job[self.at + 2]):
            self._end_line()
        return 3

    def _kick(self) -> int:
        self.out.kicks.append(self.job[self.at + 2])
        return 5

    def _cut(self) -> int:
        self.out.cuts += 1
        return 3

    def _raster(self) -> int:
        start = self.at + 8
        across = int.from_bytes(self.job[start - 4 : start - 2], "little")
        high = int.from_bytes(self.job[start - 2 : start], "little")
        data = self.job[start : start + across * high]
        ink = Image.frombytes("1", (across * 8, high), data).convert("L")
        row = Image.new("L", (self.out.dots, high), 255)
        row.paste(Image.eval(ink, lambda dot: 255 - dot), (0, 0))
        self.out.rows.append(row)
        self.out.pictures += 1
        return 8 + across * high

    def _end_line(self) -> None:
        text = self.line.decode("ascii")
        assert len(text) * LETTER[0] <= self.out.dots, f"wider than the paper: {text}"
        row = Image.new("L", (self.out.dots, LETTER[1] + 6), 255)
        font = ImageFont.load_default(18)
        for place, letter in enumerate(text):
            spot = (place * LETTER[0], 2)
            ImageDraw.Draw(row).text(spot, letter, 0, font=font, stroke_width=int(self.bold))
        self.out.rows.append(row)
        if text:
            self.out.texts.append(text)
        self.line = b""


@dataclass
class Sink:
    """What the printer does: `states` answers DLE EOT n; it may fall silent or out of paper."""

    port: int = 0
    states: dict[int, int] = field(default_factory=dict)
    mute: bool = False  # never answers
    turns: bool = True  # knows GS r
    swallows: int = 1 << 30  # bytes until it stops: then it is out of paper
    hangs_up_after: int = 1 << 30
    got: bytes = b""
    lines: int = 0

    def answers(self, said: bytes) -> bytes:
        """What the printer answers to the questions in a part of what it got."""
        if self.mute:
            return b""
        answer = b""
        for place, byte in enumerate(said[:-2]):
            if byte == _DLE and said[place + 1] == 0x04:
                answer += bytes((_FINE | self.states.get(said[place + 2], 0),))
            in_turn = byte == _GS and said[place + 1] == 0x72 and said[place + 2] == 1
            if in_turn and self.turns and not self.states:
                answer += b"\x00"
        return answer

    def serve(self, door: socket.socket) -> None:
        """Serve one line after another until the door is shut."""
        while True:
            try:
                line, _where = door.accept()
            except OSError:
                return
            self.lines += 1
            with line:
                self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        try:
            while said := line.recv(8192):
                self.got += said
                if len(self.got) >= self.hangs_up_after:
                    return
                if len(self.got) >= self.swallows:
                    self.states = {2: 0x20, 4: 0x60}
                line.sendall(self.answers(said))
        except OSError:
            return

    @property
    def job(self) -> bytes:
        """What it got without the questions."""
        job = self.got
        for question in (1, 2, 3, 4):
            job = job.replace(b"\x10\x04" + bytes((question,)), b"")
        return job.replace(b"\x1dr\x01", b"")


@contextmanager
def serving(sink: Sink) -> Iterator[Sink]:
    """The printer, listening on loopback."""
    door = socket.create_server(("127.0.0.1", 0))
    sink.port = door.getsockname()[1]
    with ThreadPoolExecutor(1, "printer") as hand:
        served: Future[None] = hand.submit(sink.serve, door)
        try:
            yield sink
        finally:
            door.shutdown(socket.SHUT_RDWR)
            door.close()
            served.result(5)
