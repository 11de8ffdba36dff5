"""Key fact statements: the annex's own worked example, and one with all there can be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.apr import apr_of
from app.domain.charges import ForeclosureInterest, ForeclosureTerms, PenaltyBase, PenaltyTerms
from app.domain.schedule import Schedule, schedule
from app.domain.terms import Terms, terms_of
from app.rows.key_facts import KeyCharge, KeyFactsPaper, KeyFloating, KeyLine
from app.services.quotes import two_places
from tests.papers.examples import LENDER

CASE: Mapping[str, Any] = json.loads(
    (Path(__file__).resolve().parents[1] / "golden" / "key_facts.json").read_text("utf-8")
)


FLOATING = KeyFloating(
    benchmark="One-year MCLR of a public bank",
    benchmark_rate="8.5%",
    spread="6.5%",
    final_rate="15%",
    benchmark_reset_months=12,
    spread_reset_months=36,
    instalment_rise_minor=2_00,
    instalments_more=1,
)
CHARGES = (
    KeyCharge(
        kind="processing",
        name="Processing fee",
        third_party=False,
        amount_minor=203_39,
        tax_minor=36_61,
        percent="1.2%",
    ),
    KeyCharge(
        kind="other",
        name="Stamp duty and documents, as the state asks it",
        third_party=False,
        amount_minor=100_00,
        ceiling=True,
    ),
    KeyCharge(
        kind="insurance",
        name="Life cover of the borrower and the spouse",
        third_party=True,
        amount_minor=135_59,
        tax_minor=24_41,
        every="instalment",
    ),
)


def annex(language: str = "en") -> KeyFactsPaper:
    """The worked example of the annexes, by the engine's exact run."""
    given = CASE["annex_b"]
    terms = _annex_terms()
    made = schedule(terms)
    apr = apr_of(terms)
    assert apr is not None
    return KeyFactsPaper(
        lender=LENDER,
        officer_email="care@sahaj.example",
        proposal_number="STP-K-000114",
        borrower="Sunita Devi · सुनीता देवी",
        member_number="M-00731",
        loan_type="Group loan",
        currency="INR",
        sanctioned_minor=terms.principal,
        count=len(made.lines),
        every=1,
        unit="month",
        instalment_minor=made.level,
        starts_on=terms.disbursed_on,
        first_due_on=made.lines[0].due_on,
        rate=f"{CASE['rate']}%",
        charges=_annex_charges(),
        interest_minor=made.totals.interest,
        net_minor=terms.principal - (given["fees_to_re"] + given["fees_third_party"]) * 100,
        total_minor=made.totals.interest + terms.principal,
        apr=f"{two_places(apr.percent)}%",
        apr_method=apr.method,
        penalty=PenaltyTerms(24 * 10**8, None, PenaltyBase.OVERDUE_INSTALMENT, 0, None, 0),
        foreclosure=ForeclosureTerms(ForeclosureInterest.TO_DATE),
        recovery_clause="Clause 14 of the agreement",
        grievance_clause="Clause 19 of the agreement",
        transferable=False,
        lines=_lines(made),
        made_on=date(2024, 9, 27),
        valid_days=3,
        valid_to=date(2024, 10, 3),
        language=language,
    )


def everything(language: str = "en") -> KeyFactsPaper:
    """Stages, taxes, ceilings, a floating rate, a partner, a digital loan, long names."""
    paper = annex(language)
    return replace(
        paper,
        borrower="Mohammad Abdul Rahim Ansari · मोहम्मद अब्दुल रहीम अंसारी",
        loan_type="Individual loan for a small business, with the yearly flexible repayment",
        stages=((date(2024, 10, 1), 12_000_00), (date(2024, 12, 1), 8_000_00)),
        stage_clause="Clause 3.2: the second part after the first was used as agreed",
        rate_kind="floating",
        floating=FLOATING,
        charges=CHARGES,
        other_penal="₹118 for each returned cheque or mandate",
        switching="₹500 + tax, once a year",
        other_contingent="Legal costs as a court allows them",
        transferable=True,
        co_lending="Sahaj 20 %, Partner Bank 80 %, blended rate 15 %",
        cooling_off_days=3,
        recovery_agent="Vishwas Services Private Limited",
        acknowledged_on=date(2024, 9, 28),
        explained_in="hi",
    )


def _annex_terms() -> Terms:
    given = CASE["annex_b"]
    fees = (("Processing fee", given["fees_to_re"]), ("Life cover", given["fees_third_party"]))
    return terms_of(
        {
            "principal": f"{given['sanctioned']}.00",
            "disbursed_on": "2024-10-01",
            "annual_rate": CASE["rate"],
            "instalments": given["n_epi"],
            "every": {"n": 1, "unit": "month"},
            "first_due_on": "2024-11-01",
            "rounding": {"mode": "none", "instalment_to": "1.00"},
            "charges": [
                {"name": name, "on": "disbursement", "amount": f"{amount}.00", "deduct": True}
                for name, amount in fees
            ],
        },
        "INR",
    )


def _annex_charges() -> tuple[KeyCharge, ...]:
    given = CASE["annex_b"]
    return (
        KeyCharge(
            kind="processing",
            name="Processing fee",
            third_party=False,
            amount_minor=given["fees_to_re"] * 100,
        ),
        KeyCharge(
            kind="insurance",
            name="Life cover",
            third_party=True,
            amount_minor=given["fees_third_party"] * 100,
        ),
    )


def _lines(made: Schedule) -> tuple[KeyLine, ...]:
    """The rows of annex C: the balance before each instalment is the printed one."""
    rows, balance = [], _annex_terms().principal
    for line in made.lines:
        figures = (line.principal, line.interest, line.amount)
        rows.append(KeyLine(line.number, line.due_on, balance, *figures))
        balance = line.balance
    return tuple(rows)
