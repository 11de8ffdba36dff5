"""A file of loans that ran elsewhere: all of them go on here, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from app.commands.base import Topic
from app.commands.takeover import LoansTakenOver, TakeOverFile
from app.domain.errors import DayClosed, KistError, ValueRefused
from app.domain.money import minor_of
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission, Role
from app.domain.takeover import FileEntry, FileRow, entries_of_file
from app.queries.takeover import CheckTakeOverFile
from app.rows.facts import PartyFacts, TakenLine, TakenLoan
from app.rows.takeover import FileCheck, FileLoan, FileRefusal
from app.services.acting import Desk, desk_of, desk_shown
from app.services.openings import Opened
from app.services.parties import add_party, clean_facts
from app.services.registry import answers, use_case
from app.services.taking_over import checked, written
from app.services.work import Reading, Work
from app.store.loans import share_open_day
from app.store.parties import all_groups, party_of_number
from app.store.people import officers_of_branch
from app.store.products import all_products
from app.texts.errors import sentence

T = TypeVar("T")
_MOST_DIGITS = 6
_COLUMN_OF: Mapping[str, str] = {
    "product_id": "product",
    "officer_id": "officer",
    "principal_minor": "principal",
    "amount_minor": "principal",
    "received_minor": "received",
    "excess_minor": "excess",
    "group_id": "group",
    "lines": "line_number",
}


@dataclass(frozen=True, slots=True)
class Ready:
    """A loan of the file that can be taken over: for a known borrower, or a new one."""

    line: int
    taken: TakenLoan
    made: Opened
    party_id: int | None
    party: PartyFacts | None
    borrower: str


@dataclass(slots=True)
class Checking:
    """Reads entry by entry; what is wrong is kept with its line."""

    desk: Desk
    ready: list[Ready] = field(default_factory=list)
    refusals: list[FileRefusal] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _products: dict[str, Mapping[str, object]] = field(init=False)
    _officers: dict[str, int] = field(init=False)
    _groups: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        desk, branch_id = self.desk, self.desk.branch.branch_id
        self._products = {row["code"]: row for row in all_products(desk.snapshot, desk.day)}
        found = officers_of_branch(desk.snapshot, branch_id, desk.day, Role.OFFICER)
        self._officers = {login: user_id for user_id, login in found.items()}
        self._groups = {row["title"]: row["id"] for row in all_groups(desk.snapshot, branch_id)}

    def take(self, entry: FileEntry) -> None:
        """Look at one loan of the file."""
        at = _At(entry.first)
        try:
            self.ready.append(self._checked(entry, at))
        except KistError as refusal:
            column = at.column or _COLUMN_OF.get(refusal.field, refusal.field)
            self.refusals.append(FileRefusal(at.row.line, column, sentence(refusal)))

    def _checked(self, entry: FileEntry, at: _At) -> Ready:
        number = at.read(entry.first, "old_number", partial(_needed, field="old_number"))
        if number in self._seen or entry.stray is not None:
            at.row, at.column = entry.stray or entry.first, "old_number"
            raise ValueRefused(field="old_number", why="file-twice")
        self._seen.add(number)
        party_id, party, borrower = self._borrower(entry, at)
        taken = self._taken(entry, at, number)
        made = checked(self.desk, taken)
        return Ready(entry.first.line, taken, made, party_id, party, borrower)

    def _taken(self, entry: FileEntry, at: _At, number: str) -> TakenLoan:
        row, currency = entry.first, self.desk.branch.currency
        money = partial(_money, currency=currency)
        product = at.read(row, "product", partial(_known, among=self._products))
        group = row.values.get("group", "")
        first_due_on, received = row.values.get("first_due_on"), row.values.get("received")
        return TakenLoan(
            product_id=int(str(product["id"])),
            currency=currency,
            old_number=number,
            principal_minor=at.read(row, "principal", money),
            annual_rate=at.read(row, "annual_rate", str),
            instalments=at.read(row, "instalments", _whole),
            disbursed_on=at.read(row, "disbursed_on", _day),
            opening_on=at.read(row, "opening_on", _day),
            officer_id=at.read(row, "officer", partial(_known, among=self._officers)),
            first_due_on=at.read(row, "first_due_on", _day) if first_due_on else None,
            lines=tuple(_line(at, one, money) for one in entry.lines),
            excess_minor=at.read(row, "excess", money) if row.values.get("excess") else 0,
            received_minor=at.read(row, "received", money) if received else None,
            group_id=at.read(row, "group", partial(_known, among=self._groups)) if group else None,
        )

    def _borrower(self, entry: FileEntry, at: _At) -> tuple[int | None, PartyFacts | None, str]:
        row = entry.first
        if row.values.get("member_number"):
            found = at.read(row, "member_number", self._member)
            return found[0], None, found[1]
        if not entry.text("full_name"):
            at.column = "full_name"
            raise ValueRefused(field="full_name", why="file-borrower")
        born = entry.text("born_on")
        facts = PartyFacts(
            full_name=entry.text("full_name"),
            language=entry.text("language") or "en",
            born_on=at.read(row, "born_on", _day) if born else None,
            local_name=entry.text("local_name"),
            gender=entry.text("gender"),
            phone=entry.text("phone"),
            relative_name=entry.text("relative_name"),
            house=entry.text("house"),
            village=entry.text("village"),
            pin=entry.text("pin"),
        )
        clean = clean_facts(facts, self.desk.branch.country, self.desk.day)
        return None, clean, clean.full_name

    def _member(self, number: str) -> tuple[int, str]:
        found = party_of_number(self.desk.snapshot, number)
        if found is None:
            raise ValueRefused(field="member_number", why="file-unknown", given=number)
        return int(found["id"]), str(found["full_name"])


@dataclass(slots=True)
class _At:
    """Where in the file is being read, so that a refusal names the cell."""

    row: FileRow
    column: str = ""

    def read(self, row: FileRow, column: str, parse: Callable[[str], T]) -> T:
        """A cell's value; while it is read, refusals are about it."""
        before, self.row, self.column = self.row, row, column
        value = parse(row.values.get(column, ""))
        self.row, self.column = before, ""
        return value


