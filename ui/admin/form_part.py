"""A part of the settings that is one form: read, typed in, kept with Ctrl+A or taken back."""

from __future__ import annotations

from typing import Any

from app.texts import _
from ui.admin.part import Part
from ui.kit.actions import Action
from ui.kit.form import Form
from ui.kit.screen_context import Station


class FormPart(Part):
    """Subclasses give the form, answer `take_back()` and `keep(values)`, and call `was_kept()`."""

    form: Form

    def __init__(self, station: Station, title: str, sentence: str) -> None:
        super().__init__(station, title, sentence)
        self.key = station.desk.key()

    def can_leave(self) -> bool:
        if self.dirty:
            self.banner.say(_("Not saved yet: keep it with Ctrl+A, or take it back."), "info")
        return not self.dirty

    @property
    def dirty(self) -> bool:
        """Whether something was typed and not kept."""
        return self.form.is_dirty()

    def save(self) -> None:
        """Keep what stands in the form."""
        values = self.form.values()
        if values is not None:
            self.banner.clear()
            self.keep(values)

    def keep(self, values: dict[str, Any]) -> None:
        """Send the command."""
        raise NotImplementedError

    def take_back(self) -> None:
        """Show again what was kept."""
        raise NotImplementedError

    def was_kept(self, said: str) -> None:
        """The command was carried out."""
        self.key = self.desk.key()
        self.form.settle()
        self.station.say(said)
        self.reload()

    def refused(self, error: Exception) -> None:
        """The command was refused; another try has another key."""
        self.key = self.desk.key()
        self.failed(error, self.form)

    def form_actions(self) -> list[Action]:
        """Save and take back."""
        save, undo = _("Save"), _("Take back")
        return [
            Action(name="save", text=save, keys="Ctrl+A", run=self.save, icon="check"),
            Action(name="undo", text=undo, keys="Alt+Z", run=self.take_back),
        ]

    def add_form_buttons(self) -> None:
        """Put both beside the title."""
        self.head.addWidget(self.action_set.button("undo"))
        self.head.addWidget(self.action_set.button("save", "primary"))
