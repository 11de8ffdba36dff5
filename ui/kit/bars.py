"""Bars that show parts: a loan's schedule, the ageing of what is late, shares of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.paint import box, clip_round
from ui.kit.theme import theme


@dataclass(frozen=True, slots=True)
class ScheduleCell:
    """One instalment: `paid` of 1, and whether what is left of it is late."""

    paid: float = 0
    late: bool = False


class ScheduleBar(QWidget):
    """A cell an instalment: paid filled, partly paid filled in part, late outlined."""

    def __init__(self, cells: Sequence[ScheduleCell] = (), name: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_cells(cells, name)

    def show_cells(self, cells: Sequence[ScheduleCell], name: str = "") -> None:
        """Show these; `name` says the same in words for who cannot see it."""
        self._cells = tuple(cells)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().height("schedule_cell"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), theme().height("schedule_cell"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, count = QPainter(self), len(self._cells)
        if count:
            gap = 3 if self.width() / count > 6 else 1  # noqa: PLR2004 - px a cell needs
            step = (self.width() + gap) / count
            for at, cell in enumerate(self._cells):
                left, right = round(at * step), round((at + 1) * step) - gap
                self._cell(painter, QRectF(left, 0, max(1, right - left), self.height()), cell)
        painter.end()

    def _cell(self, painter: QPainter, rect: QRectF, cell: ScheduleCell) -> None:
        look, radius = theme(), theme().radius("bar")
        ground = "late2_soft" if cell.late else "track"
        box(painter, rect, radius, fill=look.colour(ground))
        if cell.paid > 0:
            painter.save()
            clip_round(painter, rect, radius)
            part = QRectF(rect.left(), rect.top(), rect.width() * min(1, cell.paid), rect.height())
            painter.fillRect(part, look.colour("ok_fill"))
            painter.restore()
        if cell.late:
            width = 1.5 if rect.width() > 4 else 1  # noqa: PLR2004 - px
            box(painter, rect, radius, border=look.colour("late2_fill"), width=width)


class ShareBar(QWidget):
    """Parts of a whole in colours of the theme, rounded at the ends. The rest is track."""

    def __init__(
        self,
        parts: Sequence[tuple[str, int]] = (),
        total: int = 0,
        *,
        name: str = "",
        height: str = "ageing_bar",
    ) -> None:
        super().__init__()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts, total, name)

    def show_parts(self, parts: Sequence[tuple[str, int]], total: int = 0, name: str = "") -> None:
        """Show (colour, size) parts of `total`; without a total they fill the bar."""
        self._parts = tuple((colour, max(0, size)) for colour, size in parts)
        self._total = max(total, sum(size for _colour, size in self._parts))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().height(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().height(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        clip_round(painter, rect, min(look.radius("bar") + 1, rect.height() / 2))
        painter.fillRect(rect, look.colour("track"))
        done = 0
        for colour, size in self._parts:
            if size and self._total:
                left = round(rect.width() * done / self._total)
                done += size
                right = round(rect.width() * done / self._total)
                gap = 2 if done < self._total else 0
                part = QRectF(left, 0, max(1, right - left - gap), rect.height())
                painter.fillRect(QRectF(left, 0, right - left, rect.height()), _ground(self))
                painter.fillRect(part, look.colour(colour))
        painter.end()


class AgeingBar(ShareBar):
    """What is late by age: late1, late2, late3, npa, in the order of the chips above it."""

    def show_ages(self, ages: Sequence[tuple[str, int]], name: str = "") -> None:
        """Show (tone, minor units) by age."""
        self.show_parts([(f"{tone}_fill", minor) for tone, minor in ages], 0, name)


def _ground(widget: QWidget) -> QBrush:
    """The colour between parts: of whatever the bar lies on."""
    return widget.palette().window()
