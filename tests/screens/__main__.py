"""`python -m tests.screens DIR`: every screen of a demonstration branch as pictures in DIR."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.bootstrap.demo_making import make
from app.bootstrap.demonstrating import asked, open_demonstration
from app.ports import Progress
from app.ports.program import DEMONSTRATION_PASSWORD
from tests.screens.drawing import draw
from ui.kit.start import dress


class Never:
    """Nobody stops it."""

    def wanted(self) -> bool:
        return False


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stdout.write(line + "\n")


def main(words: list[str]) -> int:
    """Make the demonstration in a temporary folder, draw, and name the folder of pictures."""
    if len(words) != 1:
        sys.stderr.write("python -m tests.screens DIR\n")
        return 2
    to = Path(words[0])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "branch"

        def tell(progress: Progress) -> None:
            say(progress.say)

        make(folder, asked(None, None), tell, Never())
        program = open_demonstration(folder)
        app = QApplication([])
        QLocale.setDefault(QLocale.c())
        dress(app)
        session = program.sign_in("meena", DEMONSTRATION_PASSWORD)
        made = draw(app, program, session, to, say)
        program.close()
    say(f"{len(made)} pictures in {to}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
