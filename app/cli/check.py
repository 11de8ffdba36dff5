"""`kist check TEXT`: whether the code on a receipt is genuine."""

from __future__ import annotations

import argparse
import sys
from typing import TextIO

from app.cli.keeping import opened
from app.ports.program import Program
from app.queries.papers import CheckReceipt
from app.rows.receipt_checks import Verdict
from app.rows.receipt_words import said_of

GENUINE, NOT_PROVEN = 0, 1


def check(asked: argparse.Namespace) -> int:
    """Say what the code of a receipt is found to be; 0 where it is genuine and not reversed."""
    program = opened(asked)
    try:
        text = sys.stdin.read() if asked.text == "-" else asked.text
        return checked(program, text, sys.stdout)
    finally:
        program.close()


def checked(program: Program, text: str, out: TextIO) -> int:
    """The same for an open branch."""
    found = program.asks.ask(program.anonymous, CheckReceipt(text=text))
    for line in said_of(found):
        out.write(line + "\n")
    whole = found.verdict is Verdict.GENUINE and found.reversed_on is None
    return GENUINE if whole else NOT_PROVEN
