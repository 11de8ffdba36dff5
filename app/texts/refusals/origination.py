"""What an application, a person's papers, a decision or a sanction does not admit."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("not-allowed-now", "incomplete"): N_("Still missing: {missing}."),
    ("not-allowed-now", "decide-again"): N_(
        "Another loan of this borrower was sanctioned since. Run the decision again."
    ),
    ("not-allowed-now", "product-inactive"): N_("This product is not offered any more."),
    ("terms-refused", "first-due-on"): N_(
        "The first due date must be later than the day the money is paid out."
    ),
    ("value-refused", "above-asked"): N_(
        "This is more than was asked for ({most}). Change the application first."
    ),
    ("value-refused", "override-reason"): N_(
        "The rules did not approve this. Say why it is sanctioned all the same."
    ),
    ("value-refused", "is-an-aadhaar"): N_(
        "This is an Aadhaar number. Choose Aadhaar, so that it is kept masked."
    ),
    ("value-refused", "twice"): N_("There is a number of this kind already."),
    ("value-refused", "known-identity"): N_(
        "This number is already on file for {name} ({number}). Choose that person instead."
    ),
    ("value-refused", "already-attached"): N_("This file is attached already."),
    ("value-refused", "out-of-range"): N_("The decision cannot take this: {given} is too large."),
    ("value-refused", "unknown-key"): N_("This is not known here: {given}."),
    ("value-refused", "rule-file"): N_("The rule set {rule_set} has a mistake: {given}."),
    ("value-refused", "rule-node"): N_(
        "The rule set {rule_set} holds a part that may not run here: {given}."
    ),
    ("value-refused", "rule-gap"): N_(
        "The rule set {rule_set} does not say exactly one thing about {given}."
    ),
    ("value-refused", "rule-sum"): N_("The rule set {rule_set} does not work out {given}."),
    ("value-refused", "rule-failed"): N_("The rule set {rule_set} could not be run."),
    ("not-found", "rule-set"): N_("There is no rule set {rule_set}."),
    ("not-found", "rule-version"): N_("The rule set {rule_set} holds nothing for {day}."),
    ("not-found", "identity"): N_("No such number is on file for this person."),
    ("not-found", "check"): N_("Nothing waits to be checked here."),
}
