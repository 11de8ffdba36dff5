"""CPU from nothing to the first paint, beside a bare QMainWindow, in processes of their own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure
from tests.ui.shell.test_start import PAINTED

TIMES = 9
MOST = 2.0
BARE = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""


def figures() -> list[Figure]:
    """Median CPU of both, interleaved; the modules loaded before the paint are checked too."""
    heavy = ("sqlalchemy", "reportlab", "keyring", "app.store", "app.services")
    with tempfile.TemporaryDirectory() as folder:
        ours_script = PAINTED.format(heavy)
        ours, bare = [], []
        for _ in range(TIMES):
            bare.append(_cpu_ms(BARE, folder))
            ours.append(_cpu_ms(ours_script, folder))
    ratio = median(ours) / median(bare)
    return [
        Figure(
            "first paint, CPU",
            f"{median(ours):.0f} ms",
            f"bare QMainWindow {median(bare):.0f} ms",
            f"{ratio:.2f}",
            "<= 2, no store before",
            ratio <= MOST,
        )
    ]


def _cpu_ms(script: str, folder: str) -> float:
    """CPU of one child; a child that loaded too much ends with 1 and stops the bench."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    subprocess.run(
        [sys.executable, "-c", script, folder],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment,
        timeout=60,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used * 1000
