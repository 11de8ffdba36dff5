"""Reports on screen and as files, from loans whose figures are known."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from zipfile import is_zipfile

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedNow, PaperTrouble
from app.rows.reports import AgeingRow, GroupRow, ReportResult
from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.services.portfolio import worked
from tests.ui.places import clipped, named_people, station, unnamed
from ui.kit.screen_context import Station
from ui.parts.report_files import Export
from ui.reports.behind import behind
from ui.reports.pack import MonthPack
from ui.reports.period import Span, bounds
from ui.reports.screen import ReportsScreen

FORMS = ("xlsx", "csv", "pdf")


@pytest.fixture
def branch(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch with seven loans, five of them late."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        house = founded(engine)
        named_people(house)
        worked(house)
        yield house


@pytest.fixture
def manager(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The manager's station."""
    return station(qtbot, branch, "manager", tmp_path)


@pytest.fixture
def screen(qtbot: QtBot, manager: Station) -> ReportsScreen:
    """The screen with the ageing of the branch open."""
    made = ReportsScreen(manager)
    qtbot.addWidget(made)
    made.resize(1178, 684)
    made.arrive(report="overdue")
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: made.result is not None)
    return made


def shown(screen: ReportsScreen) -> ReportResult:
    """The report that is open."""
    assert screen.result is not None
    return screen.result


def test_the_total_line_is_the_sum_of_the_rows(screen: ReportsScreen) -> None:
    result = shown(screen)
    assert result.report == "overdue"
    assert len(result.rows) == 5
    table = screen.table
    assert table is not None
    texts = [table.model.cell(row, 6).text for row in table.model.rows()]
    whole = sum(int(text.replace(",", "").replace(".", "")) for text in texts)
    assert whole == sum(getattr(row, "arrears_minor") for row in result.rows)  # noqa: B009


def test_both_rates_stand_above_the_ageing_by_name(screen: ReportsScreen) -> None:
    labels = [label for label, _value in shown(screen).notes]
    assert "Arrears rate" in labels
    assert "PAR-30" in labels
    assert "Loans with anything unpaid" in screen.definition.text()


def test_another_report_has_its_own_columns(qtbot: QtBot, screen: ReportsScreen) -> None:
    screen.arrive(report="month")
    screen.reload()
    qtbot.waitUntil(lambda: shown(screen).report == "month")
    assert screen.table is not None
    assert screen.filters.span.value() == Span.MONTH
    assert shown(screen).period == "1 Jan 2026 to 5 Jan 2026"
    assert [column.title for column in screen.table.model.columns][:2] == ["Section", "Indicator"]


def opened(qtbot: QtBot, screen: ReportsScreen, name: str) -> ReportsScreen:
    """Another report on the same screen."""
    screen.arrive(report=name)
    screen.reload()
    qtbot.waitUntil(lambda: shown(screen).report == name)
    return screen


def led_to(screen: ReportsScreen) -> list[tuple[str, dict[str, object]]]:
    """The places that the screen asks the window for, from now on."""
    asked: list[tuple[str, dict[str, object]]] = []

    def missed(name: str) -> None:
        asked.append((name, {}))

    screen.router.missed.connect(missed)
    return asked


def test_enter_on_a_group_asks_for_the_loans_behind_it(qtbot: QtBot, screen: ReportsScreen) -> None:
    made = opened(qtbot, screen, "overdue-by")
    row = shown(made).rows[0]
    assert isinstance(row, GroupRow)
    place = behind(shown(made), row, made.filters)
    assert place is not None
    assert place[0] == "reports"
    made.arrive(**place[1])
    made.reload()
    qtbot.waitUntil(lambda: shown(made).report == "overdue")
    assert made.where.text() == f"Officer: {row.name}"
    whole = sum(one.arrears_minor for one in shown(made).rows if isinstance(one, AgeingRow))
    assert whole == row.figures["arrears_minor"]
    loan = behind(shown(made), shown(made).rows[0], made.filters)
    assert loan is not None
    assert loan[0] == "loan"


def test_the_total_leads_to_all_its_rows(qtbot: QtBot, screen: ReportsScreen) -> None:
    made = opened(qtbot, screen, "par")
    asked = led_to(made)
    assert made.action_set.run("total")
    assert asked == [("reports", {})]
    place = behind(shown(made), None, made.filters)
    assert place is not None
    assert (place[1]["report"], place[1]["within"]) == ("loans", ())


def test_what_is_typed_finds_a_report(screen: ReportsScreen) -> None:
    asked = led_to(screen)
    screen.side.box.setText("npa move")
    screen.side.box.returnPressed.emit()
    assert asked == [("reports", {})]
    assert screen.side.catalogue.count() == 2  # its heading and itself


