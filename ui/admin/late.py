"""Late loans: the norm that provisions follow, and how messages to borrowers leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.commands.messages import LateSettingsSaved, SaveLateSettings
from app.domain.outbox import EMAIL, SMS
from app.queries.messages import ShowLateSettings
from app.rows.messages import LateSettings, SendOutcome
from app.texts import _
from app.texts.labels import named
from ui.admin.form_part import FormPart
from ui.admin.late_fields import late_sections, read_settings, shown_settings
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.dialog import Dialog
from ui.kit.field import Field
from ui.kit.form import Form
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop
from ui.kit.text import note
from ui.kit.theme import theme

WIDTH = 820
SECRETS = {"mail_password": EMAIL, "gateway_secret": SMS}


class LatePart(FormPart):
    """One form; the secrets in it go to the vault of this PC and are never shown again."""

    def __init__(self, station: Station) -> None:
        said = _("Provisions follow a norm; messages leave by your mail server and SMS gateway.")
        super().__init__(station, _("Late loans and messages"), said)
        self.settings: LateSettings | None = None
        self.make_parts(self._parts(), ahead=station.router.ahead)

    def _parts(self) -> Iterator[None]:
        self.form = Form(late_sections())
        self.form.submitted.connect(self.save)
        yield
        self.action_set.show([*self.form_actions(), *self._tests()])
        self.add_form_buttons()
        card = Card()
        card.setMaximumWidth(theme().px(WIDTH))
        card.body.addWidget(self.form)
        self.names = note("", wrap=True)
        card.body.addWidget(self.names)
        buttons = (self.action_set.button(name) for name in ("test-mail", "test-sms"))
        card.body.addLayout(row(*buttons, gap=8))
        self.add_scrolled(card)

    def reload(self) -> None:
        self.desk.read(self, ShowLateSettings(), self._take, self.failed, slot="late")

    def take_back(self) -> None:
        if self.settings is not None:
            self._fill(self.settings)

    def keep(self, values: dict[str, Any]) -> None:
        if self.settings is None:
            return
        try:
            norm, mail, gateway = read_settings(values)
        except ValueError as error:
            self.form.show_error("templates", str(error))
            return
        command = SaveLateSettings(
            version=self.settings.version, provision_norm=norm, mail=mail, gateway=gateway
        )
        secrets = {way: values[name] for name, way in SECRETS.items() if values[name]}
        self.desk.ask(
            self, command, self.key, lambda done: self._saved(done, secrets), self.refused
        )

    def test(self, channel: str) -> None:
        """Ask where to, and send a message that is plainly a test."""
        label = _("Phone") if channel == SMS else _("E-mail address")
        dialog = Dialog(
            self,
            _("Send a test"),
            _("By what is saved. It tells what the other side answers."),
            act=_("Send"),
            fields=[Field(name="to", label=label, span=2)],
        )

        def send(values: dict[str, Any]) -> None:
            outbox, to = self.station.program.outbox, values["to"]
            text = _("Test message of {lender}").format(lender=self.station.branch.lender)

            def job(_stop: Stop, _report: Report) -> SendOutcome:
                return outbox.try_out(channel, to, text)

            self.desk.work(dialog, job, done, dialog.failed)

        def done(outcome: SendOutcome) -> None:
            dialog.finish()
            state = named("message-state", outcome.state)
            told = " · ".join(part for part in (state, outcome.reason, outcome.reference) if part)
            self.banner.say(told, "ok" if outcome.state == "sent" else "bad")

        dialog.decided.connect(send)
        dialog.open()

    def _tests(self) -> list[Action]:
        return [
            Action(
                name="test-mail",
                text=_("Test e-mail"),
                keys="Alt+E",
                run=lambda: self.test(EMAIL),
                enabled=lambda: bool(self.settings and self.settings.mail.host),
                why=_("Save a mail server first."),
            ),
            Action(
                name="test-sms",
                text=_("Test SMS"),
                keys="Alt+M",
                run=lambda: self.test(SMS),
                enabled=lambda: bool(self.settings and self.settings.gateway.url),
                why=_("Save a gateway first."),
            ),
        ]

    def _saved(self, _done: LateSettingsSaved, secrets: dict[str, str]) -> None:
        self.was_kept(_("The settings are saved"))
        if not secrets:
            return
        outbox = self.station.program.outbox

        def job(_stop: Stop, _report: Report) -> None:
            for way, secret in secrets.items():
                outbox.keep_secret(way, secret)

        self.desk.work(self, job, lambda _none: None, self.failed)

    def _take(self, settings: LateSettings) -> None:
        if not self.dirty:
            self._fill(settings)
        said = _("Names of texts: {names}. Languages: en, hi and others that are registered.")
        self.names.setText(said.format(names=", ".join(settings.templates)))

    def _fill(self, settings: LateSettings) -> None:
        self.settings = settings
        self.form.set_values(shown_settings(settings))
        self.form.settle()
        self.action_set.refresh()
