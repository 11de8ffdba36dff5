"""Making what is large part by part, so that the UI thread takes breath between."""

from __future__ import annotations

from collections.abc import Iterator


class InParts:
    """Something whose parts are made at once, or one by one while nobody waits for them."""

    _making: Iterator[None] = iter(())

    def make_parts(self, parts: Iterator[None], *, ahead: bool) -> None:
        """Make the parts; ahead of their time only as `make_part` asks for them.

        Call it at the end of `__init__`. `parts` stops wherever the UI thread may take breath.
        """
        self._making = parts
        if not ahead:
            self.finish()

    def make_part(self) -> bool:
        """Make the next part; False when all of them are there."""
        return next(self._making, False) is None

    def finish(self) -> None:
        """Make what is left, since somebody waits for it."""
        while self.make_part():
            pass
