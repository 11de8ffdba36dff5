"""What the program was asked to open, and the loaders it gets: free of Qt and of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.ports.program import Launcher


@dataclass(frozen=True, slots=True)
class Opening:
    """The data folder, and with `demonstration` the role to sign in with straight away."""

    folder: Path
    demonstration: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Loaders:
    """Late imports. `launcher` runs on the worker after the first paint, `screen` when opened."""

    launcher: Callable[[], Launcher]
    screen: Callable[[str, str], Callable[[Any], Any]]
