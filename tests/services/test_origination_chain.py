"""After a whole origination every row is as its chain says; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.commands.origination import SaveGroup, WithdrawApplication
from app.services.verify.chains import Written, chains, personal, rows
from tests.services.applying import (
    HOUSEHOLD,
    SUNITA,
    attach,
    decided,
    deciding,
    enter,
    request,
    revise,
    sanction,
    show,
)
from tests.services.branch import House


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch that decides by the shipped rules."""
    return deciding(fresh_engine)


def test_a_whole_origination_leaves_a_whole_chain(house: House) -> None:
    group_id = house.run(house.officer, SaveGroup(title="Rose", centre="Neri")).group_id
    view = decided(house, group_id=group_id)
    house.run(
        house.officer,
        revise(
            house,
            view.application_id,
            party=replace(view.party, village="Neri", local_name="", identities=()),
            household=replace(HOUSEHOLD, loans=()),
            request=request(house, amount_minor=20_000_00),
        ),
    )
    again = decided(house, replace(SUNITA, full_name="Kamla Rani", phone="9876543211"))
    attach(house, again.application_id, "agreement")
    house.run(house.manager, sanction(show(house, again.application_id)))
    left = enter(house, again.party, party_id=again.party_id)
    gone = WithdrawApplication(application_id=left.application_id, version=1, reason="No need")
    house.run(house.officer, gone)
    written: Written = {}
    with house.store.read() as snapshot:
        findings = [
            *chains(snapshot, {}, written),
            *rows(snapshot, house.store.digest, written),
            *personal(snapshot, house.store.digest),
        ]
    assert findings == []
    assert len(written) > 30
