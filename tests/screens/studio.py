"""Takes pictures of windows and dialogs once nothing moves any more, and says what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from time import process_time

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.texts import SCREEN
from tests.screens.sheet import contact_sheet
from tests.ui.places import Longer, clipped
from ui.kit.theme import theme
from ui.kit.tokens import Mode
from ui.shell.shell import Shell

WIDTH, HEIGHT = 1366, 768
QUIET_MS = 25  # nothing was asked, answered or drawn for so long
BUSY_MS = 4  # a turn that took longer has drawn something or laid it out
MOST_MS = 8000
FAST = 80  # of PNG: hardly compressed


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and text size, with the name that pictures get; `longer` makes every text longer."""

    name: str
    mode: Mode
    scale: int
    longer: bool = False


LOOKS = (
    Look("light", Mode.LIGHT, 100),
    Look("dark", Mode.DARK, 100),
    Look("contrast", Mode.HIGH_CONTRAST, 100),
    Look("light-150", Mode.LIGHT, 150),
    Look("longer", Mode.LIGHT, 100, longer=True),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and what did not find room on it."""

    name: str
    look: str
    path: Path
    clipped: Sequence[str]


@dataclass
class Studio:
    """Draws into a folder, in one look after the other."""

    app: QApplication
    to: Path
    look: Look = LOOKS[0]
    shots: list[Shot] = field(default_factory=list)

    def dress(self, look: Look) -> None:
        """Let everything from now on have this look."""
        self.look = look
        SCREEN.use("en")
        if look.longer:
            SCREEN._catalogue = Longer()
        theme().apply(self.app, look.mode, look.scale)

    def place(self, shell: Shell) -> None:
        """Show the window of a shell in the usual size, and begin."""
        shell.window.show()
        shell.window.showNormal()
        shell.window.resize(WIDTH, HEIGHT)
        shell.begin()
        self.settle(shell)

    def take(self, name: str, widget: QWidget, over: QWidget | None = None) -> None:
        """Draw a settled widget; one that lies `over` a window is drawn in its place there."""
        self.to.mkdir(parents=True, exist_ok=True)
        path = self.to / f"{name}-{self.look.name}.png"
        picture = widget.grab() if over is None else _laid(widget, over)
        if not picture.save(str(path), "PNG", FAST):
            raise OSError(f"{path} could not be written")
        said = [*clipped(widget), *_grown(widget)]
        self.shots.append(Shot(name, self.look.name, path, said))

    def dialog(self, name: str, shell: Shell) -> bool:
        """Draw the dialog that came up, if one did, and put it away."""
        self.settle(shell)
        seen = [one for one in shell.window.findChildren(QDialog) if one.isVisible()]
        for dialog in seen[-1:]:
            self.take(name, dialog, shell.window)
        for dialog in reversed(seen):
            dialog.reject()
        self.settle(shell)
        return bool(seen)

    def settle(self, shell: Shell) -> None:
        """Let answers come and everything be drawn, until nothing more happens."""
        whole, quiet = QElapsedTimer(), QElapsedTimer()
        whole.start()
        quiet.start()
        while quiet.elapsed() < QUIET_MS and whole.elapsed() < MOST_MS:
            before = process_time()  # not the clock's: others may have the processor
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not shell.desk.idle or (process_time() - before) * 1000 > BUSY_MS:
                quiet.restart()

    def sheets(self) -> Sequence[Path]:
        """One picture for each look with everything on it, small."""
        made = []
        for look in dict.fromkeys(shot.look for shot in self.shots):
            shots = [(shot.name, shot.path) for shot in self.shots if shot.look == look]
            made.append(contact_sheet(shots, self.to / f"sheet-{look}.png"))
        return made

    def index(self) -> Path:
        """A page with all pictures, each beside its other looks."""
        names = list(dict.fromkeys(shot.name for shot in self.shots))
        lines = ["<!doctype html><meta charset=utf-8><title>Kist</title>"]
        for name in names:
            lines.append(f"<h3>{escape(name)}</h3>")
            for shot in self.shots:
                if shot.name == name:
                    said = escape("; ".join(shot.clipped))
                    lines.append(f'<img src="{shot.path.name}" width="48%" loading="lazy"> {said}')
        page = self.to / "index.html"
        page.write_text("\n".join(lines), "utf-8")
        return page


def _laid(dialog: QWidget, window: QWidget) -> QPixmap:
    """The window with what lies over it."""
    picture = window.grab()
    at = dialog.pos() - window.pos()
    painter = QPainter(picture)
    painter.drawPixmap(QPoint(at.x(), at.y()), dialog.grab())
    painter.end()
    return picture


def _grown(widget: QWidget) -> Sequence[str]:
    """What is larger than the smallest screen that it has to fit on."""
    if widget.width() > WIDTH or widget.height() > HEIGHT:
        return (f"{widget.width()} x {widget.height()}",)
    return ()
