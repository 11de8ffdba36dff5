"""What is to be set aside for losses on a day, by a norm and the rates in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from app.domain.provision import (
    ProvisionRule,
    of_class,
    of_instalments,
    share,
)
from app.reports.grouping import NORMS
from app.rows.reports import Figures, GroupRow
from app.services.borrower_class import npas_known
from app.services.provision_rules import OVER_90, OVER_180, PORTFOLIO, rule_of
from app.services.report_asked import Asked, Made
from app.services.report_standing import at_end
from app.services.report_stock import Stock
from app.services.work import Reading
from app.store.report_stock import Stood
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named


def provisions(reading: Reading, asked: Asked) -> Made:
    """A row a class, or a row a share; the total is what is required."""
    rule = rule_of(asked.by, asked.period.last)
    return _by_class(reading, asked, rule) if rule.classes else _of_parts(reading, asked, rule)


def _by_class(reading: Reading, asked: Asked, rule: ProvisionRule) -> Made:
    at, loans = at_end(reading, asked)
    since = npa_since(reading, asked, at)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for loan in loans:
        rate = rule.class_of(since.get(loan.party_id), at.day)
        one = sums[rate.name]
        one[0] += 1
        one[1] += loan.principal_minor
        one[2] += of_class(rate, loan.principal_minor)
    rows: list[GroupRow] = []
    for rate in rule.classes:
        count, base, provision = sums[rate.name]
        figures: Figures = {
            "loans": count,
            "base_minor": base,
            "rate": rate.unsecured_bp,
            "provision_minor": provision,
        }
        rows.append(GroupRow(rate.name, named("provision", rate.name), figures))
    return Made(tuple(rows), ((_("Rule"), rule.citation),))


def npa_since(reading: Reading, asked: Asked, at: Stock) -> Mapping[int, date]:
    """Since when each borrower has been an NPA; the others are left out."""
    return npas_known(reading, asked.scope, at.day, min(asked.known(at.day), reading.day))


def _of_parts(reading: Reading, asked: Asked, rule: ProvisionRule) -> Made:
    at, loans = at_end(reading, asked)
    parts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for loan in loans:
        for part, base in parts_of(at, loan):
            parts[part][0] += 1
            parts[part][1] += base
    told = (
        (PORTFOLIO, _("Share of the whole portfolio"), rule.portfolio_bp),
        (OVER_90, _("Instalments overdue 91\u2013179 days"), rule.over_90_bp),
        (OVER_180, _("Instalments overdue 180 days or more"), rule.over_180_bp),
    )
    rows: list[GroupRow] = []
    for key, title, rate in told:
        count, base = parts[key]
        figures: Figures = {
            "loans": count,
            "base_minor": base,
            "rate": rate,
            "provision_minor": share(base, rate),
        }
        rows.append(GroupRow(key, title, figures))
    bases = (parts[PORTFOLIO][1], parts[OVER_90][1], parts[OVER_180][1])
    required = of_instalments(rule, *bases)
    shown = amount(required, asked.period.currency, symbol=True)
    meaning = _("the higher of the first line and the two others together")
    notes = ((_("Required"), f"{shown} ({meaning})"), (_("Rule"), rule.citation))
    return Made(tuple(rows), notes, (("provision_minor", required),))


def parts_of(at: Stock, loan: Stood) -> Iterator[tuple[str, int]]:
    """What of a loan is reckoned under each part of the norm."""
    owed = at.owed(loan)
    yield PORTFOLIO, loan.principal_minor
    if younger := owed.over_90_minor - owed.over_180_minor:
        yield OVER_90, younger
    if owed.over_180_minor:
        yield OVER_180, owed.over_180_minor


def behind(reading: Reading, asked: Asked, at: Stock, loans: list[Stood]) -> list[Stood]:
    """The loans behind a line of a norm."""
    norm = next((norm for norm in NORMS if norm in asked.within), None)
    if norm is None:
        return loans
    rule, wanted = rule_of(norm, at.day), asked.within[norm]
    if not rule.classes:
        return [one for one in loans if wanted in dict(parts_of(at, one))]
    since = npa_since(reading, asked, at)
    return [one for one in loans if rule.class_of(since.get(one.party_id), at.day).name == wanted]
