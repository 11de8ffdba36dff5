"""What messages, letters and calls are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.texts import N_

LATE_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "call": {
            "spoke": N_("Spoken to"),
            "no-answer": N_("No answer"),
            "promise": N_("Promise made"),
            "wrong-number": N_("Wrong number"),
        },
        "promise": {
            "open": N_("open"),
            "kept": N_("kept"),
            "broken": N_("broken"),
            "cancelled": N_("cancelled"),
        },
        "letter": {
            "reminder": N_("Reminder"),
            "demand": N_("Demand notice"),
            "final": N_("Final notice"),
        },
        "message": {
            "reminder": N_("Reminder"),
            "demand": N_("Demand"),
            "final": N_("Final notice"),
        },
        "channel": {"sms": N_("SMS"), "email": N_("E-mail")},
        "message-state": {
            "queued": N_("Waits"),
            "begun": N_("Being handed over"),
            "retry": N_("Trying again"),
            "sent": N_("Sent"),
            "failed": N_("Failed"),
            "unknown": N_("In doubt"),
            "dropped": N_("Not wanted any more"),
        },
        "not-sent": {
            "not-late": N_("nothing is late"),
            "no-sms": N_("no phone number is kept"),
            "no-email": N_("no e-mail address is kept"),
            "not-registered": N_("no text is registered for this stage"),
            "too-soon": N_("written to a short while ago"),
            "stopped": N_("is not to be contacted"),
            "no-stage": N_("no letter is due at this stage"),
            "paid": N_("the arrears were paid meanwhile"),
            "no-status": N_("the way out cannot be asked"),
            "not-known-to-gateway": N_("the gateway never got it"),
        },
    }
)
