"""The items of a key fact statement in words, numbered as in the annexes of RBI/2024-25/18."""

from __future__ import annotations

from collections.abc import Iterator

from app.papers.key_fact_money import Figures
from app.papers.sheet import BODY, BODY_STRONG, Style
from app.rows.key_facts import KeyFactsPaper, KeyFloating
from app.texts import Language
from app.texts.figures import NOTHING, day
from app.texts.term_words import foreclosure_words, how_often, penalty_words

# Share, style and kind of the columns "what" and "answer".
ITEM: tuple[tuple[float, Style, bool], ...] = ((38, BODY, False), (55, BODY_STRONG, False))
Row = list[str]


def part_one(
    paper: KeyFactsPaper, figures: Figures, language: Language
) -> tuple[list[Row], list[Row]]:
    """The items before the charges of item 8, and those after them."""
    before = [*_loan(paper, figures, language), *_rate(paper, figures, language)]
    return before, list(_contingent(paper, language))


def part_two(paper: KeyFactsPaper, language: Language) -> Iterator[Row]:
    """Recovery, grievances, transfer, partners, digital loans."""
    _, lender = language.gettext, paper.lender
    yield ["1", _("Clause on engaging recovery agents"), paper.recovery_clause or NOTHING]
    yield ["2", _("Clause on the redress of grievances"), paper.grievance_clause or NOTHING]
    officer = [lender.grievance_name, lender.grievance_phone, paper.officer_email]
    said = " · ".join(part for part in officer if part)
    yield ["3", _("Grievance redressal officer: name, phone, e-mail"), said or NOTHING]
    answer = {True: _("Yes"), False: _("No"), None: NOTHING}[paper.transferable]
    yield ["4", _("The loan is, or may be, transferred or securitised"), answer]
    what = _("Lending with a partner or outsourcing: lenders, shares, blended rate")
    yield ["5", what, paper.co_lending or _("Not applicable")]
    yield ["6", _("Digital loans"), "" if _digital(paper) else _("Not applicable")]
    if paper.cooling_off_days is not None:
        count = language.ngettext("{n} day", "{n} days", paper.cooling_off_days)
        what = _("Cooling-off period in which the loan can be given back without a charge")
        yield ["(i)", what, count.format(n=paper.cooling_off_days)]
    if paper.recovery_agent:
        what = _("Service provider that recovers for the lender")
        yield ["(ii)", what, paper.recovery_agent]


def apr_items(paper: KeyFactsPaper, figures: Figures, language: Language) -> Iterator[Row]:
    """The rows of the computation sheet (annex B)."""
    _, fees = language.gettext, paper.lender_charges_minor + paper.third_party_minor
    often = how_often(paper.every, paper.unit, language)
    yield ["1", _("Sanctioned amount (item 2)"), figures.signed(paper.sanctioned_minor)]
    yield ["2", _("Term of the loan (item 4)"), _term(paper, language)]
    yield ["a", _("Instalments of principal, where they are not equal"), NOTHING]
    yield ["b", _("Kind of instalment (item 5)"), often]
    yield ["", _("Amount of each instalment"), figures.signed(paper.instalment_minor)]
    yield ["", _("Number of instalments"), str(paper.count)]
    yield ["c", _("Instalments of capitalised interest, if any"), NOTHING]
    yield ["d", _("Repayment begins after sanction"), _begins(paper, language)]
    yield ["3", _("Type of the interest rate"), _kind(paper, language)]
    yield ["4", _("Rate of interest a year"), paper.rate]
    what = _("Interest over the whole term, at the rate of the sanction")
    yield ["5", what, figures.signed(paper.interest_minor)]
    yield ["6", _("Fees and charges with tax (item 8)"), figures.signed(fees)]
    yield ["A", _("Payable to the lender"), figures.signed(paper.lender_charges_minor)]
    what = _("Payable to a third party through the lender")
    yield ["B", what, figures.signed(paper.third_party_minor)]
    yield ["7", _("Net amount disbursed"), figures.signed(paper.net_minor)]
    what = _("Total to be paid by the borrower (1 + 5, and charges with instalments)")
    yield ["8", what, figures.signed(paper.total_minor)]
    yield ["9", _("Annual percentage rate (APR)"), paper.apr or NOTHING]
    yield ["10", _("Schedule of disbursement"), _stages(paper, figures, language)]
    yield ["11", _("First instalment is due on"), day(paper.first_due_on, language)]


