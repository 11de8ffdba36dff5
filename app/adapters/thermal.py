"""Takes ESC/POS to where a thermal printer is, and asks how it is."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from app.adapters.thermal_device import on_usb, to_device, to_usb, to_windows
from app.adapters.thermal_line import NetworkPrinter, Patience
from app.domain.errors import PaperTrouble

PORT = 9100  # that printers listen on
_MOST_PORT, _HEX = 65_535, 16


class ThermalLines:
    """The ways to a thermal printer, by its address."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience
        self._one_at_a_time = Lock()  # printers serve one line, and a job is no place to stop

    def send(self, address: str, job: bytes, *, answers: bool = True) -> None:
        """Print the job at the address. Raises PaperTrouble."""
        with self._one_at_a_time:
            self._send(address, job, answers=answers)

    def _send(self, address: str, job: bytes, *, answers: bool) -> None:
        how, _colon, where = address.partition(":")
        match how:
            case "net":
                self._network(where).send(job, answers=answers)
            case "device" if where:
                to_device(Path(where), job)
            case "usb":
                to_usb(*_ids(where), job)
            case "windows" if where:
                to_windows(where, job)
            case _:
                raise PaperTrouble(why="not-an-address")

    def look(self, address: str) -> None:
        """Raise PaperTrouble where the printer says that it cannot print; others say nothing."""
        how, _colon, where = address.partition(":")
        if how == "net":
            with self._one_at_a_time:
                self._network(where).look()

    def found(self) -> tuple[tuple[str, str], ...]:
        """Printers that this PC sees by itself: address and name."""
        return tuple(on_usb())

    def _network(self, where: str) -> NetworkPrinter:
        host, colon, port = where.rpartition(":")
        if not colon:
            host, port = where, str(PORT)
        if not host or not port.isdecimal() or not 0 < int(port) <= _MOST_PORT:
            raise PaperTrouble(why="not-an-address")
        return NetworkPrinter(host.strip("[]"), int(port), self._patience)


def _ids(where: str) -> tuple[int, int]:
    vendor, _colon, product = where.partition(":")
    try:
        return int(vendor, _HEX), int(product, _HEX)
    except ValueError:
        raise PaperTrouble(why="not-an-address") from None
