"""What is done about late loans from their list: messages, letters, calls, promises taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from app.commands.field import CancelPromise
from app.commands.late import LettersWritten, WriteLetters
from app.commands.messages import MessagesQueued, QueueMessages
from app.domain.errors import NotFound
from app.domain.outbox import CHANNELS
from app.domain.roles import Permission
from app.queries.field import ListPromises
from app.queries.late import CallListForPaper, LettersForPaper, ShowContact
from app.rows.field import OverdueRow, PromiseRow
from app.rows.late import ContactRow
from app.rows.papers import Paper
from app.texts import _, ngettext
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.field.call_dialog import CallDialog
from ui.field.contact_dialog import ContactDialog
from ui.kit.actions import Action
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import DAY_SHEET, LETTER, PaperKind
from ui.kit.screen_context import Station, StationScreen

STAGES = ("reminder", "demand", "final")
BY_STAGE = ""
OPEN = "open"
MOST_CALLS = 500


class LateList(Protocol):
    """What is seen of the screen with the list."""

    station: Station

    def meant(self) -> Sequence[OverdueRow]: ...

    def marked(self) -> OverdueRow | None: ...

    def as_widget(self) -> StationScreen: ...

    def done_with(self) -> None: ...


class LateActs:
    """The acts on the ticked rows, else the marked one."""

    def __init__(self, screen: LateList) -> None:
        self._screen, self._station = screen, screen.station

    def actions(self) -> list[Action]:
        """With the keys beside them."""
        return [*self._written_acts(), *self._spoken_acts()]

    def _written_acts(self) -> list[Action]:
        """Messages and letters."""
        may = self._station.may(Permission.VISIT_PLAN)
        return [
            Action(
                name="message",
                text=_("Message"),
                keys="M",
                icon="chat-text",
                run=self.message,
                enabled=lambda: may and self._some(),
            ),
            Action(
                name="letter",
                text=_("Letter"),
                keys="L",
                icon="envelope-simple",
                run=self.letter,
                enabled=lambda: may and self._some(),
            ),
        ]

    def _spoken_acts(self) -> list[Action]:
        """Calls and promises."""
        may = self._station.may(Permission.VISIT_RECORD)
        return [
            Action(
                name="called",
                text=_("Called"),
                keys="C",
                icon="phone",
                run=self.called,
                enabled=lambda: may and self._screen.marked() is not None,
            ),
            Action(
                name="call-list",
                text=_("Call list"),
                keys="Alt+L",
                icon="phone-list",
                run=self.call_list,
                enabled=self._some,
            ),
            Action(
                name="contact",
                text=_("Contact"),
                keys="Alt+C",
                run=self.contact,
                enabled=lambda: may and self._screen.marked() is not None,
                bar=False,
            ),
            Action(
                name="unpromise",
                text=_("Take back the promise"),
                keys="Alt+B",
                run=self.unpromise,
                enabled=lambda: may and self._has_open_promise(),
                why=_("The marked loan has no open promise."),
                bar=False,
            ),
        ]

    def message(self) -> None:
        """Ask by which way, then queue the text of each loan's stage."""
        rows = self._screen.meant()
        ways = [(one, named("channel", one)) for one in CHANNELS]
        fields = [
            Field(name="channel", label=_("By"), kind=Kind.ONE_OF, choices=ways, value=CHANNELS[0]),
            Field(
                name="template",
                label=_("Text"),
                kind=Kind.CHOICE,
                choices=[
                    (BY_STAGE, _("As late as each loan is")),
                    *((one, named("message", one)) for one in STAGES),
                ],
                value=BY_STAGE,
            ),
        ]
        said = _("It leaves within the hours of contact.")
        dialog = self._dialog(_("Write a message"), said, _("Queue the message"), fields, rows)

        def ask(values: dict[str, Any]) -> None:
            command = QueueMessages(
                loan_ids=tuple(row.loan_id for row in rows),
                channel=values["channel"],
                template=values["template"] or "",
            )
            self._ask(dialog, command, self._queued)

        dialog.decided.connect(ask)
        dialog.open()

    def letter(self) -> None:
        """Ask for the stage, write the letters, and show them as one paper."""
        rows = self._screen.meant()
        stages = [(one, named("letter", one)) for one in STAGES]
        stage = Field(
            name="stage",
            label=_("Letter"),
            kind=Kind.CHOICE,
            choices=[(BY_STAGE, _("As late as each loan is")), *stages],
            value=BY_STAGE,
            span=2,
        )
        said = _("Each letter gets a number and stays on record.")
        dialog = self._dialog(_("Write letters"), said, _("Write and show"), [stage], rows)

        def ask(values: dict[str, Any]) -> None:
            ids = tuple(row.loan_id for row in rows)
            command = WriteLetters(loan_ids=ids, stage=values["stage"] or "")
            self._ask(dialog, command, self._written)

        dialog.decided.connect(ask)
        dialog.open()

    def called(self) -> None:
        """Note what came of a call to the marked borrower."""
        row = self._screen.marked()
        if row is not None:
            CallDialog(self._screen.as_widget(), self._station, row, self._noted).open()

    def contact(self) -> None:
        """Show how the marked borrower is reached, and whether it is allowed."""
        row = self._screen.marked()
        if row is None:
            return

        def show(found: ContactRow) -> None:
            ContactDialog(self._owner, self._station, found).open()

        question = ShowContact(loan_id=row.loan_id)
        self._station.desk.read(self._owner, question, show, self._failed, slot="contact")

    def call_list(self) -> None:
        """Show the list to call from: the ticked rows, else those in sight."""
        ids = tuple(row.loan_id for row in self._screen.meant()[:MOST_CALLS])
        self._show(CallListForPaper(loan_ids=ids), _("Call list"), DAY_SHEET, "call-list")

    def unpromise(self) -> None:
        """Ask why, and take the open promise of the marked loan back."""
        row = self._screen.marked()
        if row is None:
            return
        question = ListPromises(loan_id=row.loan_id)
        self._station.desk.read(self._owner, question, self._ask_why, self._failed, slot="promises")

    def _ask_why(self, found: Sequence[PromiseRow]) -> None:
        promise = next((one for one in found if one.state == OPEN), None)
        if promise is None:
            self._failed(NotFound(what="promise"))
            return
        said = _("{borrower}: {money} by {day}").format(
            borrower=promise.borrower,
            money=amount(promise.amount_minor, promise.currency, symbol=True, trim=True),
            day=day(promise.promised_on),
        )
        dialog = Dialog(
            self._owner,
            _("Take back the promise?"),
            said,
            act=_("Take it back"),
            fields=[reason_field()],
            danger=True,
        )

        def ask(values: dict[str, Any]) -> None:
            command = CancelPromise(promise_id=promise.promise_id, reason=values["reason"])
            self._ask(dialog, command, lambda _made: self._say(_("The promise is taken back")))

        dialog.decided.connect(ask)
        dialog.open()

    def _queued(self, made: MessagesQueued) -> None:
        count = len(made.message_ids)
        said = ngettext("{n} message queued", "{n} messages queued", count).format(n=count)
        self._done(said, [one.why for one in made.not_queued], "messages")

    def _written(self, made: LettersWritten) -> None:
        count = len(made.letter_ids)
        said = ngettext("{n} letter written", "{n} letters written", count).format(n=count)
        self._done(said, [one.why for one in made.not_written])
        if made.letter_ids:
            question = LettersForPaper(letter_ids=made.letter_ids)
            self._show(question, _("Letters"), LETTER, "letters")

    def _done(self, said: str, left: Sequence[str], place: str = "") -> None:
        """Say what was done and, of the others, why not."""
        if left:
            said = f"{said} · {left_words(left)}"
        self._screen.done_with()
        if not place:
            self._say(said)
            return
        router = self._owner.router
        self._station.say(said, _("Messages"), "", lambda: router.go(place))

    def _noted(self, outcome: str) -> None:
        self._say(_("Noted: {outcome}").format(outcome=named("call", outcome)))

    def _say(self, said: str) -> None:
        self._station.say(said)

    def _show(self, question: Any, title: str, kind: PaperKind, name: str) -> None:
        def show(paper: Paper) -> None:
            PaperDialog(self._owner, self._station, title, paper, kind, name).open()

        self._station.desk.read(self._owner, question, show, self._failed, slot="paper")

    def _ask(self, dialog: Dialog, command: Any, then: Callable[[Any], None]) -> None:
        def done(made: Any) -> None:
            dialog.finish()
            then(made)

        desk = self._station.desk
        desk.ask(dialog, command, desk.key(), done, dialog.failed)

    def _dialog(
        self, title: str, said: str, act: str, fields: Sequence[Field], rows: Sequence[OverdueRow]
    ) -> Dialog:
        count = ngettext("{number} loan", "{number} loans", len(rows)).format(number=len(rows))
        return Dialog(self._owner, title, f"{count}. {said}", act=act, fields=list(fields))

    def _failed(self, error: Exception) -> None:
        self._owner.failed(error)

    def _has_open_promise(self) -> bool:
        row = self._screen.marked()
        return row is not None and row.promise_state == OPEN

    def _some(self) -> bool:
        return bool(self._screen.meant())

    @property
    def _owner(self) -> StationScreen:
        return self._screen.as_widget()


def left_words(left: Sequence[str]) -> str:
    """Why some got nothing: how many for each reason."""
    told = [f"{count} {named('not-sent', why)}" for why, count in Counter(left).most_common()]
    return "; ".join(told)