def _loan(paper: KeyFactsPaper, figures: Figures, language: Language) -> Iterator[Row]:
    _ = language.gettext
    number = paper.proposal_number or NOTHING
    yield ["1", _("Proposal number and type of loan"), f"{number} · {paper.loan_type}"]
    yield ["2", _("Sanctioned loan amount"), figures.signed(paper.sanctioned_minor)]
    yield ["3", _("Disbursal: in stages or all at once"), _stages(paper, figures, language)]
    if paper.stages:
        yield ["", _("Clause of the agreement on the stages"), paper.stage_clause or NOTHING]
    yield ["4", _("Term of the loan"), _term(paper, language)]
    often = how_often(paper.every, paper.unit, language)
    each = _("{count} × {amount}, {often}").format(
        count=paper.count, amount=figures.signed(paper.instalment_minor), often=often
    )
    yield ["5", _("Instalments"), each]
    yield ["", _("Repayment begins after sanction"), _begins(paper, language)]


def _rate(paper: KeyFactsPaper, figures: Figures, language: Language) -> Iterator[Row]:
    _ = language.gettext
    yield ["6", _("Interest rate a year and its type"), f"{paper.rate} · {_kind(paper, language)}"]
    if paper.floating is None:
        what = _("Floating rate: benchmark, spread, reset")
        yield ["7", what, _("Not applicable: the rate is fixed")]
        return
    yield from _floating(paper.floating, figures, language)


def _floating(rate: KeyFloating, figures: Figures, language: Language) -> Iterator[Row]:
    _ = language.gettext
    said = f"{rate.benchmark} · {rate.benchmark_rate} + {rate.spread} = {rate.final_rate}"
    yield ["7", _("Floating rate: benchmark, its rate (B) + spread (S) = rate (R)"), said]
    text = _("B after {benchmark} months, S after {spread} months")
    resets = text.format(benchmark=rate.benchmark_reset_months, spread=rate.spread_reset_months)
    yield ["", _("Reset"), resets]
    text = _("instalment + {amount}, or {n} more instalments")
    rise = figures.signed(rate.instalment_rise_minor)
    said = text.format(amount=rise, n=rate.instalments_more)
    yield ["", _("If R rises by 25 basis points"), said]


def _contingent(paper: KeyFactsPaper, language: Language) -> Iterator[Row]:
    _ = language.gettext
    yield ["9", _("Annual percentage rate (APR)"), paper.apr or NOTHING]
    yield ["10", _("Charges that depend on what happens"), ""]
    penal = penalty_words(paper.penalty, paper.currency, language)
    yield ["(i)", _("Penal charges for what comes late"), penal or _("None")]
    yield ["(ii)", _("Other penal charges"), paper.other_penal or _("None")]
    yield ["(iii)", _("Early closure"), foreclosure_words(paper.foreclosure, language)]
    yield ["(iv)", _("Change between floating and fixed rate"), paper.switching or _("None")]
    yield ["(v)", _("Any other charge"), paper.other_contingent or _("None")]


def _digital(paper: KeyFactsPaper) -> bool:
    return paper.cooling_off_days is not None or bool(paper.recovery_agent)


def _kind(paper: KeyFactsPaper, language: Language) -> str:
    _ = language.gettext
    return {"floating": _("floating"), "hybrid": _("hybrid")}.get(paper.rate_kind, _("fixed"))


def _term(paper: KeyFactsPaper, language: Language) -> str:
    count = paper.count * paper.every
    match paper.unit:
        case "day":
            said = language.ngettext("{n} day", "{n} days", count)
        case "week":
            said = language.ngettext("{n} week", "{n} weeks", count)
        case _:
            said = language.ngettext("{n} month", "{n} months", count)
    return said.format(n=count)


def _begins(paper: KeyFactsPaper, language: Language) -> str:
    days = (paper.first_due_on - paper.starts_on).days
    said = language.ngettext("{n} day", "{n} days", days).format(n=days)
    return f"{said} · {day(paper.first_due_on, language)}"


def _stages(paper: KeyFactsPaper, figures: Figures, language: Language) -> str:
    if not paper.stages:
        return language.gettext("100% at once")
    parts = [f"{day(on, language)}: {figures.signed(minor)}" for on, minor in paper.stages]
    return "; ".join(parts)
