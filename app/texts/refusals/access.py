"""Who may do what: permissions, limits, sign-in, records that others changed."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("error", ""): N_("This was refused. Nothing was changed."),
    ("not-permitted", ""): N_(
        "Your role does not allow this. Ask a manager to do it, or to change your role."
    ),
    ("not-permitted", "branch"): N_("You hold no role in this branch on this day."),
    ("not-permitted", "own-work"): N_("A second person must check this: you entered it yourself."),
    ("limit-exceeded", ""): N_("This is above your limit. It needs somebody with a higher one."),
    ("limit-exceeded", "+limit_minor"): N_(
        "{amount} is above your limit of {limit}. It needs somebody with a higher one."
    ),
    ("limit-exceeded", "backdate"): N_(
        "This date is further back than you may post. Ask a manager to post it."
    ),
    ("limit-exceeded", "no-limit"): N_("No limit was granted to you for this. Ask a manager."),
    ("key-reused", ""): N_(
        "This was already sent once with other content. Open the form again before you send it."
    ),
    ("stale-version", ""): N_(
        "Somebody else changed this since you opened it. What you typed is kept: "
        "look at the new record, then save again."
    ),
    ("not-found", ""): N_("Nothing was found."),
    ("stale-version", "application"): N_(
        "Somebody else changed this application since you opened it. What you typed is kept: "
        "look at it again, then save."
    ),
    ("stale-version", "check"): N_("Somebody else has decided this meanwhile."),
    ("not-found", "+number"): N_("Nothing was found for {number}."),
    ("not-found", "loan"): N_("There is no loan with this number."),
    ("not-found", "party"): N_("There is no such person on record."),
    ("not-found", "borrower"): N_("There is no such borrower on record."),
    ("not-found", "application"): N_("There is no such application."),
    ("not-found", "receipt"): N_("There is no receipt with this number."),
    ("not-found", "product"): N_("There is no such product."),
    ("not-found", "user"): N_("There is no user of this name."),
    ("not-found", "branch"): N_("There is no such branch."),
    ("not-found", "counter"): N_("There is no such counter."),
    ("not-found", "station"): N_("This computer is not known to the database."),
    ("not-found", "quote"): N_("There is no such quote for this loan."),
    ("not-found", "voucher"): N_("There is no voucher with this number."),
    ("not-found", "fact"): N_("This is not in the history of the loan."),
    ("not-found", "document"): N_("This document is not on file."),
    ("not-found", "group"): N_("There is no such group."),
    ("not-found", "centre"): N_("There is no such centre."),
    ("not-found", "visit"): N_("There is no such visit."),
    ("not-found", "promise"): N_("There is no such promise."),
    ("not-found", "report"): N_("There is no report of this name."),
    ("not-found", "command"): N_("This program does not know how to do that."),
    ("sign-in-failed", ""): N_("The name or the password is not right."),
    ("sign-in-failed", "+wait_seconds"): N_(
        "Too many tries. Wait {wait_seconds} seconds, then try again."
    ),
    ("sign-in-failed", "wait"): N_("Too many tries. Wait {wait_seconds} seconds, then try again."),
    ("sign-in-failed", "wrong"): N_("The name or the password is not right."),
    ("sign-in-failed", "inactive"): N_("This user may no longer sign in. Ask a manager."),
    ("sign-in-failed", "no-role"): N_("This user holds no role today. Ask a manager."),
    ("sign-in-failed", "locked"): N_("The program is locked. Type your password to go on."),
}
