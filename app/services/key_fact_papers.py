"""What a key fact statement says, item by item, of a sanctioned loan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from app.domain.apr import IRR_NOMINAL, apr_of
from app.domain.charges import ChargeTerms, When
from app.domain.key_facts import ValidityRule, first_due_of
from app.domain.reading import percent_text
from app.domain.schedule import Schedule, schedule
from app.domain.terms import Terms
from app.rows.facts import FeeNote, KeyFactsNotes
from app.rows.key_facts import KeyCharge, KeyFactsPaper, KeyLine
from app.rows.lender import LenderHead
from app.services.quotes import disclosed, instalment_of, two_places
from app.services.receipt_papers import full_name
from app.texts.figures import percent

NO_FEE = FeeNote("")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sanctioned loan as it is proposed: its terms, the product's notes, the rule of validity.

    `about` is the application with its borrower and the lender.
    """

    about: Mapping[str, Any]
    product: Mapping[Any, Any]
    terms: Terms
    rule: ValidityRule
    made_on: date
    language: str

    @property
    def notes(self) -> KeyFactsNotes:
        """What the product says beside its terms."""
        return self.product["key_facts"] or KeyFactsNotes(required=False)

    @property
    def tenor_days(self) -> int:
        """From disbursement to the last due date."""
        return (schedule(self.terms).lines[-1].due_on - self.terms.disbursed_on).days


# What stands in the statement as the product's notes have it.
_AS_NOTED = (
    "other_penal",
    "switching",
    "other_contingent",
    "recovery_clause",
    "grievance_clause",
    "transferable",
    "co_lending",
    "cooling_off_days",
    "recovery_agent",
)


def paper_of(proposal: Proposal, number: str) -> KeyFactsPaper:
    """The statement; its figures are those of the exact run, each rounded by itself."""
    terms, notes, about = proposal.terms, proposal.notes, proposal.about
    exact = disclosed(terms)
    made, apr = schedule(exact), apr_of(exact)
    kept = sum(one.amount + one.tax for one in made.disbursement if one.deducted)
    return KeyFactsPaper(
        lender=_lender(about, notes),
        officer_email=notes.grievance_email,
        proposal_number=number,
        borrower=full_name(about),
        member_number=about["member_number"],
        loan_type=proposal.product["title"],
        currency=terms.currency,
        sanctioned_minor=terms.principal,
        stages=tuple((part.on, part.amount) for part in terms.tranches),
        stage_clause=notes.stage_clause,
        count=sum(1 for line in made.lines if line.number > 0),
        every=terms.every,
        unit=terms.unit.value,
        instalment_minor=instalment_of(made),
        starts_on=terms.disbursed_on,
        first_due_on=first_due_of(terms),
        rate=percent(Fraction(percent_text(terms.annual_rate)) / 100),
        charges=tuple(_charges(terms, notes)),
        interest_minor=made.totals.interest,
        net_minor=terms.principal - kept,
        total_minor=made.totals.amount - kept,
        apr="" if apr is None else f"{two_places(apr.percent)}%",
        apr_method=IRR_NOMINAL if apr is None else apr.method,
        penalty=terms.penalty,
        foreclosure=terms.foreclosure,
        **{name: getattr(notes, name) for name in _AS_NOTED},
        lines=tuple(_lines(exact, made)),
        made_on=proposal.made_on,
        valid_days=proposal.rule.days_of(proposal.tenor_days),
        valid_to=proposal.rule.valid_to(proposal.made_on, proposal.tenor_days),
        language=proposal.language,
    )


def _lender(about: Mapping[str, Any], notes: KeyFactsNotes) -> LenderHead:
    return LenderHead(
        name=about["lender_name"],
        registration=about["lender_registration"],
        address=about["address"],
        branch=about["branch_name"],
        grievance_name=notes.grievance_name,
        grievance_phone=about["grievance_phone"],
    )


def _charges(terms: Terms, notes: KeyFactsNotes) -> Iterator[KeyCharge]:
    """Every charge of the terms: what is taken once by its amount, the others by their largest."""
    noted = {fee.name: fee for fee in notes.fees}
    for charge in terms.charges:
        note = noted.get(charge.name, NO_FEE)
        amounts = _amounts(terms, charge)
        amount, tax = max(amounts, key=sum, default=(0, 0))
        each = charge.on is When.INSTALMENT
        yield KeyCharge(
            kind=note.kind,
            name=charge.name,
            third_party=note.third_party,
            amount_minor=amount,
            tax_minor=tax,
            every=When.INSTALMENT.value if each else "",
            percent="" if charge.percent is None else _share(charge.percent),
            ceiling=each and len(set(amounts)) > 1,
        )


def _amounts(terms: Terms, charge: ChargeTerms) -> list[tuple[int, int]]:
    """(amount, its tax) of every time that a charge is taken, in minor units."""
    if charge.on is When.DISBURSEMENT:
        found = schedule(replace(terms, charges=(charge,))).disbursement
        return [(one.amount, one.tax) for one in found]
    whole = _levied(terms, charge)
    bare = _levied(terms, replace(charge, tax_percent=0))
    return [(bare[number], total - bare[number]) for number, total in whole.items() if total]


def _levied(terms: Terms, charge: ChargeTerms) -> dict[int, int]:
    """What a charge alone brings each line, with its tax."""
    made = schedule(replace(terms, charges=(charge,)))
    return {line.number: line.charge + line.penalty for line in made.lines}


def _lines(exact: Terms, made: Schedule) -> Iterator[KeyLine]:
    """The rows; what is outstanding before a line has in it what was handed out till then."""
    waiting = list(exact.tranches[1:])
    outstanding = exact.first_amount
    for line in made.lines:
        while waiting and waiting[0].on < line.due_on:
            outstanding += waiting.pop(0).amount
        yield KeyLine(
            number=line.number,
            due_on=line.due_on,
            outstanding_minor=outstanding,
            principal_minor=line.principal,
            interest_minor=line.interest,
            instalment_minor=line.amount,
        )
        outstanding = line.balance


def _share(value: int) -> str:
    return percent(Fraction(percent_text(value)) / 100)