def test_a_chart_is_drawn_of_each_form(qtbot: QtBot, screen: ReportsScreen) -> None:
    for name in ("par", "overdue-by", "portfolio"):
        made = opened(qtbot, screen, name)
        assert made.picture.isVisible()
        assert made.picture.title.text()


def test_the_month_pack_is_two_files_and_can_be_stopped(
    qtbot: QtBot, manager: Station, screen: ReportsScreen, tmp_path: Path
) -> None:
    failures: list[Exception] = []
    pack = MonthPack(manager, screen, screen.progress)
    pack.make(date(2026, 1, 5), None, tmp_path, failures.append)
    files = [tmp_path / f"pack-2026-01.{form}" for form in ("xlsx", "pdf")]
    qtbot.waitUntil(lambda: all(one.exists() for one in files) or bool(failures), timeout=30_000)
    assert failures == []
    assert is_zipfile(files[0])
    assert files[1].read_bytes().startswith(b"%PDF")
    other = tmp_path / "stopped"
    other.mkdir()
    pack.make(date(2026, 1, 5), None, other, failures.append)
    screen.progress.stop()
    qtbot.waitUntil(lambda: bool(failures), timeout=30_000)
    assert isinstance(failures[0], NotAllowedNow)
    assert list(other.iterdir()) == []


def test_a_month_is_from_its_first_to_its_last_day() -> None:
    assert bounds(Span.MONTH, date(2028, 2, 10)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert bounds(Span.DAY, date(2028, 2, 10)) == (date(2028, 2, 10), date(2028, 2, 10))


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_written_whole(
    qtbot: QtBot, manager: Station, screen: ReportsScreen, tmp_path: Path, form: str
) -> None:
    to = tmp_path / f"ageing.{form}"
    failures: list[Exception] = []
    Export(manager, screen, screen.progress).write(shown(screen), form, to, failures.append)
    qtbot.waitUntil(lambda: to.exists() or bool(failures), timeout=15_000)
    assert failures == []
    assert list(tmp_path.glob("*.part")) == []
    if form == "xlsx":
        assert is_zipfile(to)
    if form == "pdf":
        assert to.read_bytes().startswith(b"%PDF")


def test_the_file_holds_the_figures_of_the_list(
    qtbot: QtBot, manager: Station, screen: ReportsScreen, tmp_path: Path
) -> None:
    to, result = tmp_path / "ageing.csv", shown(screen)
    failures: list[Exception] = []
    Export(manager, screen, screen.progress).write(result, "csv", to, failures.append)
    qtbot.waitUntil(lambda: to.exists() or bool(failures), timeout=15_000)
    assert failures == []
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = sum(int(row["Overdue"].replace(".", "")) for row in rows)
    assert whole == sum(getattr(row, "arrears_minor") for row in result.rows)  # noqa: B009
    assert {row["Borrower"] for row in rows} >= {"Bela Devi", "Farida Devi"}


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(
    qtbot: QtBot, manager: Station, screen: ReportsScreen, tmp_path: Path
) -> None:
    failures: list[Exception] = []
    to = tmp_path / "no-such-folder" / "ageing.csv"
    Export(manager, screen, screen.progress).write(shown(screen), "csv", to, failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=15_000)
    assert isinstance(failures[0], PaperTrouble)
    assert not to.parent.exists()


def test_a_report_is_printed_where_reports_are_printed(
    qtbot: QtBot, manager: Station, screen: ReportsScreen, tmp_path: Path
) -> None:
    manager.settings.set("printer.report", f"folder:{tmp_path}")
    screen.action_set.run("print")
    printed = tmp_path / "overdue.pdf"
    qtbot.waitUntil(printed.exists, timeout=15_000)
    qtbot.waitUntil(lambda: printed.read_bytes().startswith(b"%PDF"))


def test_who_may_not_export_has_no_way_to(
    qtbot: QtBot, branch: House, screen: ReportsScreen, tmp_path: Path
) -> None:
    made = ReportsScreen(station(qtbot, branch, "cashier", tmp_path))
    qtbot.addWidget(made)
    made.show()
    made.result = shown(screen)
    assert not any(made.action_set.run(name) for name in (*FORMS, "print"))


def test_everything_has_a_name_and_room(qtbot: QtBot, screen: ReportsScreen) -> None:
    assert unnamed(screen) == []
    assert clipped(screen) == []
    assert screen.table is not None
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(screen.table.model, mode, screen)
