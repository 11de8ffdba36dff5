"""What the program was asked to open, and the loaders it gets: free of Qt and of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Opening:
    """The data folder, and with `demonstration` the role to sign in with straight away."""

    folder: Path
    demonstration: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Loaders:
    """Late imports. After the first paint: `shell` here and `launcher` on the worker.

    `screen` runs when a screen is first opened. What they give is not named here: importing the
    ports takes a quarter of the time to the first paint.
    """

    launcher: Callable[[], Any]
    shell: Callable[..., Any]
    screen: Callable[[str, str], Callable[[Any], Any]]
