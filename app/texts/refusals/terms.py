"""What versions of products, key fact statements and the terms of loans refuse."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "before-today"): N_("This day is past. Choose today or a later day."),
    ("value-refused", "currency-fixed"): N_(
        "The currency of a product stays. Add another product for another currency."
    ),
    ("value-refused", "unknown-charge"): N_("The terms have no charge named {given}."),
    ("value-refused", "unknown-fee-kind"): N_(
        "A charge is for processing, insurance, valuation or something else, not {given}."
    ),
    ("value-refused", "tranches-sum"): N_(
        "Every part must be above zero, and the later ones must leave something to pay out now."
    ),
    ("not-allowed-now", "key-facts-missing"): N_(
        "This loan needs a key fact statement. Issue one and have it acknowledged first."
    ),
    ("not-allowed-now", "key-facts-not-acknowledged"): N_(
        "The key fact statement {number} is not acknowledged yet."
    ),
    ("not-allowed-now", "key-facts-expired"): N_(
        "This key fact statement was valid until {valid} and has run out. Issue a new one."
    ),
    ("not-allowed-now", "key-facts-replaced"): N_(
        "Another key fact statement took the place of this one."
    ),
    ("not-allowed-now", "key-facts-acknowledged"): N_("This statement is acknowledged already."),
    ("value-refused", "key-facts-differ"): N_(
        "The key fact statement {number} said something else for {key}: {disclosed}, not {given}. "
        "Issue a new statement or pay out what was disclosed."
    ),
    ("value-refused", "not-the-borrower"): N_("This loan is another borrower's."),
    ("value-refused", "closes-too-much"): N_(
        "Closing the old loan asks {asks}, and only {paid} is paid out now."
    ),
    ("not-allowed-now", "out-of-a-loan"): N_(
        "This loan was closed out of a new one. Its receipt stays as long as that loan does."
    ),
    ("not-allowed-now", "no-tranche"): N_("Everything that was planned is handed out already."),
    ("not-allowed-now", "tranche-not-yet"): N_("The next part is planned for {tranche}."),
    ("value-refused", "tranche-differs"): N_("The next part is {planned}."),
    ("value-refused", "old-number-taken"): N_("A loan with this old number is here already."),
    ("value-refused", "opening-lines"): N_(
        "Give the unpaid instalments, or what was received so far."
    ),
    ("value-refused", "opening-both"): N_(
        "Give the unpaid instalments or what was received so far, not both."
    ),
    ("value-refused", "opening-paid-up"): N_("Nothing is open on this loan any more."),
    ("value-refused", "opening-principal"): N_(
        "The principal still open is more than the loan ever was."
    ),
    ("value-refused", "opening-line-twice"): N_("Instalment {given} stands twice."),
    ("value-refused", "opening-before-loan"): N_("The loan was not paid out yet on this day."),
    ("value-refused", "not-an-officer"): N_("Choose an officer of this branch."),
    ("value-refused", "file-refused"): N_(
        "The file has mistakes, the first in line {line}. Nothing was taken over."
    ),
    ("value-refused", "file-cells"): N_(
        "Line {line} has more cells than headings, or a stray mark."
    ),
    ("value-refused", "file-column-twice"): N_("A column stands twice in the file."),
    ("value-refused", "file-twice"): N_("This old number stands twice in the file."),
    ("value-refused", "file-borrower"): N_("Give a name or the member number of a known borrower."),
    ("value-refused", "file-empty"): N_("The file has no loans."),
    ("value-refused", "file-columns"): N_("The file lacks the column {given}."),
    ("value-refused", "file-column-unknown"): N_("The column {given} is not known."),
    ("value-refused", "file-too-long"): N_("A file may hold {most} lines at most."),
    ("value-refused", "file-number"): N_("This is not an amount: {given}."),
    ("value-refused", "file-day"): N_("This is not a day like 2026-11-24: {given}."),
    ("value-refused", "file-whole"): N_("This is not a whole number: {given}."),
    ("value-refused", "file-unknown"): N_("There is none with this name: {given}."),
    ("value-refused", "restate-same"): N_("These are the terms of the loan already."),
    ("value-refused", "restate-fixed"): N_(
        "Principal, currency and the day of disbursement are what happened. They stay."
    ),
    ("event-refused", "lapses"): N_("What happened on the loan does not fit these terms."),
    ("value-refused", "restate-history"): N_("What happened on the loan does not fit these terms."),
}
