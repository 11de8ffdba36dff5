"""Text and colours, language, and after how many minutes the window locks itself."""

from __future__ import annotations

from dataclasses import replace

from app.texts import _
from ui.admin.part import Part
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.inputs import Choice
from ui.kit.look import IDLE_MINUTES, LANGUAGES, SCALES, Look, modes
from ui.kit.screen_context import Station
from ui.kit.segmented import Segmented
from ui.kit.theme import theme

WIDTH = 640


class LookPart(Part):
    """Every choice is taken at once and kept on this PC."""

    def __init__(self, station: Station) -> None:
        said = _("For this PC, whoever signs in. Every choice is taken at once.")
        super().__init__(station, _("Text and colours"), said)
        self.mode = Segmented(modes())
        self.scale = Segmented([(scale, f"{scale} %") for scale in SCALES])
        self.language = Choice(LANGUAGES)
        self.idle = Segmented([(minutes, str(minutes)) for minutes in IDLE_MINUTES])
        card = Card()
        card.setMaximumWidth(theme().px(WIDTH))
        card.body.setSpacing(theme().space(12))
        for editor, label, hint in (
            (self.mode, _("Colours"), ""),
            (self.scale, _("Text size"), ""),
            (self.language, _("Language"), _("Shown from the next start")),
            (self.idle, _("Minutes without a touch, after which it locks itself"), ""),
        ):
            card.body.addWidget(FieldBox(label, editor, hint=hint))
            editor.edited.connect(self._on_edited)
        self.add_scrolled(card)

    def begin(self) -> None:
        super().begin()
        look = self.station.look
        self.mode.set_value(look.mode)
        self.scale.set_value(look.scale)
        self.language.set_value(look.language)
        self.idle.set_value(look.idle_minutes)

    def _on_edited(self) -> None:
        look = replace(
            self.station.look,
            mode=self.mode.value(),
            scale=self.scale.value(),
            language=self.language.value(),
            idle_minutes=self.idle.value(),
        )
        self._choose(look)

    def _choose(self, look: Look) -> None:
        if look != self.station.look:
            self.station.look_chosen.emit(look)
