"""The station's key: made at the first receipt, kept by the vault alone, renewed and forgiving."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from app.adapters.vault import MemoryVault, NoVault
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from app.cli.check import checked
from app.ports.program import Founded, Program
from app.queries.papers import CheckReceipt, ListStationKeys
from app.rows.papers import ReceiptPaper
from app.rows.receipt_checks import Verdict
from tests.bootstrap.test_launching import FACTS, Never, founded, silent, world
from tests.papers.letters import signed_receipt
from tests.papers.reading import text_of

__all__ = ["founded", "world"]
SIGNED = "This code is our signature"


def paper() -> ReceiptPaper:
    """A receipt that waits for its signature."""
    made = signed_receipt()
    assert made.seal is not None
    return replace(made, seal=replace(made.seal, station=9, signature=b""))


def code(program: Program) -> str:
    """What the QR of the receipt holds as this station prints it."""
    made = program._signer.signed(paper())  # type: ignore[attr-defined]
    return str(made.seal.text)


def test_the_first_receipt_makes_the_key(founded: Founded, world: World) -> None:
    program = founded.program
    assert not program.asks.ask(program.anonymous, ListStationKeys())
    assert SIGNED in text_of(program.papers.pdf(paper(), "a5"))
    (key,) = program.asks.ask(program.anonymous, ListStationKeys())
    text = code(program)
    assert text.startswith("KIST1:1.1:")
    found = program.asks.ask(program.anonymous, CheckReceipt(text=text))
    assert found.verdict is Verdict.NOT_IN_BOOKS  # signed by us, of an invented receipt
    vault = world.vault
    assert isinstance(vault, MemoryVault)
    secrets = [value for name, value in vault._secrets.items() if name.startswith("receipts ")]
    assert len(secrets) == 1
    assert secrets[0].hex() != key.public_key
    assert program.unsigned_why() == ""
    assert not program.verify(silent, Never())


def test_the_key_is_found_again_after_the_program_was_closed(
    founded: Founded, world: World, tmp_path: Path
) -> None:
    before = code(founded.program)
    founded.program.close()
    again = LocalLauncher(tmp_path / "pc", world=world).open()
    assert code(again) == before
    assert len(again.asks.ask(again.anonymous, ListStationKeys())) == 1
    again.close()


def test_another_key_keeps_old_receipts_provable(founded: Founded, world: World) -> None:
    program = founded.program
    old = code(program)
    assert program.renew_receipt_key(founded.session, "The PC was stolen", "renew") == 2
    new = code(program)
    assert new.startswith("KIST1:1.2:")
    for text in (old, new):
        found = program.asks.ask(program.anonymous, CheckReceipt(text=text))
        assert found.verdict is Verdict.NOT_IN_BOOKS
    vault = world.vault
    assert isinstance(vault, MemoryVault)
    assert len([name for name in vault._secrets if name.startswith("receipts ")]) == 1


def test_a_vault_that_lost_the_key_gets_another(founded: Founded, world: World) -> None:
    program = founded.program
    code(program)
    program.close()
    vault = world.vault
    assert isinstance(vault, MemoryVault)
    for name in [name for name in vault._secrets if name.startswith("receipts ")]:
        vault.forget(name)
    again = LocalLauncher(program.folder, world=world).open()
    assert code(again).startswith("KIST1:1.2:")
    again.close()


def test_without_a_vault_the_receipt_is_printed_without_the_line(
    tmp_path: Path, world: World
) -> None:
    bare = replace(world, vault=NoVault())
    facts = replace(FACTS, passphrase="a long passphrase")
    made = LocalLauncher(tmp_path / "pc", world=bare).found(facts)
    text = text_of(made.program.papers.pdf(paper(), "a5"))
    assert SIGNED not in text
    assert paper().number in text
    assert made.program.unsigned_why() == "no-vault"
    made.program.close()


def test_the_command_line_says_what_a_code_is(founded: Founded) -> None:
    text, said = code(founded.program), io.StringIO()
    assert checked(founded.program, text, said) == 1
    assert said.getvalue().startswith("Not in these books\nReceipt: STP-1-2627-000412\n")
    said = io.StringIO()
    assert checked(founded.program, text.replace("236550INR", "936550INR"), said) == 1
    assert said.getvalue().startswith("Altered\n")
