"""Fresh databases of both kinds, quickly: made once, then copied for every test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import Engine

from app.store.engine import Kind, open_postgres, open_sqlite
from tests.recycling import USES, Stand, put_back, stand_of

RUN = "KIST_TEST_RUN"  # one name for all workers of a run
ADDRESS = "KIST_TEST_POSTGRES"  # a server that is there already, instead of our own
# A user of the server who needs a password, as on a lender's own; tests alone know it.
USER, PASSWORD = "kist", "mango-river"
KEY = bytes(range(32))
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")

Prepare = Callable[[Engine], None]


class Postgres:
    """The server of this run: one for all workers, started when first needed."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._stands: dict[str, Stand] = {}  # by template
        self._templates: dict[str, str] = {}  # by the address of a copy in use
        self._used: dict[str, int] = {}  # how often, by address
        self._free: dict[str, list[str]] = {}

    def database(self, prepare: Prepare | None, name: str) -> str:
        """The address of a new database, empty or a copy of what `prepare` makes."""
        template = self._template(prepare, name) if prepare else "template0"
        free = self._free.get(template)
        address = free.pop() if free else self._copy(template)
        if prepare:
            self._templates[address] = template
            self._used[address] = self._used.get(address, 0) + 1
        return address

    def give_back(self, address: str) -> None:
        """Make the database ready for the next test; where that cannot be, take it away."""
        template = self._templates.pop(address, "")
        try:
            again = bool(template) and self._used[address] < USES
            again = again and put_back(address, self._stands[template])
        except psycopg.Error:
            again = False
        if again:
            self._free.setdefault(template, []).append(address)
        else:
            self.drop(address)

    def _copy(self, template: str) -> str:
        fresh = f"t{uuid4().hex}"
        self._run(f"CREATE DATABASE {fresh} TEMPLATE {template} STRATEGY file_copy")
        return self._of(fresh)

    def drop(self, address: str) -> None:
        """Take the database away, whoever still uses it."""
        name = psycopg.conninfo.conninfo_to_dict(address)["dbname"]
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def socket(self) -> str:
        """The path of the socket it listens on."""
        folder = str(psycopg.conninfo.conninfo_to_dict(self._address)["host"])
        return f"{folder}/.s.PGSQL.5432"

    def own(self, owner: str) -> str:
        """A new, empty database of a user; returns its name."""
        fresh = f"t{uuid4().hex}"
        self._run(f"CREATE DATABASE {fresh} OWNER {owner} TEMPLATE template0 STRATEGY file_copy")
        return fresh

    def in_database(self, name: str, statement: str) -> None:
        """Run a statement in a database, as nobody but the server's own user may."""
        with psycopg.connect(self._of(name), autocommit=True) as connection:
            connection.execute(statement.encode())

    def drop_named(self, name: str) -> None:
        """Take the database away, whoever still uses it."""
        self.drop(self._of(name))

    def _template(self, prepare: Prepare, name: str) -> str:
        template = f"m_{name}_{os.getpid()}"
        if template not in self._stands:
            self._run(f"CREATE DATABASE {template} TEMPLATE template0 STRATEGY file_copy")
            with _opened(open_postgres(self._of(template))) as engine:
                prepare(engine)
            self._stands[template] = stand_of(self._of(template))
        return template

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _of(self, name: str) -> str:
        head, _, query = self._address.partition("?")
        return f"{head.rpartition('/')[0]}/{name}?{query}"


class Databases:
    """Makes engines for tests; everything goes when the test ends."""

    def __init__(self, postgres: Callable[[], Postgres], templates: Path) -> None:
        self._postgres = postgres
        self._templates = templates
        self._first: dict[str, Engine] = {}

    @contextmanager
    def fresh(
        self, kind: Kind, folder: Path, prepare: Prepare | None = None, name: str = "empty"
    ) -> Iterator[Engine]:
        """An engine on a new database: empty, or a copy of what `prepare` once made as `name`."""
        if kind == "sqlite":
            with _opened(self._sqlite(folder, prepare, name)) as engine:
                yield self._at_home(engine)
            return
        server = self._postgres()
        address = server.database(prepare, name)
        try:
            with _opened(open_postgres(address)) as engine:
                yield self._at_home(engine)
        finally:
            server.give_back(address)

    def _at_home(self, engine: Engine) -> Engine:
        """The engine with the compiled statements of all before it: making them is dear."""
        first = self._first.setdefault(engine.dialect.name, engine)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    def socket(self) -> str:
        """The path of the socket that PostgreSQL listens on."""
        return self._postgres().socket()

    @contextmanager
    def owned(self, owner: str) -> Iterator[str]:
        """The name of a new, empty PostgreSQL database that belongs to a user."""
        server = self._postgres()
        name = server.own(owner)
        try:
            yield name
        finally:
            server.drop_named(name)

    def run(self, name: str, statement: str) -> None:
        """Run a statement in a PostgreSQL database, past every rule of the program."""
        self._postgres().in_database(name, statement)

    def _sqlite(self, folder: Path, prepare: Prepare | None, name: str) -> Engine:
        path = folder / f"{uuid4().hex}.db"
        if prepare:
            template = self._templates / f"{name}.db"
            if not template.exists():
                self._templates.mkdir(exist_ok=True)
                with _opened(open_sqlite(template, KEY, create=True, synchronous="OFF")) as engine:
                    prepare(engine)
            shutil.copyfile(template, path)
        return open_sqlite(path, KEY, create=True, synchronous="OFF")


def start_postgres() -> Postgres:
    """The server of this run. Raises where PostgreSQL does not start: the run fails, by intent."""
    address = os.environ.get(ADDRESS) or _server("start")
    return Postgres(address)


def stop_postgres() -> None:
    """Stop the run's own server, if one was started."""
    if _place().exists():
        _server("stop")


def _server(verb: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.postgres", verb, str(_place())],
        cwd=Path(__file__).parents[1],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"PostgreSQL did not {verb}:\n{done.stderr}")
    return done.stdout


def _place() -> Path:
    return Path(tempfile.gettempdir()) / f"kist-pg-{os.environ[RUN]}"


@contextmanager
def _opened(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()
