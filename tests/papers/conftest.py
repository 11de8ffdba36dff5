"""One set of loaded fonts for all tests of papers."""

from __future__ import annotations

import pytest

from app.papers import Papers
from app.papers.fonts import Faces
from app.paths import resources


@pytest.fixture(scope="session")
def papers() -> Papers:
    """The papers, loaded once."""
    return Papers()


@pytest.fixture(scope="session")
def faces() -> Faces:
    """The fonts alone."""
    return Faces(resources() / "fonts")