@use_case(
    TakeOverFile,
    needs=Permission.LOAN_TAKE_OVER,
    changes={Topic.LOAN, Topic.PARTY},
    answer=LoansTakenOver,
)
def take_over_file(work: Work, command: TakeOverFile) -> LoansTakenOver:
    """Take every loan of the file over in this transaction. Raises where any has a mistake."""
    reason = cleaned(command.reason, "reason", needed=True)
    if not share_open_day(work.tx, work.branch.branch_id):
        raise DayClosed()
    checking = _looked_through(desk_of(work), command.text)
    if checking.refusals:
        first = checking.refusals[0]
        raise ValueRefused(
            field="text", why="file-refused", line=first.line, count=len(checking.refusals)
        )
    total = sum(one.made.outstanding for one in checking.ready)
    work.within(Limit.TAKE_OVER, max(one.made.outstanding for one in checking.ready))
    for one in checking.ready:
        party_id = one.party_id
        if party_id is None and one.party is not None:
            party_id = add_party(work, one.party)
        written(work, party_id or 0, one.taken, one.made, reason)
        work.tx.flush()  # the next numbers are counted on from these
    return LoansTakenOver(len(checking.ready), total, work.branch.currency)


@answers(CheckTakeOverFile, needs=Permission.LOAN_TAKE_OVER)
def check_take_over_file(reading: Reading, query: CheckTakeOverFile) -> FileCheck:
    """Every loan of the file, and every line that cannot be taken over with its reason."""
    checking = _looked_through(desk_shown(reading), query.text)
    titles = {row["id"]: row["title"] for row in all_products(reading.connection, reading.day)}
    return FileCheck(
        currency=reading.branch.currency,
        loans=tuple(_row(one, titles) for one in checking.ready),
        refusals=tuple(checking.refusals),
        outstanding_minor=sum(one.made.outstanding for one in checking.ready),
    )


def _looked_through(desk: Desk, text: str) -> Checking:
    checking = Checking(desk)
    for entry in entries_of_file(text):
        checking.take(entry)
    return checking


def _row(one: Ready, titles: Mapping[int, str]) -> FileLoan:
    return FileLoan(
        line=one.line,
        old_number=one.taken.old_number,
        borrower=one.borrower,
        product=titles.get(one.taken.product_id, ""),
        outstanding_minor=one.made.outstanding,
        arrears_minor=one.made.now.arrears.total,
        excess_minor=one.made.now.excess,
        known_party=one.party_id is not None,
    )


def _line(at: _At, row: FileRow, money: Callable[[str], int]) -> TakenLine:
    heads = ("principal", "interest", "charge", "penalty")
    amounts = (
        at.read(row, f"line_{head}", money) if row.values.get(f"line_{head}") else 0
        for head in heads
    )
    number = at.read(row, "line_number", _whole)
    return TakenLine(number, at.read(row, "line_due_on", _day), *amounts)


def _needed(text: str, field: str) -> str:
    return cleaned(text, field, needed=True)


def _known(text: str, among: Mapping[str, T]) -> T:
    if text not in among:
        raise ValueRefused(why="file-unknown", given=text[:60])
    return among[text]


def _money(text: str, currency: str) -> int:
    try:
        return minor_of(text, currency)
    except ValueRefused:
        raise ValueRefused(why="file-number", given=text[:40]) from None


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise ValueRefused(why="file-whole", given=text[:40])
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueRefused(why="file-day", given=text[:40]) from None
