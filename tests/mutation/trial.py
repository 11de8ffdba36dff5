"""One mutant put to the tests, in a process of its own made by forking."""

from __future__ import annotations

import ast
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import Phase, settings

from tests.mutation.histories import History, first_difference
from tests.mutation.mutants import mutated

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
_MOST_MEMORY = 1 << 30
_LOOKS_EVERY = 0.005
_EXAMPLES = 60  # of each property

# The quick tests of the engine, those that find most first; then every `test_edges_*`.
QUICK = (
    "test_golden_figures",
    "test_ageing",
    "test_loan",
    "test_calculation",
    "test_accrual",
    "test_plan_changes",
    "test_scope",
    "test_explaining",
    "test_terms",
    "test_schedule",
)
# The properties: they look at thousands of lives, so only a survivor is put to them.
SLOW = ("test_following", "test_loan_properties", "test_any_history")


def quick() -> list[str]:
    """The quick files of tests that are there."""
    edges = sorted(path.stem for path in Path("tests/domain").glob("test_edges_*.py"))
    return [name for name in QUICK if Path(f"tests/domain/{name}.py").exists()] + edges


class FewExamples:
    """A pytest plugin: properties look at fewer examples, the same ones each time."""

    @staticmethod
    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        """Bound the examples of every property that was collected."""
        for item in items:
            test = getattr(item, "obj", None)
            own = getattr(test, "_hypothesis_internal_use_settings", None)
            if own is not None:
                few = settings(
                    own, max_examples=min(own.max_examples, _EXAMPLES), database=None,
                    derandomize=True, phases=(Phase.explicit, Phase.generate),
                )  # fmt: skip
                vars(test)["_hypothesis_internal_use_settings"] = few


class Swapped(MetaPathFinder, Loader):
    """Loads one module from a changed tree, every other one as it is."""

    def __init__(self, name: str, tree: ast.Module, path: Path) -> None:
        self._name, self._tree, self._path = name, tree, path

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The one module is ours."""
        if fullname != self._name:
            return None
        return ModuleSpec(fullname, self, origin=str(self._path))

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed tree as the module."""
        exec(compile(self._tree, str(self._path), "exec"), module.__dict__)


def tried(
    path: Path, number: int | None, histories: Sequence[History], files: Sequence[str], seconds: int
) -> str:
    """What became of a mutant (None: the module as it is) under the histories and the tests."""

    def work() -> int:
        if number is not None:
            name = ".".join(path.with_suffix("").parts)
            tree = mutated(path.read_text("utf-8"), number)
            sys.meta_path.insert(0, Swapped(name, tree, path))
        if first_difference(histories) is not None:
            return 1
        there = [f"tests/domain/{name}.py" for name in files]
        quiet = ["-x", "-q", "--noconftest", "-c", os.devnull, "-p", "no:cacheprovider"]
        return (
            int(pytest.main([*quiet, f"--rootdir={Path.cwd()}", *there], [FewExamples()]))
            if there
            else 0
        )

    return _forked(work, seconds)


def _forked(work: Callable[[], int], seconds: int) -> str:
    """Run `work` in a child with bounds on its time and memory; 0 is survival."""
    child = os.fork()
    if child == 0:
        code = 1  # whatever a mutant breaks, it was noticed
        try:
            code = _bounded(work, seconds)
        finally:
            os._exit(1 if code else 0)
    deadline = time.monotonic() + 20 * seconds
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(_LOOKS_EVERY)
    if os.WIFSIGNALED(status):
        return TIMED_OUT
    return SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED


def _bounded(work: Callable[[], int], seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return work()
