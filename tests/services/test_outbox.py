"""Messages to late borrowers: at allowed hours, once, and never blindly again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.adapters.sms import HttpGateway
from app.adapters.vault import MemoryVault
from app.bootstrap.outbox import OutboxTurns
from app.commands.messages import (
    AllowContact,
    BeginMessage,
    KeepEmail,
    MessagesQueued,
    QueueMessages,
    SaveLateSettings,
    SettleMessage,
    StopContact,
)
from app.commands.settings import SaveCalendar
from app.domain.errors import NotAllowedNow, ValueRefused
from app.domain.holidays import Holiday
from app.ports import Stop
from app.queries.messages import DueMessages, ListMessages
from app.rows.messages import (
    GatewayFacts,
    MailFacts,
    MessageRow,
    OutMessage,
    SendOutcome,
    TemplateFacts,
)
from tests.gateways import LOSE, gateway
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today

REGISTERED = GatewayFacts(
    url="https://sms.example.in/send",
    templates=(TemplateFacts("reminder", "en", "1107"),),
)


class Never(Stop):
    """Nobody stops it."""

    def wanted(self) -> bool:
        return False


@dataclass
class Said:
    """A gateway that says what it is told, and remembers what came."""

    answers: list[str] = field(default_factory=list)
    knows: str = "unknown"
    came: list[OutMessage] = field(default_factory=list)

    def send(self, _gateway: GatewayFacts, _secret: str, message: OutMessage) -> SendOutcome:
        self.came.append(message)
        return SendOutcome(self.answers.pop(0) if self.answers else "sent")

    def ask(self, _gateway: GatewayFacts, _secret: str, _message: OutMessage) -> SendOutcome:
        return SendOutcome(self.knows)


def settle(house: House, facts: GatewayFacts = REGISTERED, mail: MailFacts | None = None) -> None:
    command = SaveLateSettings(
        version=0, provision_norm="", mail=mail or MailFacts(), gateway=facts
    )
    house.run(house.manager, command)


def outbox(house: House, way: Said | HttpGateway) -> OutboxTurns:
    made = OutboxTurns(house.gate, house.asks, MemoryVault(), house.system, "t", gateway=way)
    made.keep_secret("sms", "s3")
    return made


def late(house: House, days: int = 10) -> int:
    """A loan that is `days` − 7 days late."""
    loan = lent(house)
    next_day(house, days)
    return loan


def queue(house: House, *loans: int, channel: str = "sms", template: str = "") -> MessagesQueued:
    command = QueueMessages(loan_ids=loans, channel=channel, template=template)
    return house.run(house.officer, command)


def listed(house: House) -> list[MessageRow]:
    return list(house.ask(house.officer, ListMessages()).rows)


def states(house: House) -> list[str]:
    return [row.state for row in listed(house)]


def test_a_late_borrower_is_written_the_text_of_the_stage_once(house: House) -> None:
    settle(house)
    loan, way = late(house), Said()
    assert len(queue(house, loan).message_ids) == 1
    assert outbox(house, way).turn(Never()).sent == 1
    assert outbox(house, way).turn(Never()).sent == 0
    (message,) = way.came
    view = shown(house, loan)
    assert message.template_id == "1107"
    assert view.number in message.body
    assert "₹859" in message.body
    assert states(house) == ["sent"]
    again = queue(house, loan)
    assert [one.why for one in again.not_queued] == ["too-soon"]


def test_who_cannot_be_written_to_is_named_with_why(house: House) -> None:
    settle(house)
    young = lent(house)
    older = late(house, 7)
    assert [one.why for one in queue(house, young).not_queued] == ["not-late"]
    next_day(house, 40)
    assert [one.why for one in queue(house, older).not_queued] == ["not-registered"]
    by_mail = queue(house, older, channel="email", template="reminder")
    assert [one.why for one in by_mail.not_queued] == ["no-email"]
    keep = KeepEmail(party_id=shown(house, older).party_id, address="sunita@example.in")
    house.run(house.officer, keep)
    assert len(queue(house, older, channel="email").message_ids) == 1
    with pytest.raises(ValueRefused):
        house.run(house.officer, replace(keep, address="not one"))


def test_nothing_leaves_outside_the_hours_of_contact(house: House) -> None:
    settle(house)
    queue(house, late(house))
    way = Said()
    for hours, sent in ((9, 0), (14, 0), (1, 1)):  # 18:30, 08:30 and 09:30 of the branch
        house.clock.move(hours=hours)
        assert outbox(house, way).turn(Never()).sent == sent
    assert len(way.came) == 1


def test_the_hours_are_asked_again_when_a_message_is_handed_over(house: House) -> None:
    settle(house)
    (message_id,) = queue(house, late(house)).message_ids
    house.clock.move(hours=10)
    with pytest.raises(NotAllowedNow):
        house.run(house.system, BeginMessage(message_id=message_id, tries=0))
    assert states(house) == ["queued"]


def test_nothing_leaves_on_a_holiday_of_the_branch(house: House) -> None:
    settle(house)
    queue(house, late(house))
    holiday = SaveCalendar(version=0, off_days=(7,), holidays=(Holiday(today(house), "Mela", ()),))
    house.run(house.manager, holiday)
    assert house.ask(house.system, DueMessages()) == ()
    (row,) = listed(house)
    assert row.next_at is not None
    assert row.next_at.date() == today(house) + timedelta(1)
    assert f"{row.next_at:%H:%M}" == "09:00"


def test_whoever_asked_not_to_be_contacted_is_not(house: House) -> None:
    settle(house)
    loan, way = late(house), Said()
    stop = StopContact(party_id=shown(house, loan).party_id, reason="mourning", until_on=None)
    queue(house, loan)
    stopped = house.run(house.officer, stop)
    assert outbox(house, way).turn(Never()).sent == 0
    assert states(house) == ["dropped"]
    assert [one.why for one in queue(house, loan).not_queued] == ["stopped"]
    house.run(house.officer, AllowContact(stop_id=stopped.stop_id, version=stopped.version))
    assert len(queue(house, loan).message_ids) == 1


def test_a_message_is_dropped_where_the_arrears_were_paid_meanwhile(house: House) -> None:
    settle(house)
    loan, way = late(house), Said()
    queue(house, loan)
    receive(house, loan, shown(house, loan).arrears.total_minor)
    outbox(house, way).turn(Never())
    assert way.came == []
    (row,) = listed(house)
    assert (row.state, row.reason) == ("dropped", "paid")


def test_what_did_not_leave_is_tried_again_each_time_later_and_given_up(house: House) -> None:
    settle(house)
    queue(house, late(house))
    way = Said(answers=["retry"] * 20)
    waits = []
    for _ in range(60 * 24 * 3):
        if outbox(house, way).turn(Never()).moved:
            waits.append(house.clock.now())
        if states(house)[0] == "failed":
            break
        house.clock.move(minutes=30)
    assert len(way.came) == 8
    assert states(house) == ["failed"]
    gaps = [later - before for before, later in pairwise(waits)]
    assert gaps[-1] > gaps[0]


def test_an_answer_that_was_lost_is_asked_after_and_never_repeated_blindly(house: House) -> None:
    settle(house)
    queue(house, late(house))
    way = Said(answers=["unknown"])
    box = outbox(house, way)
    box.turn(Never())
    for _ in range(3):
        box.turn(Never())
    assert (states(house), len(way.came)) == (["unknown"], 1)
    way.knows = "sent"
    box.turn(Never())
    assert (states(house), len(way.came)) == (["sent"], 1)


def test_a_message_whose_handing_over_was_cut_off_stands_in_doubt(house: House) -> None:
    settle(house)
    (message_id,) = queue(house, late(house)).message_ids
    house.run(house.system, BeginMessage(message_id=message_id, tries=0))
    way = Said(knows="retry")
    box = outbox(house, way)
    box.turn(Never())
    assert way.came == []  # asked first: the gateway never heard of it
    house.clock.move(minutes=2)
    assert box.turn(Never()).sent == 1
    assert [one.key for one in way.came] == [one.key for one in way.came][:1]


def test_two_stations_hand_a_message_over_once(house: House) -> None:
    settle(house)
    (message_id,) = queue(house, late(house)).message_ids
    house.run(house.system, BeginMessage(message_id=message_id, tries=0))
    with pytest.raises(NotAllowedNow):
        house.run(house.system, BeginMessage(message_id=message_id, tries=0))


def test_a_person_settles_what_nobody_else_can_tell(house: House) -> None:
    settle(house)
    (message_id,) = queue(house, late(house)).message_ids
    box = outbox(house, Said(answers=["unknown"]))
    box.turn(Never())
    done = SettleMessage(message_id=message_id, state="sent", reason="she showed it")
    assert house.run(house.officer, done).state == "sent"
    with pytest.raises(NotAllowedNow):
        house.run(house.officer, replace(done, state="dropped"))


def test_a_gateway_on_the_line_that_loses_answers_gets_each_message_once(house: House) -> None:
    with gateway() as server:
        settle(house, server.facts)
        loans = [lent(house) for _ in range(4)]
        next_day(house, 10)
        queue(house, *loans)
        server.does = [LOSE, LOSE]
        box = outbox(house, HttpGateway(5))
        first = box.turn(Never())
        assert (first.sent, first.in_doubt) == (2, 2)
        box.turn(Never())
        assert sorted(server.taken.values()) == [1, 1, 1, 1]
    assert states(house) == ["sent"] * 4


def test_a_station_without_the_secret_leaves_the_message_to_another(house: House) -> None:
    settle(house)
    queue(house, late(house))
    way = Said()
    bare = OutboxTurns(house.gate, house.asks, MemoryVault(), house.system, "t", gateway=way)
    assert (bare.turn(Never()).unset, way.came) == (1, [])
    assert outbox(house, way).turn(Never()).sent == 1


def test_a_date_of_the_rules_is_silent(house: House) -> None:
    settle(house)
    loan = lent(house)
    day = today(house)
    republic = date(day.year + (day > date(day.year, 1, 26)), 1, 26)
    next_day(house, (republic - day).days)
    queue(house, loan, template="reminder")
    assert house.ask(house.system, DueMessages()) == ()
