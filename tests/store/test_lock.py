"""One program at a time has the embedded files of a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import StoreTrouble
from app.store.lock import FolderLock

HOLD = "import sys, pathlib, app.store.lock as l; k = l.FolderLock(pathlib.Path(sys.argv[1])); "


def test_a_second_program_is_refused_and_told_which_one_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "Kist"
    with FolderLock(folder), pytest.raises(StoreTrouble) as refused:
        FolderLock(folder)
    assert refused.value.params == {"why": "in-use", "pid": str(os.getpid())}
    FolderLock(folder).release()


def test_a_lock_is_let_go_once(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.release()
    with FolderLock(tmp_path):
        lock.release()
        with pytest.raises(StoreTrouble):
            FolderLock(tmp_path)


@pytest.mark.kill
def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLD + "print('held', flush=True); input()", str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreTrouble) as refused:
            FolderLock(tmp_path)
        assert refused.value.params["pid"] == str(other.pid)
        other.kill()
        other.wait()
        FolderLock(tmp_path).release()
