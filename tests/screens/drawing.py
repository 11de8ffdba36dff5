"""Draws every screen of a branch as it is on the wall: light, dark, large; to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ports import Session
from app.ports.program import Program
from app.queries.admin import ShowBranch, WhoAmI
from app.queries.field import ListOverdue
from app.queries.origination import ListApplications
from app.queries.servicing import ListLoans
from ui.kit.tasks import Desk
from ui.kit.theme import theme
from ui.kit.tokens import Mode
from ui.main import load_screen
from ui.shell.screens import SCREENS
from ui.shell.workplace import Workplace

WIDTH, HEIGHT = 1366, 768
LOOKS = (("light", Mode.LIGHT, 100), ("dark", Mode.DARK, 100), ("light-150", Mode.LIGHT, 150))
QUIET_MS = 250  # nothing was drawn or answered for so long
MOST_MS = 8000


@dataclass(frozen=True)
class View:
    """A screen with what it is opened on."""

    name: str
    place: str
    params: dict[str, object]


def views(program: Program, session: Session) -> Iterator[View]:
    """Every place, and an application at each stage there is."""
    late = program.asks.ask(session, ListOverdue(limit=1)).rows
    some = program.asks.ask(session, ListLoans(limit=1, status="active")).rows
    loan = late[0].loan_id if late else some[0].loan_id
    for place in SCREENS:
        if place.name not in {"loan", "application"}:
            yield View(place.name, place.name, {})
    yield View("counter-loan", "counter", {"loan_id": loan})
    yield View("loan", "loan", {"loan_id": loan})
    yield View("application-new", "application", {})
    seen: set[str] = set()
    for row in program.asks.ask(session, ListApplications(limit=100, stage="all")).rows:
        if row.stage not in seen:
            seen.add(row.stage)
            params: dict[str, object] = {"application_id": row.application_id}
            yield View(f"application-{row.stage}", "application", params)


def draw(
    app: QApplication, program: Program, session: Session, to: Path, done: Callable[[str], None]
) -> list[Path]:
    """Draw every view in every look into `to`; returns the pictures."""
    to.mkdir(parents=True, exist_ok=True)
    made = []
    for look, mode, scale in LOOKS:
        theme().apply(app, mode, scale)
        desk, place = _workplace(program, session)
        for view in views(program, session):
            place.router.go(view.place, **view.params)
            settle(place)
            path = to / f"{view.name}-{look}.png"
            place.grab().save(str(path))
            made.append(path)
            done(path.name)
        place.close()
        place.deleteLater()
        desk.close()
        settle(place)
    index(made, to)
    return made


def settle(_widget: QWidget) -> None:
    """Let answers come and everything be drawn, until nothing more happens."""
    whole, quiet = QElapsedTimer(), QElapsedTimer()
    whole.start()
    quiet.start()
    while quiet.elapsed() < QUIET_MS and whole.elapsed() < MOST_MS:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def index(pictures: list[Path], to: Path) -> None:
    """A page with all of them, to scroll through."""
    lines = [f'<h3>{one.stem}</h3><img src="{one.name}" width="1100">' for one in pictures]
    (to / "index.html").write_text("\n".join(lines), "utf-8")


def _workplace(program: Program, session: Session) -> tuple[Desk, Workplace]:
    desk = Desk()
    desk.open(program.gate, program.asks, program.notes)
    desk.sit(session)
    me = program.asks.ask(session, WhoAmI())
    branch = program.asks.ask(session, ShowBranch())
    place = Workplace(desk, program, me, branch, load_screen)
    place.resize(WIDTH, HEIGHT)
    place.show()
    settle(place)
    place.resize(WIDTH, HEIGHT)
    return desk, place
