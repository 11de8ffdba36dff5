"""What a receipt's code was found to be, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.rows.receipt_checks import ReceiptChecked, Verdict
from app.texts import _
from app.texts.figures import amount, day


def verdict_of(found: ReceiptChecked) -> str:
    """The verdict in one word or two."""
    if found.verdict is Verdict.GENUINE and found.reversed_on is not None:
        return _("Genuine, but reversed")
    return {
        Verdict.GENUINE: _("Genuine"),
        Verdict.ALTERED: _("Altered"),
        Verdict.UNKNOWN_KEY: _("Unknown key"),
        Verdict.NOT_IN_BOOKS: _("Not in these books"),
        Verdict.BOOKS_DIFFER: _("The books say otherwise"),
    }[found.verdict]


def meaning_of(found: ReceiptChecked) -> str:
    """What the verdict means for whoever holds the paper."""
    if found.verdict is Verdict.GENUINE:
        return _("The code was signed by this branch, and the books hold the receipt as it says.")
    return {
        Verdict.ALTERED: _(
            "The code does not fit its signature. Somebody has changed the text, or it was read "
            "wrongly: scan it once more before you say so."
        ),
        Verdict.UNKNOWN_KEY: _(
            "It was signed with a key that these books do not hold. It may be of another lender "
            "or branch; nothing is proven by it here."
        ),
        Verdict.NOT_IN_BOOKS: _(
            "This branch signed the code, but its receipt is not in these books. They may have "
            "been restored from a backup made before it."
        ),
        Verdict.BOOKS_DIFFER: _(
            "This branch signed the code, but the books hold this number with other content. "
            "Tell the manager."
        ),
    }[found.verdict]


def facts_of(found: ReceiptChecked) -> Sequence[tuple[str, str]]:
    """What the code says, as labels with values."""
    money = amount(found.amount_minor, found.currency, symbol=True)
    signer = _("station {station}, key {generation}").format(
        station=found.station, generation=found.generation
    )
    return (
        (_("Receipt"), found.number),
        (_("Received on"), day(found.on)),
        (_("Amount"), money),
        (_("Loan"), found.loan),
        (_("Signed by"), signer),
    )


def reversal_of(found: ReceiptChecked) -> str:
    """That the receipt was reversed, or was not; empty where the books were not asked."""
    if found.verdict is not Verdict.GENUINE:
        return ""
    if found.reversed_on is None:
        return _("It was not reversed.")
    if not found.reversed_why:
        return _("It was reversed on {day}.").format(day=day(found.reversed_on))
    return _("It was reversed on {day}: {why}.").format(
        day=day(found.reversed_on), why=found.reversed_why.rstrip(". ")
    )


def replaced_of(found: ReceiptChecked) -> str:
    """That the key is not in use any more; empty where it is."""
    if not found.replaced_at:
        return ""
    on = datetime.fromisoformat(found.replaced_at).date()
    return _("The key was replaced on {day}. Look closely at a receipt of a later day.").format(
        day=day(on)
    )


def said_of(found: ReceiptChecked) -> Sequence[str]:
    """All of it in lines."""
    facts = [f"{label}: {value}" for label, value in facts_of(found)]
    said = (meaning_of(found), reversal_of(found), replaced_of(found))
    return (verdict_of(found), *facts, *(line for line in said if line))
