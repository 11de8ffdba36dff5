"""Papers whose pages say how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.papers.fonts import Faces
from app.papers.sheet import A4, Sheet


class Pages(Protocol):
    """A paper that draws itself on a sheet."""

    sheet: Sheet

    def draw(self) -> None: ...


def counted_a4(faces: Faces, title: str, make: Callable[[Sheet, int], Pages]) -> bytes:
    """The PDF of what `make` puts on a sheet, given how many pages it has.

    It is drawn twice, the first time to count its pages.
    """
    counting = make(Sheet(faces, A4, title="", dry=True), 1)
    counting.draw()
    sheet = Sheet(faces, A4, title=title)
    make(sheet, counting.sheet.pages).draw()
    return sheet.finish()
