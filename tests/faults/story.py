"""A few days of a branch in which nearly every command is given once, by its people."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app.commands.acts import MakeForeclosureQuote, ProposeAct, wanted
from app.commands.books import (
    CloseMonth,
    JournalLine,
    PostJournal,
    ReopenDay,
    ReopenMonth,
    ReverseJournal,
)
from app.commands.branch import CloseDay, RegisterStation
from app.commands.checks import AcceptCheck, DeclineCheck, NoteBackup, NoteExport
from app.commands.field import (
    CancelPromise,
    MakePromise,
    OrderVisits,
    PlannedStop,
    PlanVisits,
    RecordVisit,
)
from app.commands.meetings import IssueReceiptBook, MakeSheet, SaveCentre, VoidLeaf
from app.commands.messages import (
    AllowContact,
    BeginMessage,
    KeepEmail,
    NoteMessage,
    SettleMessage,
    StopContact,
)
from app.commands.origination import (
    Mode,
    RejectApplication,
    ShowIdentity,
    WithdrawApplication,
)
from app.commands.papers import SavePaperSettings
from app.commands.servicing import ChargeLoan, ForecloseLoan, NotePrint, WaiveDue
from app.commands.settings import CloseStation, SaveAccount, SaveBranch, SaveCalendar
from app.commands.takeover import ProposeTakeOver, RestateLoan
from app.commands.tills import (
    CloseTill,
    GiveCash,
    MoveCash,
    OpenTill,
    ReturnCash,
    SetTillLimits,
    TakeCash,
)
from app.commands.users import NoteSignIn, NoteSignOut, SetPassword
from app.domain.allocation import Head
from app.domain.counting import Counted
from app.domain.roles import Role
from app.queries.servicing import ShowTill
from app.queries.settings import ShowBranchSettings
from app.rows.facts import PromiseFacts
from tests.services import applying, meeting
from tests.services.acting import (
    another,
    product,
    rate,
    recover,
    refunding,
    reschedule,
    undo,
    undo_receipt,
    write_off,
)
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today
from tests.services.test_outbox import queue, settle
from tests.services.test_taking_over import SUNITA, take_over, taken
from tests.services.test_top_ups import old_loan, paying_out, staged, top_up, tranche

PAGES = "0" * 64


def settings(house: House) -> None:
    """The branch is set up."""
    found = house.ask(house.manager, ShowBranchSettings())
    same = {
        name: getattr(found, name)
        for name in ("branch_name", "lender_name", "state", "currency", "time_zone", "language")
    }
    house.run(house.manager, SaveBranch(version=found.version, address="12 Road", **same))
    house.run(house.manager, SaveCalendar(version=0, off_days=(7,)))
    house.run(house.manager, SaveAccount(code="5510", title="Stationery", kind="expense"))
    house.run(house.manager, SavePaperSettings(version=0, head_text="CIN 1"))
    house.run(house.anonymous, NoteSignIn(login="meena", verified=True))
    house.run(house.manager, SetPassword(password_hash="y"))
    house.run(house.manager, NoteSignOut())
    house.run(house.manager, NoteExport(report="par", format="csv", rows=3))
    house.run(house.manager, NoteBackup(sha256=PAGES, size=10))
    other = house.run(house.system, RegisterStation(counter_code="2")).station_id
    house.run(house.manager, CloseStation(station_id=other, reason="given up"))


def desk(house: House) -> None:
    """Applications on their ways to the money, and away from it."""
    view = applying.decided(house)
    house.run(house.officer, ShowIdentity(party_id=view.party_id, kind="pan"))
    house.run(house.manager, applying.sanction(view))
    others = (
        replace(applying.SUNITA, full_name=name, phone=phone, identities=())
        for name, phone in (("Rani Devi", "9876500001"), ("Kamla Devi", "9876500002"))
    )
    one, two = (applying.enter(house, party).application_id for party in others)
    house.run(house.officer, applying.revise(house, one))
    version = applying.show(house, one).version
    house.run(
        house.officer, WithdrawApplication(application_id=one, version=version, reason="moved")
    )
    version = applying.show(house, two).version
    house.run(house.manager, RejectApplication(application_id=two, version=version, reason="no"))


def counter(house: House) -> None:
    """A loan is paid, charged, waived, paid too much, refunded; receipts are printed and undone."""
    code = product(house, "ACTS", penalty={"percent_a_year": "24"})
    loan = lent(house, product=code)
    next_day(house, 10)
    posted = receive(house, loan, 500_00)
    house.run(house.cashier, NotePrint(receipt_id=posted.receipt_id))
    about: dict[str, Any] = {
        "loan_id": loan,
        "head": Head.CHARGE,
        "currency": "INR",
        "reason": "sent",
    }
    house.run(house.manager, ChargeLoan(title="Notice", amount_minor=50_00, **about))
    house.run(house.manager, WaiveDue(amount_minor=20_00, **about))
    undo_receipt(house, posted.receipt_id)
    undo(house, loan, rate(house, loan, "20"))
    reschedule(house, loan, instalments=20)
    terms = {**json.loads(shown(house, loan).terms), "annual_rate": "22"}
    restate = RestateLoan(loan_id=loan, terms=json.dumps(terms), reason="keyed wrongly")
    house.run(house.manager, restate)
    receive(house, loan, 12_000_00)
    house.run(house.manager, refunding(loan, 10_00))


def endings(house: House) -> None:
    """A loan is closed early by its quote, one is given up and pays after all."""
    code = product(house, "ENDS", foreclosure={"charge_percent": "2"})
    loan, lost = lent(house, product=code), lent(house)
    next_day(house, 8)
    quote = house.run(house.manager, MakeForeclosureQuote(loan_id=loan, on=today(house)))
    close = ForecloseLoan(
        loan_id=loan,
        quoted_minor=quote.total_minor,
        currency="INR",
        mode=Mode.BANK,
        reference="NEFT 7",
        payer="Sunita Devi",
        quote_id=quote.quote_id,
    )
    house.run(house.manager, close)
    write_off(house, lost)
    recover(house, lost, 100_00)


def seconds(house: House) -> None:
    """Acts that a second person lets happen, or does not."""
    deputy = another(house, "deputy", Role.MANAGER, waive_minor=1)
    loan = lent(house)
    next_day(house, 8)
    for at, answer in enumerate((AcceptCheck, DeclineCheck)):
        charge = ChargeLoan(
            loan_id=loan,
            title=f"Notice {at}",
            head=Head.CHARGE,
            amount_minor=50_00,
            currency="INR",
            reason="sent",
        )
        house.run(deputy, charge)
        waive = WaiveDue(
            loan_id=loan, head=Head.CHARGE, amount_minor=40_00, currency="INR", reason="poor"
        )
        made = house.run(deputy, ProposeAct(loan_id=loan, act=wanted(waive)))
        more = {"reason": "no"} if answer is DeclineCheck else {}
        house.run(house.manager, answer(check_id=made.check_id, version=made.version, **more))


def bought(house: House) -> None:
    """Loans that ran elsewhere are taken over, one of them by two people."""
    buyer = another(house, "buyer")
    take_over(house)
    asked = ProposeTakeOver(party=SUNITA, taken=taken(house, old_number="MF-78"), reason="bought")
    house.run(buyer, asked)


def parts(house: House) -> None:
    """A loan that is handed out in two parts, and one that closes an old one."""
    loan = staged(house)
    next_day(house, 21)
    house.run(house.manager, tranche(loan))
    old = old_loan(house)
    application, asks = top_up(house, old)
    house.run(house.manager, paying_out(application, old, asks))


def field(house: House) -> None:
    """Promises and visits."""
    loans = [lent(house), lent(house)]
    day = next_day(house, 8)
    facts = PromiseFacts(500_00, "INR", day)
    made = house.run(house.officer, MakePromise(loan_id=loans[0], promise=facts, note="called"))
    house.run(house.officer, CancelPromise(promise_id=made.promise_id, reason="too much"))
    stops = tuple(PlannedStop(loan, "overdue") for loan in loans)
    who = house.officer.user_id
    planned = house.run(house.officer, PlanVisits(officer_id=who, on=day, stops=stops)).visit_ids
    turned = OrderVisits(officer_id=who, on=day, visit_ids=planned[::-1])
    house.run(house.officer, turned)
    told = RecordVisit(
        visit_id=planned[0],
        outcome="paid-part",
        met=True,
        note="gave half",
        currency="INR",
        claimed_minor=300_00,
    )
    house.run(house.officer, told)


def centre(house: House) -> None:
    """A centre meets: its sheet is drawn up and keyed back; a receipt book is handed out."""
    house.run(house.officer, SaveCentre(title="Peepal centre", officer_id=house.officer.user_id))
    there = meeting.met(house)
    sheet = house.run(house.officer, MakeSheet(centre=meeting.CENTRE, meet_on=there.on))
    seen = meeting.view(house, sheet=sheet.number)
    keyed = meeting.keyed(seen, [100_00, 0, 50_00], sheet_id=sheet.sheet_id)
    house.run(house.cashier, keyed)
    issue = IssueReceiptBook(officer_id=house.officer.user_id, series="A", first=1, last=50)
    book = house.run(house.manager, issue).book_id
    house.run(house.manager, VoidLeaf(book_id=book, leaf=3, reason="torn"))


def books(house: House) -> None:
    """The journal, a month and a day are closed and opened again."""
    lines = (JournalLine("5510", 250_00), JournalLine("1200", -250_00))
    post = PostJournal(lines=lines, currency="INR", on=today(house), reason="paper and ink")
    voucher = house.run(house.manager, post)
    house.run(house.manager, ReverseJournal(voucher_id=voucher.voucher_id, reason="twice"))
    day = today(house)
    house.run(house.manager, CloseDay(on=day))
    house.run(house.manager, ReopenDay(on=day, reason="a receipt was left"))
    next_day(house, 31)
    house.run(house.manager, CloseMonth(on=day))
    house.run(house.manager, ReopenMonth(on=day, reason="an entry was left"))


def messages(house: House) -> None:
    """A late borrower is written to, and not for a while."""
    settle(house)
    loan = lent(house)
    next_day(house, 10)
    party_id = shown(house, loan).party_id
    house.run(house.officer, KeepEmail(party_id=party_id, address="sunita@example.in"))
    stop = house.run(house.officer, StopContact(party_id=party_id, reason="in mourning"))
    house.run(house.officer, AllowContact(stop_id=stop.stop_id, version=stop.version))
    (message_id,) = queue(house, loan).message_ids
    house.run(house.system, BeginMessage(message_id=message_id, tries=0))
    house.run(house.system, NoteMessage(message_id=message_id, state="unknown", reason="cut"))
    house.run(house.officer, SettleMessage(message_id=message_id, state="sent", reason="told so"))


def tills(house: House) -> None:
    """Tills are opened and closed by note; cash is moved, handed over and counted in."""
    code = house.run(house.system, RegisterStation(counter_code="3")).station_id
    other = replace(house.cashier, station_id=code)
    there = house.ask(house.cashier, ShowTill()).expected_minor
    house.run(house.cashier, OpenTill(currency="INR", counted=exactly(there)))
    house.run(house.manager, SetTillLimits(counter="1", version=1, cash_limit_minor=60_000_00))
    house.run(other, OpenTill(currency="INR", counted=()))
    move = MoveCash(
        into_till=True, account="1200", amount_minor=9_000_00, currency="INR", reason="needed"
    )
    house.run(house.cashier, move)
    give = GiveCash(to_counter="3", currency="INR", counted=exactly(1_000_00))
    back = house.run(house.cashier, give).move_id
    house.run(house.cashier, ReturnCash(move_id=back, reason="not needed"))
    gone = house.run(house.cashier, give).move_id
    house.run(other, TakeCash(move_id=gone, counted=exactly(1_000_00)))
    for session, counter, left in ((house.cashier, "1", there + 8_000_00), (other, "3", 1_000_00)):
        shut = CloseTill(counter=counter, currency="INR", counted=exactly(left))
        house.run(session, shut)


def exactly(minor: int) -> tuple[Counted, ...]:
    """An amount in notes of 100 and coins of a rupee and a paisa."""
    hundreds, rest = divmod(minor, 100_00)
    ones, paise = divmod(rest, 100)
    assert not paise, "no coin is that small"
    return Counted(100_00, False, hundreds), Counted(1_00, True, ones)


STORY: Sequence[Callable[[House], None]] = (
    *(settings, desk, bought, counter, endings, seconds, parts),
    *(field, centre, messages, books, tills),
)
