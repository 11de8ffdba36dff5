"""The catalogue of reports with its find box."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.reports.catalogue import CATALOGUE, sections
from app.texts import _, translated
from ui.kit.card import Card
from ui.kit.catalogue import Catalogue
from ui.kit.inputs import LineEdit
from ui.kit.theme import theme
from ui.parts.report_files import title_of

WIDE = 224  # px at 100 %


class Side(Card):
    """Every report by its heading; what is typed narrows the list, and finds lists behind too."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.box = LineEdit(kind="find")
        self.box.setPlaceholderText(_("Find a report"))
        self.box.setAccessibleName(_("Find a report"))
        self.box.setFixedWidth(theme().px(WIDE))
        self.catalogue = Catalogue(_("Reports"), width=WIDE)
        self.body.addWidget(self.box)
        self.body.addWidget(self.catalogue, 1)
        self.current = CATALOGUE[0].name
        self._show()
        self.box.textChanged.connect(lambda _text: self._show())
        self.box.returnPressed.connect(self._first)
        self.catalogue.chosen.connect(self.chosen.emit)

    def choose(self, name: str) -> None:
        """Mark a report as the open one."""
        self.current = name
        self.catalogue.choose(name)

    def _show(self) -> None:
        words = self.box.text().casefold().split()
        groups = []
        for section, reports in sections():
            found = [
                (one.name, title_of(one))
                for one in reports
                if all(word in title_of(one).casefold() for word in words)
                and (words or one.listed or one.name == self.current)
            ]
            if found:
                groups.append((translated(section), found))
        self.catalogue.show_groups(groups)
        self.catalogue.choose(self.current)

    def _first(self) -> None:
        """Enter opens the first report that was found."""
        for _section, reports in sections():
            for one in reports:
                if all(w in title_of(one).casefold() for w in self.box.text().casefold().split()):
                    self.chosen.emit(one.name)
                    return
