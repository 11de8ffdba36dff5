"""The fonts, loaded once for all tests of printers."""

from __future__ import annotations

import pytest

from app.papers.fonts import Faces
from app.paths import resources


@pytest.fixture(scope="session")
def faces() -> Faces:
    """The fonts alone."""
    return Faces(resources() / "fonts")
