"""Where the frozen program starts, with a console (`kist`) and without (`Kist`)."""

from __future__ import annotations

import sys

from ui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
