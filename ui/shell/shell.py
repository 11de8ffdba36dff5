"""What comes after what: opening, first run, sign-in, work, lock, sign-out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from app.commands.users import NoteSignOut
from app.ports import Session
from app.ports.program import DEMONSTRATION_PASSWORD, Launcher, Program
from app.queries.admin import ListSignIns, ShowBranch, WhoAmI
from app.rows.admin import BranchView, Me, SignInCard
from app.texts import _
from ui.kit.dialog import Dialog
from ui.kit.line import LineWatch
from ui.kit.look import Look, keep_look
from ui.kit.tasks import Desk, Report, Stop
from ui.kit.theme import theme
from ui.kit.toast import Toast
from ui.shell.bugs import Bugs
from ui.shell.entrance import Entrance
from ui.shell.idle import Idle
from ui.shell.opening import Loaders, Opening
from ui.shell.passwords import ChangePassword, ForgottenPassword, TypeBack
from ui.shell.person import person_menu
from ui.shell.sign_in import SignInPage
from ui.shell.window import Window
from ui.shell.workplace import Workplace


class Shell(QObject):
    """Leads from the first paint to the work and back."""

    def __init__(
        self, app: QApplication, window: Window, opening: Opening, loaders: Loaders, look: Look
    ) -> None:
        super().__init__()
        self._app, self._opening, self._loaders, self.look = app, opening, loaders, look
        self.window, self.desk, self.toast = window, Desk(), Toast(window)
        self.workplace: Workplace | None = None
        self._program: Program | None = None
        self._line: LineWatch | None = None
        self._people: tuple[SignInCard, ...] = ()
        self._branch: BranchView | None = None
        self._idle = Idle(app)
        self._idle.passed.connect(lambda: self.lock(idle=True))
        self.bugs = Bugs(opening.folder, self._stamp)
        self.bugs.happened.connect(self._on_trouble)
        self.desk.bug.connect(self.bugs.note)
        self.desk.bug.connect(self._on_trouble)
        self.desk.trouble.connect(self._on_trouble)
        self.entrance = Entrance(self.window, self.desk, opening.folder)
        self.entrance.opened.connect(self.opened)
        self.entrance.founded.connect(self._on_founded)
        self.entrance.language.connect(self._take_language)
        self.window.closing.connect(self.close)
        self.window.may_close = self._may_leave

    def begin(self) -> None:
        """The window was painted: load everything heavy on the worker."""
        load = self._loaders.launcher

        def job(_stop: Stop, _report: Report) -> Launcher:
            launcher: Launcher = load()
            return launcher

        self.desk.work(self, job, self._on_launcher, self._on_trouble)

    def close(self) -> None:
        """Finish what was begun and let everything go."""
        self._idle.watch(0)
        if self._line is not None:
            self._line.end()
        self.desk.close()
        if self._program is not None:
            self._program.close()
            self._program = None

    def opened(self, program: Program) -> None:
        """A branch is open: ask who is there."""
        self._take(program)

        def job(_stop: Stop, _report: Report) -> int:
            return program.answer_open_notes()

        self.desk.work(self, job, lambda _count: self.ask_who(), self.entrance.trouble)

    def ask_who(self) -> None:
        """Show the people who may sign in."""
        if self._program is None:
            return
        self.desk.sit(self._program.anonymous)
        self.desk.read(self, ShowBranch(), self._on_branch, self.entrance.trouble)

    def choose_look(self, look: Look) -> None:
        """Take other colours or another text size, and keep the choice."""
        self.look = look
        theme().apply(self._app, look.mode, look.scale)
        folder = self._opening.folder
        self.desk.work(self, lambda _s, _r: keep_look(folder, look), lambda _none: None)
        if self.workplace is not None:
            self.workplace.station.look = look
            self._idle.watch(look.idle_minutes)

    def lock(self, *, idle: bool = False) -> None:
        """Ask the password again; screens and dialogs stay as they are, out of sight."""
        place = self.workplace
        if place is None or self.window.page is not place or self._branch is None:
            return
        me = place.station.me
        self._idle.watch(0)
        self.desk.ask(self, NoteSignOut(idle=idle), self.desk.key(), None, self._on_trouble)
        self.window.put_dialogs_aside()
        self.toast.clear()
        page = SignInPage(locked=True)
        card = SignInCard(me.user_id, me.full_name, me.login, me.roles)
        page.show_people([card], place.station.branch)
        page.wanted.connect(lambda _login, password: self._sign_in(page, me.login, password))
        page.other.connect(self.sign_out)
        if place.station.branch.demonstration:
            page.fill(DEMONSTRATION_PASSWORD)
        self.window.show_page(page, keep=place)
        self.window.retitle(_("Locked"))
        page.choose(me.login)

    def sign_out(self) -> None:
        """Leave the work to somebody else; what is typed and not saved is told first."""
        if not self._may_leave():
            return
        self._idle.watch(0)
        if self.workplace is not None:
            if self.window.page is self.workplace:
                self.desk.ask(self, NoteSignOut(), self.desk.key(), None, self._on_trouble)
            self.workplace.router.clear()
            self.workplace = None
        self.ask_who()

    def _on_launcher(self, launcher: Launcher) -> None:
        self.entrance.begin(launcher, demonstration=self._opening.demonstration)

    def _take(self, program: Program) -> None:
        self._program = program
        shared = program.line is not None
        self.desk.open(program.gate, program.asks, program.notes, patient=shared)
        self._line = LineWatch(self.desk, program.line, self)
        self._line.begin()

    def _on_founded(self, program: Program, session: Session) -> None:
        self._take(program)
        self._on_session(session)

    def _on_branch(self, branch: BranchView) -> None:
        self._branch = branch
        self.desk.read(self, ListSignIns(), self._on_people, self.entrance.trouble)

    def _on_people(self, people: tuple[SignInCard, ...]) -> None:
        self._people = people
        if self._branch is None:
            return
        page = SignInPage()
        page.show_people(people, self._branch)
        page.wanted.connect(lambda login, password: self._sign_in(page, login, password))
        page.forgotten.connect(lambda login: self._forgotten(page, login))
        self.window.show_page(page)
        self.window.retitle(self._branch.name)
        if people:
            page.choose(people[0].login)
        if self._branch.demonstration:
            page.fill(DEMONSTRATION_PASSWORD)
            self._as_role(page)

    def _as_role(self, page: SignInPage) -> None:
        """Sign in with the role that was asked on the command line, once."""
        role, self._opening = self._opening.role, replace(self._opening, role="")
        fitting = [card for card in self._people if role in card.roles]
        if role and fitting:
            page.choose(fitting[0].login)
            self._sign_in(page, fitting[0].login, DEMONSTRATION_PASSWORD)

    def _sign_in(self, page: SignInPage, login: str, password: str) -> None:
        program = self._program
        if program is None:
            return

        def job(_stop: Stop, _report: Report) -> Session:
            return program.sign_in(login, password)

        self.desk.work(page, job, self._on_session, page.failed)

    def _on_session(self, session: Session) -> None:
        place = self.workplace
        if place is not None and place.station.me.user_id == session.user_id:
            self.window.show_page(place)
            self.window.bring_dialogs_back()
            self._at_work(place)
            return
        self.desk.sit(session)
        self.desk.read(self, ShowBranch(), self._keep_branch, self._on_trouble)

    def _keep_branch(self, branch: BranchView) -> None:
        self._branch = branch
        self.desk.read(self, WhoAmI(), lambda me: self._to_work(me, branch), self._on_trouble)

    def _to_work(self, me: Me, branch: BranchView) -> None:
        if self._program is None:
            return
        load = self._loaders.screen
        place = Workplace(self.desk, self._program, me, branch, load, self._line)
        self.workplace = place
        place.lock_wanted.connect(self.lock)
        place.person_wanted.connect(self._open_menu)
        place.recovery_wanted.connect(self._type_back)
        place.retitled.connect(lambda _title: self._retitle())
        place.station.look = self.look
        place.station.look_chosen.connect(self.choose_look)
        place.station.said.connect(self._say)
        self.window.show_page(place)
        place.begin()
        self._at_work(place)

    def _say(self, sentence: str, act: str, keys: str, then: Callable[[], object] | None) -> None:
        """Nothing is told while it is locked: somebody else may stand there."""
        if self.window.page is self.workplace:
            self.toast.say(sentence, act, keys, then)

    def _take_language(self, code: str) -> None:
        self.choose_look(replace(self.look, language=code))

    def _may_leave(self) -> bool:
        """Whether nothing on the screen would be lost; while it is locked nobody is asked."""
        if self.workplace is None or self.window.page is not self.workplace:
            return True
        screen = self.workplace.router.current
        return screen is None or screen.can_leave()

    def _at_work(self, place: Workplace) -> None:
        self._idle.watch(self.look.idle_minutes)
        self._retitle()
        place.count()

    def _retitle(self) -> None:
        if self.workplace is not None:
            screen = self.workplace.router.current
            name = self.workplace.station.branch.name
            self.window.retitle("" if screen is None else screen.title, name)

    def _open_menu(self, at: QPoint) -> None:
        if self.workplace is None:
            return
        acts = (
            (_("Lock"), "Ctrl+L", self.lock),
            (_("Change your password"), "", self._change_password),
            (_("Sign out"), "", self.sign_out),
        )
        menu = person_menu(self.window, self.look, self.choose_look, acts)
        menu.popup(at - QPoint(menu.sizeHint().width(), 0))

    def _change_password(self) -> None:
        if self.workplace is not None:
            ChangePassword(self.window, self.workplace.station).open()

    def _type_back(self) -> None:
        if self._program is not None and self.workplace is not None:
            station = self.workplace.station
            dialog = TypeBack(self.window, self.desk, self._program, self.desk.session)
            dialog.confirmed.connect(station.refresh)
            dialog.confirmed.connect(lambda: station.say(_("The recovery code is right")))
            dialog.open()

    def _forgotten(self, page: SignInPage, login: str) -> None:
        if self._program is not None:
            dialog = ForgottenPassword(page, self.desk, self._program, self._people, login)
            dialog.replaced.connect(page.choose)
            said = _("The password is set. Sign in with it.")
            dialog.replaced.connect(lambda _login: page.banner.say(said, "ok"))
            dialog.open()

    def _on_trouble(self, error: Exception) -> None:
        """Say what nobody else said, where it can be seen."""
        page: QWidget | None = self.window.page
        dialogs = [d for d in self.window.findChildren(Dialog) if d.isVisible()]
        if dialogs:
            dialogs[-1].failed(error)
        elif self.workplace is not None and page is self.workplace:
            self.workplace.trouble(error)
        elif isinstance(page, SignInPage):
            page.failed(error)
        else:
            self.entrance.trouble(error)

    def _stamp(self) -> str:
        return "" if self._program is None else self._program.clock.now().isoformat()
