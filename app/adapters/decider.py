"""Decisions by zen-engine: checked inputs in, each rule's outcome with its trace out.

The engine counts in decimals but gives and takes floats at its border, so only whole numbers of
at most 15 digits cross it: minor units, basis points, counts, days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import zen

from app.adapters.rule_files import MOST, RuleSet, Version, load
from app.domain.errors import InputMissing, ValueRefused
from app.paths import resources
from app.texts import _

OUTCOMES = frozenset({"pass", "refer", "fail"})


class ZenDecider:
    """The Decider of the program: rule sets are folders below `folder`, read at their first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sets: dict[str, RuleSet] = {}

    def decide(self, rule_set: str, on: date, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Run the tables in force on the day over `inputs`.

        The answer holds whole numbers and texts only: rule_set, rule_version, currency, inputs,
        figures, sums, rules (rule, title, outcome, reason as a template, values, citation,
        standing) and trace (the rows that matched, by table). Raises InputMissing or ValueRefused
        before anything runs, NotFound for a rule set or a day without one.
        """
        rules = self._rule_set(rule_set)
        version = rules.on(on)
        given = _checked(rules.inputs, inputs)
        figures = {name: figure["value"] for name, figure in version.figures.items()}
        said = _evaluated(version, {**given, "figures": figures}, rule_set)
        sums = {name: _whole(said["result"].get(name), name, rule_set) for name in rules.sums}
        values = {**given, **sums, **figures}
        return {
            "rule_set": rules.name,
            "rule_version": version.name,
            "currency": rules.currency,
            "inputs": given,
            "figures": figures,
            "sums": sums,
            "rules": _outcomes(rules, version, said["result"], values),
            "trace": _matched(said["trace"]),
        }

    def _rule_set(self, name: str) -> RuleSet:
        if name not in self._sets:
            self._sets[name] = load(self._folder, name)
        return self._sets[name]


class ShippedDecider(ZenDecider):
    """The Decider over the rule sets that come with the program."""

    def __init__(self) -> None:
        super().__init__(resources() / "rules")


def _checked(declared: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as declared, each there, of its type and within its range; nothing else."""
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise ValueRefused(why="unknown-key", given=unknown[0])
    checked: dict[str, Any] = {}
    for name, schema in declared.items():
        value = given.get(name)
        if value is None:
            raise InputMissing(input=name, name=_(schema["label"]))
        if schema["type"] == "list":
            checked[name] = _checked_list(name, schema, value)
        else:
            checked[name] = _checked_whole(name, schema, value)
    return checked


def _checked_list(name: str, schema: Mapping[str, Any], value: Any) -> list[dict[str, Any]]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) > schema["most"]:
        raise ValueRefused(why="out-of-range", given=name)
    return [_checked(schema["of"], item) for item in value]


def _checked_whole(name: str, schema: Mapping[str, Any], value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueRefused(why="not-a-number", given=name)
    if not max(schema["least"], -MOST) <= value <= min(schema["most"], MOST):
        raise ValueRefused(why="out-of-range", given=name)
    return value


def _evaluated(version: Version, context: dict[str, Any], rule_set: str) -> Mapping[str, Any]:
    try:
        engine = zen.ZenEngine().create_decision(version.tables)
        said: Mapping[str, Any] = engine.evaluate(context, {"trace": True})
    except RuntimeError:
        # Its text carries the inputs, people's incomes among them, so it goes nowhere.
        raise ValueRefused(why="rule-failed", rule_set=rule_set) from None
    return said


def _outcomes(
    rules: RuleSet, version: Version, result: Mapping[str, Any], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Each declared rule with the one row that spoke for it; a gap or an overlap is refused."""
    spoken: dict[str, list[Mapping[str, Any]]] = {}
    for row in result.get("rules") or ():
        spoken.setdefault(row["rule"], []).append(row)
    unknown = sorted(set(spoken) - {rule["rule"] for rule in rules.rules})
    if unknown:
        raise ValueRefused(why="rule-gap", rule_set=rules.name, given=unknown[0])
    return [
        _outcome(rules, version, rule, spoken.get(rule["rule"], []), values) for rule in rules.rules
    ]


def _outcome(
    rules: RuleSet,
    version: Version,
    rule: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    if len(rows) != 1 or rows[0]["outcome"] not in OUTCOMES:
        raise ValueRefused(why="rule-gap", rule_set=rules.name, given=rule["rule"])
    if rows[0]["reason"] not in rule["reasons"]:
        raise ValueRefused(why="rule-gap", rule_set=rules.name, given=rule["rule"])
    cited = version.figures.get(rule["cites"], {})
    known = {**rules.inputs, **rules.sums, **version.figures}
    return {
        "rule": rule["rule"],
        "title": rule["title"],
        "outcome": rows[0]["outcome"],
        "reason": rule["reasons"][rows[0]["reason"]],
        "values": [
            {
                "name": name,
                "label": known[name]["label"],
                "kind": known[name]["kind"],
                "value": values[name],
            }
            for name in rule["shows"]
        ],
        "citation": cited.get("citation", ""),
        "standing": cited.get("standing", ""),
    }


def _matched(trace: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that matched, table by table in the order they ran."""
    tables = [node for node in trace.values() if isinstance(node.get("traceData"), list)]
    return [
        {"table": node["name"], "rows": [row["rule"]["_id"] for row in node["traceData"]]}
        for node in sorted(tables, key=lambda node: node["order"])
    ]


def _whole(value: Any, name: str, rule_set: str) -> int:
    """A number of the engine as the whole number that it is."""
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    if number is None or int(number) != number or abs(number) > MOST:
        raise ValueRefused(why="rule-sum", rule_set=rule_set, given=name)
    return int(number)
