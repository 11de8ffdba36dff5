"""E-mail and SMS on real lines of this machine: sent, again, given up, or in doubt."""

from __future__ import annotations

import email
from dataclasses import replace

import pytest

from app.adapters.mail import SmtpMailer
from app.adapters.sms import HttpGateway
from app.rows.messages import OutMessage
from tests.gateways import BUSY, LOSE, REFUSE, gateway, mail_server

SMS = OutMessage(7, "sms", "9876500001", "", "Dear Sunita & Devi, ₹500", "k1", "1107", 1, "begun")
MAIL = replace(SMS, channel="email", recipient="sunita@example.in", subject="किस्त बाकी है")


def test_a_gateway_gets_the_text_by_its_own_names_and_the_secret_as_a_header() -> None:
    with gateway() as server:
        outcome = HttpGateway(5).send(server.facts, "Bearer s3", SMS)
    assert (outcome.state, outcome.reference) == ("sent", "g-1")
    assert server.last == {
        "to": "9876500001",
        "text": "Dear Sunita & Devi, ₹500",
        "client_ref": "k1",
        "template_id": "1107",
        "sender": "GOMTIF",
        "authorization": "Bearer s3",
    }


@pytest.mark.parametrize(
    ("does", "state"), [(LOSE, "unknown"), (REFUSE, "failed"), (BUSY, "retry")]
)
def test_what_a_gateway_does_decides(does: str, state: str) -> None:
    with gateway() as server:
        server.does = [does]
        assert HttpGateway(5).send(server.facts, "", SMS).state == state


def test_a_gateway_that_is_not_there_took_nothing() -> None:
    with gateway() as server:
        facts = server.facts
    assert HttpGateway(5).send(facts, "", SMS).state == "retry"
    assert HttpGateway(5).ask(facts, "", SMS).state == "unknown"


def test_a_gateway_is_asked_by_the_key_of_the_message() -> None:
    with gateway() as server:
        assert HttpGateway(5).ask(server.facts, "", SMS).state == "retry"
        server.does = [LOSE]
        HttpGateway(5).send(server.facts, "", SMS)
        assert HttpGateway(5).ask(server.facts, "", SMS).state == "sent"
        silent = replace(server.facts, status_url="")
        assert HttpGateway(5).ask(silent, "", SMS).state == "unknown"


def test_mail_arrives_in_its_script_under_an_id_of_its_own() -> None:
    with mail_server() as (box, facts):
        outcome = SmtpMailer(5).send(facts, "", MAIL)
    assert outcome.state == "sent"
    (taken,) = box.taken
    assert isinstance(taken.content, bytes)
    made = email.message_from_bytes(taken.content, policy=email.policy.default)
    assert taken.rcpt_tos == ["sunita@example.in"]
    assert made["Subject"] == MAIL.subject
    assert made["Message-ID"] == "<k1@gomti.example.in>"
    assert made.get_content().strip() == MAIL.body


@pytest.mark.parametrize(
    ("says", "state"),
    [("451 try later", "retry"), ("550 no such box", "failed"), (LOSE, "unknown")],
)
def test_what_a_mail_server_says_decides(says: str, state: str) -> None:
    with mail_server() as (box, facts):
        box.says = [says]
        assert SmtpMailer(5).send(facts, "", MAIL).state == state


def test_a_mail_server_that_is_not_there_took_nothing() -> None:
    with mail_server() as (_box, facts):
        gone = facts
    assert SmtpMailer(5).send(gone, "", MAIL).state == "retry"


def test_a_line_break_in_an_address_is_no_second_recipient() -> None:
    with mail_server() as (box, facts):
        sly = replace(MAIL, recipient="a@example.in\nBcc: b@example.in")
        assert SmtpMailer(5).send(facts, "", sly).state != "sent"
    assert box.taken == []
