"""Example papers that the tests and the pictures share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.rows.papers import (
    DaySheetPaper,
    DayStop,
    LenderHead,
    ReceiptLine,
    ReceiptPaper,
    RecoveryPaper,
    ScheduleLine,
    SchedulePaper,
)

LENDER = LenderHead(
    name="Sahaj Gramin Microfinance",
    registration="NBFC-MFI B-13.02148",
    address="12 Station Road, Sitapur, Uttar Pradesh 261001",
    branch="Sitapur branch",
    grievance_name="Anita Verma, nodal officer",
    grievance_phone="1800 120 4455",
)


def receipt() -> ReceiptPaper:
    """A receipt of a group member, set against two instalments and a penal charge."""
    return ReceiptPaper(
        lender=LENDER,
        number="STP-1-2627-000412",
        received_at=datetime(2026, 11, 23, 11, 42),  # noqa: DTZ001 - local time of the branch
        borrower="Sunita Devi · सुनीता देवी",
        member_number="M-00731",
        loan_number="STP-L-002114",
        centre="Rampur Kalan · Lakshmi group",
        currency="INR",
        amount_minor=2_365_50,
        lines=(
            ReceiptLine("Penal charge", date(2026, 11, 2), 25_50),
            ReceiptLine("Instalment 11, interest", date(2026, 11, 2), 182_00),
            ReceiptLine("Instalment 11, principal", date(2026, 11, 2), 788_00),
            ReceiptLine("Instalment 12, interest", date(2026, 11, 23), 170_00),
            ReceiptLine("Instalment 12, principal", date(2026, 11, 23), 800_00),
            ReceiptLine("Excess, kept for the next instalment", None, 400_00),
        ),
        mode="upi",
        reference="632811004512",
        outstanding_after_minor=1_18_412_00,
        next_due_on=date(2026, 12, 7),
        next_due_minor=970_00,
        collector="Rakesh Kumar (C-04)",
    )


def reversed_duplicate() -> ReceiptPaper:
    """The same receipt, printed again after its reversal."""
    return replace(
        receipt(),
        duplicate=2,
        reversed_on=date(2026, 11, 24),
        reversed_why="Booked on the wrong loan",
    )


def hindi_receipt() -> ReceiptPaper:
    """A receipt in the borrower's language."""
    return replace(
        receipt(),
        borrower="सुनीता देवी",
        centre="रामपुर कलाँ · लक्ष्मी समूह",
        lines=(
            ReceiptLine("किस्त 12, ब्याज", date(2026, 11, 23), 565_50),
            ReceiptLine("किस्त 12, मूलधन", date(2026, 11, 23), 1_800_00),
        ),
        mode="cash",
        reference="",
        language="hi",
    )


def schedule(count: int = 24) -> SchedulePaper:
    """A fortnightly schedule of level instalments."""
    lines, balance = [], 20_000_00
    for number in range(1, count + 1):
        interest = balance * 15 // 2600
        principal = 20_000_00 // count if number < count else balance
        balance -= principal
        on = date(2026, 11, 23) + timedelta(days=14 * number)
        lines.append(
            ScheduleLine(number, on, principal, interest, 0, principal + interest, balance)
        )
    return SchedulePaper(
        lender=LENDER,
        loan_number="STP-L-002114",
        borrower="Sunita Devi · सुनीता देवी",
        member_number="M-00731",
        centre="Rampur Kalan · Lakshmi group",
        product="Group loan",
        currency="INR",
        principal_minor=20_000_00,
        rate="15%",
        apr="17.07%",
        disbursed_on=date(2026, 11, 23),
        frequency="fortnightly",
        fee_minor=400_00,
        net_minor=19_600_00,
        lines=tuple(lines),
        printed_on=date(2026, 11, 23),
    )


def day_paper(count: int = 9) -> DaySheetPaper:
    """An officer's day."""
    people = (
        ("Meena Kumari", "Overdue 34 days; promise of 20 Nov was broken", 34, 1_940_00),
        ("Sunita Devi · सुनीता देवी", "Promised ₹2,500 for today", 12, 970_00),
        ("Abdul Rahim Ansari", "First visit: residence to be verified", 0, 0),
        ("श्रीमती कृष्णा शर्मा", "Due today; centre meeting at 10:30", 0, 0),
    )
    stops = []
    for index in range(count):
        name, why, dpd, late = people[index % len(people)]
        stops.append(
            DayStop(
                order=index + 1,
                at=f"{9 + index // 2}:{30 * (index % 2):02d}",
                borrower=name,
                member_number=f"M-{731 + index:05d}",
                loan_number=f"STP-L-{2114 + index:06d}",
                place="Rampur Kalan, near the school",
                phone="98390 12345",
                why=why,
                due_minor=970_00 if dpd or index % 4 == 3 else 0,
                overdue_minor=late,
                dpd=dpd,
            )
        )
    return DaySheetPaper(
        lender=LENDER,
        officer="Rakesh Kumar",
        on=date(2026, 11, 23),
        currency="INR",
        stops=tuple(stops),
        contact_hours="09:00\u201318:00",
        printed_at=datetime(2026, 11, 23, 8, 5),  # noqa: DTZ001 - local time of the branch
    )


def recovery() -> RecoveryPaper:
    """The recovery sheet of a new branch."""
    return RecoveryPaper(
        lender_name=LENDER.name,
        branch=LENDER.branch,
        station="STP-1",
        code="7KQM4-9TXWD-2HFRP-C6VNB-3YJGA-8LSEZ-5DUQK-1MXTR",
        made_on=date(2026, 11, 23),
    )
