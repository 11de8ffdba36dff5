"""Puts engine, adapters, gate and settings together; the only room that knows all the others."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from app.bootstrap.demonstrating import asked
from app.bootstrap.launching import LocalLauncher
from app.paths import data_folder

__all__ = ["LocalLauncher", "launcher"]


class DemonstrationOptions(Protocol):
    """How the demonstration was asked for on the command line."""

    @property
    def seed(self) -> int | None:
        """The seed, or None for the usual one."""
        ...

    @property
    def until(self) -> date | None:
        """The business date it comes up to, or None for today."""
        ...

    @property
    def fresh(self) -> bool:
        """Whether it is made anew."""
        ...


def launcher(options: DemonstrationOptions | None = None) -> LocalLauncher:
    """The doors of this PC; with options, those of the demonstration that was asked for."""
    if options is None:
        return LocalLauncher(data_folder())
    wanted = None
    if options.seed is not None or options.until is not None:
        wanted = asked(options.seed, options.until)
    return LocalLauncher(data_folder(), demonstration=wanted, fresh=options.fresh)
