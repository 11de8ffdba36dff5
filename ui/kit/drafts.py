"""Keeps what is typed into a form, so that a power cut or a wrong key loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.ports import Drafts
from ui.kit.form import Form
from ui.kit.tasks import Desk, Report, Stop

AFTER_MS = 800


class DraftKeeper(QObject):
    """Writes the form's draft a moment after the last change, off the UI thread.

    What it does is done in the order asked; `name` says what the form is about.
    """

    kept = Signal()
    restored = Signal()

    def __init__(self, desk: Desk, drafts: Drafts, form: Form) -> None:
        super().__init__(form)
        self._desk, self._drafts, self._form = desk, drafts, form
        self._name = ""
        self._line: list[tuple[Callable[[], object], Callable[[], None]]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._keep)
        form.edited.connect(lambda _field: self._timer.start())

    def open(self, name: str) -> None:
        """Begin with the form called `name`; a draft of it is put back and `restored` fires."""
        self.flush()
        self._name = name
        found: list[str | None] = []
        self._then(
            lambda: found.append(self._drafts.find(name)), lambda: self._put_back(name, found)
        )

    def drop(self) -> None:
        """It was saved: the draft is not needed any more."""
        self._timer.stop()
        name = self._name
        if name:
            self._then(lambda: self._drafts.drop(name), lambda: None)

    def flush(self) -> None:
        """Keep it now, as when the screen is left."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _keep(self) -> None:
        if self._name:
            name, text = self._name, json.dumps(self._form.draft(), ensure_ascii=False)
            self._then(lambda: self._drafts.keep(name, text), self.kept.emit)

    def _then(self, job: Callable[[], object], after: Callable[[], None]) -> None:
        self._line.append((job, after))
        if len(self._line) == 1:
            self._next()

    def _next(self) -> None:
        job, after = self._line[0]

        def work(_stop: Stop, _report: Report) -> None:
            job()

        def done(_none: None = None) -> None:
            after()
            self._go_on()

        # A draft that cannot be kept must not stand in the way of the work itself.
        self._desk.work(self, work, done, lambda _error: self._go_on())

    def _go_on(self) -> None:
        self._line.pop(0)
        if self._line:
            self._next()

    def _put_back(self, name: str, found: list[str | None]) -> None:
        text = found[0] if found else None
        if text is None or name != self._name:
            return
        self._form.restore(json.loads(text))
        self.restored.emit()
