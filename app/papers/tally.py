"""The books as Tally's XML: ledgers first, then vouchers.

Tally takes a debit as a negative amount that is deemed positive; a voucher's amounts add up to
nothing. Names are text from outside: they are escaped, and what XML cannot hold is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from app.domain.money import decimal_text
from app.rows.journal_papers import TallyBooks, TallyLedger, TallyVoucher

_MASTERS = "Masters"  # what Tally calls ledgers and groups
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ENVELOPE>\n<HEADER><VERSION>1</VERSION>'
    "<TALLYREQUEST>Import</TALLYREQUEST><TYPE>Data</TYPE><ID>{id}</ID></HEADER>\n<BODY>\n"
    "<DESC><STATICVARIABLES><SVCURRENTCOMPANY>{company}</SVCURRENTCOMPANY></STATICVARIABLES>"
    "</DESC>\n<DATA>\n"
)
_FOOT = "</DATA>\n</BODY>\n</ENVELOPE>\n"


def write_tally(books: TallyBooks, to: BinaryIO) -> int:
    """Write one envelope, ledgers before vouchers; returns how many vouchers there are."""
    what = "Vouchers" if books.vouchers else f"All {_MASTERS}"
    to.write(_HEAD.format(id=what, company=_text(books.company)).encode())
    for ledger in books.ledgers:
        to.write(_message(_ledger(ledger, books.currency)))
    for voucher in books.vouchers:
        to.write(_message(_voucher(voucher, books.currency)))
    to.write(_FOOT.encode())
    return len(books.vouchers)


def _message(lines: Iterable[str]) -> bytes:
    inner = "\n".join(lines)
    return f'<TALLYMESSAGE xmlns:UDF="TallyUDF">\n{inner}\n</TALLYMESSAGE>\n'.encode()


def _ledger(ledger: TallyLedger, currency: str) -> Iterator[str]:
    name = _attribute(ledger.name)
    yield f'<LEDGER NAME={name} ACTION="Create">'
    yield f"<NAME.LIST><NAME>{_text(ledger.name)}</NAME></NAME.LIST>"
    yield f"<PARENT>{_text(ledger.parent)}</PARENT>"
    if ledger.opening_minor:
        yield f"<OPENINGBALANCE>{_signed(ledger.opening_minor, currency)}</OPENINGBALANCE>"
    yield "</LEDGER>"


def _voucher(voucher: TallyVoucher, currency: str) -> Iterator[str]:
    kind, key = _attribute(voucher.kind), _attribute(voucher.key)
    yield f'<VOUCHER REMOTEID={key} VCHTYPE={kind} ACTION="Create">'
    yield f"<DATE>{_day(voucher.on)}</DATE>"
    yield f"<EFFECTIVEDATE>{_day(voucher.on)}</EFFECTIVEDATE>"
    yield f"<VOUCHERTYPENAME>{_text(voucher.kind)}</VOUCHERTYPENAME>"
    if voucher.number:
        yield f"<VOUCHERNUMBER>{_text(voucher.number)}</VOUCHERNUMBER>"
        yield f"<REFERENCE>{_text(voucher.number)}</REFERENCE>"
    yield f"<NARRATION>{_text(voucher.narration)}</NARRATION>"
    for name, minor in voucher.lines:
        debit = "Yes" if minor > 0 else "No"
        yield "<LEDGERENTRIES.LIST>"
        yield f"<LEDGERNAME>{_text(name)}</LEDGERNAME>"
        yield f"<ISDEEMEDPOSITIVE>{debit}</ISDEEMEDPOSITIVE>"
        yield f"<AMOUNT>{_signed(minor, currency)}</AMOUNT>"
        yield "</LEDGERENTRIES.LIST>"
    yield "</VOUCHER>"


def _signed(minor: int, currency: str) -> str:
    """An amount as Tally signs it: a debit has the minus."""
    figures = decimal_text(abs(minor), currency)
    return f"-{figures}" if minor > 0 else figures


def _day(on: date) -> str:
    return f"{on:%Y%m%d}"


def _text(said: str) -> str:
    return escape(_NOT_XML.sub("", said))


def _attribute(said: str) -> str:
    return quoteattr(_NOT_XML.sub("", said))
