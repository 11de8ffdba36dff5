"""The paper collection sheet of a meeting: numbered, and kept as it was drawn up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from app.commands.base import Topic
from app.commands.codec import canonical
from app.commands.meetings import MakeSheet, SheetMade
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.meetings import SheetForPaper
from app.rows.meetings import CollectionSheetPaper, SheetPaperLine
from app.services.meeting_views import centre_row
from app.services.numbers import next_sheet
from app.services.paper_settings import paper_look
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.meetings import centre_loans, line_numbers, sheet_by, sheet_heads, sheet_lines
from app.store.past import standing_now
from app.store.schema.meetings import collection_sheets

MOST_AHEAD = 31  # days: a sheet of a later day would ask for what is not yet known
MOST_LINES = 500
Row = Mapping[Any, Any]


@use_case(MakeSheet, needs=Permission.VIEW_LOANS, changes={Topic.LOAN}, answer=SheetMade)
def make_sheet(work: Work, command: MakeSheet) -> SheetMade:
    """Keep what is asked of whom, in the order of paper, under the next number."""
    centre = cleaned(command.centre, "centre", needed=True)
    ahead = (command.meet_on - work.day).days
    if not 0 <= ahead <= MOST_AHEAD:
        raise ValueRefused(field="meet_on", why="sheet-day", days=MOST_AHEAD)
    branch_id, connection = work.branch.branch_id, work.tx.connection
    loans = centre_loans(connection, branch_id, [centre], command.meet_on)
    if not loans:
        raise NotAllowedNow(why="nobody-pays", centre=centre)
    if len(loans) > MOST_LINES:
        raise ValueRefused(field="centre", why="too-long", most=MOST_LINES)
    ids = [row["loan_id"] for row in loans]
    stands = {row["loan_id"]: row for row in standing_now(connection, ids, command.meet_on)}
    lines = [_line(loan_id, stands.get(loan_id, {})) for loan_id in ids]
    sheet_id = work.tx.new_id()
    number = next_sheet(work)
    work.tx.insert(
        collection_sheets,
        id=sheet_id,
        branch_id=branch_id,
        number=number,
        centre=loans[0]["centre"],
        meet_on=command.meet_on,
        currency=work.branch.currency,
        late_minor=sum(late for _loan, late, _due in lines),
        due_minor=sum(due for _loan, _late, due in lines),
        lines=canonical([list(line) for line in lines]),
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    return SheetMade(sheet_id, number)


@answers(SheetForPaper, needs=Permission.VIEW_LOANS)
def sheet_for_paper(reading: Reading, query: SheetForPaper) -> CollectionSheetPaper:
    """The sheet as it went out, whatever was paid since."""
    branch, connection = reading.branch, reading.connection
    sheet = sheet_by(connection, branch.branch_id, sheet_id=query.sheet_id)
    if sheet is None:
        raise NotFound(what="sheet", id=query.sheet_id)
    kept, look = centre_row(reading, sheet["centre"]), paper_look(reading)
    lines = sheet_lines(sheet)
    ids = [loan_id for loan_id, _late, _due in lines]
    heads = sheet_heads(connection, ids)
    numbers = line_numbers(connection, ids, sheet["meet_on"])
    return CollectionSheetPaper(
        lender=look.lender,
        number=sheet["number"],
        centre=sheet["centre"],
        place=kept["place"],
        on=sheet["meet_on"],
        at_time=kept["at_time"],
        officer=kept["officer"] or "",
        leader=kept["leader"] or "",
        currency=sheet["currency"],
        lines=tuple(_paper_line(at, line, heads, numbers) for at, line in enumerate(lines, 1)),
        printed_at=reading.now.astimezone(ZoneInfo(branch.time_zone)),
        language=query.language or look.house_language,
    )


def _line(loan_id: int, stands: Row) -> tuple[int, int, int]:
    late, due = stands.get("arrears_minor") or 0, stands.get("due_minor") or 0
    return loan_id, int(late), int(due)


def _paper_line(
    place: int, line: tuple[int, int, int], heads: Mapping[int, Row], numbers: Mapping[int, int]
) -> SheetPaperLine:
    loan_id, late, due = line
    head = heads[loan_id]
    return SheetPaperLine(
        place=place,
        borrower=head["full_name"],
        local_name=head["local_name"],
        member_number=head["member_number"],
        loan_number=head["number"],
        group=head["group_title"] or "",
        instalment=numbers.get(loan_id),
        late_minor=late,
        due_minor=due,
    )
