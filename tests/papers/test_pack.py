"""A month pack: one workbook and one PDF, each with contents and every report once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from app.domain.errors import NotAllowedNow, ValueRefused
from app.papers import Papers
from app.reports import About, PackPart
from app.reports.catalogue import PACK
from app.reports.overdue import OVERDUE_BY, PAR
from app.reports.pack import part, questions, title
from app.rows.reports import GroupRow, ReportResult, Series, Trend
from tests.papers.reading import page_sizes, text_of

ABOUT = About(
    lender="Sahaj Gramin Microfinance",
    branch="Sitapur branch",
    period="1 Nov 2026 to 30 Nov 2026",
    currency="INR",
    made_at=datetime(2026, 12, 1, 9, 30),  # noqa: DTZ001 - local time of the branch
    made_by="Anita Verma",
)
AGED = {"arrears_minor": 7_500_00, "b1_30_minor": 2_500_00, "b180_minor": 5_000_00}
RISKY = {"outstanding_minor": 1_00_000_00, "current_minor": 60_000_00, "p31_60_minor": 40_000_00}
TREND = Trend(("Oct", "Nov"), (Series("PAR-30", (310, 4000)), Series("PAR-90", (100, 0))))


def parts() -> list[PackPart]:
    """Two reports of one officer, one of them with curves."""
    found = (
        ReportResult(
            report=OVERDUE_BY.name,
            currency="INR",
            period="30 Nov 2026",
            rows=(GroupRow("1", "=Ravi+1", {"loans": 2, "borrowers": 2, **AGED}),),
            by="officer",
            known="as told at the time",
            totals=(("borrowers", 1),),
        ),
        ReportResult(
            report=PAR.name,
            currency="INR",
            period="30 Nov 2026",
            rows=(GroupRow("7", "Ravi Dixit", {"loans": 9, **RISKY}),),
            by="officer",
            trend=TREND,
        ),
    )
    return [part(one, ABOUT) for one in found]


def silent(_title: str) -> None:
    """Nobody listens."""


def workbook(papers: Papers) -> Any:
    """The pack as a spreadsheet program reads it."""
    to = io.BytesIO()
    assert papers.pack("xlsx", title(date(2026, 11, 30)), parts(), ABOUT, to, silent) == 2
    return openpyxl.load_workbook(to)


def test_the_workbook_has_contents_a_sheet_a_report_and_definitions(papers: Papers) -> None:
    book = workbook(papers)
    names = [
        "Contents",
        "1 Overdue by group \u00b7 Officer",
        "2 Portfolio at risk \u00b7 Officer",
    ]
    assert book.sheetnames == [*names, "Definitions"]
    contents = book["Contents"]
    assert contents["A1"].value == "Month pack Nov 2026"
    assert contents["B6"].value == "Overdue by group \u00b7 Officer"
    assert contents["B6"].hyperlink.location == f"'{names[1]}'!A1"
    told = {row[0]: row[1] for row in book["Definitions"].values}
    assert "As told at the time" in told
    assert told["Portfolio at risk"].startswith("The whole outstanding principal")


def test_the_figures_are_numbers_with_totals_and_ratios(papers: Papers) -> None:
    book = workbook(papers)
    rows = [list(row) for row in book.worksheets[1].values]
    head = next(at for at, row in enumerate(rows) if row[0] == "Officer")
    assert rows[head + 1][:4] == ["=Ravi+1", 2, 2, 7500]
    assert book.worksheets[1].cell(head + 2, 1).data_type == "s"
    assert rows[head + 2][:4] == ["Total", 2, 1, 7500]
    risk = [list(row) for row in book.worksheets[2].values]
    total = next(row for row in risk if row[0] == "Total")
    assert total[-2:] == [0.4, 0]


def test_a_chart_stands_under_the_rows_of_its_sheet(papers: Papers) -> None:
    book = workbook(papers)
    assert [len(sheet._charts) for sheet in book.worksheets] == [0, 1, 1, 0]


def test_the_pdf_has_contents_with_pages_and_numbers_on_all(papers: Papers) -> None:
    to = io.BytesIO()
    assert papers.pack("pdf", title(date(2026, 11, 30)), parts(), ABOUT, to, silent) == 2
    assert len(page_sizes(to.getvalue())) == 3
    text = text_of(to.getvalue())
    for said in ("Month pack Nov 2026", "Overdue by group \u00b7 Officer", "Twelve months", "40%"):
        assert said in text
    assert "3 /" in text


def test_a_stop_between_two_reports_ends_it(papers: Papers) -> None:
    def stop(_title: str) -> None:
        raise NotAllowedNow(why="stopped")

    for form in ("xlsx", "pdf"):
        with pytest.raises(NotAllowedNow):
            papers.pack(form, "Pack", parts(), ABOUT, io.BytesIO(), stop)
    with pytest.raises(ValueRefused):
        papers.pack("csv", "Pack", parts(), ABOUT, io.BytesIO(), silent)


def test_the_pack_asks_every_report_once_for_each_grouping() -> None:
    asked = questions(date(2026, 11, 1), date(2026, 11, 30))
    assert len(asked) == sum(len(report.pack) for report in PACK)
    assert len({(one.report, one.by) for one in asked}) == len(asked)
    assert {one.report for one in asked} >= {"month", "par", "demand", "provisions", "audit"}
    assert replace(asked[0], known_on=date(2026, 12, 1)) in questions(
        date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)
    )
