"""Groups of borrowers and their centres."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.origination import GroupSaved, SaveGroup
from app.domain.errors import NotFound, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.origination import ListGroups
from app.rows.origination import GroupRow
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.listing import rename_in_lists
from app.store.parties import all_groups, group_by_id, group_named
from app.store.schema.people import groups


@use_case(
    SaveGroup,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.PARTY},
    answer=GroupSaved,
    in_day=False,
)
def save_group(work: Work, command: SaveGroup) -> GroupSaved:
    """Add a group or rename one; a title stands once in each centre."""
    branch_id = work.branch.branch_id
    title = cleaned(command.title, "title", needed=True)
    centre = cleaned(command.centre, "centre")
    same = group_named(work.tx.connection, branch_id, title, centre)
    if same is not None and same["id"] != command.group_id:
        raise ValueRefused(field="title", why="taken")
    if command.group_id is None:
        return GroupSaved(
            work.tx.insert(groups, branch_id=branch_id, title=title, centre=centre), 1
        )
    if group_by_id(work.tx.connection, command.group_id, branch_id) is None:
        raise NotFound(what="group", id=command.group_id)
    before = work.tx.locked(groups, command.group_id, command.version)
    version = work.tx.change(groups, before, title=title, centre=centre)
    rename_in_lists(work.tx, group=command.group_id)
    return GroupSaved(command.group_id, version)


@answers(ListGroups, needs=Permission.VIEW_APPLICATIONS)
def list_groups(reading: Reading, _query: ListGroups) -> tuple[GroupRow, ...]:
    """The groups of the branch with their members today."""
    return tuple(
        GroupRow(row["id"], row["version"], row["title"], row["centre"], row["members"])
        for row in all_groups(reading.connection, reading.branch.branch_id)
    )
