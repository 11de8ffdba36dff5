"""What papers of a branch say of the lender."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.store.schema.papers import paper_settings
from app.store.schema.system import branches
from app.store.store import Snapshot
from app.store.tx import Row

_S, _B = paper_settings.c, branches.c


def settings_of(snapshot: Snapshot, branch_id: int) -> Row:
    """The lender, the branch and what was set for its papers; unset fields are None."""
    joined = branches.outerjoin(paper_settings, _S.branch_id == _B.id)
    query = (
        select(
            *(_B.lender_name, _B.lender_registration, _B.address, _B.language),
            *(_B.name.label("branch_name"), _B.grievance_phone.label("branch_phone")),
            *(_S.id, _S.version, _S.logo, _S.head_text, _S.foot_text, _S.sizes),
            *(_S.grievance_name, _S.grievance_phone, _S.upi_id, _S.upi_name),
            *(_S.borrower_language, _S.house_language),
        )
        .select_from(joined)
        .where(_B.id == branch_id)
    )
    found: Any = snapshot.execute(query).mappings().one()
    return dict(found)
