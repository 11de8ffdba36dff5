"""What each convention of the terms means, in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.allocation import Across, AdvanceTo
from app.domain.calendar import DayCount, MonthEnd, Shift
from app.domain.charges import Base, ForeclosureInterest, PenaltyBase
from app.domain.conventions import BrokenPeriod, Interest, LevelBy, Recalculate, Repayment, Residue
from app.domain.money import RoundingMode
from app.texts import N_, Language

# Named shortly and explained in a sentence: (name, meaning). By kind first: two kinds may share a
# value, as "none" of rounding and of moved dates.
_WORDS: Mapping[type[StrEnum], Mapping[StrEnum, tuple[str, str]]] = MappingProxyType(
    {
        Interest: {
            Interest.DECLINING: (
                N_("On the reducing balance"),
                N_("Interest is charged on the principal outstanding at the time."),
            ),
            Interest.FLAT: (
                N_("Flat"),
                N_("Interest is charged on the whole principal for the whole term."),
            ),
        },
        Repayment: {
            Repayment.EQUAL_INSTALMENTS: (
                N_("Equal instalments"),
                N_("Principal and interest of a line together come to the same amount."),
            ),
            Repayment.EQUAL_PRINCIPAL: (
                N_("Equal principal"),
                N_("Every line repays the same principal; its interest comes on top."),
            ),
            Repayment.INTEREST_ONLY: (
                N_("Interest only, principal at the end"),
                N_("Every line asks its interest; the last one asks the principal too."),
            ),
            Repayment.BULLET: (
                N_("All at the end"),
                N_("The last line asks the principal and all interest, rounded once."),
            ),
        },
        MonthEnd: {
            MonthEnd.CLAMP: (
                N_("Last day of a short month"),
                N_("A day that a month does not have becomes its last; later months keep the day."),
            ),
            MonthEnd.NEXT_MONTH_FIRST: (
                N_("First of the next month"),
                N_("A day that a month does not have becomes the first of the next month."),
            ),
            MonthEnd.LAST_DAY: (
                N_("Always the last day of the month"),
                N_("Every due date is the last day of its month."),
            ),
        },
        DayCount: {
            DayCount.PERIODIC: (
                N_("By whole periods"),
                N_(
                    "A full period counts the same whatever its days; a broken one counts its "
                    "days ÷ the days of the period it is part of."
                ),
            ),
            DayCount.BOND: (N_("30/360"), N_("Every month counts 30 days and the year 360.")),
            DayCount.EUROBOND: (
                N_("30E/360"),
                N_("Every month counts 30 days, the 31st counts as the 30th, and the year 360."),
            ),
            DayCount.ACTUAL_360: (N_("Actual/360"), N_("The days that pass ÷ 360.")),
            DayCount.ACTUAL_364: (N_("Actual/364"), N_("The days that pass ÷ 364.")),
            DayCount.ACTUAL_365: (N_("Actual/365"), N_("The days that pass ÷ 365.")),
            DayCount.ACTUAL_ACTUAL: (
                N_("Actual/actual"),
                N_("The days in leap years ÷ 366, the other days ÷ 365."),
            ),
        },
        LevelBy: {
            LevelBy.PERIOD_RATE: (
                N_("From the rate of a period"),
                N_(
                    "The instalment is found as if every line bore the yearly rate ÷ the periods "
                    "of a year, whatever the days of the line."
                ),
            ),
            LevelBy.DAY_FACTORS: (
                N_("From the days of each line"),
                N_("The instalment is found from what each line really bears."),
            ),
        },
        RoundingMode: {
            RoundingMode.HALF_EVEN: (
                N_("Half to even"),
                N_("To the nearest; what lies exactly between two goes to the even one."),
            ),
            RoundingMode.HALF_UP: (
                N_("Half up"),
                N_("To the nearest; what lies exactly between two goes up."),
            ),
            RoundingMode.UP: (N_("Up"), N_("Always to the next higher one.")),
            RoundingMode.DOWN: (N_("Down"), N_("Always to the next lower one.")),
            RoundingMode.NONE: (
                N_("Not rounded"),
                N_("Worked out exactly; every printed figure is rounded half up by itself."),
            ),
        },
        Residue: {
            Residue.LAST: (N_("In the last line"), N_("The last line takes what rounding leaves.")),
            Residue.FIRST: (
                N_("In the first line"),
                N_("After the first line the balance is what the instalments to come are worth."),
            ),
            Residue.RELEVEL: (
                N_("Instalment moved once"),
                N_(
                    "Where the last line is off by more of the smallest units than half the "
                    "lines, the instalment moves once by its share of that."
                ),
            ),
        },
        BrokenPeriod: {
            BrokenPeriod.FIRST_INSTALMENT: (
                N_("On top of the first instalment"),
                N_("The interest of the days before the first full period is asked with line 1."),
            ),
            BrokenPeriod.SEPARATE: (
                N_("In a line of its own"),
                N_("The interest of the days before the first full period is asked as line 0."),
            ),
            BrokenPeriod.SPREAD: (
                N_("Spread over all lines"),
                N_("The interest of the days before the first full period is divided over lines."),
            ),
        },
        Shift: {
            Shift.NONE: (N_("Not moved"), N_("Due dates stay where they fall.")),
            Shift.NEXT: (
                N_("Moved to the next working day"),
                N_("A due date on a day without work moves to the next day with work."),
            ),
            Shift.PREVIOUS: (
                N_("Moved to the working day before"),
                N_("A due date on a day without work moves to the last day with work before it."),
            ),
            Shift.CASCADE: (
                N_("Moved by a whole period"),
                N_("A due date on a day without work moves itself and all later ones by a period."),
            ),
        },
        Across: {
            Across.INSTALMENT: (
                N_("The oldest line first"),
                N_("Money settles the oldest line that is due; inside it the heads in this order."),
            ),
            Across.HEAD: (
                N_("Head by head"),
                N_("Money settles the first head over all lines that are due, then the next head."),
            ),
        },
        AdvanceTo: {
            AdvanceTo.NEXT: (
                N_("To the next lines"),
                N_("Money beyond what is due settles the lines to come, the next one first."),
            ),
            AdvanceTo.LAST: (
                N_("To the last lines"),
                N_("Money beyond what is due settles the lines to come, the last one first."),
            ),
            AdvanceTo.HOLD: (
                N_("Held"),
                N_("Money beyond what is due is held and set on each line when it falls due."),
            ),
            AdvanceTo.REDUCE_INSTALMENT: (
                N_("Lowers the instalment"),
                N_("Money beyond what is due lowers the principal; the instalment is found again."),
            ),
            AdvanceTo.REDUCE_TERM: (
                N_("Shortens the term"),
                N_("Money beyond what is due lowers the principal; the instalment stays."),
            ),
        },
        Recalculate: {
            Recalculate.NEVER: (
                N_("As scheduled"),
                N_("Interest stays as scheduled, whether money comes early or late."),
            ),
            Recalculate.DAILY: (
                N_("By the day, rounded once a line"),
                N_("Interest follows the principal really outstanding at the end of each day."),
            ),
            Recalculate.DAILY_ROUNDED: (
                N_("By the day, each day rounded"),
                N_("Interest of each day on what is really outstanding, rounded by itself."),
            ),
        },
        ForeclosureInterest: {
            ForeclosureInterest.TO_DATE: (
                N_("Interest to the day"),
                N_("Interest of the running line for the days gone, none of the lines after."),
            ),
            ForeclosureInterest.WHOLE_LINE: (
                N_("Interest of the running line"),
                N_("The whole interest of the running line, and none of the lines after."),
            ),
            ForeclosureInterest.ALL: (
                N_("All interest"),
                N_("The interest of all lines to come."),
            ),
        },
        Base: {
            Base.PRINCIPAL: (N_("principal"), ""),
            Base.INSTALMENT: (N_("instalment"), ""),
            Base.INTEREST: (N_("interest"), ""),
        },
        PenaltyBase: {
            PenaltyBase.OVERDUE_PRINCIPAL: (N_("overdue principal"), ""),
            PenaltyBase.OVERDUE_INSTALMENT: (N_("overdue principal and interest"), ""),
        },
    }
)


def name_of_choice(choice: StrEnum, language: Language) -> str:
    """What a choice of the terms is called."""
    return language.gettext(_WORDS[type(choice)][choice][0])


def meaning_of(choice: StrEnum, language: Language) -> str:
    """What a choice of the terms means; empty where its name says it all."""
    meaning = _WORDS[type(choice)][choice][1]
    return language.gettext(meaning) if meaning else ""
