"""What was acknowledged is there, whenever the writer is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.store.copying import looked_through
from app.store.engine import reading
from app.store.folder import Folder

KEY = bytes(range(32))
WRITER = """
import pathlib, sys
from sqlalchemy import text
from app.store.folder import Folder
engine = Folder(pathlib.Path(sys.argv[1]), bytes(range(32))).books(create=True)
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE IF NOT EXISTS receipts (n INTEGER, amount INTEGER)"))
    connection.execute(text("CREATE TABLE IF NOT EXISTS cash (amount INTEGER)"))
    n = connection.execute(text("SELECT count(*) FROM receipts")).scalar_one()
while True:
    n += 1
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO receipts VALUES (:n, 100)"), {"n": n})
        connection.execute(text("INSERT INTO cash VALUES (100)"))
    print(n, flush=True)
"""


def killed_after(folder: Path, receipts: int) -> int:
    """Let a writer go on until that many were acknowledged; returns the last number it told."""
    words = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        for _ in range(receipts):
            writer.stdout.readline()
        writer.kill()
        told = writer.stdout.read().split("\n")  # a number that was cut off has no line end
    return max([0, *map(int, filter(None, told[:-1]))])


@pytest.mark.kill
@pytest.mark.slow
def test_every_acknowledged_receipt_is_there_after_a_kill(tmp_path: Path) -> None:
    for receipts in (1, 3, 10, 40, 90):
        told = killed_after(tmp_path, receipts)
        engine = Folder(tmp_path, KEY).books()
        with reading(engine).connect() as connection:
            rows = connection.execute(text("SELECT n FROM receipts ORDER BY n")).scalars().all()
            cash = connection.execute(text("SELECT count(*) FROM cash")).scalar_one()
        engine.dispose()
        assert list(rows) == list(range(1, len(rows) + 1))
        assert len(rows) == cash
        assert len(rows) >= max(told, receipts)
        looked_through(KEY, "kist.db", tmp_path / "kist.db")
