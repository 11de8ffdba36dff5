"""The way in: what lies in the folder decides whether to open, found, unlock or restore."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.domain.errors import StoreTrouble
from app.ports import Session
from app.ports.program import (
    Founded,
    FoundingFacts,
    Launcher,
    Program,
    SharedAddress,
    SharedFound,
    Standing,
)
from app.queries.admin import ShowBranch
from app.rows.admin import BranchView
from app.texts import _, use
from ui.kit.messages import spoken
from ui.kit.tasks import Desk, Report, Stop
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.joining import JoinPage, JoinWish
from ui.shell.recovery import RecoveryPage
from ui.shell.restore import RestoreDialog
from ui.shell.trouble import TroublePage, UnlockPage, Way
from ui.shell.window import OpeningPage, Window


class Entrance(QObject):
    """Pages before somebody signs in. `opened` or `founded` ends it."""

    opened = Signal(object)  # Program
    founded = Signal(object, object)  # Program, Session
    language = Signal(str)

    def __init__(self, window: Window, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._window, self._desk, self._folder = window, desk, folder
        self._launcher: Launcher | None = None

    def begin(self, launcher: Launcher, *, demonstration: bool) -> None:
        """Look what lies in the folder, or open the demonstration straight away."""
        self._launcher = launcher
        if demonstration:
            self.doors()
            self._demonstration()
        else:
            self._look()

    def doors(self, said: str = "") -> DoorsPage:
        """Show the three doors."""
        page = DoorsPage()
        page.demonstration.connect(self._demonstration)
        page.new_branch.connect(self._new_branch)
        page.join.connect(self._join)
        page.restore.connect(self._restore)
        page.language.connect(self._take_language)
        if said:
            page.banner.say(said, "late1")
        self._window.show_page(page)
        self._window.retitle(_("Welcome"))
        page.setFocus()
        return page

    def trouble(self, error: Exception) -> None:
        """Say why the branch does not open, and the ways out."""
        ways = [
            Way("again", _("Try again"), "Enter", self._look, first=True),
            Way("code", _("Open with the recovery code"), "Alt+C", self._unlock),
            Way("restore", _("Restore from a backup"), "Alt+R", self._restore),
            Way("quit", _("Quit"), "Ctrl+Q", QApplication.quit),
        ]
        if _is_of_address(error):
            text = _("Change the address or the password")
            ways.insert(1, Way("address", text, "Alt+A", self._readdress))
        page = TroublePage(error, self._folder, ways)
        self._window.show_page(page)
        self._window.retitle()
        page.begin()

    def _look(self) -> None:
        launcher = self._launcher
        if launcher is None:
            return
        self._window.show_page(OpeningPage())

        def job(_stop: Stop, _report: Report) -> Standing:
            return launcher.standing()

        self._desk.work(self, job, self._on_standing, self.trouble)

    def _on_standing(self, standing: Standing) -> None:
        if standing is Standing.BRANCH:
            self._open("", "")
        elif standing is Standing.LOCKED:
            self._unlock()
        elif standing is Standing.LEFT:
            self._rejoin()
        elif standing is Standing.HALF:
            self.doors(_("A branch was begun here and not finished. Nothing was booked in it."))
        else:
            self.doors()

    def _open(self, passphrase: str, code: str, page: UnlockPage | None = None) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> Program:
            return launcher.open(passphrase, code)

        fail = self.trouble if page is None else page.failed
        self._desk.work(self, job, self.opened.emit, fail)

    def _unlock(self) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> bool:
            return launcher.vault_available()

        self._desk.work(self, job, self._show_unlock, self.trouble)

    def _show_unlock(self, vault: bool) -> None:
        page = UnlockPage(self._folder, by_passphrase=not vault)
        page.wanted.connect(lambda passphrase, code: self._open(passphrase, code, page))
        page.restore.connect(self._restore)
        self._window.show_page(page)
        self._window.retitle(_("Locked"))
        page.begin()

    def _demonstration(self) -> None:
        launcher, page = self._launcher, self._window.page
        if launcher is None or not isinstance(page, DoorsPage):
            return
        page.set_busy(True)
        page.banner.clear()

        def job(stop: Stop, report: Report) -> Program:
            return launcher.demonstration(report, stop)

        def failed(error: Exception) -> None:
            page.set_busy(False)
            page.banner.say(spoken(error), "bad")
            page.setFocus()

        name = _("Making the demonstration branch")
        page.progress.run(self._desk, page, name, job, self.opened.emit, failed)

    def _new_branch(self) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> bool:
            return launcher.vault_available()

        self._desk.work(self, job, self._show_founding, self.trouble)

    def _join(self) -> None:
        self._show_join(None)

    def _rejoin(self) -> None:
        """The folder of a station whose keys this operating-system user does not hold."""
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> SharedAddress | None:
            return launcher.left_address()

        self._desk.work(self, job, self._show_join, self.trouble)

    def _readdress(self) -> None:
        """The server has moved, or its password has changed: the station stays what it is."""
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> SharedAddress | None:
            return launcher.left_address()

        self._desk.work(self, job, self._show_address, self.trouble)

    def _show_address(self, left: SharedAddress | None) -> None:
        page = JoinPage(left, moving=True)
        page.tried.connect(lambda address: self._look_at(page, address))
        page.moved.connect(lambda address: self._move_to(page, address))
        page.back.connect(self._look)
        self._window.show_page(page)
        self._window.retitle(_("Where the shared database is"))
        page.begin()

    def _move_to(self, page: JoinPage, address: SharedAddress) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> Program:
            return launcher.move_to(address)

        self._desk.work(page, job, self.opened.emit, page.failed)

    def _show_join(self, left: SharedAddress | None) -> None:
        page = JoinPage(left)
        page.tried.connect(lambda address: self._look_at(page, address))
        page.joined.connect(lambda wish: self._join_there(page, wish))
        page.founding.connect(lambda address: self._show_founding(vault=True, there=address))
        page.back.connect(self.doors)
        if left is not None:
            said = _(
                "This user of the PC holds no password to the shared database any more. Join it "
                "again: this PC becomes a new counter."
            )
            page.banner.say(said, "late1", keeps=True)
        self._window.show_page(page)
        self._window.retitle(_("Join a shared database"))
        page.begin()

    def _look_at(self, page: JoinPage, address: SharedAddress) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> SharedFound:
            return launcher.look_at(address)

        self._desk.work(page, job, page.show_found, page.failed)

    def _join_there(self, page: JoinPage, wish: JoinWish) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> Program:
            return launcher.join(wish.address, wish.login, wish.password, wish.counter)

        self._desk.work(page, job, self.opened.emit, page.failed)

    def _show_founding(self, vault: bool, there: SharedAddress | None = None) -> None:
        server = "" if there is None else there.host
        page = FoundingPage(self._desk, self._folder, passphrase=not vault, server=server)
        page.wanted.connect(lambda facts: self._found(page, facts, there))
        page.back.connect(self.doors if there is None else self._join)
        self._window.show_page(page)
        self._window.retitle(_("New branch"))
        page.form.focus()

    def _found(self, page: FoundingPage, facts: FoundingFacts, there: SharedAddress | None) -> None:
        launcher = self._launcher
        if launcher is None:
            return

        def job(_stop: Stop, _report: Report) -> tuple[Founded, BranchView]:
            made = launcher.found_shared(there, facts) if there else launcher.found(facts)
            return made, made.program.asks.ask(made.session, ShowBranch())

        def done(answer: tuple[Founded, BranchView]) -> None:
            page.founded()
            self._show_code(*answer)

        self._desk.work(page, job, done, page.failed)

    def _show_code(self, made: Founded, branch: BranchView) -> None:
        session: Session = made.session
        page = RecoveryPage(self._desk, made, branch)
        page.done.connect(lambda: self.founded.emit(made.program, session))
        self._window.show_page(page)
        self._window.retitle(_("Recovery code"))
        page.typed.setFocus()

    def _restore(self) -> None:
        if self._launcher is not None:
            dialog = RestoreDialog(self._window, self._desk, self._launcher)
            dialog.restored.connect(self.opened.emit)
            dialog.open()

    def _take_language(self, code: str) -> None:
        """Show the doors in another language; the branch is founded in it too."""
        use(code)
        self.language.emit(code)
        self.doors()


def _is_of_address(error: Exception) -> bool:
    """Whether a shared database was not reached: such trouble names a field of its address."""
    return isinstance(error, StoreTrouble) and bool(error.field)
