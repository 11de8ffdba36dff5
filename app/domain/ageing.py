"""How late a loan is: days past due, bucket, asset class, portfolio at risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

# RBI/2021-22/125 (12 Nov 2021): a due unpaid at the end of its day is day 1, so that an account is
# SMA-1, SMA-2 and NPA at the end of the day 30, 60 and 90 days after it.
SMA_1_DAYS, SMA_2_DAYS, NPA_DAYS = 30, 60, 90
_NPA = timedelta(NPA_DAYS)
BUCKETS = ("0", "1-30", "31-60", "61-90", "91-180", "180+")
ASSET_CLASSES = ("standard", "sma-0", "sma-1", "sma-2", "npa")
_BUCKET_ENDS = (0, 30, 60, 90, 180)


class Portion(NamedTuple):
    """A part of a whole, both in minor units."""

    part: int
    whole: int


def days_past_due(oldest_unpaid_due_on: date | None, as_on: date) -> int:
    """Days since the oldest unpaid due date; 0 on that day itself and where nothing is due."""
    return 0 if oldest_unpaid_due_on is None else max((as_on - oldest_unpaid_due_on).days, 0)


def bucket(dpd: int) -> str:
    """The bucket of a number of days past due."""
    for name, end in zip(BUCKETS, _BUCKET_ENDS, strict=False):
        if dpd <= end:
            return name
    return BUCKETS[-1]


def asset_class(oldest_unpaid_due_on: date | None, as_on: date, npa_since_on: date | None) -> str:
    """India's class at the end of `as_on`.

    `npa_since_on` is the day a loan became NPA if it has stayed so: only the payment of all arrears
    ends that. Otherwise the class follows the days since the oldest unpaid due date.
    """
    if npa_since_on is not None and npa_since_on <= as_on:
        return "npa"
    if oldest_unpaid_due_on is None or oldest_unpaid_due_on > as_on:
        return "standard"
    days = (as_on - oldest_unpaid_due_on).days
    if days >= NPA_DAYS:
        return "npa"
    if days >= SMA_2_DAYS:
        return "sma-2"
    return "sma-1" if days >= SMA_1_DAYS else "sma-0"


def npa_since(
    oldest_unpaid_due_on: date | None, as_on: date, inherited_on: date | None
) -> date | None:
    """The day the loan became NPA, if it is one at the end of `as_on`."""
    if inherited_on is not None and inherited_on <= as_on:
        return inherited_on
    if oldest_unpaid_due_on is None:
        return None
    reached_on = oldest_unpaid_due_on + _NPA
    return reached_on if reached_on <= as_on else None


def par(rows: Iterable[tuple[int, int]], n: int) -> Portion:
    """PAR-n of (days past due, principal outstanding): the principal of loans with DPD > n."""
    part = whole = 0
    for dpd, outstanding in rows:
        whole += outstanding
        if dpd > n:
            part += outstanding
    return Portion(part, whole)


def arrears_rate(rows: Iterable[tuple[int, int]]) -> Portion:
    """The arrears rate of (principal in arrears, principal outstanding): what is late, of all."""
    part = whole = 0
    for arrears, outstanding in rows:
        part += arrears
        whole += outstanding
    return Portion(part, whole)
