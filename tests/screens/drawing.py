"""Walks through the program and draws all of it: first run, sign-in, every screen, the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu

from app.adapters.clock import SystemClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import MemoryVault
from app.bootstrap.demonstrating import open_to_play
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from app.domain.errors import StoreTrouble
from app.ports import Stop
from app.ports.program import DEMONSTRATION_PASSWORD, Launcher, Program, Standing, Tell
from tests.screens.studio import Studio
from tests.screens.views import View, no_day_views, views
from ui.admin.screen import SettingsScreen
from ui.admin.users import UsersPart
from ui.kit.dialog import Dialog
from ui.kit.look import Look as Kept
from ui.main import load_screen, load_shell
from ui.origination.application import ApplicationScreen
from ui.servicing.loan import LoanScreen
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.joining import JoinPage
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.window import Window
from ui.shell.workplace import Workplace

QUICK = Argon2Passwords(passes=1, memory_kib=64, lanes=1)
MANAGER, OFFICER, CASHIER = "meena", "ravi", "sunita"
FACTS = {
    "lender_name": "Gomti Sahayog Finance",
    "branch_name": "Sitapur",
    "branch_code": "STP",
    "user_name": "Meena Khanna",
    "login": MANAGER,
    "password": "long-enough",
    "again": "long-enough",
    "cash_minor": 50_000_00,
}


class Standstill(LocalLauncher):
    """Opens a demonstration whose clock stands at the day that it has come up to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, world=_world())
        self._branch = folder

    def demonstration(self, tell: Tell, stop: Stop) -> Program:
        return open_to_play(self._branch)[0]


class Damaged(LocalLauncher):
    """Finds books that do not open, as after a bad disk."""

    def standing(self) -> Standing:
        return Standing.BRANCH

    def open(self, passphrase: str = "", recovery_code: str = "") -> Program:
        raise StoreTrouble(why="damaged")


def draw(studio: Studio, branch: Path, place: Path) -> None:
    """Draw everything in the studio's look; `place` is for a branch that is founded meanwhile."""
    first_run(studio, place / studio.look.name)
    _with(studio, place, Damaged(place, world=_world()), lambda s: _page(studio, "trouble", s))
    shell = _shell(studio, branch, Standstill(branch), demonstration=True)
    try:
        work(studio, shell)
    finally:
        _end(studio, shell)


def first_run(studio: Studio, folder: Path) -> None:
    """The doors, a new branch, its code, a shared database, and the key that is asked for."""
    shell = _shell(studio, folder, LocalLauncher(folder, world=_world()))
    try:
        doors = _page(studio, "doors", shell)
        assert isinstance(doors, DoorsPage)
        doors.restore.emit()
        studio.dialog("doors-restore", shell)
        doors.join.emit()
        joining = _page(studio, "joining", shell)
        assert isinstance(joining, JoinPage)
        joining.back.emit()
        doors = _page(studio, "doors", shell)
        assert isinstance(doors, DoorsPage)
        doors.new_branch.emit()
        page = _page(studio, "founding", shell)
        assert isinstance(page, FoundingPage)
        page.form.set_values(FACTS)
        page.found()
        _page(studio, "recovery", shell)
    finally:
        _end(studio, shell)
    locked_out = LocalLauncher(folder, world=_world())
    _with(studio, folder, locked_out, lambda shell: _page(studio, "unlock", shell))


def work(studio: Studio, shell: Shell) -> None:
    """Sign-in, the days of three people, every screen with its dialogs, the lock."""
    _page(studio, "sign-in", shell)
    for login in (CASHIER, OFFICER):
        place = _sign_in(studio, shell, login)
        place.router.go("today")
        _page(studio, f"today-{login}", shell)
        shell.sign_out()
        studio.settle(shell)
    place = _sign_in(studio, shell, MANAGER)
    program = place.station.program
    for view in list(views(program, shell.desk.session)):
        _view(studio, shell, place, view)
    _palette(studio, shell, place)
    place.action_set.run("keys")
    studio.dialog("keys", shell)
    _menu(studio, shell, place)
    _close_the_day(studio, shell, place)
    shell.lock()
    _page(studio, "locked", shell)


def _sign_in(studio: Studio, shell: Shell, login: str) -> Workplace:
    page = shell.window.page
    assert isinstance(page, SignInPage)
    page.wanted.emit(login, DEMONSTRATION_PASSWORD)
    studio.settle(shell)
    place = shell.workplace
    assert place is not None
    return place


def _view(studio: Studio, shell: Shell, place: Workplace, view: View) -> None:
    place.router.go(view.place, **view.params)
    studio.settle(shell)
    screen = place.router.current
    assert screen is not None
    if view.part and isinstance(screen, LoanScreen):
        screen.tabs.choose(view.part)
    if view.part and isinstance(screen, ApplicationScreen):
        screen.choose(view.part)
    _page(studio, view.name, shell)
    for action in view.dialogs:
        if isinstance(screen, SettingsScreen):
            part = screen.part(screen.current)
            if isinstance(part, UsersPart):
                part.add()
        else:
            screen.action_set.run(action)
        studio.dialog(f"{view.name}-{action}", shell)


def _close_the_day(studio: Studio, shell: Shell, place: Workplace) -> None:
    """The question, then how things look while no day is open."""
    place.day()
    studio.settle(shell)
    asked = [one for one in shell.window.findChildren(Dialog) if one.isVisible()]
    studio.take("day-close", asked[-1], shell.window)
    asked[-1].decide()
    studio.settle(shell)
    place.router.go("today")
    _page(studio, "today-no-day", shell)
    for view in no_day_views(place.station.program, shell.desk.session):
        _view(studio, shell, place, view)
    place.day()
    studio.dialog("day-open", shell)


def _palette(studio: Studio, shell: Shell, place: Workplace) -> None:
    place.top.find_box.setText("a")
    place.palette_list.open()
    _page(studio, "palette", shell)
    place.palette_list.close_list()
    place.top.find_box.clear()
    studio.settle(shell)


def _menu(studio: Studio, shell: Shell, place: Workplace) -> None:
    place.person_wanted.emit(place.mapToGlobal(place.rect().topRight()))
    studio.settle(shell)
    for menu in shell.window.findChildren(QMenu):
        if menu.isVisible():
            studio.take("person", menu)
            menu.close()


def _page(studio: Studio, name: str, shell: Shell) -> object:
    """Draw the window; returns the page on top."""
    studio.settle(shell)
    studio.take(name, shell.window)
    return shell.window.page


def _with(
    studio: Studio, folder: Path, launcher: Launcher, show: Callable[[Shell], object]
) -> None:
    shell = _shell(studio, folder, launcher)
    try:
        show(shell)
    finally:
        _end(studio, shell)


def _shell(
    studio: Studio, folder: Path, launcher: Launcher, *, demonstration: bool = False
) -> Shell:
    loaders = Loaders(lambda: launcher, load_shell, load_screen)
    opening = Opening(folder, demonstration=demonstration)
    kept = Kept(mode=studio.look.mode, scale=studio.look.scale)
    shell = Shell(studio.app, Window(), opening, loaders, kept)
    studio.place(shell)
    return shell


def _end(studio: Studio, shell: Shell) -> None:
    shell.close()
    shell.window.close()
    shell.window.deleteLater()
    studio.settle(shell)


def _world() -> World:
    return World(SystemClock(), MemoryVault(), QUICK, "asha")
