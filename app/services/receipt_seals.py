"""What of a receipt is signed; the keys of stations; whether a receipt's code holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.commands.base import Topic
from app.commands.codec import canonical
from app.commands.papers import RegisterStationKey, RenewStationKey, StationKeyKept
from app.domain.errors import ValueRefused
from app.domain.party import cleaned
from app.domain.receipt_code import DIGEST_BYTES, ReceiptCode, code_of
from app.domain.roles import Permission
from app.queries.papers import CheckReceipt, ListStationKeys
from app.rows.receipt_checks import ReceiptChecked, StationKeyRow, Verdict
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.hashing import sha256
from app.store.schema.papers import station_keys
from app.store.station_keys import keys_of, receipt_numbered, sealed_parts

Row = Mapping[Any, Any]
_PUBLIC = re.compile(r"[0-9a-f]{64}")


@use_case(
    RegisterStationKey,
    needs=Permission.SYSTEM,
    changes={Topic.BRANCH},
    answer=StationKeyKept,
    in_day=False,
)
def register_station_key(work: Work, command: RegisterStationKey) -> StationKeyKept:
    """Keep the public half of a key that this station made for itself."""
    return _kept(work, command.public_key, "")


@use_case(
    RenewStationKey,
    needs=Permission.PAPER_MANAGE,
    changes={Topic.BRANCH},
    answer=StationKeyKept,
    in_day=False,
)
def renew_station_key(work: Work, command: RenewStationKey) -> StationKeyKept:
    """Keep another one, with the reason; the older ones stay to check old receipts by."""
    reason = cleaned(command.reason, "reason")
    if not reason:
        raise ValueRefused(field="reason", why="reason-missing")
    return _kept(work, command.public_key, reason)


@answers(ListStationKeys, needs=Permission.ANONYMOUS)
def list_station_keys(reading: Reading, _query: ListStationKeys) -> tuple[StationKeyRow, ...]:
    """The keys of this station, the first one first; a public key is nobody's secret."""
    return tuple(
        StationKeyRow(row["generation"], row["public_key"], row["recorded_at"], row["reason"])
        for row in keys_of(reading.connection, reading.session.station_id)
    )


@answers(CheckReceipt, needs=Permission.ANONYMOUS)
def check_receipt(reading: Reading, query: CheckReceipt) -> ReceiptChecked:
    """Hold a receipt's code against its key and the books. Raises ValueRefused.

    Nothing is told that does not stand on the paper but whether it was reversed, and nothing at
    all of the books where the signature does not hold.
    """
    code = code_of(query.text)
    keys = {row["generation"]: row for row in keys_of(reading.connection, code.station)}
    key = keys.get(code.generation)
    if key is None:
        return _checked(code, Verdict.UNKNOWN_KEY)
    public = bytes.fromhex(key["public_key"])
    if not reading.signatures.holds(public, code.message, code.signature):
        return _checked(code, Verdict.ALTERED)
    newer = [row for row in keys.values() if row["generation"] > code.generation and row["reason"]]
    replaced = newer[0]["recorded_at"] if newer else ""
    return _held_against_books(reading, code, replaced)


def code_for(receipt: Row, parts: Sequence[Row]) -> ReceiptCode:
    """What of a receipt is signed; `parts` are those of `sealed_parts`. The signer is put in later.

    Payer and reference stay out of the digest: they name a person and may be erased.
    """
    first, more = parts[0]["loan_number"] or "", len(parts) - 1
    content = {
        "number": receipt["number"],
        "received_on": receipt["received_on"].isoformat(),
        "booked_on": receipt["booked_on"].isoformat(),
        "recorded_at": receipt["recorded_at"],
        "mode": receipt["mode"],
        "amount_minor": receipt["amount_minor"],
        "currency": receipt["currency"],
        "parts": [[part["loan_number"], part["amount_minor"], part["printed"]] for part in parts],
    }
    return ReceiptCode(
        station=receipt["station_id"],
        generation=0,
        number=receipt["number"].upper(),
        on=receipt["received_on"],
        amount_minor=receipt["amount_minor"],
        currency=receipt["currency"],
        loan=f"{first.upper()}+{more}" if more else first.upper(),
        digest=bytes.fromhex(sha256(canonical(content)))[:DIGEST_BYTES],
    )


def _held_against_books(reading: Reading, code: ReceiptCode, replaced: str) -> ReceiptChecked:
    receipt = receipt_numbered(reading.connection, code.number)
    if receipt is None:
        return _checked(code, Verdict.NOT_IN_BOOKS, replaced_at=replaced)
    parts = sealed_parts(reading.connection, receipt["id"])
    if _facts(code_for(receipt, parts)) != _facts(code):
        return _checked(code, Verdict.BOOKS_DIFFER, replaced_at=replaced)
    gone = next((part for part in parts if part["reversed_on"] is not None), None)
    return _checked(
        code,
        Verdict.GENUINE,
        replaced_at=replaced,
        receipt_id=receipt["id"],
        loan_id=parts[0]["account_id"],
        reversed_on=gone["reversed_booked_on"] if gone else None,
        reversed_why=(gone["reversed_why"] or "") if gone else "",
    )


def _facts(code: ReceiptCode) -> tuple[object, ...]:
    """All but who signed."""
    money = (code.amount_minor, code.currency)
    return (code.number, code.on, *money, code.loan, code.digest)


def _checked(code: ReceiptCode, verdict: Verdict, **more: Any) -> ReceiptChecked:
    return ReceiptChecked(
        verdict=verdict,
        number=code.number,
        on=code.on,
        amount_minor=code.amount_minor,
        currency=code.currency,
        loan=code.loan,
        station=code.station,
        generation=code.generation,
        **more,
    )


def _kept(work: Work, public_key: str, reason: str) -> StationKeyKept:
    """The key as the next generation. The chain is locked first: nobody comes between."""
    if not _PUBLIC.fullmatch(public_key):
        raise ValueRefused(field="public_key", why="not-a-key")
    row_id = work.tx.new_id()
    station_id = work.session.station_id
    generation = len(keys_of(work.tx.connection, station_id)) + 1
    work.tx.insert(
        station_keys,
        id=row_id,
        station_id=station_id,
        generation=generation,
        public_key=public_key,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        reason=reason,
    )
    return StationKeyKept(station_id, generation)
