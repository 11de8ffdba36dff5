"""What a database driver says, as the refusals that the program knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import event
from sqlalchemy.engine import Engine, ExceptionContext

from app.domain.errors import StoreTrouble, WrongKey

Why = Literal["locked", "conflict", "gone", "full", "damaged", "read-only", "missing"]

# Primary result codes of SQLite, https://sqlite.org/rescode.html
_NOT_A_DATABASE = 26
_OF_SQLITE: Mapping[int, Why] = {
    3: "read-only",
    5: "locked",
    6: "locked",
    8: "read-only",
    10: "gone",
    11: "damaged",
    13: "full",
    14: "missing",
}
# SQLSTATE codes of PostgreSQL, appendix A; a class of two letters stands for all of its codes.
_OF_POSTGRES: Mapping[str, Why] = {
    "08": "gone",
    "28": "gone",
    "3D000": "gone",
    "40001": "conflict",
    "40P01": "conflict",
    "42501": "read-only",
    "53100": "full",
    "53200": "gone",
    "53300": "gone",
    "55P03": "locked",
    "57014": "locked",
    "57P": "gone",
    "58": "gone",
    "XX001": "damaged",
    "XX002": "damaged",
}


def tell(engine: Engine) -> Engine:
    """Make `engine` raise StoreTrouble or WrongKey where it is not the statement's own fault."""
    event.listen(engine, "handle_error", _translated)
    return engine


def trouble_of(error: BaseException) -> StoreTrouble | None:
    """The refusal that a driver's error stands for, or None: then the statement was at fault."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _of_sqlite(code & 0xFF)
    if type(error).__module__.startswith("psycopg"):
        return _of_postgres(error)
    return None


def _translated(context: ExceptionContext) -> StoreTrouble | None:
    error = context.original_exception
    if isinstance(error, StoreTrouble):
        return error
    return trouble_of(error)


def _of_sqlite(code: int) -> StoreTrouble | None:
    if code == _NOT_A_DATABASE:
        return WrongKey()
    why = _OF_SQLITE.get(code)
    return StoreTrouble(why=why) if why else None


def _of_postgres(error: Any) -> StoreTrouble | None:
    state = getattr(error, "sqlstate", None)
    if state is None:
        # Without a state the server did not speak: the line is down or was never up.
        lost = type(error).__name__ in {"OperationalError", "ConnectionTimeout", "_WaitTimeout"}
        return StoreTrouble(why="gone") if lost else None
    for length in (5, 3, 2):
        if why := _OF_POSTGRES.get(state[:length]):
            return StoreTrouble(why=why)
    return None
