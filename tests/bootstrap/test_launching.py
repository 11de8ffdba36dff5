"""A branch founded on this PC, opened again, backed up, and opened on another PC by its code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.adapters.clock import FixedClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import MemoryVault, NoVault
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from app.commands.branch import CloseDay
from app.commands.users import GrantFacts, SaveUser
from app.domain.errors import NotAllowedNow, SignInFailed, StoreTrouble, ValueRefused, WrongKey
from app.domain.roles import Role
from app.paths import KEYS_JSON, KIST_DB
from app.ports import Progress
from app.ports.program import Founded, FoundingFacts, Standing
from app.queries.admin import ListUsers, ShowBranch
from app.queries.audit import CompareHeads

PASSWORD = "a long password"
FACTS = FoundingFacts(
    lender_name="Gomti Sahayog Finance",
    branch_name="Sitapur",
    branch_code="STP",
    state="UP",
    currency="INR",
    time_zone="Asia/Kolkata",
    opened_on=date(2026, 1, 5),
    cash_minor=50_000_00,
    bank_minor=10_00_000_00,
    user_name="Meena Khanna",
    login="meena",
    password=PASSWORD,
)


class Never:
    """Nobody stops the work."""

    def wanted(self) -> bool:
        return False


def silent(_progress: Progress) -> None:
    """Nobody listens."""


@pytest.fixture
def world() -> World:
    at = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
    light = Argon2Passwords(passes=1, memory_kib=64, lanes=1)
    return World(FixedClock(at), MemoryVault(), light, "asha")


@pytest.fixture
def founded(tmp_path: Path, world: World) -> Iterator[Founded]:
    made = LocalLauncher(tmp_path / "pc", world=world).found(FACTS)
    yield made
    made.program.close()


def test_an_empty_folder_is_empty_and_a_founded_one_a_branch(tmp_path: Path, world: World) -> None:
    launcher = LocalLauncher(tmp_path / "pc", world=world)
    assert launcher.standing() is Standing.EMPTY
    launcher.found(FACTS).program.close()
    assert launcher.standing() is Standing.BRANCH
    with pytest.raises(NotAllowedNow):
        launcher.found(FACTS)


def test_the_first_user_signs_in_after_the_program_was_closed(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    founded.program.close()
    program = LocalLauncher(tmp_path / "pc", world=world).open()
    session = program.sign_in("meena", PASSWORD)
    assert session == founded.session
    assert program.asks.ask(session, ShowBranch()).name == "Sitapur"
    program.close()


def test_wrong_passwords_are_refused_and_soon_slowed(founded: Founded) -> None:
    for _ in range(3):
        with pytest.raises(SignInFailed) as refused:
            founded.program.sign_in("meena", "not the password")
        assert refused.value.params["why"] == "wrong"
    with pytest.raises(SignInFailed) as slowed:
        founded.program.sign_in("meena", PASSWORD)
    assert slowed.value.params["why"] == "wait"


def test_a_name_nobody_has_is_told_like_a_wrong_password(founded: Founded) -> None:
    with pytest.raises(SignInFailed) as refused:
        founded.program.sign_in("nobody", PASSWORD)
    assert refused.value.params["why"] == "wrong"


def test_a_short_password_founds_nothing(tmp_path: Path, world: World) -> None:
    launcher = LocalLauncher(tmp_path / "pc", world=world)
    with pytest.raises(ValueRefused) as refused:
        launcher.found(replace(FACTS, password="short"))
    assert refused.value.field == "password"
    assert launcher.standing() is Standing.EMPTY
    assert not (tmp_path / "pc" / KIST_DB).exists()


def test_another_user_of_the_pc_needs_the_recovery_code(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    founded.program.close()
    other = replace(world, vault=MemoryVault(), os_user="bina")
    launcher = LocalLauncher(tmp_path / "pc", world=other)
    assert launcher.standing() is Standing.LOCKED
    with pytest.raises(WrongKey):
        launcher.open()
    launcher.open(recovery_code=founded.recovery_code).close()
    assert launcher.standing() is Standing.BRANCH  # admitted from now on


def test_without_a_vault_a_passphrase_opens(tmp_path: Path, world: World) -> None:
    bare = replace(world, vault=NoVault())
    launcher = LocalLauncher(tmp_path / "pc", world=bare)
    launcher.found(replace(FACTS, passphrase="monsoon mango river")).program.close()
    assert launcher.standing() is Standing.LOCKED
    with pytest.raises(WrongKey):
        launcher.open(passphrase="another passphrase")
    launcher.open(passphrase="monsoon mango river").close()


def test_the_recovery_code_is_proved_before_it_is_confirmed(founded: Founded) -> None:
    program, session = founded.program, founded.session
    with pytest.raises((ValueRefused, WrongKey)):
        program.confirm_recovery(session, "0000-0000", "k1")
    assert not program.asks.ask(session, ShowBranch()).recovery_confirmed
    program.confirm_recovery(session, founded.recovery_code, "k2")
    assert program.asks.ask(session, ShowBranch()).recovery_confirmed


def test_a_forgotten_password_is_replaced_with_the_recovery_code(founded: Founded) -> None:
    founded.program.reset_password("meena", founded.recovery_code, "another long one", "k")
    assert founded.program.sign_in("meena", "another long one") == founded.session


def test_a_second_program_on_the_same_folder_is_refused(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    with pytest.raises(StoreTrouble) as refused:
        LocalLauncher(tmp_path / "pc", world=world).open()
    assert refused.value.params["why"] == "in-use"
    assert founded.program.asks.ask(founded.session, ShowBranch())


def test_books_without_keys_are_told_and_left_alone(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    founded.program.close()
    (tmp_path / "pc" / KEYS_JSON).rename(tmp_path / "keys.json")
    launcher = LocalLauncher(tmp_path / "pc", world=world)
    with pytest.raises(StoreTrouble) as refused:
        launcher.standing()
    assert refused.value.params["why"] == "keys-missing"
    assert (tmp_path / "pc" / KIST_DB).exists()


def test_a_backup_opens_on_another_pc_as_a_new_station(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    made = founded.program.backup(tmp_path / "branch.kist-backup", silent, Never())
    other = replace(world, vault=MemoryVault(), os_user="bina")
    launcher = LocalLauncher(tmp_path / "other", world=other)
    program = launcher.restore(made.path, founded.recovery_code, silent)
    here = program.asks.ask(program.anonymous, ShowBranch())
    assert (here.station_id, here.counter) == (2, "2")
    assert program.verify(silent, Never()) == ()
    assert program.sign_in("meena", PASSWORD).station_id == 2
    program.close()


def test_a_command_without_an_answer_is_asked_again_once(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    program, session = founded.program, founded.session
    program.notes.note(session, CloseDay(on=date(2026, 1, 5)), "close once")
    program.close()
    again = LocalLauncher(tmp_path / "pc", world=world).open()
    assert again.answer_open_notes() == 1
    assert again.answer_open_notes() == 0
    assert again.asks.ask(session, ShowBranch()).business_on is None
    again.close()


def test_a_cut_tail_shows_against_the_seal_of_the_day(
    tmp_path: Path, world: World, founded: Founded
) -> None:
    """An old copy of the file put back after a day was closed is found by the heads outside."""
    program, session = founded.program, founded.session
    before = program.backup(tmp_path / "old.kist-backup", silent, Never())
    program.gate.run(session, CloseDay(on=date(2026, 1, 5)), "close")
    assert program.verify(silent, Never()) == ()
    program.close()
    old = LocalLauncher(tmp_path / "old", world=replace(world, vault=MemoryVault()))
    old.restore(before.path, founded.recovery_code, silent).close()
    for name in (KIST_DB, f"{KIST_DB}-wal", f"{KIST_DB}-shm"):
        (tmp_path / "pc" / name).unlink(missing_ok=True)
    (tmp_path / "old" / KIST_DB).rename(tmp_path / "pc" / KIST_DB)
    stale = LocalLauncher(tmp_path / "pc", world=world).open()
    assert {one.invariant for one in stale.verify(silent, Never())} >= {5}
    stale.close()


def test_a_user_added_here_is_listed(founded: Founded) -> None:
    command = SaveUser(
        full_name="Ravi Shukla",
        login="ravi",
        grants=(GrantFacts(Role.OFFICER),),
        password_hash=founded.program.hashed("another long one"),
    )
    founded.program.gate.run(founded.session, command, "add")
    names = {u.full_name for u in founded.program.asks.ask(founded.session, ListUsers())}
    assert names == {"Meena Khanna", "Ravi Shukla"}


def test_a_backup_is_tried_aside_and_an_altered_one_is_not_taken(
    tmp_path: Path, founded: Founded
) -> None:
    made = founded.program.backup(tmp_path / "branch.kist-backup", silent, Never())
    tried = founded.program.try_backup(made.path, silent, Never())
    assert (tried.sha256, tried.rows, tried.lines) == (made.sha256, made.rows, made.lines)
    assert (tried.findings, tried.loans) == ((), 0)
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(StoreTrouble):
        founded.program.try_backup(made.path, silent, Never())


def test_heads_kept_outside_are_told_station_by_station(founded: Founded) -> None:
    founded.program.gate.run(founded.session, CloseDay(on=date(2026, 1, 5)), "close")
    (head,) = founded.program.kept_heads()
    (kept,) = founded.program.asks.ask(founded.session, CompareHeads(heads=(head,)))
    assert (kept.state, kept.number) == ("agrees", kept.lines)
