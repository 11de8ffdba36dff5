"""Letters by stage and a call list for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from app.rows.late import CallLine
from app.rows.papers import CallListPaper, LettersPaper, Paper
from tests.papers import letters

STAGES = ("reminder", "demand", "final")


def stages(*languages: str) -> LettersPaper:
    """A letter of each stage, one after another in each of the languages."""
    made = []
    for language in languages:
        for place, stage in enumerate(STAGES, start=1):
            demand = letters.demand(language)
            made.append(
                replace(
                    demand,
                    stage=stage,
                    number=f"STP-2526-N1-0000{place}",
                    pay_by_on=demand.about.printed_on + timedelta(10),
                )
            )
    return LettersPaper(letters=tuple(made))


def call_list(language: str = "en", count: int = 30) -> CallListPaper:
    """A list of several pages."""
    about = letters.demand(language).about
    lines = tuple(
        CallLine(
            number=f"STP-2526-L1-{place:05d}",
            borrower="Rekha Devi",
            local_name="रेखा देवी",
            phone="98390 41127",
            village="Khairabad",
            dpd=44 - place,
            arrears_minor=4_407_00 + place * 1_000_00,
            currency="INR",
            said="Promise for 24 Nov: open" if place % 3 else "No answer, 19 Nov",
        )
        for place in range(1, count + 1)
    )
    return CallListPaper(
        lender=about.lender,
        on=about.printed_on,
        who="Ravi Shukla",
        lines=lines,
        contact_hours="09:00–18:00",
        language=language,
    )


ALL: Mapping[str, tuple[Paper, str]] = {
    "letters": (stages("en"), "a4"),
    "letters-hindi": (stages("hi"), "a5"),
    "call-list": (call_list(count=12), "a4"),
    "call-list-hindi": (call_list("hi", 12), "a4"),
}
