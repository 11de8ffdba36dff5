"""`python -m tests.golden_table`: which published figures come out, which are left out and why."""

from __future__ import annotations

import sys

from tests.domain.scope import SCOPE, shown


def table() -> list[str]:
    """A line for each case, and one that counts them."""
    lines, reproduced, differ = [], 0, 0
    for case in SCOPE:
        one = shown(case)
        reproduced += not one.left_out and not one.wrong
        differ += bool(one.wrong)
        said = one.wrong and f"DIFFERS: {one.wrong}"
        said = said or (one.left_out and f"left out: {one.left_out}") or "reproduced"
        lines.append(f"{case['file']:22} {case['case'][:60]:60} {said}")
    left = len(SCOPE) - reproduced - differ
    return [*lines, f"{reproduced} reproduced, {differ} differ, {left} left out"]


def main() -> int:
    """Print the table; 1 if a figure differs."""
    lines = table()
    sys.stdout.write("\n".join(lines) + "\n")
    return int(", 0 differ," not in lines[-1])


if __name__ == "__main__":
    sys.exit(main())
