"""What stands in a cell of a list, and the one delegate that paints all of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.check import draw_check
from ui.kit.found import Spans, draw_found
from ui.kit.icons import draw_icon
from ui.kit.paint import bar, baseline, box, caps_size, draw_caps, draw_text, text_width
from ui.kit.theme import theme

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
RIGHT_ROLE = Qt.ItemDataRole.UserRole + 2
PAD = 10  # px at 100 % left and right of what is in a cell
ICON_ROOM = 26  # px at 100 % that an icon before the words takes
EDGE = 16  # px at 100 % from the card's edge to the first and last cell


Marks = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `tone` colours the words, `chip` (a tone) makes them a chip."""

    text: str = ""
    tone: str = "text"
    strong: bool = False
    after: str = ""  # beside it in grey: the name in the other script
    under: str = ""  # a second line in grey
    chip: str = ""  # ok, due, late1, late2, late3, npa, info, neutral
    icon: str = ""
    icon_tone: str = ""  # of the words where it is empty
    bar: float | None = None  # 0 to 1: a bar instead of words, or before them
    bar_tone: str = "chart_now"
    checked: bool | None = None
    struck: bool = False  # a line through the words
    caps: str = ""  # keys, drawn as caps instead of words
    marks: Marks = ()  # what a search found: (text, after or under; from; to)

    def spoken(self) -> str:
        """All its words, for a screen reader."""
        return ", ".join(part for part in (self.text or self.caps, self.after, self.under) if part)


CHIP_ICONS = {
    "ok": "check-circle",
    "due": "clock",
    "late1": "warning-circle",
    "late2": "warning-circle",
    "late3": "warning",
    "npa": "prohibit",
    "bad": "warning",
    "info": "info",
    "neutral": "",
}


def chip_colours(tone: str) -> tuple[QColor, QColor]:
    """Ink and ground of a chip."""
    look = theme()
    if tone == "neutral":
        return look.colour("text2"), look.colour("sunken")
    return look.colour(f"{tone}_text"), look.colour(f"{tone}_soft")


def chip_width(text: str, icon: str) -> float:
    look = theme()
    return text_width(text, look.font("small")) + look.px(16) + (look.px(19) if icon else 0)


def draw_chip(
    painter: QPainter, rect: QRectF, text: str, tone: str, icon: str, height: float
) -> None:
    """A chip at the left of `rect`: tint, icon and word, at most as wide as the room."""
    look = theme()
    ink, ground = chip_colours(tone)
    width = min(rect.width(), chip_width(text, icon))
    place = QRectF(rect.left(), round(rect.center().y() - height / 2), width, height)
    edge = ink if look.mode == "high_contrast" else None
    box(painter, place, look.radius("chip"), fill=ground, border=edge)
    left = place.left() + look.px(8)
    if icon:
        side = look.px(14)
        draw_icon(painter, QRectF(left, place.center().y() - side / 2, side, side), icon, ink)
        left += look.px(19)
    room = QRectF(left, place.top(), place.right() - left - look.px(6), height)
    draw_text(painter, room, text, look.font("small"), ink)


def cell_width(cell: Cell) -> float:
    """The room the cell would like, without padding."""
    look = theme()
    if cell.checked is not None:
        return look.px(18)
    if cell.caps:
        return caps_size(cell.caps).width()
    if cell.chip:
        return chip_width(cell.text, cell.icon)
    main = text_width(cell.text, look.font(strong=cell.strong))
    main += text_width(cell.after, look.font()) + look.px(9) if cell.after else 0
    main += look.px(ICON_ROOM) if cell.icon else 0
    main += look.px(66) if cell.bar is not None else 0
    under = text_width(cell.under, look.font("small")) if cell.under else 0
    under += look.px(ICON_ROOM) if cell.icon and cell.under else 0
    return max(main, under)


