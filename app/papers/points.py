"""Lines of points across a roll: text in the middle, at both ends, from the left; wrapped."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from app.papers.cover import clean, clusters
from app.papers.raster import Bitmaps

_GAP = 12  # dots between what stands at the left and what at the right


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: its size in dots, its weight."""

    size: int
    strong: bool = False


class Points:
    """Makes lines as pictures of one bit, white paper and black ink."""

    def __init__(self, bitmaps: Bitmaps) -> None:
        self._bitmaps = bitmaps

    def centred(self, text: str, setting: Setting, dots: int) -> list[Image.Image]:
        """The text in the middle of as many lines as it needs."""
        lines = self.wrapped(text, setting, dots)
        wide = [self._width(line, setting) for line in lines]
        return [
            self._line([(line, (dots - width) // 2)], setting, dots)
            for line, width in zip(lines, wide, strict=True)
        ]

    def whole(self, text: str, setting: Setting, dots: int) -> list[Image.Image]:
        """A figure in the middle; one wider than the roll is set smaller, never broken."""
        wide = self._width(text, setting)
        if wide > dots:
            setting = Setting(setting.size * dots // wide - 1, setting.strong)
        return self.centred(text, setting, dots)

    def left(self, text: str, setting: Setting, dots: int) -> list[Image.Image]:
        """The text from the left."""
        return [self._line([(t, 0)], setting, dots) for t in self.wrapped(text, setting, dots)]

    def pair(self, label: str, value: str, setting: Setting, dots: int) -> list[Image.Image]:
        """A label and its value at the other end, or under it."""
        room = dots - self._width(label, setting) - _GAP
        if label and self._width(value, setting) > room:
            return [
                *self.left(label, setting, dots),
                *(
                    self._line([self._ending(line, setting, dots)], setting, dots)
                    for line in self.wrapped(value, setting, dots)
                ),
            ]
        return [self._line([(label, 0), self._ending(value, setting, dots)], setting, dots)]

    def item(self, what: str, figure: str, setting: Setting, dots: int) -> list[Image.Image]:
        """What, wrapped beside the figure at the right."""
        room = dots - self._width(figure, setting) - _GAP
        first, *rest = self.wrapped(what, setting, room) or [""]
        ends = self._ending(figure, setting, dots)
        lines = [self._line([(first, 0), ends], setting, dots)]
        return lines + [self._line([(line, 0)], setting, dots) for line in rest]

    def rule(self, dots: int) -> Image.Image:
        """A level line with room around it."""
        line = Image.new("1", (dots, 13), 1)
        ImageDraw.Draw(line).rectangle((0, 5, dots - 1, 6), fill=0)
        return line

    def wrapped(self, text: str, setting: Setting, room: int) -> list[str]:
        """`text` in lines of at most `room` dots; a roll is as long as it has to be."""
        lines, line = list[str](), ""
        for word in clean(text).split(" "):
            for part in self._broken(word, setting, room):
                longer = f"{line} {part}" if line else part
                if line and self._width(longer, setting) > room:
                    lines.append(line)
                    longer = part
                line = longer
        if line:
            lines.append(line)
        return lines

    def _broken(self, word: str, setting: Setting, room: int) -> list[str]:
        """A word wider than a line in parts that fit, never inside a cluster."""
        if self._width(word, setting) <= room:
            return [word]
        parts, line = list[str](), ""
        for cluster in clusters(word):
            if line and self._width(line + cluster, setting) > room:
                parts.append(line)
                line = ""
            line += cluster
        return [*parts, line]

    def _ending(self, text: str, setting: Setting, dots: int) -> tuple[str, int]:
        """The text and where it begins, so that it ends at the right."""
        return text, dots - self._width(text, setting)

    def _width(self, text: str, setting: Setting) -> int:
        return self._bitmaps.width(text, setting.size, strong=setting.strong)

    def _line(self, texts: list[tuple[str, int]], setting: Setting, dots: int) -> Image.Image:
        """One line with texts from given places, as high as its ink asks for."""
        drawn = [(self._bitmaps.drawn(t, setting.size, setting.strong), x) for t, x in texts if t]
        above = max([one.above for one, _x in drawn], default=0)
        above = max(above, round(setting.size * 0.95)) + 2
        below = max([one.mask.height - one.above for one, _x in drawn], default=0)
        below = max(below, round(setting.size * 0.3)) + 2
        line = Image.new("1", (dots, above + below), 1)
        for one, x in drawn:
            line.paste(0, (x + one.left, above - one.above), one.mask)
        return line
