"""Long work: what it is, how far it has come, how to stop it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from app.ports import Progress
from app.texts import _
from ui.kit.buttons import Button
from ui.kit.card import Card, row
from ui.kit.paint import bar, box
from ui.kit.tasks import Desk, Report, Stop
from ui.kit.text import Elided, Text
from ui.kit.theme import theme

T = TypeVar("T")
SOON_MS = 1500  # no guess of the time left before this


class ProgressCard(Card):
    """Hidden until `start`. Shows name, Stop, a bar and `9 of 14 · … · about 6 s more`."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._stop: Stop | None = None
        self._clock = QElapsedTimer()
        self._name = Text("", strong=True)
        self.button = Button(_("Stop"), self.stop, keys="Esc")
        self._bar = _Bar()
        self._line = Elided("", "small", tone="text2")
        top = row(self._name)
        top.addStretch(1)
        top.addWidget(self.button)
        self.body.addLayout(top)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def run(
        self,
        desk: Desk,
        owner: QWidget,
        name: str,
        job: Callable[[Stop, Report], T],
        then: Callable[[T], None],
        fail: Callable[[Exception], None],
    ) -> None:
        """Run `job` on the desk and show how it goes; gone again when it has ended."""

        def ended(result: T) -> None:
            self.end()
            then(result)

        def failed(error: Exception) -> None:
            self.end()
            fail(error)

        self.start(name)
        self._stop = desk.work(owner, job, ended, failed, self.show_progress)

    def start(self, name: str) -> None:
        """Show that something has begun."""
        self._name.setText(name)
        self._bar.setAccessibleName(name)
        self._line.setText("")
        self.button.setEnabled(True)
        self._clock.start()
        self._bar.show_share(0, 0)
        self.show()

    def show_progress(self, now: Progress) -> None:
        """Show how far it has come."""
        self._bar.show_share(now.done, now.total)
        parts = [now.say]
        if now.total:
            parts.insert(0, _("{done} of {total}").format(done=now.done, total=now.total))
            parts.append(self._left(now))
        self._line.setText(" · ".join(part for part in parts if part))

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self.button.setEnabled(False)
        self._line.setText(_("Stopping"))
        if self._stop is not None:
            self._stop.now()
        self.stopped.emit()

    def end(self) -> None:
        """It has ended, one way or another."""
        self._stop = None
        self.hide()

    def _left(self, now: Progress) -> str:
        spent = self._clock.elapsed()
        if not now.done or spent < SOON_MS or now.done >= now.total:
            return ""
        seconds = spent * (now.total - now.done) // now.done // 1000 + 1
        return _("about {seconds} s more").format(seconds=seconds)


class _Bar(QProgressBar):
    """A thin bar; without a known total it shows a piece in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, done: int, total: int) -> None:
        self.setMaximum(total)
        self.setValue(done)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().height("progress"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), theme().height("progress"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        track, ink = look.colour("track"), look.colour("accent")
        if self.maximum() > 0:
            bar(painter, rect, self.value() / self.maximum(), ink, track)
        else:
            box(painter, rect, rect.height() / 2, fill=track)
            part = rect.adjusted(rect.width() * 0.35, 0, -rect.width() * 0.35, 0)
            box(painter, part, rect.height() / 2, fill=ink)
        painter.end()
