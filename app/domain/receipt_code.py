"""The text behind the QR of a receipt: what matters of it, and its station's signature.

`KIST1:station.generation:number:yyyymmdd:amount+currency:loan:digest:signature`. Only signs of
QR's own alphabet and of every keyboard stand in it, in one case: a scanner that types it, a caps
lock and a shell leave it whole. Digest and signature are base32 without padding.
"""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass, replace
from datetime import date

from app.domain.errors import ValueRefused

VERSION = 1
DIGEST_BYTES = 15  # 24 signs; found by chance once in 2 to the 120
MARK = "KIST"
_LONGEST = 600
_FIELDS = 8
_SIGNER = re.compile(r"([1-9]\d{0,8})\.([1-9]\d{0,8})")
_AMOUNT = re.compile(r"([1-9]\d{0,17})([A-Z]{3})")
_DAY = re.compile(r"\d{8}")
_HEAD = re.compile(rf"{MARK}(\d{{1,4}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCode:
    """What the QR of a receipt says; nothing in it names a person.

    `station` and `generation` say by whose key it was signed; `loan` is the number of the first
    loan, followed by "+2" where the receipt was for two more.
    """

    station: int
    generation: int
    number: str
    on: date
    amount_minor: int
    currency: str
    loan: str
    digest: bytes
    signature: bytes = b""

    @property
    def message(self) -> bytes:
        """What is signed: all before the signature."""
        parts = (
            f"{MARK}{VERSION}",
            f"{self.station}.{self.generation}",
            self.number.upper(),
            f"{self.on:%Y%m%d}",
            f"{self.amount_minor}{self.currency}",
            self.loan.upper(),
            _written(self.digest),
        )
        return ":".join(parts).encode()

    @property
    def text(self) -> str:
        """All of it, as the QR holds it."""
        return f"{self.message.decode()}:{_written(self.signature)}"

    def signed(self, signature: bytes) -> ReceiptCode:
        """The same with its signature."""
        return replace(self, signature=signature)


def code_of(text: str) -> ReceiptCode:
    """Read a text that was scanned, typed or pasted; spaces, line ends and case do not matter.

    Raises ValueRefused: not-a-receipt-code, or newer-receipt-code.
    """
    parts = "".join(text[:_LONGEST].split()).upper().split(":")
    head = _HEAD.fullmatch(parts[0])
    if head is None:
        raise _not_one()
    if int(head[1]) > VERSION:
        raise ValueRefused(field="text", why="newer-receipt-code")
    if len(parts) != _FIELDS or int(head[1]) != VERSION:
        raise _not_one()
    _head, signer, number, day, amount, loan, digest, signature = parts
    station, generation = _matched(_SIGNER, signer)
    minor, currency = _matched(_AMOUNT, amount)
    return ReceiptCode(
        station=int(station),
        generation=int(generation),
        number=number,
        on=_day(day),
        amount_minor=int(minor),
        currency=currency,
        loan=loan,
        digest=_read(digest),
        signature=_read(signature),
    )


def _matched(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = pattern.fullmatch(text)
    if found is None:
        raise _not_one()
    return found.groups()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(_DAY.fullmatch(text)[0])  # type: ignore[index]
    except (TypeError, ValueError):
        raise _not_one() from None


def _written(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=")


def _read(text: str) -> bytes:
    try:
        data = b32decode(text + "=" * (-len(text) % 8))
    except (NotBase32, ValueError):
        raise _not_one() from None
    if _written(data) != text:  # the last sign has bits to spare: there is one spelling only
        raise _not_one()
    return data


def _not_one() -> ValueRefused:
    return ValueRefused(field="text", why="not-a-receipt-code")
