"""The form of provisions and messages: its fields, and how they become settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.reports.grouping import NORMS, TITLES
from app.rows.messages import GatewayFacts, LateSettings, MailFacts, TemplateFacts
from app.texts import _, translated
from ui.kit.field import Field, Kind, Section

_BAR = "|"
_PARTS = 3  # of a text's line, at least: name, language, registered id
MOST_PORT = 65_535
_MAIL = ("host", "port", "security", "user", "sender")
_GATEWAY = (
    *("url", "method", "to_field", "text_field", "key_field", "template_field"),
    *("secret_header", "secret_field", "reference_field", "status_url", "status_field"),
)


def late_sections() -> list[Section]:
    """Provisions, e-mail, SMS."""
    return [
        Section(title=_("Provisions"), fields=[_norm()]),
        Section(title=_("E-mail"), fields=_mail()),
        Section(title=_("SMS gateway"), fields=_gateway()),
        Section(title=_("What the gateway calls things"), fields=_names()),
        Section(title=_("Registered texts"), fields=[_texts()]),
    ]


def shown_settings(settings: LateSettings) -> dict[str, Any]:
    """The settings as the form shows them; secrets are never shown."""
    mail, gateway = settings.mail, settings.gateway
    return {
        "norm": settings.provision_norm,
        **{f"mail_{name}": getattr(mail, name) for name in _MAIL},
        "mail_password": "",
        **{f"gateway_{name}": getattr(gateway, name) for name in _GATEWAY},
        "gateway_secret": "",
        "gateway_more": "\n".join(gateway.more),
        "gateway_status_sent": ", ".join(gateway.status_sent),
        "templates": "\n".join(_line(one) for one in gateway.templates),
    }


def read_settings(values: dict[str, Any]) -> tuple[str, MailFacts, GatewayFacts]:
    """Norm, mail and gateway. Raises ValueError with a sentence for a line that is none."""
    mail = MailFacts(**{name: values[f"mail_{name}"] or _usual(name) for name in _MAIL})
    said = {name: values[f"gateway_{name}"] or "" for name in _GATEWAY}
    words = str(values["gateway_status_sent"] or "").lower().split(",")
    gateway = GatewayFacts(
        **said,
        more=tuple(_lines(values["gateway_more"])),
        status_sent=tuple(word.strip() for word in words if word.strip()),
        templates=tuple(_template(line) for line in _lines(values["templates"])),
    )
    return values["norm"] or "", mail, gateway


def _usual(name: str) -> Any:
    return getattr(MailFacts(), name)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _line(one: TemplateFacts) -> str:
    parts = [one.template, one.language, one.template_id, *([one.text] if one.text else [])]
    return f" {_BAR} ".join(parts)


def _template(line: str) -> TemplateFacts:
    parts = [part.strip() for part in line.split(_BAR, _PARTS)]
    if len(parts) < _PARTS:
        said = _("Write a line as: reminder | en | registered id | text")
        raise ValueError(said)
    return TemplateFacts(parts[0], parts[1], parts[2], parts[3] if len(parts) > _PARTS else "")


def _norm() -> Field:
    choices = [("", _("None")), *((norm, translated(TITLES[norm])) for norm in NORMS)]
    hint = _("Posted under the last day of each month, as the report of provisions has it.")
    return Field(name="norm", label=_("Norm"), kind=Kind.CHOICE, choices=choices, hint=hint, span=2)


def _mail() -> Sequence[Field]:
    ways = [("starttls", "STARTTLS"), ("tls", "TLS"), ("none", _("Not encrypted"))]
    return (
        Field(name="mail_host", label=_("Server"), optional=True, hint=_("Empty: no e-mail")),
        Field(name="mail_port", label=_("Port"), kind=Kind.INT, least=1, most=MOST_PORT, value=587),
        Field(name="mail_security", label=_("Encryption"), kind=Kind.CHOICE, choices=ways),
        Field(name="mail_sender", label=_("Sender's address"), optional=True),
        Field(name="mail_user", label=_("User"), optional=True),
        _secret("mail_password", _("Password")),
    )


def _gateway() -> Sequence[Field]:
    methods = [("post-form", _("POST, form")), ("post-json", _("POST, JSON")), ("get", "GET")]
    return (
        Field(name="gateway_url", label=_("Address"), optional=True, hint=_("Empty: no SMS")),
        Field(name="gateway_method", label=_("Method"), kind=Kind.CHOICE, choices=methods),
        _secret("gateway_secret", _("Key")),
        Field(
            name="gateway_status_url",
            label=_("Address to ask after a message"),
            optional=True,
            hint=_("{key} stands for the message's own key"),
        ),
    )


def _names() -> Sequence[Field]:
    named = (
        ("to_field", _("Phone number")),
        ("text_field", _("Text")),
        ("key_field", _("Own key")),
        ("template_field", _("Registered id")),
        ("secret_header", _("Header of the key")),
        ("secret_field", _("Or field of the key")),
        ("reference_field", _("Its number, in the answer")),
        ("status_field", _("State, in the answer")),
    )
    fields = [Field(name=f"gateway_{name}", label=label, optional=True) for name, label in named]
    sent = Field(
        name="gateway_status_sent",
        label=_("States that mean sent"),
        optional=True,
        hint=_("Apart by commas"),
    )
    more = Field(
        name="gateway_more",
        label=_("Fixed values"),
        kind=Kind.LINES,
        optional=True,
        rows=2,
        span=2,
        hint=_("One a line, such as sender=GOMTIF"),
    )
    return [*fields, sent, more]


def _texts() -> Field:
    return Field(
        name="templates",
        label=_("One a line: name | language | registered id | text"),
        kind=Kind.LINES,
        optional=True,
        rows=4,
        span=2,
        length=20_000,
        hint=_("Without a text the program's own is sent. No SMS leaves without a registered id."),
    )


def _secret(name: str, label: str) -> Field:
    hint = _("Kept in the vault of this PC. Empty: as it is")
    return Field(name=name, label=label, kind=Kind.PASSWORD, optional=True, hint=hint)
