"""PCs on one shared database: founded there, joined with a manager's word, told what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters.clock import FixedClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import MemoryVault, NoVault
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from app.commands.branch import CloseDay
from app.commands.users import GrantFacts, NoteSignOut, SaveUser
from app.domain.errors import (
    KistError,
    NotAllowedNow,
    NotPermitted,
    SignInFailed,
    StoreTrouble,
    ValueRefused,
)
from app.domain.roles import Role
from app.paths import DOCUMENTS_DB, KIST_DB, SHARED_CA, SHARED_JSON
from app.ports.program import Founded, SharedAddress, Standing, Tls
from app.queries.admin import ShowBranch
from app.texts.errors import UNKNOWN, sentence
from tests.bootstrap.test_launching import FACTS, PASSWORD, Never, silent
from tests.databases import PASSWORD as SERVER_PASSWORD
from tests.databases import USER, Databases
from tests.line import Line, certified

LIGHT = Argon2Passwords(passes=1, memory_kib=64, lanes=1)


def world(name: str) -> World:
    """Another PC: a vault of its own."""
    at = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
    return World(FixedClock(at), MemoryVault(), LIGHT, name)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the server's certificate and another one."""
    return tmp_path_factory.mktemp("trust")


@pytest.fixture(scope="module")
def line(databases: Databases, trust: Path) -> Iterator[Line]:
    """A line with TLS to the server of the run."""
    context, _file = certified(trust)
    with Line(databases.socket(), context) as open_line:
        yield open_line


@pytest.fixture(scope="module")
def there(line: Line, trust: Path) -> SharedAddress:
    """The server, by the name of its certificate, for a user who has a password."""
    ca = str(trust / "localhost.crt")
    return SharedAddress(
        "localhost", line.port, "", USER, Tls.VERIFIED, ca, password=SERVER_PASSWORD
    )


@pytest.fixture
def empty(databases: Databases, there: SharedAddress) -> Iterator[SharedAddress]:
    """A new database."""
    with databases.owned(USER) as name:
        yield replace(there, database=name)


