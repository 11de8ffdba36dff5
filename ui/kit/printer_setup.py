"""How the printers of this station are set up, kept as plain settings of the station.

A printer's name says what it is: nothing the usual one of this PC, `folder:` a folder that PDF
files are saved in, `thermal:` the address of a thermal printer, else a printer of the system.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.ports import Settings, ThermalPrinter

THERMAL = "thermal:"
ROLLS = ("80mm", "58mm")
_NO = "no"


@dataclass(frozen=True, slots=True)
class Fine:
    """What is set up of a printer beside its name and size, for one kind of paper.

    `right` and `down` are tenths of a millimetre that everything is moved by, for stationery
    that was printed before. `drawer` is the pin of the till, 0 for none.
    """

    right: int = 0
    down: int = 0
    drawer: int = 0
    answers: bool = True


def is_thermal(printer: str) -> bool:
    """Whether the printer is a thermal one that we speak to ourselves."""
    return printer.startswith(THERMAL)


def printer_words(printer: str) -> str:
    """A printer as people see it: 192.168.1.50, /dev/usb/lp0, the name of a queue."""
    address = printer.removeprefix(THERMAL)
    return address.partition(":")[2] if address != printer else printer


def fine_of(settings: Settings, kind: str) -> Fine:
    """What is set up for a kind of paper; what cannot be read is as if it were not set."""
    right, _comma, down = settings.get(f"offset.{kind}").partition(",")
    drawer = settings.get(f"drawer.{kind}")
    return Fine(
        right=_whole(right),
        down=_whole(down),
        drawer=int(drawer) if drawer in ("2", "5") else 0,
        answers=settings.get(f"answers.{kind}") != _NO,
    )


def keep_fine(settings: Settings, kind: str, fine: Fine) -> None:
    """Keep it on this station."""
    settings.set(f"offset.{kind}", f"{fine.right},{fine.down}")
    settings.set(f"drawer.{kind}", str(fine.drawer or ""))
    settings.set(f"answers.{kind}", "" if fine.answers else _NO)


def thermal_of(settings: Settings, kind: str, size: str) -> ThermalPrinter | None:
    """The thermal printer chosen for the kind of paper; None where another one is."""
    printer = settings.get(f"printer.{kind}")
    if not is_thermal(printer):
        return None
    fine = fine_of(settings, kind)
    wide = size if size in ROLLS else ROLLS[0]
    return ThermalPrinter(
        address=printer.removeprefix(THERMAL),
        millimetres=int(wide.removesuffix("mm")),
        drawer=fine.drawer,
        answers=fine.answers,
    )


def _whole(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("-")
    return sign * int(digits) if digits.isdecimal() else 0
