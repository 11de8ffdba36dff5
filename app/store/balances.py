"""What accounts hold at the end of a day: sums of closed days, and the entries since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, case, delete, func, insert, select

from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.journals import account_days
from app.store.store import Snapshot
from app.store.tx import Tx

_X, _N, _D, _A = entry_lines.c, entries.c, account_days.c, accounts.c
_JOINED = entries.join(entry_lines, _X.entry_id == _N.id)


@dataclass(frozen=True, slots=True)
class Moved:
    """Debits and credits of an account over some days, in minor units."""

    debit: int = 0
    credit: int = 0

    @property
    def balance(self) -> int:
        """Debit above zero."""
        return self.debit - self.credit

    def and_also(self, debit: int, credit: int) -> Moved:
        """Both together."""
        return Moved(self.debit + debit, self.credit + credit)


def moved(
    snapshot: Snapshot, branch_id: int, currency: str, last: date, first: date | None = None
) -> dict[str, Moved]:
    """What every account moved until a day, since a day or ever, by account."""
    summed = summed_until(snapshot, branch_id)
    kept = select(_D.account, func.sum(_D.debit_minor), func.sum(_D.credit_minor)).where(
        _D.branch_id == branch_id, _D.currency == currency, _D.day_on <= last
    )
    if first is not None:
        kept = kept.where(_D.day_on >= first)
    made: dict[str, Moved] = {}
    for account, debit, credit in snapshot.execute(kept.group_by(_D.account)):
        made[account] = Moved(int(debit), int(credit))
    if summed is None or summed < last:
        since = _sides(branch_id, currency).where(_N.booked_on <= last)
        if summed is not None:
            since = since.where(_N.booked_on > summed)
        if first is not None:
            since = since.where(_N.booked_on >= first)
        for account, debit, credit in snapshot.execute(since):
            made[account] = made.get(account, Moved()).and_also(int(debit), int(credit))
    return made


def balance_before(
    snapshot: Snapshot, branch_id: int, account: str, currency: str, day: date
) -> int:
    """What one account held when a day began, debit above zero."""
    summed = summed_until(snapshot, branch_id)
    kept = select(func.coalesce(func.sum(_D.debit_minor - _D.credit_minor), 0)).where(
        _D.branch_id == branch_id,
        _D.account == account,
        _D.currency == currency,
        _D.day_on < day,
    )
    since = select(func.coalesce(func.sum(_X.amount_minor), 0)).where(
        _X.branch_id == branch_id,
        _X.account == account,
        _X.currency == currency,
        _X.booked_on < day,
    )
    if summed is not None:
        since = since.where(_X.booked_on > summed)
    return int(snapshot.scalar(kept) or 0) + int(snapshot.scalar(since) or 0)


def summed_until(snapshot: Snapshot, branch_id: int) -> date | None:
    """The last day whose movements are kept as sums; None where none is yet."""
    found: date | None = snapshot.scalar(
        select(func.max(_D.day_on)).where(_D.branch_id == branch_id)
    )
    return found


def sum_days(tx: Tx, branch_id: int, last: date) -> None:
    """Keep the sums of every day up to the last that is not summed yet; call it at its closing."""
    tx.flush()
    summed = summed_until(tx.connection, branch_id)
    _write(tx, branch_id, summed, last)


def sum_again(tx: Tx, branch_id: int, day: date) -> None:
    """Write the sums of one day anew, where it is among the summed: something was booked into it.

    Sums begin anew with the day where it is the last of them and is open again.
    """
    tx.flush()
    summed = summed_until(tx.connection, branch_id)
    if summed is None or day > summed:
        return
    tx.connection.execute(delete(account_days).where(_D.branch_id == branch_id, _D.day_on == day))
    rows = _rows(tx.connection, branch_id, _day_sides(branch_id).where(_N.booked_on == day))
    if rows:
        tx.connection.execute(insert(account_days), rows)


def forget_day(tx: Tx, branch_id: int, day: date) -> None:
    """Leave the sums of a day that is open again to its next closing."""
    tx.connection.execute(delete(account_days).where(_D.branch_id == branch_id, _D.day_on >= day))


def unbalanced_on(snapshot: Snapshot, branch_id: int, day: date) -> dict[str, int]:
    """By how much debits and credits of a day differ, by currency; empty where they do not."""
    query = (
        select(_X.currency, func.sum(_X.amount_minor))
        .select_from(_JOINED)
        .where(_N.branch_id == branch_id, _N.booked_on == day)
        .group_by(_X.currency)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query) if row[1]}


def differing_days(snapshot: Snapshot, branch_id: int) -> Iterable[tuple[str, date, int, int]]:
    """(account, day, expected, kept) of every sum that is not that of its entries."""
    summed = summed_until(snapshot, branch_id)
    if summed is None:
        return
    must = {
        (row["account"], row["currency"], row["day_on"]): (row["debit_minor"], row["credit_minor"])
        for row in _rows(snapshot, branch_id, _day_sides(branch_id).where(_N.booked_on <= summed))
    }
    query = select(account_days).where(_D.branch_id == branch_id)
    stands = {
        (row["account"], row["currency"], row["day_on"]): (row["debit_minor"], row["credit_minor"])
        for row in snapshot.execute(query).mappings()
    }
    for key in sorted({*must, *stands}):
        wanted, kept = must.get(key, (0, 0)), stands.get(key, (0, 0))
        if wanted != kept:
            yield key[0], key[2], wanted[0] - wanted[1], kept[0] - kept[1]


def branches_summed(snapshot: Snapshot) -> Sequence[int]:
    """The branches that sums of days are kept of."""
    return snapshot.scalars(select(_D.branch_id).distinct()).all()


def chart_of(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """Code, title and kind of every account, by code."""
    query = select(_A.code, _A.title, _A.kind).where(_A.branch_id == branch_id).order_by(_A.code)
    return snapshot.execute(query).mappings().all()


def _write(tx: Tx, branch_id: int, after: date | None, last: date) -> None:
    query = _day_sides(branch_id).where(_N.booked_on <= last)
    if after is not None:
        query = query.where(_N.booked_on > after)
    rows = _rows(tx.connection, branch_id, query)
    if rows:
        tx.connection.execute(insert(account_days), rows)


def _rows(snapshot: Any, branch_id: int, query: Select[Any]) -> list[Mapping[str, Any]]:
    return [
        {
            "branch_id": branch_id,
            "account": account,
            "currency": currency,
            "day_on": day,
            "debit_minor": int(debit),
            "credit_minor": int(credit),
        }
        for account, currency, day, debit, credit in snapshot.execute(query)
    ]


def _sides(branch_id: int, currency: str) -> Select[Any]:
    x = _X.amount_minor
    return (
        select(
            _X.account,
            func.sum(case((x > 0, x), else_=0)),
            func.sum(case((x < 0, -x), else_=0)),
        )
        .select_from(_JOINED)  # by the day of the entry, which has an index
        .where(_N.branch_id == branch_id, _X.currency == currency)
        .group_by(_X.account)
    )


def _day_sides(branch_id: int) -> Select[Any]:
    x = _X.amount_minor
    return (
        select(
            *(_X.account, _X.currency, _N.booked_on),
            func.sum(case((x > 0, x), else_=0)),
            func.sum(case((x < 0, -x), else_=0)),
        )
        .select_from(_JOINED)
        .where(_N.branch_id == branch_id)
        .group_by(_X.account, _X.currency, _N.booked_on)
    )
