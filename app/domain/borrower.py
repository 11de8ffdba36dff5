"""How late a borrower is: the worst loan decides for all, and only paying all arrears ends an NPA.

RBI IRACP Directions: classified by borrower, not by loan; an NPA is upgraded once the entire
arrears of interest and principal are paid, of all loans of the borrower (RBI/2021-22/125).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.ageing import NPA_DAYS

_NPA, _ONE_DAY = timedelta(NPA_DAYS), timedelta(1)


class Arrears(NamedTuple):
    """A span of a loan that ends with arrears: its days, oldest unpaid due date, NPA since.

    `to_on` is None while it lasts.
    """

    from_on: date
    to_on: date | None
    oldest_on: date
    npa_since_on: date | None


class Late(NamedTuple):
    """Days with arrears, and since when the loan was an NPA on the last of them."""

    first_on: date
    last_on: date
    npa_since_on: date | None


def npa_since(spans: Iterable[Arrears], day: date) -> date | None:
    """Since when a borrower with these spans of all loans is an NPA at the end of `day`.

    Days on which any loan is in arrears run together; from the first day on which one of them is
    an NPA the borrower is one, until a day ends without arrears of any.
    """
    late = sorted(one for span in spans if (one := _late(span, day)) is not None)
    first: date | None = None
    last: date | None = None
    since: date | None = None
    for one in late:
        if last is None or one.first_on > last + _ONE_DAY:
            first, last, since = one.first_on, one.last_on, None
        last = max(last, one.last_on)
        if one.npa_since_on is not None:
            since = one.npa_since_on if since is None else min(since, one.npa_since_on)
    return since if first is not None and last == day else None


def _late(span: Arrears, day: date) -> Late | None:
    """The days of a span with arrears, up to the end of `day`."""
    last = day if span.to_on is None else min(span.to_on, day)
    first = max(span.from_on, span.oldest_on)
    if first > last:
        return None
    reached = span.oldest_on + _NPA
    if span.npa_since_on is not None:
        reached = min(reached, span.npa_since_on)
    return Late(first, last, reached if reached <= last else None)
