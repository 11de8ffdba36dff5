"""Copies of played lives: their rows, day by day, with borrowers and officers of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.commands.codec import encode
from app.demo.samples import samples
from app.domain.events import EventKind
from app.domain.party import folded
from app.services.numbers import financial_year
from app.store.hashing import Digester
from app.store.schema.books import entries, entry_lines
from app.store.schema.loans import (
    allocations,
    events,
    instalments,
    loan_officers,
    loan_positions,
    loans,
    position_spans,
    receipt_parts,
    receipts,
)
from app.store.schema.people import applications, groups, parties
from tests.bench import fixed as common
from tests.bench.bulk import Bulk, Template
from tests.bench.patterns import COUNTER, CURRENCY, Pattern, Step

GROUP = 5
_APRIL = 4
_PROJECTED = (instalments, position_spans, allocations, loan_positions)
_MIXED = 2_654_435_761  # Knuth's multiplier: neighbours get names far from each other
_PARTS = ("", " Khurd", " Purwa", " Nagar", " Tola", " Ganj", " Dih", " Patti")


@dataclass(frozen=True)
class Place:
    """Where the loans are, and who works there."""

    branch_id: int
    station_id: int
    manager_id: int
    cashier_id: int
    officers: tuple[int, ...]


@dataclass
class _Ids:
    """The first ids of a pattern's copies: of its loans, and of the event of each step."""

    loan: int = 0
    events: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _New:
    """The loans of a pattern that begin: first ids, and what each copy has of its own."""

    party: int
    application: int
    loan: int
    officers: list[int]
    groups: list[tuple[int, ...]]
    numbers: list[str]
    grouped: tuple[str, ...]


@dataclass(frozen=True)
class _Who:
    """Who borrows."""

    full_name: str
    local_name: str
    phone: str
    village: str


