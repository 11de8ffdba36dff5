"""`python -m tests.screens DIR`: all of the program as pictures in DIR, from a demonstration.

A second word names a demonstration that was made before; it is copied, not touched. Further words
are the looks to draw, when it is not all of them.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.bootstrap.demo_making import make
from app.bootstrap.demonstrating import asked
from app.ports import Progress
from tests.screens.drawing import draw
from tests.screens.studio import LOOKS, Look, Studio
from ui.kit.start import dress


class Never:
    """Nobody stops it."""

    def wanted(self) -> bool:
        return False


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell(progress: Progress) -> None:
    """Tell how far the making of the demonstration is."""
    say(progress.say)


def main(words: list[str]) -> int:
    """Make the demonstration in a temporary folder, draw, and name the folder of pictures."""
    if not words:
        sys.stderr.write("python -m tests.screens DIR [DEMONSTRATION [LOOK ...]]\n")
        return 2
    with tempfile.TemporaryDirectory() as place:
        made = Path(words[1]) if len(words) > 1 else Path(place) / "branch"
        if len(words) == 1:
            make(made, asked(None, None), tell, Never())
        looks = [look for look in LOOKS if look.name in words[2:] or not words[2:]]
        studio = shoot(Path(words[0]), made, Path(place), looks)
    for shot in studio.shots:
        if shot.clipped:
            say(f"no room on {shot.path.name}: {'; '.join(shot.clipped)}")
    for sheet in studio.sheets():
        say(f"{sheet}")
    say(f"{len(studio.shots)} pictures in {studio.index()}")
    return 0


def shoot(to: Path, branch: Path, place: Path, looks: Sequence[Look]) -> Studio:
    """Draw the demonstration in these looks; each of them has a copy of its own."""
    app = QApplication([])
    QLocale.setDefault(QLocale.c())
    dress(app)
    studio = Studio(app, to)
    for look in looks:
        studio.dress(look)
        copied = place / f"branch-{look.name}"
        shutil.copytree(branch, copied)
        draw(studio, copied, place)
        say(f"{look.name}: {sum(shot.look == look.name for shot in studio.shots)} pictures")
    return studio


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
