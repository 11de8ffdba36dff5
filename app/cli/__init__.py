"""`kist VERB …`: everything that works without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from app.cli.apr import apr
from app.cli.calc import calc
from app.domain.errors import KistError
from app.texts import _
from app.texts.errors import sentence

REFUSED = 2
CHECK = "check"
IMAGING = "imaging-worker"  # hidden: the child process that looks into pictures

Verb = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a verb; returns the exit code (0 done, 1 found something wrong, 2 refused)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [IMAGING]:
        return load_worker()()
    asked = _parser().parse_args(words)
    run: Verb = asked.run
    try:
        return run(asked)
    except KistError as refusal:
        sys.stderr.write(sentence(refusal) + "\n")
        return REFUSED


def load_worker() -> Callable[[], int]:
    """The child process that looks into pictures."""
    from app.imaging.worker import run

    return run


def load_demo() -> Callable[[argparse.Namespace, TextIO], int]:
    """The demonstration, imported when it is asked for: `kist calc` needs no database."""
    from app.cli.demo import demo

    return demo


def load_check() -> Verb:
    """The verb about a receipt's code, imported when it runs."""
    from app.cli.check import check

    return check


def load_pack() -> Verb:
    """The month pack, imported when it is asked for."""
    from app.cli.pack import pack

    return lambda asked: pack(asked)


def load_keeping(name: str) -> Verb:
    """A verb about the data folder, imported when it runs."""
    from app.cli import keeping

    verbs: dict[str, Verb] = {
        "verify": keeping.verify,
        "backup": keeping.backup,
        "restore": keeping.restore,
    }
    return verbs[name]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kist", description=_("A small lender's branch. Without a verb the window opens.")
    )
    verbs = parser.add_subparsers(required=True, metavar=_("verb"))
    _add_calc(verbs)
    _add_apr(verbs)
    _add_demo(verbs)
    _add_keeping(verbs)
    _add_pack(verbs)
    return parser


def _add_calc(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = verbs.add_parser("calc", help=_("work out loans from calc documents"))
    one.add_argument("files", nargs="+", metavar="FILE", help=_("a JSON file, - for input"))
    one.add_argument(
        "--explain", action="store_true", help=_("add how each figure came about, unrounded")
    )
    one.set_defaults(run=_calc)


def _calc(asked: argparse.Namespace) -> int:
    return calc(asked.files, sys.stdout, sys.stderr, sys.stdin, explain=asked.explain)


def _add_apr(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = verbs.add_parser("apr", help=_("work out yearly rates of cost from apr documents"))
    one.add_argument("files", nargs="+", metavar="FILE", help=_("a JSON file, - for input"))
    one.set_defaults(run=lambda asked: apr(asked.files, sys.stdout, sys.stderr, sys.stdin))


def _add_demo(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = verbs.add_parser("demo", help=_("make a demonstration branch and play a day in it"))
    one.add_argument("--seed", type=int, help=_("another seed makes another branch"))
    one.add_argument("--until", metavar="YYYY-MM-DD", help=_("the business date it comes up to"))
    one.add_argument("--out", metavar="DIR", help=_("where it is made; kist-demo unless said"))
    large = _("two years of a branch with sixty centres and eight officers")
    one.add_argument("--large", action="store_true", help=large)
    one.add_argument("--as", dest="role", help=_("with a window: who signs in"))
    one.add_argument("--fresh", action="store_true", help=_("with a window: make it anew"))
    one.set_defaults(run=lambda asked: load_demo()(asked, sys.stdout))


def _add_keeping(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, about in (
        ("verify", _("check that the books are whole")),
        ("backup", _("make and verify a backup file")),
        ("restore", _("open a backup here as a new station")),
        (CHECK, _("tell whether the code on a receipt is genuine")),
    ):
        one = verbs.add_parser(name, help=about)
        one.add_argument("--folder", type=Path, help=_("another data folder"))
        one.add_argument(
            "--recovery-code", action="store_true", help=_("ask for the recovery code")
        )
        if name == CHECK:
            one.add_argument("text", metavar="TEXT", help=_("what the QR says, - for input"))
        elif name != "verify":
            one.add_argument("file", type=Path, metavar="FILE")
        one.set_defaults(run=_later(name))


def _add_pack(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = verbs.add_parser("pack", help=_("make the month pack: one workbook and one PDF"))
    one.add_argument("login", metavar="LOGIN", help=_("who signs in; the password is asked"))
    one.add_argument("--month", metavar="YYYY-MM", help=_("the last whole month unless said"))
    one.add_argument("--to", type=Path, default=Path(), metavar="DIR", help=_("where it is put"))
    one.add_argument("--folder", type=Path, help=_("another data folder"))
    one.add_argument("--recovery-code", action="store_true", help=_("ask for the recovery code"))
    one.set_defaults(run=lambda asked: load_pack()(asked))


def _later(name: str) -> Verb:
    """A verb about the data folder that is loaded when it runs."""
    return lambda asked: (load_check() if name == CHECK else load_keeping(name))(asked)
