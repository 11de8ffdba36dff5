"""The fonts, loaded once for all tests of printers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.papers.fonts import Faces
from app.paths import resources

USR = Path(os.environ.get("KIST_CUPS", "/usr"))
CAN = USR.joinpath("sbin", "cupsd").exists() and hasattr(os, "geteuid") and os.geteuid() == 0
collect_ignore = [] if CAN else ["test_cups.py"]  # it needs CUPS, and root to start it


@pytest.fixture(scope="session")
def faces() -> Faces:
    """The fonts alone."""
    return Faces(resources() / "fonts")
