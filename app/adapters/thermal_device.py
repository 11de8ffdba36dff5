"""Thermal printers that are no place on the network: a device or file, USB, Windows' raw queue."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator
from pathlib import Path

from escpos.exceptions import Error as EscposError
from escpos.printer import Usb, Win32Raw

from app.domain.errors import PaperTrouble

try:
    from pywintypes import error as queue_error  # of pywin32, on Windows alone
except ImportError:
    queue_error = OSError

_SECONDS = 20  # a device may take to swallow a receipt
_PRINTERS = 7  # USB's class of devices
_USB_MILLIS = 10_000
_JOB = "Kist"
# Without waiting where the system can: a printer that is out of paper takes nothing more.
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
_OPENED = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _WITHOUT_WAITING | getattr(os, "O_BINARY", 0)


def to_device(path: Path, job: bytes) -> None:
    """Write the job to a device such as /dev/usb/lp0 or LPT1, or add it to a file."""
    try:
        device = os.open(path, _OPENED, 0o644)
    except OSError:
        raise PaperTrouble(why="printer-off") from None
    try:
        _write_all(device, job)
    except BrokenPipeError:
        raise PaperTrouble(why="cut-short") from None
    except OSError:
        raise PaperTrouble(why="printer-stopped") from None
    finally:
        os.close(device)


def to_usb(vendor: int, product: int, job: bytes) -> None:
    """Write the job to a printer on USB, through pyusb."""
    if not Usb.is_usable():
        raise PaperTrouble(why="usb-missing")
    printer = Usb(vendor, product, timeout=_USB_MILLIS)
    try:
        printer.open()
        printer._raw(job)
    except (EscposError, OSError):  # the errors of pyusb are OSError
        raise PaperTrouble(why="printer-off") from None
    except ValueError:  # no backend: libusb is not installed
        raise PaperTrouble(why="usb-missing") from None
    finally:
        printer.close()


def to_windows(name: str, job: bytes) -> None:
    """Hand the job to a queue of Windows as it is, past its driver."""
    if not Win32Raw.is_usable():
        raise PaperTrouble(why="windows-alone")
    printer = Win32Raw(name)
    try:
        printer.open(job_name=_JOB)
        printer._raw(job)
    except (EscposError, OSError, queue_error):
        raise PaperTrouble(why="printer-off") from None
    finally:
        printer.close()


def on_usb() -> Iterator[tuple[str, str]]:
    """Printers on USB that this PC sees: address and name."""
    for path in sorted(Path("/dev/usb").glob("lp*")):
        yield f"device:{path}", f"USB {path.name}"
    if Win32Raw.is_usable():
        for name in Win32Raw().printers:
            yield f"windows:{name}", name


def _write_all(device: int, job: bytes) -> None:
    until = time.monotonic() + _SECONDS
    while job:
        if _WITHOUT_WAITING:
            left = max(0, until - time.monotonic())
            if not select.select([], [device], [], left)[1]:
                raise PaperTrouble(why="printer-stopped")
        job = job[os.write(device, job) :]
