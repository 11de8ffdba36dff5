"""The menu of the person at the top right, and the list of all keys (F1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from app.texts import _
from ui.kit.dialog import Dialog
from ui.kit.keys import KeyCap
from ui.kit.look import SCALES, Look, modes
from ui.kit.text import Text
from ui.kit.theme import theme

Choose = Callable[[Look], None]


def person_menu(
    parent: QWidget, look: Look, choose: Choose, acts: Sequence[tuple[str, str, Callable[[], Any]]]
) -> QMenu:
    """Acts of the session as (text, keys, run), then colours and text size."""
    menu = QMenu(parent)
    for text, keys, run in acts:
        entry = menu.addAction(f"{text}\t{keys}" if keys else text)
        entry.triggered.connect(lambda _on=False, run=run: run())
    menu.addSeparator()
    colours, sizes = QActionGroup(menu), QActionGroup(menu)
    for mode, text in modes():
        entry = menu.addAction(text)
        entry.setCheckable(True)
        entry.setChecked(look.mode is mode)
        colours.addAction(entry)
        entry.triggered.connect(lambda _on=False, mode=mode: choose(replace(look, mode=mode)))
    menu.addSeparator()
    for scale in SCALES:
        entry = menu.addAction(_("Text {percent} %").format(percent=scale))
        entry.setCheckable(True)
        entry.setChecked(look.scale == scale)
        sizes.addAction(entry)
        entry.triggered.connect(lambda _on=False, scale=scale: choose(replace(look, scale=scale)))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def keys_dialog(parent: QWidget, keys: Sequence[tuple[str, str]]) -> Dialog:
    """Every key that works now, in two columns."""
    dialog = Dialog(parent, _("Keys"), act=_("Close"), keep=_("Back"), width=640)
    dialog.decided.connect(lambda _values: dialog.finish())
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().space(12))
    grid.setVerticalSpacing(theme().space(6))
    half = (len(keys) + 1) // 2
    for at, (cap, word) in enumerate(keys):
        line, side = at % half, at // half * 2
        grid.addWidget(KeyCap(cap), line, side)
        grid.addWidget(Text(word), line, side + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    dialog.content.addWidget(holder)
    return dialog
