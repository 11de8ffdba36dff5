"""What every part of the settings is: a page with a title, a banner and acts of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.actions import ActionSet
from ui.kit.banner import Banner
from ui.kit.card import row
from ui.kit.form import Form
from ui.kit.making import InParts
from ui.kit.messages import show
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.text import Elided, Text
from ui.kit.theme import theme


class Part(InParts, QWidget):
    """One part. Subclasses fill `page` and answer `reload()`."""

    stated = Signal(str, str, str)  # sentence, icon, tone for the key bar

    def __init__(self, station: Station, title: str, sentence: str) -> None:
        super().__init__()
        self.station, self.desk = station, station.desk
        self.action_set = ActionSet(self)
        self.banner = Banner()
        self.head: QHBoxLayout = row()
        self.title = Elided(title, "title", strong=True)
        self.sentence = Text(sentence, tone="text2", wrap=True)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(0, 0, 0, 0)
        self.page.setSpacing(theme().space(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self.head.addLayout(words, 1)
        self.page.addLayout(self.head)
        self.page.addWidget(self.banner)
        self.setAccessibleName(title)

    def add_scrolled(self, *widgets: QWidget) -> None:
        """Put `widgets` one under another into the page; it scrolls when they need more room."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(12))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        self.page.addWidget(scrolled(holder), 1)

    def begin(self) -> None:
        """It is shown."""
        self.action_set.refresh()

    def arrive(self, **params: object) -> None:
        """Somebody was led here, to what `params` say."""

    def reload(self) -> None:
        """Read again what is shown."""

    def can_leave(self) -> bool:
        """Whether it may be left; if not, it says why itself."""
        return True

    def failed(self, error: Exception, form: Form | None = None) -> None:
        """Show a refusal at its field, else in the banner."""
        show(error, self.banner, form)
