"""The picture helper: a process of its own that decodes what came from outside.

It holds itself to time and memory; where a file breaks it, the program starts another one.
`kist imaging-worker` and `python -m app.imaging.worker` run it over standard input and output.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import os
import sys
from typing import Any, BinaryIO

from app.domain.errors import PaperTrouble
from app.imaging import decoding
from app.imaging.frames import receive, send
from app.imaging.limits import Limits

_HAS_LIMITS = importlib.util.find_spec("resource") is not None
if _HAS_LIMITS:
    import resource


def main(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Answer until the program goes away."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        while (request := receive(stdin)) is not None:
            head, data = request
            limits = Limits(**head.pop("limits"))
            _hold_memory(limits)
            # The watchdog is a thread in C: it ends the process even where a decoder never returns.
            faulthandler.dump_traceback_later(limits.seconds, exit=True, file=nowhere)
            answer, made = _answer(head, data, limits)
            faulthandler.cancel_dump_traceback_later()
            send(stdout, answer, made)
    return 0


def run() -> int:
    """Serve standard input and output. What libraries print goes nowhere, not into the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    with answers, os.fdopen(0, "rb", closefd=False) as requests:
        return main(requests, answers)


def _answer(head: dict[str, Any], data: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    try:
        if head["do"] == "pages":
            return {"pages": decoding.pages(data, limits)}, b""
        return {}, decoding.preview(data, head["page"], head["width"], limits)
    except PaperTrouble as trouble:
        return {"refused": trouble.params}, b""
    except MemoryError:
        return {"refused": {"why": "too-much-memory"}}, b""


def _hold_memory(limits: Limits) -> None:
    """Hold this process to its memory, where the system has such limits (not on Windows)."""
    if _HAS_LIMITS and sys.platform != "win32":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    sys.exit(run())
