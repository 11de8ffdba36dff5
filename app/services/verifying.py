"""Whether the books are whole: every invariant, checked against the facts themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from app.domain.accounts import PostingRules
from app.domain.errors import KistError, StoreTrouble
from app.ports import Documents, Progress, Report, Stop
from app.rows.verify import Finding
from app.services.verify import books, chains, guards, projections, receipts
from app.services.verify.accounts import accounts
from app.services.verify.chains import FACTS
from app.services.verify.meetings import meeting_findings
from app.store.store import Snapshot, Store
from app.texts import N_, _

Found = Iterator[Finding]
MOST_FINDINGS = 1000
_MOST_TOLD = 200
_PAGES = N_("Reading every page.")
_TRYING = N_("Trying what must be refused.")


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the check, with the sentence that says what is looked at."""

    say: str
    find: Callable[[Snapshot], Found]


def verify(
    store: Store,
    *,
    rules: PostingRules,
    documents: Documents | None = None,
    kept_heads: Mapping[int, tuple[int, str]] | None = None,
    report: Report | None = None,
    stop: Stop | None = None,
) -> tuple[Finding, ...]:
    """Check all invariants; no finding means that the books are whole.

    `kept_heads` are chain heads kept outside the database (station → number, hash): with them a
    tail that was cut shows. Findings are cut off at a thousand. `stop` ends between two steps.
    """
    steps = _steps(store, rules, documents, kept_heads or {})
    looking = _Looking(report, stop, len(steps) + 2)
    looking.at(_PAGES, guards.pages(store))
    with store.read() as snapshot:  # one snapshot: whoever writes meanwhile changes nothing here
        for step in steps:
            looking.at(step.say, step.find(snapshot))
    looking.at(_TRYING, guards.triggers(store))
    return tuple(looking.found)


class _Looking:
    """The findings so far, with progress said before each step and a stop asked for."""

    def __init__(self, report: Report | None, stop: Stop | None, steps: int) -> None:
        self.found: list[Finding] = []
        self._report, self._stop, self._steps = report, stop, steps
        self._done = 0

    def at(self, say: str, findings: Found) -> None:
        """Take over the findings of a step, unless enough is known or somebody wants to stop."""
        if self._stop is not None and self._stop.wanted():
            return
        if self._report is not None:
            self._report(Progress(self._done, self._steps, _(say)))
        self._done += 1
        try:
            for finding in islice(findings, MOST_FINDINGS - len(self.found)):
                self.found.append(finding)
        except StoreTrouble:
            raise
        except (KistError, ValueError, LookupError, TypeError) as error:
            # What cannot even be read was not written by this program.
            self.found.append(Finding(FACTS, "unreadable", say, "", str(error)[:_MOST_TOLD]))


def _steps(
    store: Store,
    rules: PostingRules,
    documents: Documents | None,
    kept: Mapping[int, tuple[int, str]],
) -> tuple[Step, ...]:
    written: chains.Written = {}
    steps = [
        Step(N_("Reading the chains of all counters."), lambda s: chains.chains(s, kept, written)),
        Step(
            N_("Comparing every row with its chain."),
            lambda s: chains.rows(s, store.digest, written),
        ),
        Step(N_("Comparing personal values."), lambda s: chains.personal(s, store.digest)),
        Step(N_("Counting receipts."), receipts.numbers),
        Step(N_("Adding up debits and credits."), receipts.balance),
        Step(N_("Comparing vouchers with their entries."), lambda s: books.vouchers(s, rules)),
        Step(N_("Adding up the days."), books.sums),
        Step(N_("Adding up receipts."), receipts.splits),
        Step(N_("Adding up centre meetings."), meeting_findings),
        Step(N_("Replaying every loan."), _replayed),
        Step(N_("Comparing accounts and loans."), lambda s: accounts(s, rules)),
    ]
    if documents is not None:
        kept_papers = documents
        steps.append(
            Step(N_("Reading every document."), lambda s: guards.documents(s, kept_papers))
        )
    return tuple(steps)


def _replayed(snapshot: Snapshot) -> Found:
    for ids in projections.chunks(snapshot):
        yield from projections.projections(snapshot, ids)
    yield from projections.orphans(snapshot)
    yield from projections.lists(snapshot)


def heads_of(seal: tuple[str, ...]) -> dict[int, tuple[int, str]]:
    """The heads of a day's seal ("station:number:hash") as `verify` takes them."""
    made = {}
    for head in seal:
        station, number, made_hash = head.split(":")
        made[int(station)] = (int(number), made_hash)
    return made
