"""The places of the window: where each screen's class is, and who may go there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from app.domain.roles import Permission
from app.texts import N_


@dataclass(frozen=True, slots=True)
class Place:
    """A screen by name. `badge` is the field of Counts that the rail shows beside it."""

    name: str
    module: str
    screen: str
    title: str  # marked, translated where it is shown
    icon: str
    needs: Permission
    rail: bool = True  # False: reached from another screen only
    found: bool = False  # though it is not in the rail, the palette offers it
    badge: str = ""


SCREENS = (
    Place(
        "today",
        "ui.today.screen",
        "TodayScreen",
        N_("Today"),
        "sun-horizon",
        Permission.VIEW_LOANS,
    ),
    Place(
        "checks",
        "ui.today.checks",
        "ChecksScreen",
        N_("To check"),
        "check-square",
        Permission.CHECK,
        rail=False,
    ),
    Place(
        "applications",
        "ui.origination.applications",
        "ApplicationsScreen",
        N_("Applications"),
        "files",
        Permission.VIEW_APPLICATIONS,
        badge="applications",
    ),
    Place(
        "application",
        "ui.origination.application",
        "ApplicationScreen",
        N_("Application"),
        "file-text",
        Permission.VIEW_APPLICATIONS,
        rail=False,
    ),
    Place(
        "counter",
        "ui.servicing.counter",
        "CounterScreen",
        N_("Counter"),
        "receipt",
        Permission.VIEW_COUNTER,
    ),
    Place(
        "meeting",
        "ui.servicing.meeting",
        "MeetingScreen",
        N_("Centre meeting"),
        "users-three",
        Permission.VIEW_LOANS,
        rail=False,
        found=True,
    ),
    Place(
        "centres",
        "ui.servicing.centres",
        "CentresScreen",
        N_("Centres"),
        "users-four",
        Permission.VIEW_LOANS,
        rail=False,
        found=True,
    ),
    Place(
        "centre",
        "ui.servicing.centre",
        "CentreScreen",
        N_("Centre"),
        "users-four",
        Permission.VIEW_LOANS,
        rail=False,
    ),
    Place(
        "receipt-books",
        "ui.servicing.receipt_books",
        "ReceiptBooksScreen",
        N_("Receipt books"),
        "books",
        Permission.VIEW_LOANS,
        rail=False,
        found=True,
    ),
    Place(
        "till",
        "ui.servicing.till",
        "TillScreen",
        N_("Till"),
        "vault",
        Permission.VIEW_COUNTER,
        rail=False,
        found=True,
    ),
    Place(
        "tills",
        "ui.servicing.tills",
        "TillsScreen",
        N_("All tills"),
        "vault",
        Permission.VIEW_COUNTER,
        rail=False,
        found=True,
    ),
    Place(
        "loans",
        "ui.servicing.loans",
        "LoansScreen",
        N_("Loans"),
        "notebook",
        Permission.VIEW_LOANS,
    ),
    Place(
        "loan",
        "ui.servicing.loan",
        "LoanScreen",
        N_("Loan"),
        "notebook",
        Permission.VIEW_LOANS,
        rail=False,
    ),
    Place(
        "take-over",
        "ui.servicing.takeover",
        "TakeOverScreen",
        N_("Take over a loan that ran elsewhere"),
        "arrow-square-in",
        Permission.LOAN_TAKE_OVER,
        rail=False,
    ),
    Place(
        "overdue",
        "ui.field.overdue",
        "OverdueScreen",
        N_("Overdue"),
        "clock-clockwise",
        Permission.VIEW_FIELD,
        badge="overdue",
    ),
    Place(
        "visits",
        "ui.field.visits",
        "VisitsScreen",
        N_("Visits"),
        "map-trifold",
        Permission.VIEW_FIELD,
        badge="visits",
    ),
    Place(
        "messages",
        "ui.field.messages",
        "MessagesScreen",
        N_("Messages"),
        "chat-text",
        Permission.VIEW_FIELD,
        rail=False,
        found=True,
    ),
    Place(
        "reports",
        "ui.reports.screen",
        "ReportsScreen",
        N_("Reports"),
        "chart-bar",
        Permission.VIEW_REPORTS,
    ),
    Place(
        "books",
        "ui.books.screen",
        "BooksScreen",
        N_("Books"),
        "book-open-text",
        Permission.VIEW_BOOKS,
    ),
    Place(
        "settings",
        "ui.admin.screen",
        "SettingsScreen",
        N_("Settings"),
        "gear-six",
        Permission.VIEW_SETTINGS,
    ),
)


def places(held: frozenset[str]) -> tuple[Place, ...]:
    """The places that exist and that somebody with these permissions may see, in rail order."""
    return tuple(place for place in SCREENS if place.needs.value in held and _stands(place))


def _stands(place: Place) -> bool:
    return find_spec(place.module) is not None
