"""The menu of the person at the top right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.texts import _
from ui.kit.look import SCALES, Look, modes

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
