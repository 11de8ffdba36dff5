"""Cash beyond its limits, and acts out of the ordinary: what somebody should look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.cash import DISBURSEMENT, RECEIPT, cash_limit
from app.domain.till import TillKind
from app.rows.reports import Figures, GroupRow
from app.services.cash_rules import shipped_limits
from app.services.report_asked import Asked, Made
from app.services.report_groups import groups_of
from app.services.report_money import gone_by, taken_in
from app.services.report_stock import dims_of_branch
from app.services.work import Reading
from app.store.account_sums import CASH
from app.store.report_control import (
    backdated,
    confirmed,
    payments_out,
    printed_again,
    refusals,
    reversals,
    sanctions,
    vouchers_in_cash,
    waivers,
)
from app.store.report_flows import Span
from app.store.tills import differences
from app.texts import _, ngettext
from app.texts.figures import day as shown_day
from app.texts.labels import named

_ONE_DAY = timedelta(1)
_LIMIT, _SIGN_IN = "limit-exceeded", "sign-in-failed"
Mapped = Mapping[Any, Any]


def cash(reading: Reading, asked: Asked) -> Made:
    """Cash exceptions, day by day."""
    span = _span(asked)
    rows: list[GroupRow] = [
        *_cash_in(reading, asked),
        *_cash_out(reading, span),
        *_cash_reversed(reading, span),
        *_tills(reading, span),
    ]
    rows.sort(key=_when)
    return Made(tuple(rows))


def _cash_in(reading: Reading, asked: Asked) -> Iterator[GroupRow]:
    """Cash that one person brought on one day, at or above the limit."""
    rule = cash_limit(shipped_limits(), RECEIPT, asked.period.currency, asked.period.last)
    if rule is None:
        return
    gone, dims = gone_by(reading, asked), dims_of_branch(reading, asked.scope)
    sums: dict[tuple[date, int], list[int]] = {}  # amount, receipts, a loan
    for on, mode, loan_id, event_id, amount in taken_in(reading, asked):
        if mode == CASH and loan_id in dims and event_id not in gone:
            one = sums.setdefault((on, dims[loan_id].party_id), [0, 0, loan_id])
            one[0] += amount
            one[1] += 1
    found = {key: one for key, one in sums.items() if one[0] >= rule.below_minor}
    known = groups_of(reading, asked.scope).know(one[2] for one in found.values())
    for (on, _party_id), (amount, receipts, loan_id) in found.items():
        loan = known[loan_id]
        who = {"full_name": loan.borrower, "number": loan.number, "loan_id": loan_id}
        count = ngettext("{count} receipt", "{count} receipts", receipts).format(count=receipts)
        note = f"{count} \u00b7 {rule.citation}"
        what = _("Cash taken from one person on a day")
        yield _row(who, on, what, amount=amount, limit_minor=rule.below_minor, note=note)


def _cash_out(reading: Reading, span: Span) -> Iterator[GroupRow]:
    rule = cash_limit(shipped_limits(), DISBURSEMENT, span.scope.currency, span.last)
    if rule is None:
        return
    paid: dict[tuple[date, int], list[Mapped]] = {}
    sums: dict[tuple[date, int], int] = {}
    for row, amount in _paid_in_cash(reading, span):
        key = (row["booked_on"], row["party_id"])
        paid.setdefault(key, []).append(row)
        sums[key] = sums.get(key, 0) + amount
    for key, amount in sums.items():
        if amount >= rule.below_minor:
            yield _row(
                *(paid[key][0], key[0], _("Cash paid to one person on a day")),
                amount=amount,
                limit_minor=rule.below_minor,
                note=rule.citation,
            )


def _paid_in_cash(reading: Reading, span: Span) -> Iterator[tuple[Mapped, int]]:
    for row in payments_out(reading.connection, span):
        told = json.loads(row["payload"] or "{}")
        if told.get("mode") == CASH:
            yield row, int(told.get("paid_out_minor") or 0)
    for row in vouchers_in_cash(reading.connection, span):
        yield row, row["amount_minor"]


def _cash_reversed(reading: Reading, span: Span) -> Iterator[GroupRow]:
    for row in reversals(reading.connection, span):
        if row["mode"] == CASH:
            yield _row(
                *(row, row["booked_on"], _("Cash receipt reversed")),
                amount=row["was_minor"],
                number=row["receipt_number"],
                note=row["title"],
            )


def _tills(reading: Reading, span: Span) -> Iterator[GroupRow]:
    """Counts that were not what was expected, and field cash that was not handed in whole."""
    what = {
        TillKind.OPEN: _("Difference at opening the till"),
        TillKind.CLOSE: _("Difference at closing the till"),
        TillKind.FIELD: _("Field cash not handed in whole"),
    }
    found = differences(
        reading.connection, span.scope.branch_id, span.scope.currency, span.first, span.last
    )
    for row in found:
        kind = TillKind(row["kind"])
        where = _("counter {counter}").format(counter=row["counter_code"])
        told = (where, row["officer"] or "", row["reason"])
        yield _row(
            *(row, row["booked_on"], what[kind]),
            amount=row["amount_minor"] - row["expected_minor"],
            note=" \u00b7 ".join(part for part in told if part),
        )


def audit(reading: Reading, asked: Asked) -> Made:
    """Audit exceptions, in the order in which they were written."""
    span, zone = _span(asked), ZoneInfo(reading.branch.time_zone)
    rows: list[GroupRow] = [
        *_facts(reading, span, zone),
        *_against_decision(reading, span, zone),
        *_by_instant(reading, span, zone),
    ]
    rows.sort(key=_when)
    return Made(tuple(rows))


def _facts(reading: Reading, span: Span, zone: ZoneInfo) -> Iterator[GroupRow]:
    for row in reversals(reading.connection, span):
        what = _("Reversed: {what}").format(what=named("event-kind", row["of_kind"]))
        number = row["receipt_number"] or row["number"]
        yield _written(row, what, zone, row["was_minor"], row["title"], number)
    for row in backdated(reading.connection, span):
        what = _("Back-dated: {what}").format(what=named("event-kind", row["kind"]))
        note = _("for {day}").format(day=shown_day(row["value_on"]))
        if row["title"]:
            note = f"{note} \u00b7 {row['title']}"
        number = row["receipt_number"] or row["number"]
        yield _written(row, what, zone, row["amount_minor"], note, number)
    for row in waivers(reading.connection, span):
        what = _("Waived: {what}").format(what=named("head", row["head"] or ""))
        yield _written(row, what, zone, row["amount_minor"], row["title"], row["number"])


def _against_decision(reading: Reading, span: Span, zone: ZoneInfo) -> Iterator[GroupRow]:
    for row in sanctions(reading.connection, span):
        reason = json.loads(row["payload"] or "{}").get("override_reason") or ""
        if reason:
            what = _("Sanctioned against the decision")
            yield _written(row, what, zone, row["amount_minor"], reason, row["number"])


def _by_instant(reading: Reading, span: Span, zone: ZoneInfo) -> Iterator[GroupRow]:
    """What has no business day of its own, by the calendar of the branch."""
    first, until = _instants(span, zone)
    scope = (reading.connection, span.scope.branch_id, first, until)
    for row in printed_again(*scope):
        note = _("duplicate {number}").format(number=row["duplicate"])
        made = {**row, "full_name": row["payer"]}
        yield _at(made, _("Printed again"), zone, row["amount_minor"], note)
    for row in confirmed(*scope):
        note = _("confirmed by {name}").format(name=row["checker"] or "")
        made = {**row, "loan_id": row["subject_id"] if row["subject_kind"] == "loan" else None}
        what = _("Above a limit: {what}").format(what=row["command"])
        yield _at(made, what, zone, row["amount_minor"], note)
    for row in refusals(*scope):
        yield from _refused(row, zone)


def _refused(row: Mapped, zone: ZoneInfo) -> Iterator[GroupRow]:
    code = json.loads(row["result"] or "{}").get("code")
    if code == _SIGN_IN:
        yield _at(row, _("Sign-in failed"), zone, None, "")
    elif code == _LIMIT:
        yield _at(row, _("Refused: above the limit"), zone, None, row["command"])


def _row(row: Mapped, on: date, what: str, **told: str | int | None) -> GroupRow:
    """An exception; `told` are its amount, limit, note, time, and its number where it has two."""
    figures: Figures = {
        "on": on,
        "time": told.get("at") or "",
        "what": what,
        "borrower": row.get("full_name") or "",
        "who": row.get("by") or "",
        "amount_minor": told.get("amount"),
        "limit_minor": told.get("limit_minor"),
        "note": told.get("note") or "",
    }
    name = str(told.get("number") or row.get("number") or "")
    return GroupRow(name, name, figures, row.get("loan_id"))


def _written(
    row: Mapped, what: str, zone: ZoneInfo, amount: int | None, note: str | None, number: str | None
) -> GroupRow:
    at = datetime.fromisoformat(row["recorded_at"]).astimezone(zone)
    return _row(
        row, row["booked_on"], what, amount=amount, note=note, at=f"{at:%H:%M}", number=number
    )


def _at(row: Mapped, what: str, zone: ZoneInfo, amount: int | None, note: str) -> GroupRow:
    at = datetime.fromisoformat(row["at"]).astimezone(zone)
    return _row(row, at.date(), what, amount=amount, note=note, at=f"{at:%H:%M}")


def _instants(span: Span, zone: ZoneInfo) -> list[str]:
    """The period as instants: from its first midnight to the one after its last day."""
    starts = (span.first, span.last + _ONE_DAY)
    return [
        datetime.combine(day, time.min, zone).astimezone(UTC).isoformat(timespec="milliseconds")
        for day in starts
    ]


def _span(asked: Asked) -> Span:
    return Span(asked.scope, asked.period.first, asked.period.last)


def _when(row: GroupRow) -> tuple[str, str, str]:
    return str(row.figures["on"]), str(row.figures["time"]), row.name
