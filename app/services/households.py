"""Households: who earns, what goes out, what is owed; kept with the person who applies."""

from __future__ import annotations

from app.commands.codec import decode, encode
from app.commands.origination import ExistingLoan, HouseholdFacts, Member
from app.domain.errors import ValueRefused
from app.domain.household import (
    MOST_AGE,
    MOST_DAYS,
    MOST_LOANS,
    MOST_MEMBERS,
    RELATIONS,
    amount,
    count,
)
from app.domain.party import cleaned
from app.services.work import Work
from app.store.parties import household_of, open_membership
from app.store.schema.people import households, memberships
from app.store.store import Snapshot

HOUSEHOLD = "household"


def clean_household(facts: HouseholdFacts) -> HouseholdFacts:
    """The facts as they may be stored. Raises ValueRefused at the first field that may not."""
    count(len(facts.members), MOST_MEMBERS, "members")
    count(len(facts.loans), MOST_LOANS, "loans")
    return HouseholdFacts(
        members=tuple(_member(member) for member in facts.members),
        expenses_minor=amount(facts.expenses_minor, "expenses_minor"),
        loans=tuple(_loan(loan) for loan in facts.loans),
    )


def household_facts(connection: Snapshot, party_id: int) -> HouseholdFacts:
    """The household of a person; an empty one where none was written down."""
    row = household_of(connection, party_id)
    return HouseholdFacts() if row is None else decode(HouseholdFacts, row["facts"])


def household_differs(work: Work, party_id: int, facts: HouseholdFacts) -> bool:
    """Whether the clean facts would change what is stored."""
    return encode(household_facts(work.tx.connection, party_id)) != encode(facts)


def save_household(work: Work, party_id: int, facts: HouseholdFacts, *, known: bool) -> None:
    """Keep the clean facts; a first household gets its dated link to the person."""
    before = household_of(work.tx.connection, party_id) if known else None
    if before is not None:
        if before["facts"] != encode(facts):
            work.tx.change(households, dict(before), facts=encode(facts))
        return
    household_id = work.tx.insert(households, party_id=party_id, facts=encode(facts))
    join(work, party_id, HOUSEHOLD, household_id, known=known)


def join(work: Work, party_id: int, kind: str, of_id: int | None, *, known: bool) -> None:
    """Make the person a member of a group or household from today on, and of no other of the kind.

    A link that began today is corrected in place; an older one ends the day before.
    """
    held = open_membership(work.tx.connection, party_id, kind) if known else None
    if held is not None and held["of_id"] == of_id:
        return
    if held is not None and of_id is not None and held["from_on"] == work.day:
        work.tx.change(memberships, dict(held), of_id=of_id)
        return
    if held is not None:
        ended = max(held["from_on"], work.day.fromordinal(work.day.toordinal() - 1))
        work.tx.change(memberships, dict(held), to_on=ended)
    if of_id is not None:
        work.tx.insert(memberships, party_id=party_id, kind=kind, of_id=of_id, from_on=work.day)


def _member(member: Member) -> Member:
    if member.relation not in RELATIONS:
        raise ValueRefused(field="members", why="not-a-choice", given=member.relation)
    return Member(
        name=cleaned(member.name, "name"),
        relation=member.relation,
        age=count(member.age, MOST_AGE, "age"),
        income_minor=amount(member.income_minor, "income_minor"),
        source=cleaned(member.source, "source"),
    )


def _loan(loan: ExistingLoan) -> ExistingLoan:
    return ExistingLoan(
        lender=cleaned(loan.lender, "lender"),
        outstanding_minor=amount(loan.outstanding_minor, "outstanding_minor"),
        monthly_minor=amount(loan.monthly_minor, "monthly_minor"),
        microfinance=loan.microfinance,
        overdue_days=count(loan.overdue_days, MOST_DAYS, "overdue_days"),
        overdue_minor=amount(loan.overdue_minor, "overdue_minor"),
    )
