"""What each limit means, said beside its field."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_, translated

_MEANINGS: Mapping[str, str] = {
    "sanction_minor": N_("An application of a higher amount waits for a second person."),
    "disburse_minor": N_("A loan of a higher amount is not paid out by this person."),
    "reverse_minor": N_("A higher receipt, or another act, is not reversed by this person."),
    "waive_minor": N_("Waiving more waits for a second person."),
    "charge_minor": N_("Levying more waits for a second person. Empty: no limit."),
    "refund_minor": N_("Paying back more excess waits. Empty: as for disbursing."),
    "foreclose_minor": N_("By what closing asks of the borrower. Empty: no limit."),
    "rate_minor": N_("By the principal outstanding. Empty: as for sanctions."),
    "reschedule_minor": N_("By the principal outstanding. Empty: as for sanctions."),
    "write_off_minor": N_("By what is written off. Empty: as for waiving."),
    "take_over_minor": N_("By the principal outstanding then. Empty: as for sanctions."),
    "restate_minor": N_("By the principal outstanding. Empty: as for sanctions."),
    "journal_minor": N_("By all debits of a voucher. Empty: as for sanctions."),
    "backdate_days": N_("How far before the business day the value date of money may lie."),
}


def limit_meaning(name: str) -> str:
    """The meaning of a limit by the name of its field."""
    return translated(_MEANINGS[name])
