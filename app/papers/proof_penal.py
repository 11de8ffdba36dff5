"""The penal charges of a proof, day by day."""

from __future__ import annotations

from fractions import Fraction

from app.domain.charges import PenaltyTerms
from app.papers.flow import Flow
from app.papers.numbers import exact_amount
from app.papers.sheet import BODY_STRONG, SMALL, SMALL_SOFT
from app.rows.proof import ProofPaper, ProofPenal
from app.texts import Language
from app.texts.figures import amount, day
from app.texts.term_words import penalty_words, rate_text


def penals(flow: Flow, paper: ProofPaper, language: Language) -> None:
    """Each line's penal charge: base × rate × days ÷ 365, summed, rounded once, capped, taxed."""
    penalty, _ = paper.terms.penalty, language.gettext
    if penalty is None or not paper.penals:
        return
    flow.section(_("Penal charges, day by day"))
    flow.say(penalty_words(penalty, paper.currency, language), SMALL_SOFT)
    for one in paper.penals:
        flow.gap(5)
        flow.need(40)
        text = _("Line {number}, due on {day}")
        flow.say(text.format(number=one.line, day=day(one.due_on, language)), BODY_STRONG)
        for said in _working(one, penalty, paper.currency, language):
            flow.say(said, SMALL, indent=12)


def _working(
    one: ProofPenal, penalty: PenaltyTerms, currency: str, language: Language
) -> list[str]:
    _ = language.gettext
    said: list[str] = []
    total = Fraction(0)
    for piece in one.pieces:
        count = language.ngettext("{n} day", "{n} days", piece.days).format(n=piece.days)
        days = _("after {start} to {end}, {days}").format(
            start=day(piece.from_on, language), end=day(piece.to_on, language), days=count
        )
        base = amount(piece.base_minor, currency)
        if penalty.percent_a_year is None:
            said.append(f"{days}: {base}")
            continue
        share = Fraction(one.unrounded or 0) and _share(one, piece.base_minor * piece.days)
        total += share
        rate = rate_text(penalty.percent_a_year)
        sum_ = exact_amount(share, currency)
        said.append(f"{days}: {base} × {rate} × {piece.days}/365 = {sum_}")
    if one.unrounded is not None and len(one.pieces) > 1:
        said.append(_("together {amount}").format(amount=exact_amount(total, currency)))
    said.append(_result(one, currency, language))
    return said


def _share(one: ProofPenal, base_days: int) -> Fraction:
    """The part of the unrounded charge that one stretch of days made."""
    whole = sum(piece.base_minor * piece.days for piece in one.pieces)
    return Fraction(one.unrounded or 0) * base_days / whole


def _result(one: ProofPenal, currency: str, language: Language) -> str:
    _ = language.gettext
    said = [_("rounded {amount}").format(amount=amount(one.net_minor, currency))]
    if one.cap_minor is not None:
        said.append(_("at most {amount}").format(amount=amount(one.cap_minor, currency)))
    if one.tax_minor:
        said.append(_("tax {amount}").format(amount=amount(one.tax_minor, currency)))
    total = amount(one.net_minor + one.tax_minor, currency, symbol=True)
    said.append(_("asked {amount}").format(amount=total))
    return " · ".join(said)
