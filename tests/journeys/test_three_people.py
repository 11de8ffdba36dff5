"""An officer's, a cashier's and a manager's days through the real window, from the first start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from app.domain.counting import Counted
from app.domain.roles import Role
from app.domain.till import TillState
from app.domain.visit import Outcome
from app.ports import Progress
from app.queries.field import ListPromises
from app.queries.servicing import ShowLoan, ShowTill
from app.queries.tills import ShowTillRoom
from app.rows.facts import Mode
from app.rows.servicing import LoanView
from tests.journeys.branch import Branch
from tests.ui.origination.application_acts import (
    disclosed,
    primary,
    stage_is,
    up_to_the_decision,
)
from tests.ui.servicing.counter_acts import key, type_text
from ui.field.outcome_dialog import AMOUNT, BY
from ui.field.overdue import OverdueScreen
from ui.field.visits import VisitsScreen
from ui.origination.application import ApplicationScreen
from ui.reports.screen import ReportsScreen
from ui.servicing.counter import CounterScreen
from ui.servicing.loan import LoanScreen
from ui.servicing.till import TillScreen
from ui.servicing.till_count import CountDialog


class Never:
    """Nobody stops the check."""

    def wanted(self) -> bool:
        return False


def silent(_progress: Progress) -> None:
    """Nobody listens."""


def test_a_borrower_from_the_door_to_the_month_report(branch: Branch, tmp_path: Path) -> None:
    branch.found()
    branch.hire(Role.OFFICER, "Ravi Shukla", "ravi")
    branch.hire(Role.CASHIER, "Sunita Verma", "sunita")
    application = enter_and_decide(branch, tmp_path)
    loan = sanction_and_disburse(branch, application)
    branch.next_day(9)
    promise_on_a_visit(branch, loan)
    receive_at_the_counter(branch, loan)
    (promise,) = branch.ask(ListPromises(loan_id=loan))
    assert promise.state == "kept"
    report_the_month(branch)
    assert branch.program.verify(silent, Never()) == ()


def enter_and_decide(branch: Branch, folder: Path) -> int:
    """The officer takes the application, its paper, verifies it and lets the rules decide."""
    branch.change_to("ravi")
    screen = branch.go(ApplicationScreen, "application")
    branch.until(lambda: len(screen.request.products) > 0)
    weekly = next(p.product_id for p in screen.request.products if p.product.code == "JLG-W")
    number = up_to_the_decision(branch.qtbot, screen, weekly, folder)
    assert screen.view is not None
    assert screen.view.decision is not None
    assert all(rule.reason for rule in screen.view.decision.rules)
    return number


def sanction_and_disburse(branch: Branch, application: int) -> int:
    """The manager sanctions and pays out, prints the voucher; the loan comes on the screen."""
    branch.change_to("meena")
    screen = branch.go(ApplicationScreen, "application", application_id=application)
    stage_is(branch.qtbot, screen, "decided")
    primary(branch.qtbot, screen)
    branch.accept()
    stage_is(branch.qtbot, screen, "sanctioned")
    disclosed(branch.qtbot, screen, screen.window())
    primary(branch.qtbot, screen)
    dialog = branch.dialog()
    assert dialog.form is not None
    dialog.form.set_value("mode", Mode.BANK)  # by law not in cash: 20,000 or more
    dialog.form.set_value("reference", "NEFT 8841")
    branch.accept()
    loan = branch.on_top(LoanScreen)
    branch.print_paper("vouchers")
    branch.until(lambda: loan.loan is not None)
    assert loan.loan is not None
    return loan.loan.loan_id


def shown(branch: Branch, loan: int) -> LoanView:
    return branch.ask(ShowLoan(loan_id=loan))


def promise_on_a_visit(branch: Branch, loan: int) -> None:
    """The officer sees the loan late, plans a visit and comes back with a promise."""
    branch.change_to("ravi")
    overdue = branch.go(OverdueScreen, "overdue")
    branch.until(lambda: overdue.model.count == 1)
    visits = branch.go(VisitsScreen, "visits")
    branch.until(lambda: bool(visits._proposed.rows()))
    visits._proposed.choose(visits._proposed.rows())
    visits.action_set.run("add")
    branch.until(lambda: visits._stops.count == 1)
    visits.stops.set_current(0)
    visits.action_set.run("outcome")
    dialog = branch.dialog()
    assert dialog.form is not None
    dialog.form.set_value("outcome", Outcome.PTP)
    dialog.form.edited.emit("outcome")
    dialog.form.set_value(AMOUNT, shown(branch, loan).arrears.total_minor)
    dialog.form.set_value(BY, branch.place.station.today)
    branch.accept()
    branch.until(lambda: visits._stops.rows()[0].state == "done")


def open_the_till(branch: Branch) -> None:
    """The cashier counts what the branch began with: a new branch takes no cash before that."""
    till = branch.go(TillScreen, "till")
    branch.until(lambda: till.room is not None)
    assert till.room is not None
    held = till.room.figures.expected_minor
    till.action_set.run("count")
    count = branch.dialog()
    assert isinstance(count, CountDialog)
    count.count.show_counted([Counted(500_00, False, held // 500_00)])
    branch.accept()
    branch.until(lambda: branch.ask(ShowTillRoom()).figures.state is TillState.OPEN)


def receive_at_the_counter(branch: Branch, loan: int) -> None:
    """The cashier finds her by name and phone, sees the split, saves and prints with Enter."""
    branch.clock.go_on(timedelta(hours=1))
    branch.change_to("sunita")
    open_the_till(branch)
    counter = branch.go(CounterScreen, "counter")
    branch.until(lambda: counter.till.till is not None)
    late = shown(branch, loan).due_today.total_minor
    branch.comes_to_front()
    type_text("sunita")
    branch.until(lambda: counter.find_panel.model.rowCount() > 0)
    key(Qt.Key.Key_Return)
    branch.until(lambda: counter.split.preview is not None and counter.split.is_fresh())
    assert counter.form.money.minor() == late
    key(Qt.Key.Key_Return)
    branch.until(lambda: bool(branch.ask(ShowTill()).receipts))
    branch.until(lambda: bool(list((branch.folder / "papers").glob("*.pdf"))))
    (receipt,) = branch.ask(ShowTill()).receipts
    assert receipt.amount_minor == late
    assert shown(branch, loan).arrears.total_minor == 0


def report_the_month(branch: Branch) -> None:
    """The manager looks at the month, and closes the day."""
    branch.change_to("meena")
    reports = branch.go(ReportsScreen, "reports", report="month")
    branch.until(lambda: reports.result is not None and reports.result.report == "month")
    assert reports.result is not None
    figures = {row.indicator: row.value for row in reports.result.rows}  # type: ignore[attr-defined]
    assert figures["Loans paid out"] == 1
    assert (figures["Promises made"], figures["Visits done"]) == (1, 1)
