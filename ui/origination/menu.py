"""The actions of an application: keys, the More menu, what is allowed when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from app.domain.application import Step, may
from app.domain.roles import Permission
from app.rows.origination import ApplicationView
from app.texts import _
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.screen_context import Station
from ui.origination.acts import Acts
from ui.origination.facts import NUMBERS
from ui.origination.next_step import Next
from ui.origination.quote import QuoteCard

GRANTED = ("sanctioned", "ready", "disbursed")
SHOWN = tuple(kind for kind in NUMBERS if kind != "aadhaar")  # of that one only the mask is kept
MENU = ("undo", "letter", "decline", "reject", "withdraw", *(f"show-{kind}" for kind in SHOWN))


class Holder(Protocol):
    """The screen, as far as its actions need it."""

    station: Station
    view: ApplicationView | None
    quote: QuoteCard

    def next_act(self) -> Next: ...

    def do_next(self) -> None: ...

    def step_by(self, by: int) -> None: ...

    def undo(self) -> None: ...

    def paste(self) -> None: ...

    def is_dirty(self) -> bool: ...

    def open_more(self) -> None: ...

    def go_back(self) -> None: ...


def actions_of(holder: Holder, acts: Acts) -> Sequence[Action]:
    """What can be done on the screen of an application."""

    on_view = partial(_on_view, holder)
    return (
        Action(
            name="next",
            text=_("Next"),
            keys="Ctrl+A",
            run=holder.do_next,
            enabled=lambda: holder.next_act().allowed,
        ),
        *_steps(holder),
        Action(
            name="paste",
            text=_("Paste a paper"),
            keys="Ctrl+V",
            run=holder.paste,
            enabled=lambda: holder.view is not None,
        ),
        Action(
            name="disburse",
            text=_("Disburse"),
            keys="F5",
            run=on_view(acts.disburse),
            enabled=lambda: holder.next_act().act == "disburse" and holder.next_act().allowed,
        ),
        _printing(holder, on_view(holder.quote.print_it)),
        Action(name="more", text=_("More"), keys="Alt+M", run=holder.open_more),
        Action(name="undo", text=_("Undo"), keys="Alt+U", run=holder.undo, enabled=holder.is_dirty),
        _letter(holder, on_view(acts.letter)),
        *_endings(holder, acts, on_view),
        *_numbers(holder, acts),
        Action(name="back", text=_("Back to the queue"), keys="Esc", run=holder.go_back),
    )


def _on_view(holder: Holder, act: Callable[[ApplicationView], None]) -> Callable[[], None]:
    """The act on the application that is shown, where there is one."""

    def run() -> None:
        if holder.view is not None:
            act(holder.view)

    return run


def _printing(holder: Holder, run: Callable[[], None]) -> Action:
    return Action(
        name="print-quote",
        text=_("Print the schedule"),
        keys="Alt+L",
        icon="printer",
        run=run,
        enabled=lambda: holder.view is not None and holder.quote.quote is not None,
    )


def _letter(holder: Holder, run: Callable[[], None]) -> Action:
    return Action(
        name="letter",
        text=_("Sanction letter"),
        run=run,
        enabled=lambda: holder.view is not None and holder.view.stage in GRANTED,
    )


def _steps(holder: Holder) -> Sequence[Action]:
    after, before = _("Next step"), _("Step before")
    return (
        Action(name="step-after", text=after, keys="Ctrl+↓", run=lambda: holder.step_by(1)),
        Action(name="step-before", text=before, keys="Ctrl+↑", run=lambda: holder.step_by(-1)),
    )


def _endings(
    holder: Holder,
    acts: Acts,
    on_view: Callable[[Callable[[ApplicationView], None]], Callable[[], None]],
) -> Sequence[Action]:
    def open_for(step: Step, permission: Permission) -> Callable[[], bool]:
        def enabled() -> bool:
            view = holder.view
            held = holder.station.may(permission)
            return held and view is not None and may(view.stage, step)

        return enabled

    def waits() -> bool:
        held = holder.station.may(Permission.APPLICATION_SANCTION)
        return held and holder.view is not None and holder.view.check_id is not None

    reject, withdraw = Permission.APPLICATION_SANCTION, Permission.APPLICATION_ENTER
    return (
        Action(
            name="reject",
            text=_("Reject"),
            run=on_view(acts.reject),
            enabled=open_for(Step.REJECT, reject),
        ),
        Action(
            name="withdraw",
            text=_("Withdraw"),
            run=on_view(acts.withdraw),
            enabled=open_for(Step.WITHDRAW, withdraw),
        ),
        Action(
            name="decline",
            text=_("Decline the sanction"),
            run=on_view(acts.decline),
            enabled=waits,
        ),
    )


def _numbers(holder: Holder, acts: Acts) -> Sequence[Action]:
    def shower(kind: str) -> Action:
        def run() -> None:
            if holder.view is not None:
                acts.show_identity(holder.view, kind)

        def enabled() -> bool:
            held = () if holder.view is None else holder.view.party.identities
            there = any(number.kind == kind for number in held)
            return there and holder.station.may(Permission.IDENTITY_SHOW)

        text = _("Show the {paper} number").format(paper=named("identity-kind", kind))
        return Action(name=f"show-{kind}", text=text, run=run, enabled=enabled)

    return [shower(kind) for kind in SHOWN]
