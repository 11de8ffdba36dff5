"""Compare many cases: `python -m tests.oracle --from 0 --count 200000 [--record]`."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.oracle.comparing import Verdict, compared
from tests.oracle.documents import ALL_FEATURES, COVERED, document

RECORD = Path(__file__).with_name("record.json")
SHOWN = 25
A_FEW = 5
BLOCK = 500
RECORDED = 10_000
COUNTED = ("total", "refused", "different")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases; 1 where the calculators part."""
    given = _read(arguments)
    features = tuple(one for one in given.features.split(",") if one)
    started, counts, shown = time.monotonic(), Counter[str](), 0
    for seed, verdict in _verdicts(given.first, given.count, given.jobs, features):
        counts["total"] += 1
        counts["refused"] += verdict.refused
        if verdict.differences:
            counts["different"] += 1
            shown += 1
            if shown <= SHOWN:
                _show(seed, verdict, features)
        if given.record and counts["total"] % RECORDED == 0:
            _record(given.first, seed, counts, features)
    seconds = round(time.monotonic() - started)
    last = given.first + given.count - 1
    _say(
        " ".join(f"{key} {counts[key]}" for key in COUNTED)
        + f" seeds {given.first}..{last} seconds {seconds}"
    )
    if given.record:
        _record(given.first, last, counts, features)
    return 1 if counts["different"] else 0


def judged(seed: int, features: Sequence[str]) -> Verdict:
    """One case; an error of either side is a difference too."""
    return compared(document(seed, features))


def _block(work: tuple[int, int, tuple[str, ...]]) -> list[tuple[int, Verdict]]:
    first, count, features = work
    return [(seed, judged(seed, features)) for seed in range(first, first + count)]


def _verdicts(
    first: int, count: int, jobs: int, features: tuple[str, ...]
) -> Iterator[tuple[int, Verdict]]:
    end = first + count
    work = [(at, min(BLOCK, end - at), features) for at in range(first, end, BLOCK)]
    if jobs == 1:
        for one in work:
            yield from _block(one)
        return
    with multiprocessing.Pool(jobs) as pool:
        for block in pool.imap(_block, work):
            yield from block


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--features", default=",".join(COVERED), help=", ".join(ALL_FEATURES))
    parser.add_argument("--record", action="store_true")
    return parser.parse_args(arguments)


def _show(seed: int, verdict: Verdict, features: Sequence[str]) -> None:
    _say(f"case {seed}: {json.dumps(document(seed, features))}")
    for path, engine, oracle in verdict.differences[:A_FEW]:
        _say(f"  {path}: engine {engine!r}, oracle {oracle!r}")


def _record(first: int, last: int, counts: Counter[str], features: Sequence[str]) -> None:
    """Write what is done so far in the place of what was written of the same run."""
    run = {key: counts[key] for key in COUNTED}
    today = datetime.now(UTC).date().isoformat()
    line = {**run, "from": first, "to": last, "features": list(features), "on": today}
    runs = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else []
    same = (first, list(features), today)
    runs = [one for one in runs if (one["from"], one["features"], one["on"]) != same]
    runs.append(line)
    RECORD.write_text(json.dumps(runs, indent=1) + "\n", "utf-8")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
