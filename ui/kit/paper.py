"""Papers on the screen: pages drawn elsewhere, zoomed and turned here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.texts import _
from ui.kit.buttons import Button
from ui.kit.empty import Empty
from ui.kit.messages import spoken
from ui.kit.tasks import Desk, Report, Stop
from ui.kit.text import note
from ui.kit.theme import theme

Pages = Callable[[int], Sequence[bytes]]  # width in px to one picture (PNG) a page

STEPS = (50, 75, 100, 125, 150, 200, 300)  # per cent of the width of the view
GAP = 12
SCROLL_BAR = 12


class PaperView(QWidget):
    """Shows the pages that `render(width)` gives. It is called on the worker.

    Ctrl with plus and minus zooms, Page Up and Page Down turn the pages.
    """

    loaded = Signal(int)  # how many pages
    failed = Signal(object)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._round = desk, 0
        self._render: Pages = _nothing
        self._zoom = STEPS.index(100)
        self._sheet = _Sheet(name)
        self._area = _Area(self._sheet, self._zoom_by)
        self._area.setAccessibleName(name)
        self._area.verticalScrollBar().valueChanged.connect(lambda _at: self._say_where())
        self.empty = Empty(_("No paper yet"), icon_name="file-text")
        self._where = note("")
        self._lay_out()

    def show_paper(self, render: Pages) -> None:
        """Show another paper; what `render` raises goes to `failed` and is said in place."""
        self._render = render
        self._load(keep_place=False)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show pages that are here already."""
        self._sheet.show_pages([QImage.fromData(page) for page in pages])
        self._stack.setCurrentIndex(1 if pages else 0)
        self._say_where()
        self.loaded.emit(len(pages))

    def zoom_in(self) -> None:
        self._zoom_by(1)

    def zoom_out(self) -> None:
        self._zoom_by(-1)

    def clear(self) -> None:
        """Show no paper."""
        self._round += 1
        self.show_pages(())

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._sheet.count

    def go_to(self, page: int) -> None:
        """Scroll to the page (from 1)."""
        self._area.verticalScrollBar().setValue(self._sheet.top_of(page - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        key = Qt.Key(event.key())
        if key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(steps[key])
        elif key in turns:
            self.go_to(min(self.page_count, max(1, self._page() + turns[key])))
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        holder, bar = QWidget(), QHBoxLayout()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._area)
        bar.addWidget(self._where)
        bar.addStretch(1)
        for icon_name, text, step in (
            ("magnifying-glass-minus", _("Smaller"), -1),
            ("magnifying-glass-plus", _("Larger"), 1),
        ):
            button = Button(text, self._zoomer(step), kind="ghost", icon=icon_name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addWidget(holder, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self._area)

    def _zoomer(self, step: int) -> Callable[[], None]:
        return lambda: self._zoom_by(step)

    def _zoom_by(self, step: int) -> None:
        at = min(len(STEPS) - 1, max(0, self._zoom + step))
        if at != self._zoom:
            self._zoom = at
            self._load(keep_place=True)

    def _load(self, *, keep_place: bool) -> None:
        """Draw the pages at the width of the view; an older drawing that comes late is dropped."""
        self._round += 1
        now, render = self._round, self._render
        ratio = self.devicePixelRatioF()
        room = max(self.width(), theme().px(240)) - SCROLL_BAR - 2 * GAP
        width = round(room * STEPS[self._zoom] / 100 * ratio)
        bar = self._area.verticalScrollBar()
        share = bar.value() / bar.maximum() if keep_place and bar.maximum() else 0

        def job(_stop: Stop, _report: Report) -> Sequence[bytes]:
            return render(width)

        def then(pages: Sequence[bytes]) -> None:
            if now == self._round:
                self._sheet.ratio = ratio
                self.show_pages(pages)
                bar.setValue(round(share * bar.maximum()))

        self._desk.work(self, job, then, lambda error: self._on_failed(now, error))

    def _on_failed(self, now: int, error: Exception) -> None:
        if now == self._round:
            self._stack.setCurrentIndex(0)
            self.empty.say(_("This paper cannot be shown"), spoken(error))
            self.failed.emit(error)

    def _page(self) -> int:
        return self._sheet.page_at(self._area.verticalScrollBar().value()) + 1

    def _say_where(self) -> None:
        count = self.page_count
        words = _("Page {page} of {count}").format(page=self._page(), count=count)
        self._where.setText(words if count else "")


class _Area(QScrollArea):
    """Scrolls the sheet; Ctrl and the wheel zoom."""

    def __init__(self, sheet: QWidget, zoom: Callable[[int], None]) -> None:
        super().__init__()
        self._zoom = zoom
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            event.ignore()
            return
        super().keyPressEvent(event)


class _Sheet(QWidget):
    """The pages one under another."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.ratio = 1.0
        self._pages: list[QPixmap] = []
        self.setAccessibleName(name)

    @property
    def count(self) -> int:
        return len(self._pages)

    def show_pages(self, images: Sequence[QImage]) -> None:
        self._pages = [QPixmap.fromImage(image) for image in images if not image.isNull()]
        for page in self._pages:
            page.setDevicePixelRatio(self.ratio)
        widest = max([round(p.width() / self.ratio) for p in self._pages], default=0)
        self.setMinimumSize(widest + 2 * GAP, self.top_of(self.count))
        self.resize(self.minimumSize())
        self.update()

    def top_of(self, page: int) -> int:
        """Where a page begins."""
        heights = [round(p.height() / self.ratio) + GAP for p in self._pages[: max(0, page)]]
        return sum(heights) + (GAP if page >= self.count else 0)

    def page_at(self, y: int) -> int:
        """The page that is at this height."""
        for at in range(self.count):
            if y + GAP * 2 < self.top_of(at + 1):
                return at
        return max(0, self.count - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), GAP
        for page in self._pages:
            width, height = round(page.width() / self.ratio), round(page.height() / self.ratio)
            left = (self.width() - width) // 2
            if event.rect().intersects(page.rect().translated(left, top)):
                painter.setPen(theme().colour("border_strong"))
                painter.drawRect(left - 1, top - 1, width + 1, height + 1)
                painter.drawPixmap(QPoint(left, top), page)
            top += height + GAP
        painter.end()


def _nothing(_width: int) -> Sequence[bytes]:
    return ()
