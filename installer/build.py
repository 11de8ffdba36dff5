"""Freezes the program into dist/kist: `python installer/build.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
MIB = 1 << 20


def main() -> int:
    """Build anew; the exit code is PyInstaller's."""
    shutil.rmtree(DIST / "kist", ignore_errors=True)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(DIST), "--workpath", str(ROOT / "build" / "frozen")),
            str(ROOT / "installer" / "kist.spec"),
        ],
        cwd=ROOT,
        check=False,
    )
    if done.returncode == 0:
        files = [path for path in (DIST / "kist").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files if not path.is_symlink())
        print(f"{DIST / 'kist'}: {len(files)} files, {size // MIB} MiB")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
