"""What several screens show of a loan: schedule, cost, balance, before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.rows.acts import ActLine, ActLineSide
from app.rows.origination import Quote, QuoteLine
from ui.kit.text import DASH
from ui.parts.compared import Compared, ComparedLines, ComparedTable
from ui.parts.cost import NAMES, CostFigures, CostLines, cost_of, method_name
from ui.parts.later import Later
from ui.parts.schedule import ScheduleTable

DAY = date(2026, 1, 5)


def lines(each: int) -> tuple[QuoteLine, ...]:
    return tuple(
        QuoteLine(n, DAY + timedelta(days=30 * n), each, 100, 0, each + 100, (3 - n) * each)
        for n in (1, 2, 3)
    )


QUOTE = Quote(
    currency="INR",
    amount_minor=3_000_00,
    instalment_minor=1_001_00,
    interest_minor=3_00,
    fee_minor=50_00,
    tax_minor=9_00,
    paid_out_minor=2_941_00,
    repaid_minor=3_003_00,
    apr_percent="13.10",
    apr_method="irr-nominal",
    lines=lines(1_000_00),
    charges_minor=59_00,
    disclosed_lines=lines(999_00),
    disclosed_instalment_minor=1_000_00,
    disclosed_interest_minor=2_90,
    disclosed_apr_percent="13.07",
)


@pytest.fixture
def table(qtbot: QtBot) -> ScheduleTable:
    """A schedule on the screen."""
    made = ScheduleTable("INR", "Schedule")
    qtbot.addWidget(made)
    return made


def test_a_stale_schedule_is_grey_in_every_cell(table: ScheduleTable) -> None:
    table.show_lines(QUOTE.lines)
    table.set_stale(True)
    row = table.model.rows()[0]
    cells = [table.model.cell(row, at) for at in range(len(table.model.columns))]
    assert {cell.tone for cell in cells} == {"text_off"}
    table.show_lines(QUOTE.lines)
    assert "text_off" not in {table.model.cell(row, at).tone for at in range(len(cells))}


def test_cost_shows_what_is_collected_or_disclosed() -> None:
    collected, disclosed = cost_of(QUOTE), cost_of(QUOTE, disclosed=True)
    assert (collected["apr"][0], disclosed["apr"][0]) == ("13.10%", "13.07%")
    assert (collected["instalment"][0], disclosed["instalment"][0]) == ("1,001", "1,000")
    assert collected["charges"][0] == disclosed["charges"][0] == "59"


def test_a_yearly_rate_never_stands_without_its_method() -> None:
    assert cost_of(QUOTE)["apr"][1] == method_name("irr-nominal") != ""


def test_no_quote_is_dashes(qtbot: QtBot) -> None:
    figures, under = CostFigures(), CostLines()
    qtbot.addWidget(figures)
    qtbot.addWidget(under)
    figures.show_quote(QUOTE)
    assert figures.value("in_hand") == "2,941"
    figures.show_quote(None)
    under.show_quote(None)
    assert {figures.value(name) for name in NAMES} == {DASH}
    assert {value.text() for value in under.values.values()} == {DASH}


def test_what_changes_is_strong(qtbot: QtBot) -> None:
    compared = ComparedTable("Changes")
    qtbot.addWidget(compared)
    compared.show_rows([Compared("Rate", "24%", "22%"), Compared("Excess", "0", "0")])
    rate, excess = compared.model.rows()
    assert compared.model.cell(rate, 2).strong
    assert not compared.model.cell(excess, 2).strong


def test_a_line_that_is_not_there_is_a_dash(qtbot: QtBot) -> None:
    side = ActLineSide(DAY, 1_000_00, 10_00, 0, 0, 1_010_00, 1_010_00, 0)
    compared = ComparedLines("INR", "Lines")
    qtbot.addWidget(compared)
    compared.show_lines([ActLine(1, None, side, changed=True)])
    row = compared.model.rows()[0]
    texts = [compared.model.cell(row, at).text for at in range(8)]
    assert texts[1:4] == [DASH, DASH, DASH]
    assert texts[5] == "1,010.00"


def test_what_is_wanted_twice_runs_once(qtbot: QtBot) -> None:
    table, runs = ScheduleTable("INR", "Schedule"), []
    qtbot.addWidget(table)
    later = Later(table, lambda: runs.append(1), 20)
    later.want()
    later.want()
    qtbot.waitUntil(lambda: bool(runs))
    later.want()
    later.drop()
    assert runs == [1]
