"""Somebody with the key changes the database behind the program's back."""

from __future__ import annotations

from sqlalchemy import text

from app.store.triggers import guarded
from tests.services.branch import House


def tamper(house: House, *statements: str) -> int:
    """Run statements with the triggers out of the way; returns how many rows were changed."""
    changed = 0
    with house.store.engine.begin() as connection:
        lite = connection.dialect.name == "sqlite"
        if lite:
            kept = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name, _ in kept:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
            for table in guarded():
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            changed += connection.execute(text(statement)).rowcount
        if lite:
            for _, sql in kept:
                connection.execute(text(sql))
        else:
            for table in guarded():
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    return changed
