"""One printer of this station: where a thermal one is, or by how much stationery is moved."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.texts import _, translated
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.printer_setup import THERMAL, Fine, is_thermal
from ui.kit.printing import PaperKind

NETWORK, DEVICE, USB, WINDOWS = "net", "device", "usb", "windows"
FURTHEST = 500  # tenths of a millimetre
_TENTHS = 10


class PrinterDialog(Dialog):
    """Sets up the printer of a kind of paper; `chosen` carries the printer and its fine points."""

    chosen = Signal(str, object)  # the printer's name as it is kept, a Fine

    def __init__(self, parent: QWidget, kind: PaperKind, printer: str, fine: Fine) -> None:
        self._printer, self._fine = printer, fine
        thermal = is_thermal(printer)
        fields = _thermal_fields(printer, fine) if thermal else _moved_fields(fine)
        said = _(
            "An address on the network is like 192.168.1.50, a device like /dev/usb/lp0, a printer "
            "on USB like 04b8:0202. Take the tick off where the printer never answers."
        )
        moved = _(
            "For stationery that was printed before: everything is moved by this much. A minus "
            "moves to the left, or up."
        )
        super().__init__(
            parent,
            _("Printer for {paper}").format(paper=translated(kind.title)),
            said if thermal else moved,
            act=_("Keep"),
            fields=fields,
            keep=_("Cancel"),
            columns=1,
        )
        self.decided.connect(self._take)

    def _take(self, values: dict[str, Any]) -> None:
        if is_thermal(self._printer):
            printer = f"{THERMAL}{values['how']}:{values['where']}"
            fine = Fine(drawer=int(values["drawer"]), answers=values["answers"])
        else:
            printer, fine = self._printer, Fine(right=values["right"], down=values["down"])
        self.chosen.emit(printer, fine)
        self.finish()


def _thermal_fields(printer: str, fine: Fine) -> list[Field]:
    how, _colon, where = printer.removeprefix(THERMAL).partition(":")
    drawers = [("0", _("None")), ("2", _("Opens, on pin 2")), ("5", _("Opens, on pin 5"))]
    return [
        Field(
            name="how",
            label=_("Connected by"),
            kind=Kind.CHOICE,
            choices=_ways(how),
            value=how or NETWORK,
        ),
        Field(
            name="where",
            label=_("Address"),
            value=where,
            placeholder="192.168.1.50",
            parse=_address,
            length=200,
        ),
        Field(
            name="drawer",
            label=_("Till drawer"),
            kind=Kind.CHOICE,
            choices=drawers,
            value=str(fine.drawer),
        ),
        Field(
            name="answers",
            label=_("Says when paper is out"),
            kind=Kind.CHECK,
            value=fine.answers,
            optional=True,
        ),
    ]


def _ways(how: str) -> list[tuple[str, str]]:
    """How a thermal printer may be connected; through Windows only one that was found there."""
    ways = [(NETWORK, _("Network")), (DEVICE, _("Device or file")), (USB, _("USB"))]
    return [*ways, (WINDOWS, _("Windows"))] if how == WINDOWS else ways


def _moved_fields(fine: Fine) -> list[Field]:
    return [
        Field(
            name="right",
            label=_("To the right, mm"),
            value=_millimetres(fine.right),
            parse=_tenths,
            length=6,
        ),
        Field(
            name="down",
            label=_("Down, mm"),
            value=_millimetres(fine.down),
            parse=_tenths,
            length=6,
        ),
    ]


def _address(typed: str) -> str:
    where = typed.strip()
    if not where or " " in where:
        raise ValueError(_("An address has no blanks, such as 192.168.1.50"))
    return where


def _tenths(typed: str) -> int:
    """Millimetres with at most one decimal, in tenths. Raises ValueError with a sentence."""
    text = typed.strip().replace("\u2212", "-").replace(",", ".")
    whole, _point, part = text.lstrip("-").partition(".")
    if not whole.isdecimal() or not (part or "0").isdecimal() or len(part) > 1:
        raise ValueError(_("Millimetres, such as 2.5"))
    tenths = int(whole) * _TENTHS + int(part or "0")
    if tenths > FURTHEST:
        raise ValueError(_("At most 50 mm"))
    return -tenths if text.startswith("-") else tenths


def _millimetres(tenths: int) -> str:
    whole, part = divmod(abs(tenths), _TENTHS)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{part}' if part else ''}"
