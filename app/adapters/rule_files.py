"""Rule sets as files: rules.json with dated figures and words, and its decision tables (JDM).

A folder of this shape can be edited by hand; whatever in it is not known here is refused when it
is loaded, by name, before anything runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.errors import NotFound, ValueRefused

# Tables and arithmetic only: no JavaScript, no HTTP, no other decisions.
NODES = frozenset({"inputNode", "outputNode", "decisionTableNode", "expressionNode"})
KINDS = frozenset({"money", "share", "count", "days"})
MOST = 10**15 - 1  # 15 digits cross the border of the engine exactly
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Version:
    """What holds from a day on: figures with their citations, and the tables' JDM text."""

    from_on: date
    figures: Mapping[str, Mapping[str, Any]]
    tables: str

    @property
    def name(self) -> str:
        """The version as it is kept with a decision."""
        return self.from_on.isoformat()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set: the inputs it declares, what it works out, its rules in words, its versions."""

    name: str
    title: str
    currency: str
    inputs: Mapping[str, Mapping[str, Any]]
    sums: Mapping[str, Mapping[str, Any]]
    rules: tuple[Mapping[str, Any], ...]
    versions: tuple[Version, ...]  # by from_on

    def on(self, day: date) -> Version:
        """The version in force on the day. Raises NotFound before the first."""
        held = [version for version in self.versions if version.from_on <= day]
        if not held:
            raise NotFound(what="rule-version", rule_set=self.name, day=day)
        return held[-1]


def load(folder: Path, name: str) -> RuleSet:
    """Read the rule set `name` below `folder`. Raises NotFound, or ValueRefused for a mistake."""
    if not _NAME.fullmatch(name) or not (folder / name / "rules.json").is_file():
        raise NotFound(what="rule-set", rule_set=name)
    doc = _json(folder / name / "rules.json", name)
    try:
        return _rule_set(doc, folder / name, name)
    except (KeyError, TypeError) as error:
        raise _refused(name, str(error)) from error


def _rule_set(doc: Mapping[str, Any], folder: Path, name: str) -> RuleSet:
    versions = tuple(
        sorted((_version(item, folder, name) for item in doc["versions"]), key=lambda v: v.from_on)
    )
    made = RuleSet(
        name=name,
        title=doc["title"],
        currency=doc["currency"],
        inputs=doc["inputs"],
        sums=doc["sums"],
        rules=tuple(doc["rules"]),
        versions=versions,
    )
    _check_names(made)
    return made


def _version(item: Mapping[str, Any], folder: Path, name: str) -> Version:
    for key, figure in item["figures"].items():
        value = figure["value"]
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MOST:
            raise _refused(name, f"{key}: a whole number of at most 15 digits")
        if figure["kind"] not in KINDS or not figure["citation"]:
            raise _refused(name, f"{key}: kind and citation")
    tables = item["tables"]
    if Path(tables).name != tables or not (folder / tables).is_file():
        raise _refused(name, f"tables: {tables}")
    _check_nodes(_json(folder / tables, name), name)
    text = (folder / tables).read_text(encoding="utf-8")
    return Version(date.fromisoformat(item["from_on"]), item["figures"], text)


def _check_nodes(tables: Mapping[str, Any], name: str) -> None:
    """Refuse any node whose type is not allowed by name, such as a function in JavaScript."""
    for node in tables["nodes"]:
        if node["type"] not in NODES:
            raise ValueRefused(why="rule-node", rule_set=name, given=node["type"])


def _check_names(made: RuleSet) -> None:
    """Every value that a rule shows or cites must be an input, a sum or a figure."""
    for version in made.versions:
        known = set(made.inputs) | set(made.sums) | set(version.figures)
        for rule in made.rules:
            for value in rule["shows"]:
                if value not in known:
                    raise _refused(made.name, f"{rule['rule']}: {value}")
            if rule["cites"] and rule["cites"] not in version.figures:
                raise _refused(made.name, f"{rule['rule']}: {rule['cites']}")


def _json(path: Path, name: str) -> Any:
    def no_fraction(text: str) -> Any:
        raise _refused(name, f"{path.name}: {text} is not a whole number")

    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=no_fraction)
    except ValueError as error:
        raise _refused(name, f"{path.name}: {error}") from error


def _refused(name: str, what: str) -> ValueRefused:
    return ValueRefused(why="rule-file", rule_set=name, given=what)
