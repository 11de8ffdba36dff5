"""What the chosen value of a term means, in one plain sentence beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.texts import N_, _, ngettext, translated
from app.texts.figures import amount, percent
from app.texts.labels import named
from ui.admin.choices import AMOUNT, NO, SAME, SHARE

Values = Mapping[str, Any]

# One sentence a choice. Where two choices of other terms matter, a function below says it.
SAID: Mapping[str, Mapping[str, str]] = {
    "repayment": {
        "equal-instalments": N_("Every instalment is the same; its share of principal grows."),
        "equal-principal": N_("The same principal each time; the instalment falls with interest."),
        "interest-only": N_("Interest alone each time; the whole principal with the last one."),
        "bullet": N_("Nothing before the end; then all of it, with simple interest."),
    },
    "month_end": {
        "clamp": N_("From the 31st: 28 or 29 February, then 31 March again."),
        "next-month-first": N_("From the 31st: 1 March instead of February, then 31 March."),
        "last-day": N_("Always the last day of the month, whatever day it began on."),
    },
    "interest": {
        "declining": N_("On the principal still outstanding: it falls as the loan is repaid."),
        "flat": N_("On the whole principal for the whole term, whatever has been repaid."),
    },
    "day_count": {
        "periodic": N_("A month is a twelfth and a week a 52nd of a year, however many days."),
        "actual/365": N_("Real days by 365, also in a leap year."),
        "actual/360": N_("Real days by 360: a year costs five days more."),
        "actual/364": N_("Real days by 364: 52 whole weeks."),
        "actual/actual": N_("Real days; those of a leap year by 366, the others by 365."),
        "30/360": N_("Every month has 30 days and the year 360."),
        "30E/360": N_("Every month has 30 days, the 31st counting as the 30th always."),
    },
    "level_by": {
        "period-rate": N_("As EMI tables do: rate ÷ periods a year. The last line evens it out."),
        "day-factors": N_("By the real days of every line, so that the last is close to equal."),
    },
    "broken_period": {
        "first-instalment": N_("Interest of the extra days comes on top of the first instalment."),
        "separate": N_("Interest of the extra days is asked alone, a period before the first."),
        "spread": N_("Interest of the extra days is shared over all instalments alike."),
    },
    "recalculate": {
        "never": N_("Interest stays as scheduled, paid early or late."),
        "daily": N_("Interest runs on what is really outstanding, rounded once a line."),
        "daily-rounded": N_("Interest runs on what is really outstanding, rounded every day."),
    },
    "mode": {
        "half-up": N_("From a half upwards it goes up: 0.5 is 1, and 1.5 is 2."),
        "half-even": N_("A half goes to the even neighbour: 0.5 is 0, and 1.5 is 2."),
        "up": N_("Any fraction goes up."),
        "down": N_("Any fraction is dropped."),
    },
    "instalment_mode": {
        SAME: N_("The instalment is rounded as everything else."),
        "half-up": N_("To the nearer; the last one may be a little larger or smaller."),
        "half-even": N_("To the nearer, a half to the even one; the last takes the rest."),
        "up": N_("Never below the exact instalment: the last one is smaller."),
        "down": N_("Never above the exact instalment: the last one is larger."),
    },
    "residue": {
        "last": N_("The last instalment takes what rounding left."),
        "first": N_("The first takes it, so that the others repay to the end."),
        "relevel": N_("Where the last is far off, the instalment moves once to meet it."),
    },
    "shift": {
        "none": N_("Due dates stay on their day, worked or not."),
        "next": N_("It waits for the next day worked; interest counts the day as planned."),
        "previous": N_("It comes on the day worked before; interest counts as planned."),
        "cascade": N_("It and all later ones move by a whole period, as centre meetings do."),
    },
    "penalty": {
        NO: N_("Nothing is asked for being late."),
        SHARE: N_("Counted by the day on what is overdue ÷ 365. Never added to the loan."),
        AMOUNT: N_("Asked once for each overdue line. Never added to the loan."),
    },
    "penalty_of": {
        "overdue-instalment": N_("Taken on principal and interest overdue."),
        "overdue-principal": N_("Taken on the principal overdue alone."),
    },
    "closing_interest": {
        "to-date": N_("Interest of the running line for the days gone."),
        "whole-line": N_("Interest of the running line in full, and no more."),
        "all": N_("All interest that was still to come."),
    },
    "across": {
        "instalment": N_("The oldest due line is settled whole before the next."),
        "head": N_("A head is settled over all due lines before the next head."),
    },
    "advance_to": {
        "next": N_("It pays the coming lines in turn."),
        "last": N_("It pays the last lines first."),
        "hold": N_("It is kept and set on each due day as it comes."),
        "reduce-instalment": N_("It lowers the principal that day; the instalment falls."),
        "reduce-term": N_("It lowers the principal that day; the loan ends sooner."),
    },
    "advance_own": {
        SAME: N_("Money ahead follows the same order."),
        "own": N_("Money ahead follows an order of its own."),
    },
}


def meanings(values: Values, currency: str) -> dict[str, str]:
    """The sentence of every term by field, for the values as they stand; None is not read yet."""
    said = {
        name: translated(table[values[name]])
        for name, table in SAID.items()
        if values.get(name) in table
    }
    for name, sentence in _WRITTEN.items():
        said[name] = sentence(values, currency)
    return said


def _every(values: Values, _currency: str) -> str:
    if not values.get("every"):
        return ""
    number, unit = values["every"]
    a_year = {"month": 12, "week": 52, "day": _days_a_year(values)}[unit]
    times = f"{a_year / number:.2f}".rstrip("0").rstrip(".")
    return _("{times} instalments fall due in a year.").format(times=times)


def _days_a_year(values: Values) -> int:
    return 360 if str(values.get("day_count")).endswith("/360") else 365


def _down(values: Values, _currency: str) -> str:
    share = values.get("down_payment")
    if not share:
        return _("Nothing is asked on the day the loan is paid out.")
    said = _("{share} of the loan comes back on the day it is paid out; the rest in instalments.")
    return said.format(share=percent(share))


def _rate(values: Values, _currency: str) -> str:
    rate, every = values.get("annual_rate"), values.get("every")
    if rate is None or not every:
        return ""
    number, unit = every
    a_year = {"month": 12, "week": 52, "day": _days_a_year(values)}[unit]
    period = percent(rate * number / a_year, 4)
    return _("What a loan begins with; {period} a period.").format(period=period)


def _to(name: str, lowest: str, other: str) -> Callable[[Values, str], str]:
    def sentence(values: Values, currency: str) -> str:
        minor = values.get(name)
        if not minor:
            return ""
        step = amount(minor, currency, symbol=True, trim=True)
        return translated(lowest if minor == 1 else other).format(step=step)

    return sentence


def _without_principal(values: Values, _currency: str) -> str:
    count = values.get("grace_principal")
    if not count:
        return _("Principal is repaid from the first line on.")
    said = ngettext(
        "The first line asks no principal; the others repay it.",
        "The first {count} lines ask no principal; the others repay it.",
        count,
    )
    return said.format(count=count)


def _deferred(values: Values, _currency: str) -> str:
    count = values.get("grace_interest")
    if not count:
        return _("Interest is asked from the first line on.")
    said = ngettext(
        "Interest of the first line is asked with the one after, without interest on it.",
        "Interest of the first {count} lines is asked with the one after them.",
        count,
    )
    return said.format(count=count)


def _free(values: Values, _currency: str) -> str:
    count = values.get("grace_free")
    if not count:
        return _("Every line bears interest.")
    said = ngettext(
        "The first line bears no interest.",
        "The first {count} lines bear no interest.",
        count,
    )
    return said.format(count=count)


def _working(values: Values, _currency: str) -> str:
    days = values.get("working_days") or ()
    if len(days) == 7:  # noqa: PLR2004 - the days of a week
        return _("Every day may be a due date.")
    said = ngettext("{count} day a week is worked.", "{count} days a week are worked.", len(days))
    return said.format(count=len(days))


def _penalty_rate(values: Values, _currency: str) -> str:
    rate = values.get("penalty_percent")
    if not rate:
        return ""
    said = _("{share} for 30 days late, before tax.")
    return said.format(share=percent(rate * 30 / 365, 3))


def _penalty_amount(values: Values, currency: str) -> str:
    minor = values.get("penalty_amount")
    if not minor:
        return ""
    figure = amount(minor, currency, symbol=True, trim=True)
    return _("{amount} for each line that is late.").format(amount=figure)


def _penalty_days(values: Values, _currency: str) -> str:
    days = values.get("penalty_days")
    if not days:
        return _("Counted from the day after the due date.")
    said = ngettext(
        "Counted only after {days} day has passed since the due date.",
        "Counted only after {days} days have passed since the due date.",
        days,
    )
    return said.format(days=days)


def _cap(values: Values, _currency: str) -> str:
    share = values.get("penalty_cap")
    if not share:
        return _("Without a limit.")
    return _("Never above {share} of the line, before tax.").format(share=percent(share))


def _tax(name: str) -> Callable[[Values, str], str]:
    def sentence(values: Values, _currency: str) -> str:
        share = values.get(name)
        if not share:
            return _("No tax on it.")
        return _("{share} of it comes on top.").format(share=percent(share))

    return sentence


def _closing(values: Values, _currency: str) -> str:
    share = values.get("closing_charge")
    if not share:
        return _("Closing early costs nothing more.")
    return _("{share} of the principal outstanding that day.").format(share=percent(share))


def _ahead(values: Values, _currency: str) -> str:
    """Whether money ahead saves interest follows from how interest is counted."""
    to = str(values.get("advance_to"))
    if to not in SAID["advance_to"]:
        return ""
    said = translated(SAID["advance_to"][to])
    if to in {"next", "last", "hold"} and values.get("recalculate") == "never":
        return f"{said} {_('No interest is saved.')}"
    return said


def _order(name: str) -> Callable[[Values, str], str]:
    def sentence(values: Values, _currency: str) -> str:
        heads = [named("head", head) for head in values.get(name) or ()]
        if not heads:
            return ""
        said = _("Money received settles {first} first, then {others}. Alt+↑ and Alt+↓ move one.")
        lower = [head[:1].lower() + head[1:] for head in heads]
        return said.format(first=lower[0], others=", ".join(lower[1:]))

    return sentence


_WRITTEN: Mapping[str, Callable[[Values, str], str]] = {
    "every": _every,
    "down_payment": _down,
    "annual_rate": _rate,
    "interest_to": _to(
        "interest_to",
        N_("Interest of a line is exact to {step}."),
        N_("Interest of a line is a multiple of {step}."),
    ),
    "instalment_to": _to(
        "instalment_to",
        N_("The instalment is exact to {step}."),
        N_("The instalment is a multiple of {step}."),
    ),
    "grace_principal": _without_principal,
    "grace_interest": _deferred,
    "grace_free": _free,
    "advance_to": _ahead,
    "working_days": _working,
    "penalty_percent": _penalty_rate,
    "penalty_amount": _penalty_amount,
    "penalty_days": _penalty_days,
    "penalty_cap": _cap,
    "penalty_tax": _tax("penalty_tax"),
    "closing_charge": _closing,
    "closing_tax": _tax("closing_tax"),
    "order": _order("order"),
    "advance_order": _order("advance_order"),
}
