"""Small charts: bars by day, and curves. Figures are plain numbers; their words come with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.paint import draw_text, text_width
from ui.kit.theme import theme

Written = Callable[[float], str]  # how a figure of the axis is written


@dataclass(frozen=True, slots=True)
class BarOf:
    """One bar: `value` filled, up to `whole` in grey behind it."""

    label: str
    value: float
    whole: float = 0
    strong: bool = False
    note: str = ""  # instead of a bar, such as S for Sunday


@dataclass(frozen=True, slots=True)
class Line:
    """One curve of (x, y) points. `steps` holds each value until the next point."""

    points: Sequence[tuple[float, float]]
    colour: str = "chart_now"
    steps: bool = False
    dashed: bool = False
    filled: bool = False
    end_label: str = ""  # beside the last point
    end_under: str = ""
    end_tone: str = "text"


class Frame(QWidget):
    """The frame of a chart: room for the axis, grid lines on half pixels."""

    def __init__(self, name: str, written: Written, height: int) -> None:
        super().__init__()
        self._written, self._height = written, height
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(min(96, self._height)))

    def frame(self, painter: QPainter, top: float, right: float) -> QRectF:
        """Draw grid and axis figures up to `top`; returns the room for what is shown."""
        look = theme()
        font, marks = look.font("key"), ticks(top)
        left = max(text_width(self._written(tick), font) for tick in marks) + look.px(8)
        room = QRectF(left, look.px(8), self.width() - left - right, self.height() - look.px(30))
        for tick in marks:
            y = int(y_of(room, tick, marks[-1])) + 0.5
            colour = "border_strong" if tick == 0 else "chart_grid"
            painter.setPen(look.colour(colour))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            spot = QRectF(0, y - look.px(8), left - look.px(8), look.px(16))
            draw_text(painter, spot, self._written(tick), font, look.colour("text2"), right=True)
        return room

    def label(self, painter: QPainter, x: float, text: str, *, strong: bool = False) -> None:
        look = theme()
        font = look.font("key", strong)
        width = text_width(text, font)
        left = min(max(0, x - width / 2), self.width() - width)
        spot = QRectF(left, self.height() - look.px(20), width + 1, look.px(16))
        draw_text(painter, spot, text, font, look.colour("text" if strong else "text2"))


class Bars(Frame):
    """Bars side by side, with what they could have been in grey behind."""

    def __init__(self, name: str, written: Written, height: int = 200) -> None:
        super().__init__(name, written, height)
        self._bars: tuple[BarOf, ...] = ()

    def show_bars(self, bars: Sequence[BarOf]) -> None:
        self._bars = tuple(bars)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = ticks(max([max(b.value, b.whole) for b in self._bars], default=0))[-1]
        room = self.frame(painter, top, 0)
        step = room.width() / max(1, len(self._bars))
        every = self._every(step)
        for at, one in enumerate(self._bars):
            self._bar(painter, room, one, room.left() + at * step, step, top)
            if at % every == 0 or one.strong:
                middle = room.left() + (at + 0.5) * step
                self.label(painter, middle, one.label, strong=one.strong)
        painter.end()

    def _bar(
        self, painter: QPainter, room: QRectF, one: BarOf, left: float, step: float, top: float
    ) -> None:
        look = theme()
        width = max(2, round(min(step * 0.58, look.px(28))))
        x = round(left + (step - width) / 2)
        if one.note:
            font = look.font("key")
            spot = QRectF(left, room.bottom() - look.px(18), step, look.px(14))
            draw_text(painter, spot, one.note, font, look.colour("text2"), centre=True)
        for value, colour in ((one.whole, "chart_plan"), (one.value, "chart_now")):
            y = round(y_of(room, value, top))
            if value > 0:
                ink = look.colour(colour)
                if colour == "chart_plan":
                    ink.setAlphaF(0.6)
                painter.fillRect(QRectF(x, y, width, int(room.bottom()) - y), ink)

    def _every(self, step: float) -> int:
        widest = max([text_width(b.label, theme().font("key")) for b in self._bars], default=1)
        return max(1, -int(-(widest + theme().px(8)) // step))


class Curve(Frame):
    """Curves over one axis, with a line at `now` and words at their ends."""

    def __init__(self, name: str, written: Written, height: int = 200) -> None:
        super().__init__(name, written, height)
        self._lines: tuple[Line, ...] = ()
        self._labels: tuple[tuple[float, str], ...] = ()
        self._now: float | None = None

    def show_lines(
        self,
        lines: Sequence[Line],
        labels: Sequence[tuple[float, str]],
        now: float | None = None,
    ) -> None:
        """Show curves; `labels` are (x, words) of the axis below, `now` is an x."""
        self._lines, self._labels, self._now = tuple(lines), tuple(labels), now
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        points = [point for line in self._lines for point in line.points]
        if points:
            top = ticks(max(y for _x, y in points))[-1]
            span = (min(x for x, _y in points), max(x for x, _y in points))
            room = self.frame(painter, top, self._end_room(span[1]))
            place = _Place(room, span, top)
            for x, text in self._labels:
                self.label(painter, place.at(x, 0).x(), text)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._now is not None:
                self._draw_now(painter, place)
            for line in self._lines:
                self._draw_line(painter, place, line)
        painter.end()

    def _end_room(self, last: float) -> float:
        """Room at the right for words beside curves that reach the end."""
        font = theme().font("small", True)
        ends = [line for line in self._lines if line.end_label and line.points[-1][0] == last]
        words = [word for line in ends for word in (line.end_label, line.end_under)]
        return max([text_width(word, font) for word in words], default=-4) + theme().px(12)

    def _draw_now(self, painter: QPainter, place: _Place) -> None:
        x = int(place.at(self._now or 0, 0).x()) + 0.5
        painter.setPen(theme().colour("border_strong"))
        painter.drawLine(QPointF(x, place.room.top()), QPointF(x, place.room.bottom()))

    def _draw_line(self, painter: QPainter, place: _Place, line: Line) -> None:
        path, colour = _path(place, line), theme().colour(line.colour)
        if line.filled:
            _fill(painter, path, place, colour)
        pen = QPen(colour, 1.5 if line.dashed else 2)
        if line.dashed:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if line.end_label:
            self._draw_end(painter, place.at(*line.points[-1]), line)

    def _draw_end(self, painter: QPainter, end: QPointF, line: Line) -> None:
        look = theme()
        painter.setPen(QPen(look.colour("surface"), 2))
        painter.setBrush(look.colour(line.colour))
        painter.drawEllipse(end, look.px(5), look.px(5))
        tone = line.end_tone if line.end_tone == "text" else f"{line.end_tone}_text"
        spot = self._beside(end, line)
        draw_text(painter, spot, line.end_label, look.font("small", True), look.colour(tone))
        under = spot.translated(0, look.px(14))
        draw_text(painter, under, line.end_under, look.font("key"), look.colour("text2"))

    def _beside(self, end: QPointF, line: Line) -> QRectF:
        """The place of the words: at the right of the point, or under the curve at its left."""
        look = theme()
        font = look.font("small", True)
        wide = max(text_width(word, font) for word in (line.end_label, line.end_under))
        room = QRectF(end.x() + look.px(9), end.y() - look.px(17), wide + 1, look.px(16))
        if room.right() > self.width():
            room.moveTo(end.x() - look.px(9) - room.width(), end.y() + look.px(6))
        return room


@dataclass(frozen=True, slots=True)
class _Place:
    """Turns figures into points of the room."""

    room: QRectF
    span: tuple[float, float]
    top: float

    def at(self, x: float, y: float) -> QPointF:
        first, last = self.span
        share = (x - first) / (last - first) if last > first else 0
        return QPointF(self.room.left() + self.room.width() * share, y_of(self.room, y, self.top))


def _path(place: _Place, line: Line) -> QPainterPath:
    path = QPainterPath(place.at(*line.points[0]))
    before = line.points[0][1]
    for x, y in line.points[1:]:
        if line.steps:
            path.lineTo(place.at(x, before))
        path.lineTo(place.at(x, y))
        before = y
    return path


def _fill(painter: QPainter, path: QPainterPath, place: _Place, colour: QColor) -> None:
    area, ground = QPainterPath(path), QColor(colour)
    area.lineTo(QPointF(path.currentPosition().x(), place.room.bottom()))
    area.lineTo(QPointF(path.elementAt(0).x, place.room.bottom()))
    ground.setAlphaF(0.1)
    painter.fillPath(area, ground)


def y_of(room: QRectF, value: float, top: float) -> float:
    return room.bottom() - room.height() * value / top if top else room.bottom()


def ticks(top: float) -> list[float]:
    """Round figures from zero to at least `top`, three to six of them."""
    if top <= 0:
        return [0, 1]
    step = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 0.1
    while top / step < 3:  # noqa: PLR2004 - fewer than three lines tell nothing
        step /= 2
    while top / step > 5:  # noqa: PLR2004 - more than five are noise
        step *= 2
    ticks = [0.0]
    while ticks[-1] < top:
        ticks.append(ticks[-1] + step)
    return ticks
