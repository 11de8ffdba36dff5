"""What every screen is given: the doors to the branch, who works here, and which day it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.commands.base import Topic
from app.domain.roles import Limit, Permission
from app.ports import Clock, Documents, Drafts, Papers, Pictures, Settings, Thermal
from app.ports.program import Program
from app.queries.admin import ShowBranch
from app.rows.admin import BranchView, Me
from ui.kit.look import Look
from ui.kit.router import Router, Screen
from ui.kit.tasks import Desk

OF_BRANCH = frozenset({Topic.BRANCH, Topic.DAY})


class Station(QObject):
    """One signed-in person at one counter. Made anew at every sign-in; screens live as long.

    The ports touch files: call them in jobs of `desk.work`, never on the UI thread.
    """

    branch_changed = Signal()  # the business day was opened or closed, the code was confirmed
    look_chosen = Signal(object)  # a Look: the window takes and keeps it
    said = Signal(str, str, str, object)  # sentence, act, keys, then: for the window's toast

    def __init__(
        self, desk: Desk, router: Router, program: Program, me: Me, branch: BranchView
    ) -> None:
        super().__init__()
        self.desk, self.router, self.program = desk, router, program
        self.me, self._branch = me, branch
        self.look = Look()  # what is in force; the window puts it in
        self.drafts: Drafts = program.drafts
        self.settings: Settings = program.settings
        self.documents: Documents = program.documents
        self.papers: Papers = program.papers
        self.pictures: Pictures = program.pictures
        self.thermal: Thermal = program.thermal
        self.clock: Clock = program.clock
        desk.changed.connect(self._on_changed)

    @property
    def branch(self) -> BranchView:
        """Where we are; asked anew whenever the day or the branch changed."""
        return self._branch

    @property
    def currency(self) -> str:
        """The branch's currency; a loan carries its own."""
        return self._branch.currency

    @property
    def today(self) -> date:
        """The business date, or the calendar date while no business day is open."""
        return self._branch.business_on or self._branch.today

    @property
    def day_is_open(self) -> bool:
        """Whether money may be booked now."""
        return self._branch.business_on is not None

    def may(self, permission: Permission) -> bool:
        """Whether the person holds the permission; the gate checks it again."""
        return permission.value in self.me.permissions

    def limit(self, limit: Limit) -> int:
        """The person's limit in minor units (days for back-dating), 0 where none was granted."""
        return dict(self.me.limits).get(limit.value, 0)

    def local(self, at: datetime) -> datetime:
        """An instant as the clock on the branch's wall shows it."""
        return at.astimezone(ZoneInfo(self._branch.time_zone))

    def say(
        self,
        sentence: str,
        act: str = "",
        keys: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Tell what happened in the window's toast, with one thing to do. Never for errors."""
        self.said.emit(sentence, act, keys, then)

    def refresh(self) -> None:
        """Ask where we are again."""
        self.desk.read(self, ShowBranch(), self._take, slot="branch")

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & OF_BRANCH:
            self.refresh()

    def _take(self, branch: BranchView) -> None:
        if branch != self._branch:
            self._branch = branch
            self.branch_changed.emit()


class StationScreen(Screen):
    """A screen of the window. It reads again when the business day changed."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station.desk, station.router, parent)
        self.station = station
        station.branch_changed.connect(self.stale)
