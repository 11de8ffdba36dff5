"""Words beside the inputs of a receipt."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.rows.servicing import LoanView
from app.texts import _
from app.texts.labels import named
from ui.kit.field import FieldBox
from ui.kit.keys import KeyCap
from ui.kit.text import Text
from ui.kit.theme import theme

NARROW_AT = 150  # text size in percent from which the words are few


def beside(box: FieldBox, words: Text, keys: str) -> None:
    """Put words and a key at the right end of a field's label."""
    layout = box.layout()
    item = layout.itemAt(0) if layout is not None else None
    head = item.layout() if item is not None else None
    if isinstance(head, QHBoxLayout):
        head.addWidget(words)
        head.addWidget(KeyCap(keys))


def late_words(loan: LoanView) -> str:
    """How late a loan is, as its chip says it."""
    if not loan.dpd:
        return _("on time")
    if theme().scale >= NARROW_AT:
        return _("{days} days").format(days=loan.dpd)
    if loan.dpd == 1:
        return _("1 day late")
    kind = named("asset-class", loan.asset_class)
    return _("{days} days late · {kind}").format(days=loan.dpd, kind=kind)
