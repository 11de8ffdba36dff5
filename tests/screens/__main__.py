"""`python -m tests.screens DIR`: all of the program as pictures in DIR, from a demonstration."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.bootstrap.demo_making import make
from app.bootstrap.demonstrating import asked
from app.ports import Progress
from tests.screens.drawing import draw
from tests.screens.studio import LOOKS, Studio
from ui.kit.start import dress


class Never:
    """Nobody stops it."""

    def wanted(self) -> bool:
        return False


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(words: list[str]) -> int:
    """Make the demonstration in a temporary folder, draw, and name the folder of pictures."""
    if len(words) != 1:
        sys.stderr.write("python -m tests.screens DIR\n")
        return 2
    with tempfile.TemporaryDirectory() as place:
        branch = Path(place) / "branch"

        def tell(progress: Progress) -> None:
            say(progress.say)

        make(branch, asked(None, None), tell, Never())
        app = QApplication([])
        QLocale.setDefault(QLocale.c())
        dress(app)
        studio = Studio(app, Path(words[0]))
        for look in LOOKS:
            studio.dress(look)
            draw(studio, branch, Path(place))
            say(f"{look.name}: {sum(shot.look == look.name for shot in studio.shots)} pictures")
    for shot in studio.shots:
        if shot.clipped:
            say(f"no room on {shot.path.name}: {'; '.join(shot.clipped)}")
    say(f"{len(studio.shots)} pictures in {studio.index()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
