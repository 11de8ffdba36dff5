"""A receipt reaches a printer on the network whole, or it is said in words why it did not."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.thermal import ThermalLines
from app.adapters.thermal_line import Patience
from app.bootstrap.tickets import TicketPrinter
from app.domain.errors import PaperTrouble
from app.papers.thermal import Tickets
from app.paths import resources
from app.ports import ThermalPrinter
from app.texts.errors import sentence
from tests.papers.examples import hindi_receipt, receipt, recovery
from tests.papers.slips import PEOPLE, slip
from tests.thermal.sink import Sink, printed, serving

QUICK = Patience(connect=1.0, answer=0.4, send=1.0, end=1.2, turn=0.2)


@pytest.fixture(scope="module")
def tickets() -> Tickets:
    return Tickets(resources() / "fonts")


@pytest.fixture
def printer(tickets: Tickets) -> TicketPrinter:
    return TicketPrinter(tickets, ThermalLines(QUICK))


def at(sink: Sink) -> ThermalPrinter:
    return ThermalPrinter(f"net:127.0.0.1:{sink.port}")


def why_not(printer: TicketPrinter, where: ThermalPrinter) -> str:
    with pytest.raises(PaperTrouble) as trouble:
        printer.print(receipt(), where)
    assert sentence(trouble.value)
    return str(trouble.value.params["why"])


def test_a_receipt_comes_out_whole_and_is_cut(printer: TicketPrinter) -> None:
    with serving(Sink()) as sink:
        printer.print(receipt(), at(sink))
        out = printed(sink.job, 576)
    assert sink.lines == 1
    assert (out.cuts, out.kicks, out.unknown) == (1, [], [])
    assert "Member number                            M-00731" in out.texts
    assert "Total received                          2,365.50" in out.texts
    assert out.pictures > 0


def test_the_till_opens_only_where_it_is_set_up(printer: TicketPrinter) -> None:
    with serving(Sink()) as sink:
        printer.print(receipt(), replace(at(sink), drawer=5))
        out = printed(sink.job, 576)
    assert out.kicks == [1]


@pytest.mark.parametrize(
    ("states", "why"),
    [
        ({4: 0x60}, "paper-out"),
        ({2: 0x20}, "paper-out"),
        ({1: 0x08, 2: 0x04}, "cover-open"),
        ({3: 0x08}, "printer-stopped"),
        ({1: 0x08}, "printer-stopped"),
    ],
)
def test_a_printer_that_cannot_print_gets_nothing(
    printer: TicketPrinter, states: dict[int, int], why: str
) -> None:
    with serving(Sink(states=states)) as sink:
        assert why_not(printer, at(sink)) == why
        with pytest.raises(PaperTrouble):
            printer.look(at(sink))
    assert sink.job == b""


def test_paper_that_runs_out_in_the_middle_is_told(printer: TicketPrinter) -> None:
    with serving(Sink(swallows=6_000)) as sink:
        assert why_not(printer, at(sink)) == "paper-out"
        sink.states, sink.got, sink.swallows = {}, b"", 1 << 30
        printer.print(receipt(), at(sink))
        assert printed(sink.job, 576).cuts == 1


def test_a_line_cut_in_the_middle_is_told(printer: TicketPrinter) -> None:
    with serving(Sink(hangs_up_after=6_000)) as sink:
        assert why_not(printer, at(sink)) == "cut-short"


def test_a_printer_that_is_off_is_told(printer: TicketPrinter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert why_not(printer, ThermalPrinter(f"net:127.0.0.1:{port}")) == "printer-off"


def test_a_silent_printer_is_told_unless_it_is_set_up_as_one(printer: TicketPrinter) -> None:
    with serving(Sink(mute=True)) as sink:
        assert why_not(printer, at(sink)) == "printer-silent"
        printer.look(replace(at(sink), answers=False))
        printer.print(receipt(), replace(at(sink), answers=False))
        assert printed(sink.job, 576).cuts == 1


def test_a_printer_that_knows_no_question_in_turn_is_believed(printer: TicketPrinter) -> None:
    with serving(Sink(turns=False)) as sink:
        printer.print(receipt(), at(sink))
        assert printed(sink.job, 576).cuts == 1


def test_receipts_of_several_hands_come_out_one_after_another(printer: TicketPrinter) -> None:
    with serving(Sink()) as sink, ThreadPoolExecutor(4) as hands:
        done = [hands.submit(printer.print, receipt(), at(sink)) for _hand in range(4)]
        assert [one.result(20) for one in done] == [None] * 4
        assert printed(sink.job, 576).cuts == sink.lines == 4


def test_a_narrow_roll_holds_the_same_receipt(tickets: Tickets) -> None:
    wide, narrow = (
        printed(tickets.bytes_of(hindi_receipt(), mm), dots) for mm, dots in ((80, 576), (58, 384))
    )
    assert narrow.picture().height > wide.picture().height
    large = replace(receipt(), amount_minor=99_99_99_999_99)
    assert printed(tickets.bytes_of(large, 58), 384).unknown == []


def test_a_file_gets_one_job_after_another(printer: TicketPrinter, tmp_path: Path) -> None:
    where = ThermalPrinter(f"device:{tmp_path / 'printer.bin'}", millimetres=58)
    for _copy in range(2):
        printer.print(receipt(), where)
    job = (tmp_path / "printer.bin").read_bytes()
    assert job.count(b"\x1b@") == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="devices that take nothing are POSIX here")
def test_a_device_that_nobody_serves_is_told(printer: TicketPrinter, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    where = ThermalPrinter(f"device:{tmp_path / 'lp0'}")
    assert why_not(printer, where) == "printer-off"
    assert why_not(printer, ThermalPrinter(f"device:{tmp_path / 'no' / 'lp0'}")) == "printer-off"


@pytest.mark.parametrize("address", ["", "net:", "net::9100", "net:a:99999", "usb:x:y", "fax:1"])
def test_what_is_no_address_is_said(printer: TicketPrinter, address: str) -> None:
    assert why_not(printer, ThermalPrinter(address)) == "not-an-address"


def test_ways_that_are_not_there_are_said(printer: TicketPrinter) -> None:
    assert why_not(printer, ThermalPrinter("windows:EPSON TM-T20")) == "windows-alone"
    assert why_not(printer, ThermalPrinter("usb:0fe6:ffff")) in {"usb-missing", "printer-off"}


def test_a_name_is_never_a_command_to_the_printer(tickets: Tickets) -> None:
    nasty = "\x1bp\x00\x19\xfa\x1dV\x00\x10\x14\x01 Sunita \x1b@"
    job = tickets.bytes_of(replace(receipt(), borrower=nasty, collector=nasty), 80)
    out = printed(job, 576)
    assert (out.cuts, out.kicks, out.unknown) == (1, [], [])
    assert job.count(b"\x1b@") == 1


@pytest.mark.parametrize("language", PEOPLE)
def test_nothing_of_a_long_text_is_left_out_on_a_narrow_roll(
    tickets: Tickets, language: str
) -> None:
    short = slip(language)
    long = replace(short, borrower=" ".join([short.borrower] * 8))
    high = [printed(tickets.bytes_of(one, 58), 384).picture().height for one in (short, long)]
    assert high[1] - high[0] > 7 * 30


def test_only_receipts_go_on_a_roll(tickets: Tickets) -> None:
    with pytest.raises(PaperTrouble):
        tickets.bytes_of(recovery(), 80)
