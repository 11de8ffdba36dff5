"""Looks into pictures and PDFs from outside without letting them into this process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import Any

from app.domain.errors import PaperTrouble
from app.imaging.frames import receive, send
from app.imaging.limits import JPEG, PDF, PNG, Limits, media_of
from app.paths import resources

__all__ = ["JPEG", "PDF", "PNG", "VERB", "ChildPictures", "Limits", "media_of"]

VERB = "imaging-worker"  # the hidden verb of the command line that runs the helper
_ENDED_BY_WATCHDOG = 1


class ChildPictures:
    """Decodes in a helper process that is kept between calls and started again when it dies."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._helper: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    def pages(self, data: bytes) -> int:
        """How many pages the file has. Raises PaperTrouble with `why`."""
        head, _made = self._asked({"do": "pages"}, data)
        return int(head["pages"])

    def preview(self, data: bytes, page: int, width: int) -> bytes:
        """PNG of a page (from 0), at most `width` pixels wide. Raises PaperTrouble with `why`."""
        _head, made = self._asked({"do": "preview", "page": page, "width": width}, data)
        return made

    def close(self) -> None:
        """End the helper."""
        with self._one_at_a_time:
            self._end()

    def _asked(self, head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        if len(data) > self.limits.size:
            raise PaperTrouble(why="too-big", most=self.limits.size)
        media_of(data)
        with self._one_at_a_time:
            answer = self._answered({**head, "limits": asdict(self.limits)}, data)
        refused = answer[0].get("refused")
        if refused is not None:
            raise PaperTrouble(**refused)
        return answer

    def _answered(self, head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """The answer, from a new helper where a kept one turns out to have died meanwhile."""
        kept = self._helper is not None
        answer, ended = self._exchange(head, data)
        if answer is None and kept and ended != _ENDED_BY_WATCHDOG:
            answer, ended = self._exchange(head, data)
        if answer is None:
            raise PaperTrouble(why="too-slow" if ended == _ENDED_BY_WATCHDOG else "damaged")
        return answer

    def _exchange(
        self, head: dict[str, Any], data: bytes
    ) -> tuple[tuple[dict[str, Any], bytes] | None, int]:
        """One question and its answer; None and the exit code where the helper ended over it."""
        helper = self._running()
        if helper.stdin is None or helper.stdout is None:
            raise PaperTrouble(why="helper-missing")
        try:
            send(helper.stdin, head, data)
            answer = receive(helper.stdout)
        except OSError:  # it ended while it was written to
            answer = None
        except BaseException:
            self._end()  # half an exchange: the next answer would belong to this question
            raise
        if answer is not None:
            return answer, 0
        ended = helper.wait()
        self._end()
        return None, ended

    def _running(self) -> subprocess.Popen[bytes]:
        if self._helper is not None and self._helper.poll() is None:
            return self._helper
        self._end()
        try:
            self._helper = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            raise PaperTrouble(why="helper-missing") from None
        return self._helper

    def _end(self) -> None:
        helper, self._helper = self._helper, None
        if helper is None:
            return
        helper.kill()
        helper.wait()
        for stream in (helper.stdin, helper.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was not written yet has no reader any more
                    continue


def _command() -> list[str]:
    """How to start the helper: a frozen program is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, VERB]
    return [sys.executable, "-m", "app.imaging.worker"]


def _environment() -> dict[str, str]:
    """The environment with the tree of this program on the path, wherever it was started from."""
    root = str(resources().parent)
    path = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in (root, path) if part)}