@pytest.fixture(scope="module")
def address(databases: Databases, there: SharedAddress) -> Iterator[SharedAddress]:
    """The database of one branch; the tests below leave stations in it."""
    with databases.owned(USER) as name:
        yield replace(there, database=name)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the PC that founded the branch."""
    return tmp_path_factory.mktemp("first") / "pc"


@pytest.fixture(scope="module")
def first(place: Path, address: SharedAddress) -> Iterator[Founded]:
    """The PC that founded the branch there."""
    made = LocalLauncher(place, world=world("asha")).found_shared(address, FACTS)
    yield made
    made.program.close()


@pytest.fixture
def other(tmp_path: Path, first: Founded) -> LocalLauncher:
    """A PC that is no station yet."""
    return LocalLauncher(tmp_path / "second", world=world("bina"))


def refused(launcher: LocalLauncher, address: SharedAddress) -> KistError:
    with pytest.raises(KistError) as raised:
        launcher.look_at(address)
    assert sentence(raised.value) != UNKNOWN
    return raised.value


def test_an_empty_database_is_founded_and_another_pc_joins_it(
    tmp_path: Path, empty: SharedAddress
) -> None:
    pc = world("asha")
    one = LocalLauncher(tmp_path / "first", world=pc)
    assert one.look_at(empty).branch_name == ""
    one.found_shared(empty, FACTS).program.close()
    assert one.standing() is Standing.BRANCH
    two = LocalLauncher(tmp_path / "second", world=world("bina"))
    found = two.look_at(empty)
    assert (found.branch_name, found.lender, found.next_counter) == (
        "Sitapur",
        "Gomti Sahayog Finance",
        "2",
    )
    second = two.join(empty, "meena", PASSWORD, "B")
    here = second.asks.ask(second.anonymous, ShowBranch())
    assert (here.station_id, here.counter, here.name) == (2, "B", "Sitapur")
    session = second.sign_in("meena", PASSWORD)
    second.gate.run(session, CloseDay(on=here.business_on or here.today), "close")
    first = LocalLauncher(tmp_path / "first", world=pc).open()
    assert first.sign_in("meena", PASSWORD).station_id == 1
    assert first.asks.ask(first.anonymous, ShowBranch()).business_on is None
    assert first.verify(silent, Never()) == ()
    first.close()
    second.close()


def test_the_folder_of_a_station_holds_no_books_and_no_secret(
    place: Path, address: SharedAddress, first: Founded
) -> None:
    assert not (place / KIST_DB).exists()
    assert not (place / DOCUMENTS_DB).exists()
    for file in place.iterdir():
        assert SERVER_PASSWORD.encode() not in file.read_bytes()
    assert address.database in (place / SHARED_JSON).read_text("utf-8")
    assert SERVER_PASSWORD not in repr(address)


def test_the_line_says_that_it_is_there(first: Founded) -> None:
    assert first.program.line is not None
    assert first.program.line.look().millis >= 1


def test_a_pc_that_lost_its_vault_joins_anew_as_another_station(
    tmp_path: Path, address: SharedAddress, first: Founded
) -> None:
    folder = tmp_path / "pc"
    LocalLauncher(folder, world=world("bina")).join(address, "meena", PASSWORD, "L1").close()
    launcher = LocalLauncher(folder, world=world("bina"))
    assert launcher.standing() is Standing.LEFT
    left = launcher.left_address()
    assert left is not None
    assert (left.database, left.password) == (address.database, "")
    again = replace(left, password=SERVER_PASSWORD)
    program = launcher.join(again, "meena", PASSWORD, "L2")
    assert program.asks.ask(program.anonymous, ShowBranch()).counter == "L2"
    program.close()
    assert launcher.standing() is Standing.BRANCH


def test_only_a_manager_lets_a_pc_join(
    other: LocalLauncher, address: SharedAddress, first: Founded
) -> None:
    made = first.program.hashed(PASSWORD)
    cashier = SaveUser(
        full_name="Sunita Verma",
        login="sunita",
        grants=(GrantFacts(Role.CASHIER),),
        password_hash=made,
    )
    first.program.gate.run(first.session, cashier, "cashier")
    with pytest.raises(NotPermitted):
        other.join(address, "sunita", PASSWORD, "P")
    with pytest.raises(SignInFailed):
        other.join(address, "meena", "not the password", "P")
    assert other.standing() is Standing.EMPTY


def test_a_counter_has_one_pc(other: LocalLauncher, address: SharedAddress) -> None:
    for code in ("1", "a-b", "12345"):
        with pytest.raises(ValueRefused) as raised:
            other.join(address, "meena", PASSWORD, code)
        assert raised.value.field == "counter_code"
        assert sentence(raised.value) != UNKNOWN


def test_documents_and_the_recovery_code_serve_at_every_station(
    other: LocalLauncher, address: SharedAddress, first: Founded
) -> None:
    name = first.program.documents.put(b"a ration card")
    program = other.join(address, "meena", PASSWORD, "D")
    assert program.documents.get(name) == b"a ration card"
    program.reset_password("sunita", first.recovery_code, "another long one", "k")
    session = program.sign_in("sunita", "another long one")
    assert program.asks.ask(session, ShowBranch()).counter == "D"
    program.close()


def test_a_database_with_a_branch_is_not_founded_again(
    other: LocalLauncher, address: SharedAddress
) -> None:
    with pytest.raises(NotAllowedNow):
        other.found_shared(address, FACTS)
    assert other.standing() is Standing.EMPTY


def test_a_pc_without_a_vault_does_not_join(
    tmp_path: Path, address: SharedAddress, first: Founded
) -> None:
    bare = replace(world("bina"), vault=NoVault())
    with pytest.raises(KistError) as raised:
        LocalLauncher(tmp_path / "second", world=bare).join(address, "meena", PASSWORD, "V")
    assert raised.value.params["why"] == "no-vault-shared"


def test_a_server_s_books_are_backed_up_on_the_server(first: Founded, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedNow) as raised:
        first.program.backup(tmp_path / "branch.kist-backup", silent, Never())
    assert raised.value.params["why"] == "backup-on-server"
    assert sentence(raised.value) != UNKNOWN


def test_each_way_of_not_reaching_it_has_its_sentence(
    tmp_path: Path, databases: Databases, empty: SharedAddress, trust: Path
) -> None:
    certified(trust, "elsewhere.example")
    launcher = LocalLauncher(tmp_path / "pc", world=world("asha"))
    said = {
        replace(empty, host="no-such-host.invalid"): ("host", "no-host"),
        replace(empty, port=1): ("port", "refused"),
        replace(empty, password="not this"): ("password", "wrong-password"),
        replace(empty, database="nothing_there"): ("database", "no-database"),
        replace(empty, ca_file=str(trust / "elsewhere.example.crt")): ("ca_file", "not-trusted"),
        replace(empty, ca_file=str(trust / "gone.crt")): ("ca_file", "no-such-file"),
        replace(empty, ca_file=__file__): ("ca_file", "ca-bad"),
        replace(empty, ca_file=""): ("ca_file", "empty"),
        replace(empty, host="127.0.0.1"): ("host", "other-name"),
        replace(empty, host="db.example", tls=Tls.OFF): ("tls", "tls-off"),
    }
    for wrong, (field, why) in said.items():
        error = refused(launcher, wrong)
        assert (error.field, error.params["why"]) == (field, why), str(error)
    with Line(databases.socket()) as deaf:
        deaf.mode = "silent"
        error = refused(launcher, replace(empty, port=deaf.port, tls=Tls.OFF))
        assert error.params["why"] == "silent"
        deaf.mode = "refuse"
        error = refused(launcher, replace(empty, port=deaf.port, tls=Tls.OFF))
        assert error.params["why"] in {"hung-up", "refused"}


def test_a_server_without_tls_is_told(
    tmp_path: Path, databases: Databases, empty: SharedAddress
) -> None:
    launcher = LocalLauncher(tmp_path / "pc", world=world("asha"))
    with Line(databases.socket()) as bare:
        error = refused(launcher, replace(empty, port=bare.port, tls=Tls.ENCRYPTED))
        assert (error.field, error.params["why"]) == ("tls", "no-tls")
        assert launcher.look_at(replace(empty, port=bare.port, tls=Tls.OFF)).branch_name == ""


def test_a_station_follows_its_server_to_another_address(
    tmp_path: Path, databases: Databases, address: SharedAddress, first: Founded
) -> None:
    pc = world("bina")
    launcher = LocalLauncher(tmp_path / "pc", world=pc)
    with Line(databases.socket()) as old:
        there = replace(address, host="127.0.0.1", port=old.port, tls=Tls.OFF)
        launcher.join(there, "meena", PASSWORD, "M").close()
    with pytest.raises(KistError) as raised:
        launcher.open()
    assert (raised.value.field, raised.value.params["why"]) == ("port", "refused")
    program = launcher.move_to(address)
    assert program.asks.ask(program.anonymous, ShowBranch()).counter == "M"
    program.close()
    assert launcher.left_address() == replace(
        address, password="", ca_file=str(tmp_path / "pc" / SHARED_CA)
    )
    with databases.owned(USER) as elsewhere, pytest.raises(KistError) as refusal:
        launcher.move_to(replace(address, database=elsewhere))
    assert refusal.value.params["why"] == "another-branch"


def test_what_was_sent_into_a_cut_line_is_asked_after_at_the_next_start(
    databases: Databases, other: LocalLauncher, address: SharedAddress, first: Founded
) -> None:
    with Line(databases.socket()) as line:
        there = replace(address, host="127.0.0.1", port=line.port, tls=Tls.OFF)
        program = other.join(there, "meena", PASSWORD, "Q")
        session = program.sign_in("meena", PASSWORD)
        program.notes.note(session, NoteSignOut(), "sign out once")
        line.cut("refuse")
        with pytest.raises(StoreTrouble):
            program.answer_open_notes()
        line.cut("ok")
        assert program.answer_open_notes() == 1
        assert program.answer_open_notes() == 0
        program.close()


def test_another_program_s_database_is_left_alone(
    tmp_path: Path, databases: Databases, empty: SharedAddress
) -> None:
    launcher = LocalLauncher(tmp_path / "pc", world=world("asha"))
    for statement in ("CREATE TABLE meta (anything int)", "CREATE TABLE shop (id int)"):
        databases.run(empty.database, statement)
        assert refused(launcher, empty).params["why"] == "not-kist"
        with pytest.raises(KistError):
            launcher.found_shared(empty, FACTS)
        databases.run(empty.database, "DROP TABLE IF EXISTS meta")


def test_a_newer_database_is_refused_and_an_older_one_told(
    databases: Databases, other: LocalLauncher, address: SharedAddress, first: Founded
) -> None:
    databases.run(address.database, "UPDATE meta SET value = '99' WHERE name = 'schema'")
    assert refused(other, address).params["why"] == "newer"
    assert first.program.line is not None
    with pytest.raises(KistError) as raised:
        first.program.line.look()
    assert raised.value.params["why"] == "newer"
    databases.run(address.database, "UPDATE meta SET value = '1' WHERE name = 'schema'")
    assert other.look_at(address).older