class CellDelegate(QStyledItemDelegate):
    """Paints ground, hairline, mark of the chosen row, and the cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect, look = QRectF(option.rect), theme()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        ground = "selected" if chosen else "hover" if over else "surface"
        painter.fillRect(option.rect, look.colour(ground))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, look.colour("border"))
        if chosen and index.column() == 0:
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent")
            )
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            right = bool(index.data(RIGHT_ROLE))
            _paint_cell(painter, _room(rect, index), cell, right=right, chosen=chosen)
        painter.restore()


def _room(rect: QRectF, index: QModelIndex | QPersistentModelIndex) -> QRectF:
    look = theme()
    left = EDGE if index.column() == 0 else PAD
    last = index.column() == index.model().columnCount() - 1
    return rect.adjusted(look.px(left), 0, -look.px(EDGE if last else PAD), -1)


def _paint_cell(painter: QPainter, room: QRectF, cell: Cell, *, right: bool, chosen: bool) -> None:
    look = theme()
    if cell.checked is not None:
        side = look.px(16)
        spot = QRectF(room.left(), room.center().y() - side / 2, side, side)
        if chosen and look.mode == "high_contrast":  # the row has the colour of the box
            edge = look.px(3)
            ground = spot.adjusted(-edge, -edge, edge, edge)
            box(painter, ground, look.radius("key"), fill=look.colour("surface"))
        draw_check(painter, spot, cell.checked)
    elif cell.caps:
        draw_caps(painter, room.left(), room.center().y(), cell.caps)
    elif cell.chip:
        draw_chip(painter, room, cell.text, cell.chip, cell.icon, look.px(22))
    else:
        _paint_words(painter, room, cell, right=right, chosen=chosen)


def _paint_words(painter: QPainter, room: QRectF, cell: Cell, *, right: bool, chosen: bool) -> None:
    look = theme()
    font, ink = look.font(strong=cell.strong), _ink(cell.tone, chosen)
    if cell.icon:
        side = look.icon_size()
        spot = QRectF(room.left(), room.center().y() - side / 2, side, side)
        draw_icon(painter, spot, cell.icon, _ink(cell.icon_tone or cell.tone, chosen))
        room = room.adjusted(look.px(ICON_ROOM), 0, 0, 0)
    upper = room
    if cell.under:
        half = look.px(17)
        upper = QRectF(room.left(), room.center().y() - half, room.width(), look.px(18))
        lower = QRectF(room.left(), room.center().y() + look.px(1), room.width(), look.px(16))
        tone = _ink("text2", chosen)
        marks = _marks(cell, "under")
        draw_found(painter, lower, cell.under, marks, look.font("small"), tone, right=right)
    if cell.bar is not None:
        upper = _paint_bar(painter, upper, cell, chosen)
    line = baseline(upper, look.font())
    marks = _marks(cell, "text")
    used = draw_found(painter, upper, cell.text, marks, font, ink, right=right, at=line)
    if cell.struck and used:
        left = upper.right() - used if right else upper.left()
        middle = round(upper.center().y()) + 0.5
        painter.setPen(ink)
        painter.drawLine(QPointF(left, middle), QPointF(left + used, middle))
    if cell.after and not right:
        rest = upper.adjusted(used + look.px(9), 0, 0, 0)
        tone, marks = _ink("text2", chosen), _marks(cell, "after")
        draw_found(painter, rest, cell.after, marks, look.font(), tone, at=line)


def _marks(cell: Cell, part: str) -> Spans:
    return tuple((first, end) for name, first, end in cell.marks if name == part)


def _paint_bar(painter: QPainter, room: QRectF, cell: Cell, chosen: bool) -> QRectF:
    """The bar fills the cell, or its left part when words follow. Returns what is left."""
    look = theme()
    width = look.px(50) if cell.text else room.width()
    height = look.px(6)
    place = QRectF(room.left(), round(room.center().y() - height / 2), width, height)
    track = look.colour("selected_strong" if chosen else "track")
    bar(painter, place, cell.bar or 0, look.colour(cell.bar_tone), track)
    return room.adjusted(width + look.px(10), 0, 0, 0) if cell.text else room


def _ink(tone: str, chosen: bool) -> QColor:
    """In high contrast the chosen row is bright: only its own ink can be read on it."""
    look = theme()
    if chosen and (tone == "text" or look.mode == "high_contrast"):
        return look.colour("on_selected")
    name = tone if tone in {"text", "text2", "text3", "text_off"} else f"{tone}_text"
    return look.colour(name)
