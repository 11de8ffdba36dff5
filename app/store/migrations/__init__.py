"""The way from an older schema to the present one, and from nothing to the first.

Each step is a module with `up(operations)`; what it did is frozen in it. The mark of the last
step taken is in the database. After any step the triggers are made anew, since a table that
SQLite rebuilds loses its own.
"""

from __future__ import annotations

from collections.abc import Callable

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select, text

from app.domain.errors import StoreTrouble
from app.store import finding, triggers
from app.store.migrations import first, fourth, second, third
from app.store.schema.system import meta

Step = Callable[[Operations], None]
STEPS: tuple[Step, ...] = (first.up, second.up, third.up, fourth.up)
HEAD = len(STEPS)
MARK = "schema"
ONE_AT_A_TIME = 0x4B697374  # the name of the lock that upgrading stations take: "Kist"


def standing(engine: Engine) -> int:
    """How many steps the database has taken; 0 for an empty one."""
    with engine.connect() as connection:
        return _standing(connection)


def upgrade(engine: Engine, *, to: int = HEAD, before: Callable[[], None] | None = None) -> bool:
    """Take the steps that are missing, in one transaction; True where there were any.

    `before` is called first where data could be lost: it makes the verified backup. Raises
    StoreTrouble(why="newer") where a later version of the program has been here.
    """
    now = standing(engine)
    if now > HEAD:
        raise StoreTrouble(why="newer")
    if now >= to:
        return False
    if now and before is not None:
        before()
    if engine.dialect.name == "sqlite":
        _upgrade_lite(engine, now, to)
    else:
        return _upgrade_shared(engine, to)
    return True


def _upgrade_shared(engine: Engine, to: int) -> bool:
    """One station at a time: whoever waited here finds that the steps are taken."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        now = _standing(connection)
        if now > HEAD:
            raise StoreTrouble(why="newer")
        if now < to:
            _take(connection, now, to)
        return now < to


def _upgrade_lite(engine: Engine, now: int, to: int) -> None:
    """SQLite rebuilds tables: foreign keys are off before BEGIN and checked before COMMIT."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _take(connection, now, to)
                if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise StoreTrouble(why="damaged")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _take(connection: Connection, now: int, to: int) -> None:
    operations = Operations(MigrationContext.configure(connection))
    for step in STEPS[now:to]:
        step(operations)
    triggers.install(connection)
    finding.install(connection)
    connection.execute(delete(meta).where(meta.c.name == MARK))
    connection.execute(insert(meta), [{"name": MARK, "value": str(to)}])


def _standing(connection: Connection) -> int:
    if not inspect(connection).has_table(meta.name):
        return 0
    return int(connection.scalar(select(meta.c.value).where(meta.c.name == MARK)) or 0)
