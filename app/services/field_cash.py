"""Cash that officers collected: a claim on each of them until it is counted into a till."""

from __future__ import annotations

from app.commands.origination import Mode
from app.commands.servicing import PostReceipt
from app.domain.errors import ValueRefused
from app.domain.roles import Role
from app.services.work import Work
from app.store.chart import has_account
from app.store.people import officers_of_branch
from app.store.schema.books import accounts

ASSET = "asset"


def keep_claim(work: Work, command: PostReceipt) -> None:
    """Look at who collected a receipt, and have an account for the claim on them.

    Raises ValueRefused for anything but cash, and for who is no officer of this branch today.
    """
    officer_id = command.collected_by
    if officer_id is None:
        return
    if command.mode is not Mode.CASH:
        raise ValueRefused(field="collected_by", why="collected-in-cash")
    connection, branch_id = work.tx.connection, work.branch.branch_id
    officers = officers_of_branch(connection, branch_id, work.day, Role.OFFICER.value)
    if officer_id not in officers:
        raise ValueRefused(field="collected_by", why="not-a-choice")
    code = work.tools.rules.staff_account(officer_id)
    if not has_account(connection, branch_id, code):
        title = f"Cash with field staff, {officers[officer_id]}"
        work.tx.insert(accounts, branch_id=branch_id, code=code, title=title, kind=ASSET)
