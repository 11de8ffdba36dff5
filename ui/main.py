"""Opens the window. Qt, the store and the screens are loaded here, by name, when they are needed.

Nothing of Qt is imported before `load_window`, nothing of the store before the first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any

from app.paths import data_folder
from ui.shell.opening import Loaders, Opening

Start = Callable[[Opening, Loaders], int]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """How the demonstration is to be opened: from which seed, until which day, made anew or not."""

    role: str = ""
    seed: int | None = None
    until: date | None = None
    fresh: bool = False


def run(demonstration: Demonstration | None = None, start: Start | None = None) -> int:
    """Open the window on the data folder, or on the demonstration; returns the exit code.

    Raises ImportError where Qt cannot be loaded.
    """
    opening = Opening(
        data_folder(),
        demonstration=demonstration is not None,
        role="" if demonstration is None else demonstration.role,
    )
    begin = start or load_window()
    return begin(opening, Loaders(partial(load_launcher, demonstration), load_shell, load_screen))


def load_window() -> Start:
    """Qt and the window. Raises ImportError where a library that Qt needs is missing."""
    from ui.shell.start import start

    return start


def load_shell(*given: Any) -> Any:
    """What leads through the window, put in force on `given`; called after the first paint."""
    from ui.shell.running import run_shell

    return run_shell(*given)


def load_cli() -> Callable[[Sequence[str]], int]:
    """The program without windows."""
    from app.cli import main

    return main


def load_launcher(demonstration: Demonstration | None = None) -> Any:
    """The Launcher of app.ports.program and the store; on the worker, after the first paint."""
    from app.bootstrap import launcher

    return launcher(demonstration)


def load_screen(module: str, name: str) -> Callable[[Any], Any]:
    """The class of a screen, imported when it is first opened."""
    screen: Callable[[Any], Any] = getattr(import_module(module), name)
    return screen
