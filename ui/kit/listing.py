"""What people do with a list of a screen, and how each of them keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from app.domain.roles import Permission
from app.texts import _
from app.texts.figures import count
from ui.kit.actions import Action, ActionSet
from ui.kit.buttons import Button
from ui.kit.chips import FilterChip
from ui.kit.column_chooser import ColumnChooser
from ui.kit.inputs import Choices, FindEdit
from ui.kit.list_export import FORMS, ListExport
from ui.kit.list_look import ListLook, look_of
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import StationScreen
from ui.kit.table_view import Table

KEEP_MS, TYPE_MS = 400, 180
KEYS = {"xlsx": "Alt+X", "csv": "Alt+S", "pdf": "Alt+F"}
ICONS = {"xlsx": "file-xls", "csv": "table", "pdf": "file-pdf"}


class Listing(QObject):
    """One list with its search, chips, columns and files. `chips` are by the name they are kept.

    Nothing is read before it is known how this person left the list.
    """

    def __init__(
        self,
        screen: StationScreen,
        table: Table[Any],
        name: str,
        *,
        find: FindEdit,
        chips: Mapping[str, FilterChip],
    ) -> None:
        super().__init__(screen)
        self._screen, self.table, self.name = screen, table, name
        self.find, self.chips = find, dict(chips)
        self.progress = ProgressCard()
        self.clear_button = Button(_("Clear all"), self.clear, kind="ghost", keys="Alt+Z")
        self.clear_button.hide()
        self._export: ListExport[Any] = ListExport(screen.station, table, self.progress)
        self._known, self._waiting, self._shown = False, False, False
        self._keeps, self._types = self._timer(KEEP_MS), self._timer(TYPE_MS)
        self._connect()
        self._ask_look()

    def actions(self) -> Sequence[Action]:
        """What can be done with the list, for the screen's own."""
        files = {"xlsx": _("Save the list as Excel"), "csv": _("Save the list as CSV")}
        files["pdf"] = _("Save the list as PDF")
        return [
            *self._ticking(),
            Action(name="list-find", text=_("Search the list"), keys="/", run=self.search),
            Action(
                name="list-seek",
                text=_("Search the list"),
                keys="Ctrl+F",
                run=self.search,
                bar=False,
                palette=False,
            ),
            self._plain("list-copy", _("Copy as a table"), "Ctrl+C", self._copy),
            self._plain("list-columns", _("Columns of the list"), "Alt+K", self.choose_columns),
            self._plain("list-usual", _("List as it was made"), "", self.as_it_was),
            self._plain("list-clear", _("Clear all filters"), "Alt+Z", self.clear),
            *(self._file(form, files[form]) for form in FORMS),
        ]

    def _ticking(self) -> Sequence[Action]:
        model = self.table.model
        return [
            Action(
                name="list-tick",
                text=_("Choose"),
                keys="Space",
                run=self.table.tick_current,
                palette=False,
                bar=model.choosing,
            ),
            Action(
                name="list-all",
                text=_("Choose the whole list"),
                run=self.table.choose_all,
                enabled=lambda: model.choosing and model.count > 0,
            ),
            Action(
                name="list-none",
                text=_("Choose nothing"),
                keys="Esc",
                run=self._untick,
                enabled=lambda: bool(model.chosen()),
                bar=False,
            ),
        ]

    def menu_button(self, actions: ActionSet) -> Button:
        """A button with everything of the list that has none of its own."""
        names = ("list-columns", "list-usual", "list-copy", *(f"list-{form}" for form in FORMS))
        button = Button(_("List"), icon="dots-three-outline", kind="secondary")
        button.setAccessibleName(_("What can be done with this list"))
        button.clicked.connect(lambda: actions.menu(button, names))
        return button

    def reload(self) -> None:
        """Read the list, once it is known how this person left it."""
        self._waiting = not self._known
        self._show_clear()
        if self._known:
            self.table.reload()

    def offer(self, name: str, choices: Choices, counts: Mapping[Any, int] | None = None) -> None:
        """Choices of a chip that were read; what was kept of it narrows the list from now on."""
        chip = self.chips[name]
        before = chip.value()
        chip.set_choices(choices, counts)
        if chip.value() != before:
            self.reload()

    def value(self, name: str) -> Any:
        """What a chip filters by."""
        return self.chips[name].value()

    @property
    def narrowed(self) -> bool:
        """Whether a search or a chip hides rows."""
        return bool(self.find.value()) or any(chip.narrows for chip in self.chips.values())

    def words(self) -> str:
        """What the list shows, in words: filters, search and order."""
        chips = [chip for chip in self.chips.values() if chip.narrows]
        parts = [f"{chip.name}: {chip.word()}" for chip in chips]
        if self.find.value():
            parts.append(_("with “{text}”").format(text=self.find.value()))
        sort = self.table.model.sort_key
        named = {column.key: column.title for column in self.table.model.declared if column.key}
        if sort.removeprefix("-") in named:
            title = named[sort.removeprefix("-")]
            falling = _("by {column}, falling") if sort[:1] == "-" else _("by {column}, rising")
            parts.append(falling.format(column=title))
        return " · ".join(parts) or _("The whole list")

    def say_state(self, before: str = "") -> None:
        """Say at the end of the key bar what is shown, where it is not simply everything."""
        narrowed = self.narrowed or bool(self.table.model.sort_key)
        said = " · ".join(part for part in (before, self.words() if narrowed else "") if part)
        icon = "funnel" if narrowed else "clock"
        self._screen.set_state(said, icon, "text2")

    def search(self) -> None:
        """Put the cursor into the search of the list."""
        self.find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find.selectAll()

    def clear(self) -> None:
        """Take every filter and the search away."""
        self.find.clear()
        for chip in self.chips.values():
            chip.reset()
        self._filtered()

    def clear_quietly(self) -> None:
        """Somebody was led here to see certain rows: no filter may hide them."""
        self.find.clear()
        for chip in self.chips.values():
            chip.reset()

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        model = self.table.model
        ColumnChooser(self._screen, model.declared, model.columns, self._arrange).open()

    def as_it_was(self) -> None:
        """Columns, widths and order as the list was made."""
        self.table.view.pin({})
        self.table.model.arrange(())
        self.table.model.sort_by("")
        self.table.view.show_sort("")
        self._keeps.start()
        self.reload()

    def save(self, form: str) -> None:
        """Ask where, and write the list there."""
        to = self._export.ask_where(self._screen, self.name, form)
        if to is not None:
            self.write(form, to)

    def write(self, form: str, to: Path) -> None:
        """Write the whole list to a file as it is filtered, sorted and shown."""
        self._export.write(self.name, self.words(), form, to, self._screen.failed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list has the focus at first, so that its keys work."""
        if event.type() == QEvent.Type.Show and not self._shown:
            self._shown = True
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self._screen.installEventFilter(self)
        self.find.edited.connect(self._types.start)
        self.find.lead_to(self.table.view)
        self._types.timeout.connect(self.reload)
        self._keeps.timeout.connect(self._keep)
        for chip in self.chips.values():
            chip.chosen.connect(lambda _value: self._filtered())
        view = self.table.view
        header = view.horizontalHeader()
        view.let_columns_move(self._arrange)
        view.widened.connect(lambda _id, _width: self._keeps.start())
        view.sorted_anew.connect(self._keeps.start)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_header_menu)

    def _filtered(self) -> None:
        self.table.model.choose(())  # what is out of sight is not acted on
        self._keeps.start()
        self.reload()

    def _show_clear(self) -> None:
        self.clear_button.setVisible(self.narrowed)

    def _copy(self) -> None:
        number = self.table.copy()
        if number:
            said = _("{number} rows copied") if number > 1 else _("The row is copied")
            self._screen.station.say(said.format(number=count(number)))

    def _untick(self) -> None:
        self.table.model.choose(())

    def _plain(self, name: str, text: str, keys: str, run: Callable[[], None]) -> Action:
        return Action(name=name, text=text, keys=keys, run=run, bar=False)

    def _file(self, form: str, text: str) -> Action:
        def enabled() -> bool:
            return self._screen.station.may(Permission.REPORT_EXPORT) and bool(
                self.table.model.count
            )

        return Action(
            name=f"list-{form}",
            text=text,
            keys=KEYS[form],
            icon=ICONS[form],
            run=lambda: self.save(form),
            enabled=enabled,
            why=_("Exporting needs a permission, and a list that is not empty."),
            bar=False,
        )

    def _arrange(self, ids: Sequence[str]) -> None:
        self.table.model.arrange(ids)
        self._keeps.start()

    def _open_header_menu(self, at: QPoint) -> None:
        menu = QMenu(self.table)
        shown = [column.id for column in self.table.model.columns]
        for column in self.table.model.declared:
            entry = menu.addAction(column.title.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(column.id in shown)
            entry.triggered.connect(lambda on, one=column.id: self._show_column(one, on))
        menu.addSeparator()
        menu.addAction(_("Choose columns") + "\tAlt+K").triggered.connect(self.choose_columns)
        menu.addAction(_("As it was")).triggered.connect(self.as_it_was)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.view.horizontalHeader().mapToGlobal(at))

    def _show_column(self, column_id: str, on: bool) -> None:
        shown = [column.id for column in self.table.model.columns if column.id != column_id]
        if on:
            shown.append(column_id)
        if shown:
            self._arrange(shown)

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        return timer

    @property
    def _setting(self) -> str:
        return f"list.{self._screen.station.me.user_id}.{self.name}"

    def _ask_look(self) -> None:
        settings, name = self._screen.station.settings, self._setting
        self._screen.desk.glance(self, lambda: settings.get(name), self._take_look)

    def _take_look(self, text: str) -> None:
        look, view = look_of(text), self.table.view
        self.table.model.sort_by(look.sort)
        self.table.model.arrange(look.columns)
        view.pin(look.widths)
        view.show_sort(look.sort)
        for name, raw in look.filters.items():
            if name in self.chips and not self.chips[name].narrows:
                self.chips[name].restore(raw)
        self._known = True
        if self._waiting:
            self.reload()

    def _keep(self) -> None:
        """Write down how the list looks now, off the UI thread."""
        model = self.table.model
        columns = tuple(column.id for column in model.columns)
        usual = tuple(column.id for column in model.declared if column.shown)
        raws = {name: chip.raw() for name, chip in self.chips.items()}
        look = ListLook(
            columns=() if columns == usual else columns,
            widths=dict(self.table.view.pinned),
            sort=model.sort_key,
            filters={name: raw for name, raw in raws.items() if raw},
        )
        settings, name, text = self._screen.station.settings, self._setting, look.text()
        self._screen.desk.glance(self, lambda: settings.set(name, text), lambda _none: None)
