"""A collection sheet to look at."""

from __future__ import annotations

from datetime import date, datetime

from app.rows.meetings import CollectionSheetPaper, SheetPaperLine
from tests.papers.examples import LENDER

NAMES = (
    ("Anita Gautam", "अनीता गौतम"),
    ("Asha Lodhi", "आशा लोधी"),
    ("Chandrawati", "चन्द्रावती"),
    ("Geeta Pasi", "गीता पासी"),
    ("Hasina Bano", "हसीना बानो"),
    ("Kusum Lata", "कुसुम लता"),
)


def sheet_paper(count: int = 30, language: str = "en") -> CollectionSheetPaper:
    """The sheet of a centre of so many members."""
    lines = tuple(
        SheetPaperLine(
            place=at + 1,
            borrower=NAMES[at % len(NAMES)][0],
            local_name=NAMES[at % len(NAMES)][1],
            member_number=f"M{at + 701:05d}",
            loan_number=f"STP-2526-L1-{at + 1702:05d}",
            group=("Lakshmi", "Saraswati", "Durga")[at * 3 // max(count, 1)],
            instalment=at % 40 + 1,
            late_minor=5_177_00 if at % 7 == 3 else 0,
            due_minor=(2_115_00, 1_640_00, 1_275_50)[at % 3],
        )
        for at in range(count)
    )
    return CollectionSheetPaper(
        lender=LENDER,
        number="STP-2627-C1-00012",
        centre="Biswan 1",
        place="Panchayat hall, Biswan",
        on=date(2026, 11, 23),
        at_time="14:10",
        officer="Pooja Tiwari",
        leader="Malti Devi",
        currency="INR",
        lines=lines,
        printed_at=datetime(2026, 11, 22, 18, 5),  # noqa: DTZ001 - local time of the branch
        language=language,
    )
