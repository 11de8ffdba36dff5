"""QR codes, drawn as boxes: sharp at any size, and no picture that a printer blurs."""

from __future__ import annotations

import segno

from app.papers.sheet import Ink, Sheet


def qr(sheet: Sheet, text: str, *, right: float, top: float, size: float) -> None:
    """Draw a QR code whose top right corner is at (right, top); runs of dark make one box."""
    if sheet.dry:
        return
    code = segno.make(text, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix]
    unit = size / len(rows)
    left = right - size
    blocks = []
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                # a hair higher than a cell: no white line between rows on screens
                wide, high = (across - start) * unit, unit * 1.02
                blocks.append((left + start * unit, top + down * unit, wide, high))
                start = None
    sheet.blocks(blocks, Ink.CODE)
