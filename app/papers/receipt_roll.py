"""The receipt on a roll of 80 or 58 mm: black on white, as high as what it says."""

from __future__ import annotations

from types import MappingProxyType

from app.papers.fonts import Faces
from app.papers.qr import qr
from app.papers.roll import Roll, Tone
from app.papers.sheet import MM, Align, Ink, Sheet, Style, leading
from app.rows.papers import ReceiptPaper

EDGES = MappingProxyType({80: 4 * MM, 58: 5 * MM})  # the heads reach 72 and 48 mm
_TEXT = Style(8.5)
_STRONG = Style(8.5, strong=True)
_SMALL = Style(7.5)
_AMOUNT = Style(20, strong=True)
_TONES = MappingProxyType(
    {Tone.NAME: Style(11, strong=True), Tone.MARK: Style(10, strong=True), Tone.SMALL: _SMALL}
)
_TALL = 100_000.0
_CODE = 37 * MM  # six dots a cell at 203 dots an inch
_LOGO = (110.0, 44.0)


def receipt_roll(faces: Faces, paper: ReceiptPaper, millimetres: int = 80) -> bytes:
    """The receipt as a PDF of one page that is as high as its content."""
    wide, edge = millimetres * MM, EDGES[millimetres]
    measured = _Drawn(Sheet(faces, (wide, _TALL), title="", dry=True), paper, edge)
    measured.say()
    sheet = Sheet(faces, (wide, measured.y + 4 * MM), title=paper.number)
    _Drawn(sheet, paper, edge).say()
    return sheet.finish()


class _Drawn(Roll):
    """The receipt drawn on a sheet."""

    def __init__(self, sheet: Sheet, paper: ReceiptPaper, edge: float) -> None:
        super().__init__(paper)
        self.sheet, self.edge = sheet, edge
        self.right = sheet.width - edge
        self.middle, self.room = sheet.width / 2, sheet.width - 2 * edge
        self.y = 5 * MM + 6

    def logo(self, name: str) -> None:
        """The logo in the middle; a dry sheet tells how wide it is."""
        trial = Sheet(self.sheet.faces, (self.sheet.width, _TALL), title="", dry=True)
        wide = trial.picture(name, (0, 0), _LOGO)
        if wide:
            self.sheet.picture(name, (self.middle - wide / 2, self.y - 6), _LOGO)
            self.y += _LOGO[1] + 8

    def figure(self, text: str) -> None:
        self.y += 10
        wide = self.sheet.faces.width(text, _AMOUNT.size, strong=True)
        size = min(_AMOUNT.size, _AMOUNT.size * self.room / wide)
        self.sheet.text(self.middle, self.y, text, Style(size, strong=True), Align.CENTRE)
        self.y += 15

    def item(self, what: str, figure: str) -> None:
        room = self.room - self.sheet.faces.width(figure, _TEXT.size) - 8
        self.sheet.text(self.right, self.y, figure, _TEXT, Align.RIGHT)
        for text in self.sheet.wrapped(what, room, _TEXT, most=3):
            self.sheet.text(self.edge, self.y, text, _TEXT)
            self.y += leading(_TEXT)

    def code(self, text: str) -> None:
        self.y += 4
        qr(self.sheet, text, right=self.middle + _CODE / 2, top=self.y, size=_CODE)
        self.y += _CODE + 12

    def signing(self) -> None:
        self.y += 24
        self.sheet.rule(self.edge, self.y, self.right, ink=Ink.TEXT)
        self.y += 10

    def centred(self, text: str, tone: Tone) -> None:
        style = _TONES[tone]
        for line in self.sheet.wrapped(text, self.room, style, most=4):
            self.sheet.text(self.middle, self.y, line, style, Align.CENTRE)
            self.y += leading(style)

    def left(self, text: str) -> None:
        for line in self.sheet.wrapped(text, self.room, _SMALL, most=3):
            self.sheet.text(self.edge, self.y, line, _SMALL)
            self.y += leading(_SMALL)

    def pair(self, label: str, value: str, *, strong: bool = False) -> None:
        """A label at the left and its value at the right, or under it where both are too long."""
        style = _STRONG if strong else _TEXT
        faces, name = self.sheet.faces, _STRONG if strong else _SMALL
        self.sheet.text(self.edge, self.y, label, name)
        room = self.room - faces.width(label, name.size, strong=strong) - 8
        if faces.width(value, style.size, strong=strong) > room:
            self.y += leading(style)
            room = self.room
        for line in self.sheet.wrapped(value, room, style, most=3) or [""]:
            self.sheet.text(self.right, self.y, line, style, Align.RIGHT)
            self.y += leading(style)

    def rule(self) -> None:
        self.y += 1
        self.sheet.rule(self.edge, self.y - 5, self.right, ink=Ink.TEXT)
        self.y += 8
