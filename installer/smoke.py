"""Plays the demonstration's day with the frozen program: `python installer/smoke.py`.

The program is moved to a folder of its own first, without a display, a keyring or the source
tree, so that a resource, a migration or a late import that was left behind is missed here and not
at a branch.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FROZEN = ROOT / "dist" / "kist"
MINUTES = 10
_SHOWS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH", "VIRTUAL_ENV")


def main() -> int:
    """The exit code of the frozen `kist demo`, or 1 where it left no papers."""
    with tempfile.TemporaryDirectory(prefix="kist-smoke-") as place:
        here = Path(place)
        program = shutil.copytree(FROZEN, here / "program", symlinks=True)
        out = here / "out"
        name = "kist.exe" if os.name == "nt" else "kist"
        done = subprocess.run(
            [str(program / name), "demo", "--out", str(out)],
            cwd=here,
            env=_bare(here),
            check=False,
            timeout=MINUTES * 60,
        )
        papers = sorted(out.rglob("*.pdf")) if out.exists() else []
    print(f"kist demo ended with {done.returncode} and left {len(papers)} papers.")
    return done.returncode or int(not papers)


def _bare(home: Path) -> dict[str, str]:
    """The environment without a display and without anything of this tree."""
    kept = {name: value for name, value in os.environ.items() if name not in _SHOWS}
    return {**kept, "HOME": str(home), "LOCALAPPDATA": str(home), "KIST_HOME": str(home / "home")}


if __name__ == "__main__":
    sys.exit(main())
