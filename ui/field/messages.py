"""Messages to late borrowers: what waits, what left, what is in doubt, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.commands.base import Topic
from app.commands.messages import SettleMessage
from app.domain.roles import Permission
from app.ports.outbox import OutboxDone
from app.queries.base import Page, Paged
from app.queries.messages import ListMessages
from app.rows.messages import MessageRow
from app.texts import _, ngettext
from app.texts.labels import named
from ui.field.message_columns import message_columns, reason_words
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.chips import FilterChip
from ui.kit.dialog import Dialog, reason_field
from ui.kit.empty import Empty
from ui.kit.field import Field, Kind
from ui.kit.flow import Flow
from ui.kit.inputs import FindEdit
from ui.kit.listing import Listing
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report, Stop
from ui.kit.text import Elided, Text, title
from ui.kit.theme import theme

STATE = "state"
STATES = ("waiting", "unknown", "failed", "sent", "dropped")
OVER = ("sent", "dropped")
TEXT = 3  # lines of a message in sight


class MessagesScreen(StationScreen):
    """The list with the text of the marked message below it."""

    topics = frozenset({Topic.MESSAGE})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Messages"))
        self.model: RowsModel[MessageRow] = RowsModel(
            message_columns(station), identity=lambda one: one.message_id
        )
        said = _("Write to late borrowers from Overdue with M.")
        self.empty = Empty(_("No message was written yet"), said, icon_name="chat-text")
        self.table: Table[MessageRow] = Table(
            self.model, _("Messages"), row_height="row_two_lines", empty=self.empty
        )
        chips = {STATE: FilterChip(_("State"), _states())}
        self.search = FindEdit(_("In this list"))
        self.listing = Listing(self, self.table, "messages", find=self.search, chips=chips)
        self.count = Elided("", "small", tone="text2")
        self.body = Text("", wrap=True)
        self.why = Text("", "small", tone="text2", wrap=True)
        self.install_actions()
        self._lay_out()
        self.table.feed(self.desk, self._question, self.failed, self._arrived)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _row: self.open_loan())

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        may = self.station.may(Permission.VISIT_PLAN)
        return [
            Action(
                name="send",
                text=_("Send now"),
                keys="F9",
                icon="paper-plane-tilt",
                run=self.send,
                enabled=lambda: may,
            ),
            Action(
                name="settle",
                text=_("Settle"),
                keys="S",
                icon="check",
                run=self.settle,
                enabled=lambda: may and self._open() is not None,
                why=_("Choose a message that has not left, failed or is in doubt."),
            ),
            Action(
                name="open",
                text=_("Open loan"),
                keys="Enter",
                run=self.open_loan,
                enabled=lambda: self.table.current() is not None,
            ),
            *self.listing.actions(),
        ]

    def arrive(self, **params: object) -> None:
        """`state` narrows the list."""
        state = params.get(STATE)
        if isinstance(state, str) and state in STATES:
            self.listing.chips[STATE].set_value(state)

    def reload(self) -> None:
        self.listing.reload()

    def send(self) -> None:
        """Send at once what may leave now."""
        outbox = self.station.program.outbox

        def job(stop: Stop, _report: Report) -> OutboxDone:
            return outbox.turn(stop)

        self.desk.work(self, job, self._sent, self.failed)

    def settle(self) -> None:
        """Ask what became of the marked message."""
        found = self._open()
        if found is None:
            return
        ways = [("queued", _("Send it again")), ("sent", _("It arrived"))]
        ways.append(("dropped", _("It is not wanted any more")))
        fields = [
            Field(
                name=STATE,
                label=_("What now"),
                kind=Kind.CHOICE,
                choices=ways,
                value="queued",
                span=2,
            ),
            reason_field(),
        ]
        said = f"{found.borrower} · {named('message-state', found.state)}"
        dialog = Dialog(self, _("Settle the message"), said, act=_("Settle"), fields=fields)
        key = self.desk.key()

        def ask(values: dict[str, Any]) -> None:
            command = SettleMessage(
                message_id=found.message_id, state=values[STATE], reason=values["reason"]
            )
            self.desk.ask(dialog, command, key, done, dialog.failed)

        def done(_made: object) -> None:
            dialog.finish()
            self.station.say(_("The message is settled"))
            self.reload()

        dialog.decided.connect(ask)
        dialog.open()

    def open_loan(self) -> None:
        """Go to the loan that the message is about."""
        found = self.table.current()
        if found is not None:
            self.router.go("loan", loan_id=found.loan_id)

    def _lay_out(self) -> None:
        pad = theme().space(12)
        top = row(title(_("Messages")), self.count, gap=12)
        top.addStretch(1)
        top.addWidget(self.action_set.button("settle"))
        top.addWidget(self.action_set.button("send", "primary"))
        self.page.addLayout(top)
        card = Card(flush=True)
        more = self.listing.menu_button(self.action_set)
        chips = self.listing.chips.values()
        line = row(Flow(self.search, *chips, self.listing.clear_button, more, first_grows=200))
        line.setContentsMargins(pad, pad, pad, theme().space(4))
        card.body.addLayout(line)
        card.body.addWidget(self.listing.progress)
        card.body.addWidget(self.table, 1)
        self.table.keep_rows(1)
        self.page.addWidget(card, 1)
        self.below = Card()
        self.below.body.addWidget(self.body)
        self.below.body.addWidget(self.why)
        self.below.setVisible(False)
        self.page.addWidget(self.below)

    def _question(self, offset: int, sort: str) -> Paged[Page[MessageRow]]:
        state = self.listing.value(STATE) or ""
        return ListMessages(state=state, text=self.search.value(), offset=offset, sort=sort)

    def _arrived(self, page: Page[MessageRow]) -> None:
        words = ngettext("{number} message", "{number} messages", page.count)
        self.count.setText(words.format(number=page.count))
        if self.listing.narrowed:
            self.empty.say(_("None like these"), _("Clear the filters with Alt+Z."))
        else:
            said = _("Write to late borrowers from Overdue with M.")
            self.empty.say(_("No message was written yet"), said)

    def _on_current(self, found: MessageRow | None) -> None:
        self.below.setVisible(found is not None)
        if found is not None:
            self.body.setText(found.body)
            self.why.setText(reason_words(found))
        self.action_set.refresh()

    def _open(self) -> MessageRow | None:
        found = self.table.current()
        return None if found is None or found.state in OVER else found

    def _sent(self, done: OutboxDone) -> None:
        parts = [
            ngettext("{n} sent", "{n} sent", done.sent).format(n=done.sent),
            _("{n} to be tried again").format(n=done.waiting) if done.waiting else "",
            _("{n} failed").format(n=done.failed) if done.failed else "",
            _("{n} in doubt").format(n=done.in_doubt) if done.in_doubt else "",
            _("{n} have no way out set up on this PC").format(n=done.unset) if done.unset else "",
        ]
        told = " · ".join(part for part in parts if part)
        said = told if done.moved or done.unset else _("Nothing could leave now")
        self.station.say(said)
        self.reload()


def _states() -> list[tuple[str, str]]:
    waiting = ("waiting", _("waiting"))
    return [("", _("any")), waiting, *((one, named("message-state", one)) for one in STATES[1:])]
