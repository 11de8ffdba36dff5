"""The terms of a loan in words: every convention with its name and its meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.allocation import Head
from app.domain.calendar import Shift
from app.domain.charges import ChargeTerms, ForeclosureTerms, PenaltyTerms, When
from app.domain.conventions import Interest, Repayment
from app.domain.reading import percent_text
from app.domain.terms import Terms
from app.texts import Language
from app.texts.conventions import meaning_of, name_of_choice
from app.texts.figures import amount, day
from app.texts.labels import named


class Agreed(NamedTuple):
    """One thing agreed: what it is, what was chosen, what that means."""

    what: str
    choice: str
    meaning: str


def agreed(terms: Terms, language: Language) -> list[Agreed]:
    """Everything agreed, in the order in which a loan is worked out."""
    made = [*_plan(terms, language), *_figures(terms, language), *_dates(terms, language)]
    made += [*_extras(terms, language), *_charges(terms, language), *_money(terms, language)]
    return made


class Differing(NamedTuple):
    """One thing agreed otherwise: what it is, what it was, what it is now ("" for nothing)."""

    what: str
    was: str
    now: str


def differing(was: Terms, now: Terms, language: Language) -> list[Differing]:
    """What is agreed otherwise in `now`, in the order in which a loan is worked out."""
    before, after = _by_name(was, language), _by_name(now, language)
    names = [*after, *(name for name in before if name not in after)]
    return [
        _side_by_side(name[0], before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _side_by_side(what: str, was: Agreed | None, now: Agreed | None) -> Differing:
    """By what was chosen; where that is the same or alone, by the sentences that say it."""
    if was is not None and now is not None and was.choice != now.choice:
        return Differing(what, was.choice, now.choice)
    return Differing(what, _sentences(was), _sentences(now))


def _sentences(one: Agreed | None) -> str:
    return "" if one is None else one.meaning or one.choice


def _by_name(terms: Terms, language: Language) -> dict[tuple[str, int], Agreed]:
    """Each thing agreed by its name, and by the how manieth of that name it is."""
    _, made = language.gettext, dict[tuple[str, int], Agreed]()
    rate = Agreed(_("Rate of interest a year"), rate_text(terms.annual_rate), "")
    for one in (rate, *agreed(terms, language)):
        nth = sum(1 for what, _nth in made if what == one.what)
        made[one.what, nth] = one
    return made


def rate_text(rate: int) -> str:
    """A rate in 1 ÷ PERCENT percent as a text: 24%."""
    return f"{percent_text(rate)}%"


def how_often(every: int, unit: str, language: Language) -> str:
    """How often is paid."""
    match unit:
        case "day":
            said = language.ngettext("every day", "every {n} days", every)
        case "week":
            said = language.ngettext("every week", "every {n} weeks", every)
        case _:
            said = language.ngettext("every month", "every {n} months", every)
    return said.format(n=every)


def heads_in_order(heads: Sequence[Head], language: Language) -> str:
    """The heads one after another."""
    return ", ".join(named("head", head.value, language) for head in heads)


def penalty_words(penalty: PenaltyTerms | None, currency: str, language: Language) -> str:
    """What is asked on what is overdue, in sentences; empty where nothing is."""
    if penalty is None:
        return ""
    _ = language.gettext
    base = name_of_choice(penalty.of, language)
    if penalty.percent_a_year is not None:
        text = _("{percent} a year on the {base}, for each day overdue (÷ 365).")
        said = [text.format(percent=rate_text(penalty.percent_a_year), base=base)]
    else:
        figure = amount(penalty.amount or 0, currency, symbol=True)
        said = [_("{amount} once for each line that is overdue.").format(amount=figure)]
    if penalty.grace_days:
        text = language.ngettext(
            "Days count from {n} day after the due date.",
            "Days count from {n} days after the due date.",
            penalty.grace_days,
        )
        said.append(text.format(n=penalty.grace_days))
    if penalty.cap_percent is not None:
        text = _("At most {percent} of the line.")
        said.append(text.format(percent=rate_text(penalty.cap_percent)))
    said.append(_tax(penalty.tax_percent, language))
    said.append(_("Never added to the principal, and no charge is asked on it."))
    return " ".join(part for part in said if part)


def foreclosure_words(terms: ForeclosureTerms, language: Language) -> str:
    """What an early closure asks beyond what is due."""
    _ = language.gettext
    said = [meaning_of(terms.interest, language)]
    if terms.charge_percent:
        text = _("A charge of {percent} of the principal outstanding.")
        said += [text.format(percent=rate_text(terms.charge_percent))]
        said += [_tax(terms.tax_percent, language)]
    else:
        said.append(_("No charge."))
    return " ".join(part for part in said if part)


def charge_words(charge: ChargeTerms, currency: str, language: Language) -> str:
    """How much a charge is, when it is asked and with which tax."""
    _ = language.gettext
    if charge.amount is not None:
        much = amount(charge.amount, currency, symbol=True)
    else:
        base = name_of_choice(charge.of, language)
        percent = rate_text(charge.percent or 0)
        much = _("{percent} of the {base}").format(percent=percent, base=base)
    if isinstance(charge.on, date):
        when = _("on {day}").format(day=day(charge.on, language))
    elif charge.on is When.INSTALMENT:
        when = _("with every instalment")
    elif charge.deduct:
        when = _("taken from what is handed out")
    else:
        when = _("with line 1")
    return " · ".join(part for part in (much, when, _tax(charge.tax_percent, language)) if part)


def _tax(percent: int, language: Language) -> str:
    text = language.gettext("With {percent} tax.")
    return text.format(percent=rate_text(percent)) if percent else ""


def _plan(terms: Terms, language: Language) -> Iterator[Agreed]:
    _ = language.gettext
    said = how_often(terms.every, terms.unit.value, language)
    if terms.instalments is None:
        figure = amount(terms.instalment or 0, terms.currency, symbol=True)
        text = _("The instalment is fixed; the count follows from it.")
        yield Agreed(_("Instalments"), f"{figure}, {said}", text)
    else:
        yield Agreed(_("Instalments"), f"{terms.instalments}, {said}", "")
    yield _chosen(_("Interest"), terms.interest, language)
    yield _chosen(_("Repayment"), terms.repayment, language)


def _figures(terms: Terms, language: Language) -> Iterator[Agreed]:
    _, rounding = language.gettext, terms.rounding
    yield _chosen(_("Day count"), terms.day_count, language)
    equal = terms.repayment is Repayment.EQUAL_INSTALMENTS
    if equal and terms.interest is Interest.DECLINING and terms.instalment is None:
        yield _chosen(_("Instalment found"), terms.level_by, language)
    to = amount(rounding.interest_to, terms.currency, symbol=True)
    yield _rounded(_("Interest of a line"), rounding.mode, to, language)
    to = amount(rounding.instalment_to, terms.currency, symbol=True)
    yield _rounded(_("Instalment"), rounding.instalment_mode, to, language)
    yield _chosen(_("Rest of rounding"), rounding.residue, language)
    yield _chosen(_("Interest and late money"), terms.recalculate, language)


def _rounded(what: str, mode: StrEnum, to: str, language: Language) -> Agreed:
    name = language.gettext("{mode}, to {amount}")
    name = name.format(mode=name_of_choice(mode, language), amount=to)
    return Agreed(what, name, meaning_of(mode, language))


def _dates(terms: Terms, language: Language) -> Iterator[Agreed]:
    _ = language.gettext
    if terms.first_due_on is not None:
        yield Agreed(_("First due date"), day(terms.first_due_on, language), "")
        yield _chosen(_("Broken period"), terms.broken_period, language)
    if terms.unit.value == "month":
        yield _chosen(_("Short months"), terms.month_end, language)
    days = terms.calendar
    if days.shift is Shift.NONE:
        yield _chosen(_("Days without work"), days.shift, language)
        return
    text = language.ngettext(
        "{shift} ({days} days a week are worked, {n} holiday)",
        "{shift} ({days} days a week are worked, {n} holidays)",
        len(days.holidays),
    )
    shift = name_of_choice(days.shift, language)
    said = text.format(shift=shift, days=len(days.weekdays), n=len(days.holidays))
    yield Agreed(_("Days without work"), said, meaning_of(days.shift, language))


def _extras(terms: Terms, language: Language) -> Iterator[Agreed]:
    _, grace = language.gettext, terms.grace
    lines = _("lines 1 to {n}")
    if grace.principal:
        text = _("These lines ask no principal.")
        yield Agreed(_("Grace on principal"), lines.format(n=grace.principal), text)
    if grace.interest:
        text = _("Their interest is asked with the line after them, and bears none itself.")
        yield Agreed(_("Grace on interest"), lines.format(n=grace.interest), text)
    if grace.interest_free:
        text = _("These lines bear no interest.")
        yield Agreed(_("Free of interest"), lines.format(n=grace.interest_free), text)
    if terms.down_payment_percent:
        text = _("Collected on the day of disbursement as line 0.")
        yield Agreed(_("Down payment"), rate_text(terms.down_payment_percent), text)


def _charges(terms: Terms, language: Language) -> Iterator[Agreed]:
    _, currency = language.gettext, terms.currency
    for charge in terms.charges:
        head = named("head", charge.head.value, language)
        yield Agreed(head, charge.name, charge_words(charge, currency, language))
    if terms.penalty is not None:
        said = penalty_words(terms.penalty, currency, language)
        yield Agreed(_("Penal charge on what is overdue"), _("derived from due dates"), said)
    name = name_of_choice(terms.foreclosure.interest, language)
    yield Agreed(_("Early closure"), name, foreclosure_words(terms.foreclosure, language))


def _money(terms: Terms, language: Language) -> Iterator[Agreed]:
    _, rule = language.gettext, terms.allocation
    yield _chosen(_("Money received"), rule.across, language)
    yield Agreed(_("Order of the heads"), heads_in_order(rule.order, language), "")
    yield _chosen(_("Money beyond what is due"), rule.advance_to, language)
    if rule.advance_order:
        said = heads_in_order(rule.advance_order, language)
        yield Agreed(_("Order for money beyond what is due"), said, "")


def _chosen(what: str, choice: StrEnum, language: Language) -> Agreed:
    return Agreed(what, name_of_choice(choice, language), meaning_of(choice, language))
