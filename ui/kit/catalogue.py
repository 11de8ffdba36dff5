"""A list of names in groups, of which one is open: reports, settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.kit.icons import draw_icon
from ui.kit.paint import box, draw_text
from ui.kit.theme import theme

KEY_ROLE = Qt.ItemDataRole.UserRole
ICON_ROLE = Qt.ItemDataRole.UserRole + 1
ROW = 32
WIDTH = 208

Entry = tuple[str, str] | tuple[str, str, str]  # key, words and perhaps an icon at the right


class Catalogue(QListWidget):
    """Names under each other, with small headings. The arrow keys go through them."""

    chosen = Signal(str)  # the key of an entry that a person went to

    def __init__(self, name: str, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedWidth(theme().px(width))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._on_current)

    def show_groups(self, groups: Sequence[tuple[str, Sequence[Entry]]]) -> None:
        """Show (heading, entries); an empty heading takes no line. What was open stays so."""
        before = self.current
        self.blockSignals(True)
        self.clear()
        for heading, entries in groups:
            if heading:
                item = QListWidgetItem(heading, self)
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            for entry in entries:
                item = QListWidgetItem(entry[1], self)
                item.setData(KEY_ROLE, entry[0])
                item.setData(ICON_ROLE, entry[2] if len(entry) > 2 else "")  # noqa: PLR2004
        self.blockSignals(False)
        self.choose(before)

    @property
    def current(self) -> str:
        """The key of the open entry, or nothing."""
        item = self.currentItem()
        return "" if item is None else str(item.data(KEY_ROLE) or "")

    def choose(self, key: str) -> None:
        """Mark an entry as the open one; `chosen` does not fire."""
        self.blockSignals(True)
        for at in range(self.count()):
            if key and self.item(at).data(KEY_ROLE) == key:
                self.setCurrentRow(at)
        self.blockSignals(False)

    def _on_current(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None and now.data(KEY_ROLE):
            self.chosen.emit(str(now.data(KEY_ROLE)))


class _Delegate(QStyledItemDelegate):
    """Headings small and grey; the open entry on a tint, strong."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme().px(80), theme().px(ROW if index.data(KEY_ROLE) else ROW - 3))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look, rect = theme(), QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        words = rect.adjusted(look.px(10), 0, -look.px(10), 0)
        if not index.data(KEY_ROLE):
            low = words.adjusted(0, look.px(6), 0, 0)
            draw_text(painter, low, index.data(), look.font("small"), look.colour("text3"))
            return
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            ground = look.colour("selected" if chosen else "hover")
            edge = look.colour("focus") if state & QStyle.StateFlag.State_HasFocus else None
            box(painter, rect, look.radius("field"), fill=ground, border=edge, width=2)
        icon = index.data(ICON_ROLE)
        if icon:
            side = look.px(14)
            spot = QRectF(words.right() - side, rect.center().y() - side / 2, side, side)
            draw_icon(painter, spot, icon, look.colour("late1_fill"), fill=True)
            words = words.adjusted(0, 0, -look.px(20), 0)
        tone = "on_selected" if chosen else "text2"
        draw_text(painter, words, index.data(), look.font(strong=chosen), look.colour(tone))
