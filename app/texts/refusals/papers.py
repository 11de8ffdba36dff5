"""What papers and the codes on them do not admit."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "not-a-receipt-code"): N_(
        "This is not the whole code of a receipt. It begins with KIST1; scan it again."
    ),
    ("value-refused", "newer-receipt-code"): N_(
        "This code was made by a newer Kist. Update this one, then check it again."
    ),
    ("value-refused", "not-a-key"): N_("This is not a public key."),
    ("value-refused", "not-a-upi-id"): N_("This is not a UPI id. One looks like lender@bank."),
    ("value-refused", "too-many-lines"): N_("At most {most} lines have room here."),
    ("value-refused", "too-many-days"): N_("This can be printed for at most {most} days at once."),
    ("paper-trouble", "paper-out"): N_(
        "The printer is out of paper. Put in a new roll, then print again: the receipt is saved."
    ),
    ("paper-trouble", "cover-open"): N_(
        "The printer's cover is open. Close it, then print again: the receipt is saved."
    ),
    ("paper-trouble", "printer-silent"): N_(
        "The printer is there but does not say how it is. Switch it off and on. If it never "
        "answers, say so under Settings, Printers."
    ),
    ("paper-trouble", "printer-stopped"): N_(
        "The printer has stopped. Look for stuck paper, switch it off and on, then print again: "
        "the receipt is saved."
    ),
    ("paper-trouble", "cut-short"): N_(
        "The line to the printer was cut while it printed. Print again: the receipt is saved."
    ),
    ("paper-trouble", "usb-missing"): N_(
        "Printers on USB need pyusb and libusb on this computer. A printer of the system or on "
        "the network works without them."
    ),
    ("paper-trouble", "windows-alone"): N_("This way to a printer is there on Windows alone."),
    ("paper-trouble", "not-an-address"): N_(
        "This is not the address of a thermal printer. One on the network looks like 192.168.1.50."
    ),
    ("paper-trouble", "not-on-a-roll"): N_(
        "Only receipts are printed on a roll. Choose another printer for this paper."
    ),
    ("not-found", "day"): N_("There was no business day on this date."),
    ("not-allowed-now", "not-closed"): N_(
        "Loan {number} is not closed: {owed} is still to be paid. A no-dues letter is for closed "
        "loans."
    ),
    ("not-allowed-now", "written-off-no-dues"): N_(
        "Loan {number} was written off and is not paid. There is no no-dues letter for it."
    ),
    ("not-allowed-now", "nothing-to-demand"): N_("Nothing is due on loan {number}."),
}
