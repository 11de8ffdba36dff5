"""Several statements sent as one: on PostgreSQL a pipeline, in a file nothing special."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.store.trouble import trouble_of


@contextmanager
def one_batch(connection: Connection) -> Iterator[None]:
    """Send what is executed inside in one go.

    The server's answer comes at the end, past SQLAlchemy: there it is told as SQLAlchemy would.
    """
    raw = connection.connection.driver_connection
    if not isinstance(raw, psycopg.Connection):
        yield
        return
    try:
        with raw.pipeline():
            yield
    except psycopg.IntegrityError as error:
        raise IntegrityError(None, None, error) from error
    except psycopg.Error as error:
        raise trouble_of(error) or error from error
