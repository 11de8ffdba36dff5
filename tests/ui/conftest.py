"""What every test of the screens shares: no display, the theme, garbage taken between tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from ui.kit.start import dress
from ui.kit.theme import Theme
from ui.kit.tokens import Mode


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The theme, in force once for the whole run: styles of one program are not made twice."""
    return dress(qapp)


@pytest.fixture(autouse=True)
def look(dressed: Theme, qapp: QApplication) -> Iterator[Theme]:
    """The theme; light and at 100 % again after every test.

    As in the program, garbage is never collected within an event or on a worker.
    """
    gc.disable()
    yield dressed
    if (dressed.mode, dressed.scale) != (Mode.LIGHT, 100):
        dressed.apply(qapp)
    gc.collect(1)
    gc.enable()
