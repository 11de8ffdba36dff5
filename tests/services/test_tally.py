"""The books for Tally, read back by a parser that knows only its format."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from io import BytesIO
from xml.etree import ElementTree

from app.commands.books import JournalLine, PostJournal
from app.commands.settings import SaveAccount
from app.domain.roles import Role
from app.papers.tally import write_tally
from app.ports import Session
from app.queries.books import BooksForTally
from app.store.balances import moved
from tests.services.branch import MANY, OPENED, House, user
from tests.services.lending import lent, next_day, receive, today

ODD = 'Rent & "rates" <Sitapur>'


def lived(house: House) -> None:
    """A fortnight with a loan, a receipt, interest earned, and a voucher with odd names."""
    account = SaveAccount(account_id=None, version=0, code="5100", title=ODD, kind="expense")
    house.run(house.manager, account)
    grants = user(Role.MANAGER, sanction_minor=MANY)
    keeper = Session(
        house.manager.station_id,
        house.manager.branch_id,
        house.run(house.manager, grants).user_id,
    )
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, 859_00)
    lines = (JournalLine("5100", 1_234_56), JournalLine("1200", -1_234_56))
    house.run(
        keeper,
        PostJournal(lines=lines, currency="INR", on=today(house), reason="]]> & <b>"),
    )
    next_day(house, 7)


def exported(house: House, question: BooksForTally) -> ElementTree.Element:
    to = BytesIO()
    write_tally(house.ask(house.manager, question), to)
    return ElementTree.fromstring(to.getvalue().decode())


def paise(text: str | None) -> int:
    return int(Fraction(text or "0") * 100)


def sums(envelope: ElementTree.Element) -> dict[str, int]:
    """What each ledger holds by its opening and the vouchers, debit above zero."""
    held: dict[str, int] = {}
    for ledger in envelope.iter("LEDGER"):
        held[ledger.attrib["NAME"]] = -paise(ledger.findtext("OPENINGBALANCE"))
    for voucher in envelope.iter("VOUCHER"):
        amounts = [paise(line.findtext("AMOUNT")) for line in voucher.iter("LEDGERENTRIES.LIST")]
        assert sum(amounts) == 0, "a voucher balances"
        for line in voucher.iter("LEDGERENTRIES.LIST"):
            name, minor = line.findtext("LEDGERNAME"), paise(line.findtext("AMOUNT"))
            assert name in held, "a ledger comes before its vouchers"
            assert (line.findtext("ISDEEMEDPOSITIVE") == "Yes") is (minor < 0)
            held[name] -= minor
    return {name: minor for name, minor in held.items() if minor}


def by_code(found: dict[str, int]) -> dict[str, int]:
    return {name.rsplit("(", 1)[1].rstrip(")"): minor for name, minor in found.items()}


def test_what_tally_reads_is_the_trial_balance(house: House) -> None:
    lived(house)
    with house.store.read() as snapshot:
        must = moved(snapshot, house.manager.branch_id, "INR", today(house))
    wanted = {code: one.balance for code, one in must.items() if one.balance}
    whole = exported(house, BooksForTally(from_on=OPENED, to_on=today(house)))
    assert by_code(sums(whole)) == wanted
    late = BooksForTally(from_on=OPENED + timedelta(8), to_on=today(house), openings=True)
    assert by_code(sums(exported(house, late))) == wanted


def test_names_and_reasons_are_text_and_masters_come_first(house: House) -> None:
    lived(house)
    envelope = exported(house, BooksForTally(from_on=OPENED, to_on=today(house)))
    assert [part.tag for part in envelope] == ["HEADER", "BODY"]
    header = envelope.find("HEADER")
    assert header is not None
    assert [part.text for part in header] == ["1", "Import", "Data", "Vouchers"]
    inner = [message[0].tag for message in envelope.iter("TALLYMESSAGE")]
    assert inner == sorted(inner)  # LEDGER before VOUCHER
    names = {ledger.attrib["NAME"] for ledger in envelope.iter("LEDGER")}
    assert 'Rent & "rates" <Sitapur> (5100)' in names
    told = {voucher.findtext("NARRATION") or "" for voucher in envelope.iter("VOUCHER")}
    assert any("]]> & <b>" in one for one in told)
    kinds = [voucher.findtext("VOUCHERTYPENAME") for voucher in envelope.iter("VOUCHER")]
    assert {"Receipt", "Payment", "Journal"} == set(kinds)
    days = {voucher.findtext("DATE") for voucher in envelope.iter("VOUCHER")}
    assert all(day and len(day) == 8 and day.isdigit() for day in days)
    keys = [voucher.attrib["REMOTEID"] for voucher in envelope.iter("VOUCHER")]
    assert len(keys) == len(set(keys))
