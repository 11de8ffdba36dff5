"""What a field may not hold."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", ""): N_("This cannot be used here. Please look at it again."),
    ("value-refused", "empty"): N_("Please fill this in."),
    ("value-refused", "missing"): N_("Please fill this in."),
    ("value-refused", "not-an-amount"): N_(
        "This is not an amount. Write it as 1,25,000, 1.25 lakh or 2500.50."
    ),
    ("value-refused", "negative"): N_("An amount cannot be below zero here."),
    ("value-refused", "too-many-decimals"): N_("Too many decimals for this currency."),
    ("value-refused", "too-many-digits"): N_("Too many decimals for this currency."),
    ("value-refused", "too-large"): N_("This is more than can be booked. Please check the zeros."),
    ("value-refused", "too-small"): N_("This is too little."),
    ("value-refused", "below"): N_("This must be at least {least}."),
    ("value-refused", "above"): N_("This may be at most {most}."),
    ("value-refused", "unknown-piece"): N_("There is no such note or coin, or it is told twice."),
    ("value-refused", "not-a-day"): N_(
        "This is not a date. Write it as 5/3, 05-03-24, today or +7."
    ),
    ("value-refused", "no-such-day"): N_("There is no such day in the calendar."),
    ("value-refused", "in-the-future"): N_("This date has not come yet."),
    ("value-refused", "known-before-the-day"): N_(
        "What was known cannot be asked for a day before the one told of."
    ),
    ("value-refused", "in-the-past"): N_("This date has passed."),
    ("value-refused", "before-disbursement"): N_("This is before the loan was paid out."),
    ("value-refused", "too-early"): N_("This date is too early."),
    ("value-refused", "too-late"): N_("This date is too late."),
    ("value-refused", "not-a-number"): N_("Please write a whole number."),
    ("value-refused", "not-a-rate"): N_("Please write a rate in per cent, such as 24 or 22.5."),
    ("value-refused", "too-long"): N_("This is too long."),
    ("value-refused", "too-short"): N_("This is too short."),
    ("value-refused", "control-characters"): N_(
        "This holds signs that cannot be seen or printed. Please type it again."
    ),
    ("value-refused", "not-a-choice"): N_("Please choose one of the list."),
    ("value-refused", "taken"): N_("This is already in use."),
    ("value-refused", "unknown-currency"): N_("The currency {given} is not known here."),
    ("value-refused", "not-a-phone"): N_("This is not a phone number of this country."),
    ("value-refused", "not-a-pan"): N_("This is not a PAN: five letters, four digits, one letter."),
    ("value-refused", "not-an-aadhaar"): N_(
        "This is not an Aadhaar number: twelve digits, and the last one does not fit."
    ),
    ("value-refused", "not-a-voter-id"): N_("This is not a voter card number."),
    ("value-refused", "not-an-ifsc"): N_("This is not an IFSC: four letters, a zero, six signs."),
    ("value-refused", "not-a-pincode"): N_("This is not a PIN code: six digits."),
    ("value-refused", "identity"): N_("This number does not pass its check. Please compare it."),
    ("value-refused", "under-age"): N_("This person is too young to borrow."),
    ("value-refused", "does-not-add-up"): N_("The parts do not add up to the total."),
    ("value-refused", "no-role"): N_("Choose at least one role."),
    ("value-refused", "not-the-same"): N_("The two entries are not the same."),
    ("value-refused", "differs"): N_("The two entries are not the same."),
    ("value-refused", "password-too-short"): N_("Use at least {least} characters."),
    ("value-refused", "password-too-common"): N_("This password is easy to guess. Take another."),
    ("value-refused", "recovery-code"): N_("This is not the code that was printed."),
    ("value-refused", "reason-missing"): N_("Please say why; it is kept with the record."),
    ("value-refused", "reference-missing"): N_(
        "Please give the reference: the UPI, cheque or transfer number."
    ),
    ("value-refused", "below-zero"): N_("This cannot be below zero."),
    ("value-refused", "order"): N_("The highest value is below the lowest one."),
    ("value-refused", "login-shape"): N_(
        "A sign-in name has 3 to 32 small letters, digits, dots or dashes."
    ),
    ("value-refused", "login-taken"): N_("Somebody has this sign-in name already."),
    ("value-refused", "code-taken"): N_("This code is already in use."),
    ("value-refused", "branch-code"): N_("A branch code has 2 to 8 capital letters or digits."),
    ("value-refused", "counter-code"): N_("A counter code has 1 to 4 letters or digits."),
    ("value-refused", "counter-taken"): N_("Another PC is counter {given} already."),
    ("value-refused", "no-such-file"): N_("There is no file of this name."),
    ("value-refused", "tls-off"): N_(
        "Without encryption others on the way could read everything. Only a server on this very "
        "PC may be used so."
    ),
    ("value-refused", "time-zone"): N_("This time zone is not known: {given}."),
    ("value-refused", "code-length"): N_(
        "The recovery code has {wanted} signs; {count} were typed."
    ),
    ("value-refused", "code-mistyped"): N_(
        "Group {group} of the recovery code is not right. Compare it with the sheet."
    ),
    ("value-refused", "last-key"): N_("This is the only key that still opens the database."),
    ("value-refused", "unknown-mode"): N_("This way of handing over money is not known."),
    ("value-refused", "not-contact-hours"): N_("The rules for contact hours cannot be read."),
    ("value-refused", "not-promise-rules"): N_("The rules for promises cannot be read."),
    ("value-refused", "not-encodable"): N_("This cannot be stored as it is."),
    ("amount-not-positive", ""): N_("An amount above zero is needed."),
    ("currency-mismatch", ""): N_("These amounts are in different currencies."),
    ("terms-refused", ""): N_("These terms cannot be used."),
    ("terms-refused", "+path"): N_("These terms cannot be used: look at {path}."),
    ("terms-refused", "unknown"): N_("The terms hold something that is not known: {path}."),
    ("terms-refused", "missing"): N_("The terms lack {path}."),
    ("terms-refused", "range"): N_("In the terms, {path} is out of range."),
    ("terms-refused", "not-supported"): N_("In the terms, {path} is not possible here yet."),
    ("terms-refused", "product"): N_("The product does not allow this: look at {path}."),
    ("input-missing", ""): N_("The decision cannot be made yet: something is missing."),
    ("input-missing", "+name"): N_("The decision cannot be made yet: {name} is missing."),
}
