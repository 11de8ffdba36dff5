"""Whether every page of an encrypted file is as it was written."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from sqlalchemy import Engine

from app.domain.errors import StoreTrouble
from app.store.engine import kind_of


def refuse_damaged_pages(engine: Engine) -> None:
    """Read every page, also those that no row needs. Raises StoreTrouble (damaged).

    After a crash a page may be half taken over from the log, which still holds it whole: only what
    is bad when the log has been taken over is damaged. PostgreSQL looks after its own pages.
    """
    if kind_of(engine) != "sqlite":
        return
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        bad = _bad(driver)
        if bad:
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            if bad & _bad(driver):
                raise StoreTrouble(why="damaged")


def _bad(driver: Any) -> set[str]:
    return {str(row) for row in driver.execute("PRAGMA cipher_integrity_check")}
