"""A receipt goes to a printer of the system, through CUPS and IPP, and lies there as it was drawn.

Runs where CUPS is installed. One that is unpacked somewhere else is named by KIST_CUPS=/its/usr.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.papers import Papers
from tests.papers.reading import picture_of
from tests.papers.slips import slip
from tests.thermal.conftest import USR

ROOT = Path(__file__).resolve().parents[2]
DPI = 60
pytestmark = pytest.mark.timeout(90)


@dataclass(frozen=True)
class Spool:
    """A scheduler of our own with one raw queue."""

    folder: Path
    surroundings: dict[str, str]

    def printed(self, right: int, down: int) -> Image.Image:
        """Print by the program in a process of its own; returns the page that was handed over."""
        before = set(self.folder.glob("d*-001"))
        words = [sys.executable, "-m", "tests.thermal.print_by_system", "kist"]
        done = subprocess.run(
            [*words, str(right), str(down)],
            cwd=ROOT,
            env=self.surroundings,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.stdout == "kist", done.stderr
        (job,) = set(self.folder.glob("d*-001")) - before
        return picture_of(job.read_bytes(), DPI)


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spool]:
    """CUPS on a socket in a folder of its own."""
    folder = tmp_path_factory.mktemp("cups")
    socket = folder / "cups.sock"
    (folder / "cupsd.conf").write_text(_SCHEDULER.format(socket=socket))
    roots = "\n".join(f"{name} {folder}" for name in _FOLDERS)
    logs = "\n".join(f"{name} {folder / name}" for name in _LOGS)
    programs = f"ServerBin {USR / 'lib' / 'cups'}\nDataDir {USR / 'share' / 'cups'}"
    (folder / "cups-files.conf").write_text(f"{roots}\n{logs}\n{programs}\n{_FILES}")
    around = {**os.environ, "CUPS_SERVER": str(socket), "QT_QPA_PLATFORM": "offscreen"}
    words = [str(USR / "sbin" / "cupsd"), "-f", "-c", str(folder / "cupsd.conf")]
    with subprocess.Popen([*words, "-s", str(folder / "cups-files.conf")], env=around) as scheduler:
        try:
            _queue(folder, socket, around)
            yield Spool(folder, around)
        finally:
            scheduler.terminate()


def _queue(folder: Path, socket: Path, around: dict[str, str]) -> None:
    """A queue that takes documents as they are; asked for until the scheduler listens."""
    queue = [str(USR / "sbin" / "lpadmin"), "-h", str(socket), "-p", "kist", "-E"]
    for _try in range(200):
        done = subprocess.run(
            [*queue, "-v", "file:///dev/null", "-m", "raw"],
            env=around,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return
    raise AssertionError(done.stderr)


def test_a_receipt_is_handed_over_as_it_was_drawn(spool: Spool) -> None:
    drawn = picture_of(Papers().pdf(slip("ta"), "a5"), DPI)
    assert _alike(drawn, spool.printed(0, 0))


def test_stationery_moves_what_is_printed(spool: Spool) -> None:
    drawn = picture_of(Papers().pdf(slip("ta"), "a5"), DPI)
    moved = spool.printed(100, 50)  # a centimetre to the right, half of one down
    assert not _alike(drawn, moved)
    by = (round(100 * DPI / 254), round(50 * DPI / 254))
    assert _alike(ImageChops.offset(drawn, *by), moved)


def _alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether the same ink lies in the same places, to the point of this coarse picture."""
    size = (min(one.width, other.width) // 3, min(one.height, other.height) // 3)
    first, second = one.resize(size), other.resize(size)
    histogram = ImageChops.difference(first, second).histogram()
    return sum(histogram[64:]) < 0.002 * size[0] * size[1]


_FOLDERS = ("ServerRoot", "RequestRoot", "CacheDir", "StateDir", "TempDir")
_LOGS = ("AccessLog", "ErrorLog", "PageLog")
_FILES = "FileDevice Yes\nSystemGroup root\nUser lp\nGroup lp\nSandboxing relaxed\n"
_SCHEDULER = """Listen {socket}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobFiles Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