class Copies:
    """Writes the copies of patterns; each pattern has its share of the loans."""

    def __init__(
        self, patterns: list[Pattern], loans_wanted: int, place: Place, digest: Digester
    ) -> None:
        self.patterns, self.place, self.digest = patterns, place, digest
        share, rest = divmod(loans_wanted, len(patterns))
        self.counts = [share + (number < rest) for number in range(len(patterns))]
        self.starts = [sum(self.counts[:number]) for number in range(len(patterns))]
        self.ids = [_Ids() for _ in patterns]
        self.receipts = 0
        self._numbers: Counter[str] = Counter()
        self._groups = 0
        self._days: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            for step, one in enumerate(pattern.steps):
                self._days[one.on].append((number, step))

    def write_day(self, bulk: Bulk, on: date) -> None:
        """Write what happened on a day."""
        for number, step in self._days.get(on, ()):
            if step == 0:
                self._begin(bulk, number, on)
            self._step(bulk, number, self.patterns[number].steps[step])

    def earned_on(self, on: date) -> Mapping[int, int]:
        """The interest of a day by product."""
        made: Counter[int] = Counter()
        for pattern, count in zip(self.patterns, self.counts, strict=True):
            if on in pattern.earned:
                made[pattern.product_id] += pattern.earned[on] * count
        return made

    def write_derived(self, bulk: Bulk, number: int) -> None:
        """Write what is derived of the loans of a pattern."""
        ids, count, own = self.ids[number], self.counts[number], self.patterns[number].rows
        for table in _PROJECTED:
            for row in own[table.name]:
                fixed = {k: v for k, v in row.items() if k not in ("loan_id", "event_id")}
                if table is loan_positions:
                    fixed["branch_id"] = self.place.branch_id
                    del fixed["officer_id"]
                    made = Template(table, fixed, ("loan_id", "officer_id"), self.digest)
                    rows = [(ids.loan + c, self._officer(number, c)) for c in range(count)]
                elif "event_id" in row:
                    first = ids.events[row["event_id"] - 1]
                    made = Template(table, fixed, ("event_id", "loan_id"), self.digest)
                    rows = [(first + c, ids.loan + c) for c in range(count)]
                else:
                    made = Template(table, fixed, ("loan_id",), self.digest)
                    bulk.write(made, [(ids.loan + c,) for c in range(count)])
                    continue
                bulk.write(made, rows)

    # -- one life --------------------------------------------------------------------------------
    def _begin(self, bulk: Bulk, number: int, on: date) -> None:
        """Borrowers, applications, loans and their officers."""
        count = self.counts[number]
        first_group = self._write_groups(bulk, number) if self._in_groups(number) else 0
        new = _New(
            party=bulk.ids(count),
            application=bulk.ids(count),
            loan=bulk.ids(count),
            officers=[self._officer(number, c) for c in range(count)],
            groups=[(first_group + c // GROUP,) if first_group else () for c in range(count)],
            numbers=self._serials(f"STP-{financial_year(on, _APRIL)}-L{COUNTER}-", count),
            grouped=("group_id",) if first_group else (),
        )
        self.ids[number].loan = new.loan
        self._borrowers(bulk, number, new)
        self._applications(bulk, number, new, on)
        self._loans(bulk, number, new, on)

    def _borrowers(self, bulk: Bulk, number: int, new: _New) -> None:
        count, start = self.counts[number], self.starts[number]
        who = [self._who(start + c) for c in range(count)]
        members = self._serials(f"M-STP-{COUNTER}-", count)
        rows = [
            (
                folded(one.full_name, one.local_name, one.phone, one.village, member),
                *(one.full_name, new.party + c, one.local_name, member, one.phone, one.village),
            )
            for c, (one, member) in enumerate(zip(who, members, strict=True))
        ]
        holes = ("find_text", "full_name", "id", "local_name", "number", "phone", "village")
        self._write(bulk, parties, common.person(), holes, rows)

    def _applications(self, bulk: Bulk, number: int, new: _New, on: date) -> None:
        pattern, count = self.patterns[number], self.counts[number]
        asked = self._serials(f"A-STP-{on:%y%m}-{COUNTER}-", count)
        rows: list[Any] = [
            (
                *(*new.groups[c], new.application + c, new.loan + c),
                *(asked[c], new.officers[c], new.party + c),
            )
            for c in range(count)
        ]
        holes = (*new.grouped, "id", "loan_id", "number", "officer_id", "party_id")
        fixed = common.application(pattern, self.place.branch_id, on)
        self._write(bulk, applications, fixed, holes, rows)
        first = bulk.ids(count)
        told = self._fact("application", "disbursed", on) | {
            "amount_minor": pattern.terms.first_amount,
            "currency": CURRENCY,
            "payload": encode({"mode": "bank", "paid_out_minor": 0, "reference": "NEFT"}),
        }
        rows = [(first + c, new.application + c, new.numbers[c]) for c in range(count)]
        self._write(bulk, events, told, ("id", "subject_id", "title"), rows)

    def _loans(self, bulk: Bulk, number: int, new: _New, on: date) -> None:
        count = self.counts[number]
        rows: list[Any] = [
            (
                *(new.application + c, *new.groups[c], new.loan + c),
                *(new.numbers[c], new.party + c),
            )
            for c in range(count)
        ]
        holes = ("application_id", *new.grouped, "id", "number", "party_id")
        fixed = common.loan(self.patterns[number], self.place.branch_id, on)
        self._write(bulk, loans, fixed, holes, rows)
        first = bulk.ids(count)
        rows = [(first + c, new.loan + c, new.officers[c]) for c in range(count)]
        self._write(bulk, loan_officers, {"from_on": on}, ("id", "loan_id", "officer_id"), rows)

    def _step(self, bulk: Bulk, number: int, step: Step) -> None:
        """The fact, its receipt, its entry."""
        count, ids = self.counts[number], self.ids[number]
        event, loan = bulk.ids(count), ids.loan
        ids.events.append(event)
        fixed = self._fact("loan", step.kind.value, step.on) | {
            "amount_minor": step.amount,
            "currency": CURRENCY,
            "head": step.head.value if step.head else None,
            "title": step.title or None,
        }
        if step.of is None:
            rows: list[tuple[Any, ...]] = [(event + c, loan + c) for c in range(count)]
            self._write(bulk, events, fixed, ("id", "subject_id"), rows)
        else:
            of = ids.events[step.of - 1]
            rows = [(event + c, of + c, loan + c) for c in range(count)]
            self._write(bulk, events, fixed, ("id", "of_id", "subject_id"), rows)
        if step.kind is EventKind.RECEIPT:
            self._receipt(bulk, number, step, event)
        self._entry(bulk, number, step, event)

    def _receipt(self, bulk: Bulk, number: int, step: Step, event: int) -> None:
        count, loan, start = self.counts[number], self.ids[number].loan, self.starts[number]
        self.receipts += count
        series = f"STP-{COUNTER}-{financial_year(step.on, _APRIL)}"
        serial, receipt, part = bulk.serials(series, count), bulk.ids(count), bulk.ids(count)
        fixed = {
            "branch_id": self.place.branch_id,
            "station_id": self.place.station_id,
            "series": series,
            "mode": step.mode,
            "reference": "" if step.mode == "cash" else "000000000001",
            "amount_minor": step.amount,
            "currency": CURRENCY,
            "received_on": step.on,
            "booked_on": step.on,
            "recorded_at": common.at_noon(step.on),
            "user_id": self.place.cashier_id,
        }
        self._write(
            *(bulk, receipts, fixed, ("id", "number", "payer", "serial")),
            [
                (
                    *(receipt + c, f"{series}-{serial + c:06d}"),
                    *(self._who(start + c).full_name, serial + c),
                )
                for c in range(count)
            ],
        )
        of = {
            "account_kind": "loan",
            "amount_minor": step.amount,
            "currency": CURRENCY,
            "printed": step.printed,
        }
        self._write(
            *(bulk, receipt_parts, of, ("account_id", "event_id", "id", "receipt_id")),
            [(loan + c, event + c, part + c, receipt + c) for c in range(count)],
        )

    def _entry(self, bulk: Bulk, number: int, step: Step, event: int) -> None:
        if not step.entry:
            return
        count, loan, entry = self.counts[number], self.ids[number].loan, 0
        entry = bulk.ids(count)
        at = {"branch_id": self.place.branch_id, "booked_on": step.on}
        told = {
            "recorded_at": common.at_noon(step.on),
            "user_id": self._user(step),
            "narration": step.title,
        }
        self._write(
            *(bulk, entries, at | told | {"kind": step.kind.value}, ("event_id", "id", "loan_id")),
            [(event + c, entry + c, loan + c) for c in range(count)],
        )
        of = {"product_id": self.patterns[number].product_id, "currency": CURRENCY}
        for place, line in enumerate(step.entry):
            first = bulk.ids(count)
            leg = {"place": place, "account": line.account, "amount_minor": line.amount}
            rows = [(entry + c, first + c) for c in range(count)]
            self._write(bulk, entry_lines, at | of | leg, ("entry_id", "id"), rows)

    # -- parts -----------------------------------------------------------------------------------
    def _write(
        self,
        bulk: Bulk,
        table: Any,
        fixed: Mapping[str, Any],
        holes: tuple[str, ...],
        rows: list[Any],
    ) -> None:
        bulk.write(Template(table, fixed, holes, self.digest), rows)

    def _write_groups(self, bulk: Bulk, number: int) -> int:
        """The groups of a pattern's copies; returns the id of the first."""
        words, count = samples(), -(-self.counts[number] // GROUP)
        first, made = bulk.ids(count), []
        for place in range(count):
            serial = self._groups + place
            title = f"{words.groups[serial % len(words.groups)]} {serial + 1}"
            centre = f"{words.centres[serial // 4 % len(words.centres)]} {serial // 40 + 1}"
            made.append((centre, first + place, title))
        self._groups += count
        fixed = {"branch_id": self.place.branch_id}
        self._write(bulk, groups, fixed, ("centre", "id", "title"), made)
        return first

    def _in_groups(self, number: int) -> bool:
        return self.patterns[number].product.startswith("JLG")

    def _officer(self, number: int, copy: int) -> int:
        of = self.place.officers
        return of[(self.starts[number] + copy) // GROUP % len(of)]

    def _serials(self, prefix: str, count: int) -> list[str]:
        first = self._numbers[prefix] + 1
        self._numbers[prefix] += count
        return [f"{prefix}{first + c:05d}" for c in range(count)]

    def _user(self, step: Step) -> int:
        taken = step.kind is EventKind.RECEIPT
        return self.place.cashier_id if taken else self.place.manager_id

    def _fact(self, subject: str, kind: str, on: date) -> dict[str, Any]:
        receipt = kind == EventKind.RECEIPT.value
        return {
            "branch_id": self.place.branch_id,
            "subject_kind": subject,
            "kind": kind,
            "value_on": on,
            "booked_on": on,
            "recorded_at": common.at_noon(on),
            "user_id": self.place.cashier_id if receipt else self.place.manager_id,
        }

    def _who(self, serial: int) -> _Who:
        """An invented borrower, the same for the same serial."""
        words, mixed = samples(), serial * _MIXED % (1 << 32)
        family = words.families[mixed % 100 < 18]
        given = family.women[mixed // 7 % len(family.women)]
        last = family.names[mixed // 331 % len(family.names)]
        village = words.villages[serial // GROUP % len(words.villages)][0]
        part = _PARTS[serial // GROUP // len(words.villages) % len(_PARTS)]
        phone = f"{6 + mixed % 4}{mixed // 4 % 10**9:09d}"
        return _Who(f"{given[0]} {last[0]}", f"{given[1]} {last[1]}", phone, village + part)
