"""`kist`: the window, and every verb that works without one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date

from app.texts import _
from ui.main import Demonstration, load_cli, load_window, run

NO_WINDOW = 2
ROLES = ("manager", "officer", "cashier")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or hand a verb to the program without windows. Returns the exit code."""
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    if not words:
        return _window(None)
    if words[0] == "demo" and "-h" not in words and "--help" not in words:
        return _demo(words)
    return load_cli()(words)


def has_display() -> bool:
    """Whether a window could be seen: always on Windows and macOS."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(demonstration: Demonstration | None) -> int:
    if not has_display():
        _say(_("There is no display here, so no window can be shown. `kist --help` says the rest."))
        return NO_WINDOW
    try:
        start = load_window()
    except ImportError as missing:
        _say(_("The window cannot be shown: {reason}").format(reason=missing))
        return NO_WINDOW
    return run(demonstration, start)


def _demo(words: Sequence[str]) -> int:
    """The demonstration in a window; without one it plays a whole day."""
    if "--out" in words or not has_display():
        if not has_display():
            _say(_("There is no display here: the demonstration plays a day without a window."))
        return load_cli()(words)
    asked = _demo_options(words[1:])
    try:
        start = load_window()
    except ImportError as missing:
        _say(_("The window cannot be shown: {reason}").format(reason=missing))
        return load_cli()(words)
    return run(asked, start)


def _demo_options(words: Sequence[str]) -> Demonstration:
    parser = argparse.ArgumentParser(prog="kist demo")
    parser.add_argument("--as", dest="role", choices=ROLES, default="")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--until", type=date.fromisoformat)
    parser.add_argument("--fresh", action="store_true")
    found = parser.parse_args(words)
    return Demonstration(role=found.role, seed=found.seed, until=found.until, fresh=found.fresh)


def _speak_utf8() -> None:
    """Amounts and names come out right also where the terminal has another code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
