"""The rules that are shipped, as people look at them; their cases, run by the decider itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from app.paths import resources
from app.ports import Decider, Progress, Stop
from app.ports.program import Tell
from app.rows.rule_tables import RuleCase, RuleFigure
from app.texts import _

_ABOUT = ("from_on", "citation", "standing", "currency")
_MET = "pass"


def rule_figures() -> tuple[RuleFigure, ...]:
    """Every dated figure of every rule set, the rule sets in the order of their names."""
    folder = resources() / "rules"
    made = [figure for path in sorted(folder.glob("*/rules.json")) for figure in _of_set(path)]
    made += [figure for path in sorted(folder.glob("*.json")) for figure in _of_file(path)]
    return tuple(made)


def try_rules(decider: Decider, tell: Tell, stop: Stop) -> tuple[RuleCase, ...]:
    """Run the cases of every rule set by the tables in force on the day of the case."""
    files = sorted((resources() / "rules").glob("*/cases.json"))
    docs = [json.loads(path.read_text("utf-8")) for path in files]
    total = sum(len(doc["cases"]) for doc in docs)
    made: list[RuleCase] = []
    for doc in docs:
        for case in doc["cases"]:
            if stop.wanted():
                return tuple(made)
            tell(Progress(len(made), total, _("Trying the cases of the rules.")))
            made.append(_tried(decider, doc, case))
    return tuple(made)


def _tried(decider: Decider, doc: dict[str, Any], case: dict[str, Any]) -> RuleCase:
    on = date.fromisoformat(case["on"])
    said = decider.decide(doc["rule_set"], on, {**doc["usual"], **case["inputs"]})
    unmet = sorted(one["rule"] for one in said["rules"] if one["outcome"] != _MET)
    expected = tuple(sorted(case["not_met"]))
    return RuleCase(doc["rule_set"], case["name"], on, expected, tuple(unmet))


def _of_set(path: Path) -> Iterator[RuleFigure]:
    doc = json.loads(path.read_text("utf-8"))
    for version in doc["versions"]:
        for figure in version["figures"].values():
            yield RuleFigure(
                rule_set=doc["rule_set"],
                title=doc["title"],
                label=figure["label"],
                value=str(figure["value"]),
                kind=figure["kind"],
                currency=doc["currency"],
                from_on=date.fromisoformat(version["from_on"]),
                citation=figure["citation"],
                standing=figure["standing"],
            )


def _of_file(path: Path) -> Iterator[RuleFigure]:
    """A file of dated rules without tables: what each says, value by value."""
    doc = json.loads(path.read_text("utf-8"))
    for rule in doc.get("rules", ()):
        said = {key: value for key, value in rule.items() if key not in _ABOUT}
        first = next((str(value) for value in said.values() if isinstance(value, str)), "")
        yield RuleFigure(
            rule_set=path.stem,
            title=path.stem.replace("-", " ").capitalize(),
            label=first,
            value=", ".join(f"{_words(key)} {_plain(value)}" for key, value in said.items()),
            kind="text",
            currency=rule.get("currency", ""),
            from_on=date.fromisoformat(rule["from_on"]),
            citation=rule.get("citation", ""),
            standing=rule.get("standing", ""),
        )


def _words(key: str) -> str:
    return key.replace("_bp", " (1/100 %)").replace("_", " ")


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return " ".join(f"{_words(key)} {_plain(one)}" for key, one in value.items())
    return str(value)
