"""The receipt as ESC/POS, the language of thermal printers, on rolls of 80 and 58 mm.

What is plain ASCII the printer sets by itself, quick and sharp; every other line goes as a
picture, so that no printer has to know the script or the code page.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import segno
from escpos.printer import Dummy
from PIL import Image

from app.domain.errors import KistError, PaperTrouble
from app.papers.cover import Cover, clean
from app.papers.points import Points, Setting
from app.papers.raster import Bitmaps
from app.papers.roll import Roll, Tone
from app.rows.papers import Paper, ReceiptPaper

_PLAIN = str.maketrans(
    {
        **{"\u20b9": "Rs ", "\u00b7": "-", "\u2013": "-", "\u2212": "-", "\u00a0": " "},
        **{"\u2019": "'", "\u00d7": "x", "\u2026": "..."},
    }
)
_CELL = 6  # dots of one cell of a QR: what a worn head and a phone agree on
_LEAST_CELL = 3
_LOGO = (320, 120)


@dataclass(frozen=True, slots=True)
class _Make:
    """What a width of roll comes with: dots across, letters in a line, the library's name."""

    dots: int
    letters: int
    profile: str


_MAKES = MappingProxyType({80: _Make(576, 48, "TM-T20II"), 58: _Make(384, 32, "POS-5890")})


class Tickets:
    """Makes ESC/POS of receipts. Made once and kept."""

    def __init__(self, folder: Path, pictures: Callable[[str], bytes] | None = None) -> None:
        """`folder` holds the fonts; `pictures` finds a lender's logo by its hash."""
        self._points = Points(Bitmaps(Cover(folder)))
        self._pictures = pictures

    def bytes_of(self, paper: Paper, millimetres: int, *, drawer: int = 0) -> bytes:
        """What to send to the printer; `drawer` is the pin that opens the till, 2 or 5, 0 none.

        Raises PaperTrouble(not-on-a-roll) for papers that have no such form.
        """
        if not isinstance(paper, ReceiptPaper) or millimetres not in _MAKES:
            raise PaperTrouble(why="not-on-a-roll")
        printed = _Printed(paper, _MAKES[millimetres], self._points, self._picture)
        if drawer:
            printed.printer.cashdraw(drawer)
        printed.say()
        printed.end()
        return bytes(printed.printer.output)

    def _picture(self, name: str) -> Image.Image | None:
        """A kept picture; None where it is not there any more: the paper matters more."""
        if not name or self._pictures is None:
            return None
        try:
            return _inked(Image.open(io.BytesIO(self._pictures(name))))
        except (KistError, OSError):
            return None


class _Printed(Roll):
    """One receipt on its way into the printer."""

    def __init__(
        self,
        paper: ReceiptPaper,
        make: _Make,
        points: Points,
        picture: Callable[[str], Image.Image | None],
    ) -> None:
        super().__init__(paper)
        self.make, self.points, self.picture = make, points, picture
        self.printer = Dummy(profile=make.profile)
        self.printer.hw("INIT")
        self._waiting: list[Image.Image] = []  # lines of points, sent as one picture

    def end(self) -> None:
        """Feed past the knife and cut."""
        self._send()
        self.printer.cut(mode="PART")

    def logo(self, name: str) -> None:
        found = self.picture(name)
        if found is not None:
            self._waiting.append(_in_the_middle(found, self.make.dots))

    def centred(self, text: str, tone: Tone) -> None:
        strong = tone is not Tone.SMALL
        plain = _plain(text)
        if plain is None:
            setting = Setting(30 if strong else 24, strong=strong)
            self._waiting += self.points.centred(text, setting, self.make.dots)
            return
        for line in _wrapped(plain, self.make.letters):
            self._words(line.center(self.make.letters).rstrip(), strong=strong)

    def pair(self, label: str, value: str, *, strong: bool = False) -> None:
        name, said = _plain(label), _plain(value)
        if name is None or said is None:
            setting = Setting(25, strong=strong)
            self._waiting += self.points.pair(label, value, setting, self.make.dots)
            return
        room = self.make.letters - len(name) - 1
        if name and len(said) > room:
            self._words(name, strong=strong)
            name, room = "", self.make.letters
        lines = _wrapped(said, room) or [""]
        for line in lines:
            self._words(name + line.rjust(self.make.letters - len(name)), strong=strong)
            name = " " * len(name)

    def item(self, what: str, figure: str) -> None:
        plain = _plain(what)
        if plain is None:
            self._waiting += self.points.item(what, figure, Setting(25), self.make.dots)
            return
        first, *rest = _wrapped(plain, self.make.letters - len(figure) - 1) or [""]
        self._words(first + figure.rjust(self.make.letters - len(first)))
        for line in rest:
            self._words(line)

    def figure(self, text: str) -> None:
        self._waiting += self.points.whole(text, Setting(58, strong=True), self.make.dots)

    def left(self, text: str) -> None:
        plain = _plain(text)
        if plain is None:
            self._waiting += self.points.left(text, Setting(24), self.make.dots)
            return
        for line in _wrapped(plain, self.make.letters):
            self._words(line)

    def rule(self) -> None:
        self._waiting.append(self.points.rule(self.make.dots))

    def signing(self) -> None:
        self._waiting.append(Image.new("1", (self.make.dots, 80), 1))
        self.rule()

    def code(self, text: str) -> None:
        code = segno.make(text, error="m", micro=False)
        cells = code.symbol_size()[0]
        scale = max(_LEAST_CELL, min(_CELL, self.make.dots // cells))
        made = io.BytesIO()
        code.save(made, kind="png", scale=scale)
        self._waiting.append(_in_the_middle(Image.open(made).convert("1"), self.make.dots))

    def _words(self, line: str, *, strong: bool = False) -> None:
        """A line in the printer's own letters."""
        self._send()
        self.printer.set(bold=strong)
        self.printer.textln(line)

    def _send(self) -> None:
        """Send the lines of points that wait, as one picture."""
        if self._waiting:
            self.printer.image(_stacked(self._waiting, self.make.dots), center=False)
            self._waiting = []


def _plain(text: str) -> str | None:
    """`text` in the letters that every printer has, or None."""
    said = clean(text).translate(_PLAIN)
    return said if said.isascii() else None


def _wrapped(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` letters; a longer word is broken."""
    lines, line = list[str](), ""
    for word in text.split():
        rest = word
        if line and len(line) + 1 + len(rest) <= room:
            line += f" {rest}"
            continue
        if line:
            lines.append(line)
        while len(rest) > room:
            lines.append(rest[:room])
            rest = rest[room:]
        line = rest
    return [*lines, line] if line else lines


def _inked(picture: Image.Image) -> Image.Image:
    """A picture in black and white, no larger than a logo."""
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    grey = ground.convert("L")
    grey.thumbnail(_LOGO)
    return grey.convert("1")


def _in_the_middle(picture: Image.Image, dots: int) -> Image.Image:
    line = Image.new("1", (dots, picture.height + 8), 1)
    line.paste(picture, ((dots - picture.width) // 2, 0))
    return line


def _stacked(lines: list[Image.Image], dots: int) -> Image.Image:
    whole = Image.new("1", (dots, sum(line.height for line in lines)), 1)
    y = 0
    for line in lines:
        whole.paste(line, (0, y))
        y += line.height
    return whole
