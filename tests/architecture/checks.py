"""What import rules cannot see: floats, clocks, threads, processes, sizes, state, wide excepts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import Check, Found, Source, functions, name_of

FILE_LINES, FUNCTION_LINES = 400, 40

_NOW = frozenset({"now", "today", "utcnow", "localtime"})
_QT_NOW = frozenset({"currentDate", "currentTime", "currentDateTime", "currentDateTimeUtc"})
_CLOCKS = {
    "datetime": _NOW,
    "date": _NOW,
    "func": _NOW,
    "time": frozenset({"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}),
    "QDate": _QT_NOW,
    "QTime": _QT_NOW,
    "QDateTime": _QT_NOW | {"currentMSecsSinceEpoch", "currentSecsSinceEpoch"},
}
_THREADS = {"Thread", "QThread", "QThreadPool", "QRunnable", "ThreadPoolExecutor", "_thread"}
_PROCESSES = {"subprocess", "multiprocessing", "QProcess", "ProcessPoolExecutor", "pty"}
_OS_PROCESSES = re.compile(
    r"fork|forkpty|system|popen|startfile|posix_spawnp?|exec[lv]\w*|spawn\w+"
)
_LOADERS = ("app/bootstrap", "app/bootstrap.py", "app/cli/__init__.py", "ui/main", "ui/main.py")
_LOADER_FILE = "app/bootstrap/late.py"
_CONTAINERS = {"list", "dict", "set", "defaultdict", "deque", "OrderedDict", "Counter", "bytearray"}
_CHANGES = re.compile(
    "add|append(left)?|clear|discard|extend|insert|pop(item|left)?|remove|setdefault|sort|update"
)
_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


def floats(source: Source) -> Found:
    """Float literals and the name `float`."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=float()):
                yield node.lineno, "a float literal"
            case ast.Name(id="float"):
                yield node.lineno, "float"


def clocks(source: Source) -> Found:
    """Whoever asks the time."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(attr=attr, value=base) if attr in _CLOCKS.get(name_of(base), ()):
                yield node.lineno, f"{name_of(base)}.{attr}"
            case ast.ImportFrom(module="time", names=names):
                for alias in names:
                    if alias.name in _CLOCKS["time"]:
                        yield node.lineno, f"time.{alias.name}"
            case ast.Constant(value=str(text)) if "CURRENT_TIMESTAMP" in text.upper().split():
                yield node.lineno, "CURRENT_TIMESTAMP"


def threads(source: Source) -> Found:
    """Whoever starts threads."""
    for node, name in _named(source):
        if name in _THREADS:
            yield node.lineno, name


def processes(source: Source) -> Found:
    """Whoever starts processes."""
    for node, name in _named(source):
        if name in _PROCESSES:
            yield node.lineno, name
    for part in ast.walk(source.tree):
        match part:
            case ast.Attribute(value=ast.Name(id="os"), attr=attr) if _OS_PROCESSES.fullmatch(attr):
                yield part.lineno, f"os.{attr}"


def late_imports(source: Source) -> Found:
    """Imports inside functions, but for the named loaders of bootstrap, app.cli and ui.main.

    They are the functions named load or load_… there, and bootstrap's file of late adapters.
    """
    for function in functions(source.tree):
        named = function.name.lstrip("_").split("_")[0] == "load"
        if (named and source.under(*_LOADERS)) or source.path == _LOADER_FILE:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node.lineno, f"an import in {function.name}"
    for node in ast.walk(source.tree):
        if name_of(node) in {"import_module", "__import__"} and not source.under(*_LOADERS):
            yield getattr(node, "lineno", 0), "an import by name"


def type_checking(source: Source) -> Found:
    """Imports that only a type checker sees hide a cycle between rooms."""
    for node in ast.walk(source.tree):
        if name_of(node) == "TYPE_CHECKING":
            yield getattr(node, "lineno", 0), "TYPE_CHECKING"


def long_files(source: Source) -> Found:
    """Files with too many lines."""
    count = len(source.text.splitlines())
    if count > FILE_LINES:
        yield FILE_LINES, f"{count} lines"


def long_functions(source: Source) -> Found:
    """Functions with too many lines, docstring and all."""
    for function in functions(source.tree):
        count = (function.end_lineno or function.lineno) - function.lineno + 1
        if count > FUNCTION_LINES:
            yield function.lineno, f"{function.name} has {count} lines"


def wide_excepts(source: Source) -> Found:
    """Handlers that swallow whatever comes. One that ends by raising again swallows nothing."""
    for node in ast.walk(source.tree):
        match node:
            case ast.ExceptHandler(type=kind, body=body) if _is_wide(kind):
                last = body[-1]
                if not (isinstance(last, ast.Raise) and last.exc is None):
                    yield node.lineno, "a wide except"
            case ast.Call(args=args) if name_of(node) == "suppress" and any(map(_is_wide, args)):
                yield node.lineno, "a wide suppress"


def mutable_state(source: Source) -> Found:
    """`global`, and containers of a module that are empty, not constants, or changed later."""
    changed = set(_changed_names(source.tree))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Global):
            yield node.lineno, "global"
    for node in source.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        if name == "__all__" or not _is_container(value):
            continue
        if _is_empty(value) or not name.isupper() or name in changed:
            yield node.lineno, f"{name} can change"


def docstrings(source: Source) -> Found:
    """Modules and classes that do not say what they are."""
    if source.tree.body and ast.get_docstring(source.tree) is None:
        yield 1, "the module"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is None:
            yield node.lineno, node.name


def _named(source: Source) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Every name that is used or imported."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Name() | ast.Attribute():
                yield node, name_of(node)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                parts = [part for alias in names for part in alias.name.split(".")]
                parts += (getattr(node, "module", None) or "").split(".")
                for part in parts:
                    yield node, part


def _is_wide(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(map(_is_wide, kind.elts))
    return kind is None or name_of(kind) in {"Exception", "BaseException"}


def _is_container(value: ast.expr) -> bool:
    called = isinstance(value, ast.Call) and name_of(value) in _CONTAINERS
    return called or isinstance(value, _DISPLAYS)


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Call(args=[], keywords=[]):
            return True
        case ast.Call(func=func):
            return name_of(func) in {"defaultdict", "deque", "Counter", "bytearray"}
    return False


def _changed_names(tree: ast.Module) -> Iterator[str]:
    """Names whose content is changed somewhere in the module."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)):
                if _CHANGES.fullmatch(attr):
                    yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name
            case ast.AugAssign(target=ast.Name(id=name)):
                yield name


_CODE = ("app", "ui")
CHECKS = (
    Check("No float where money is", ("app/domain", "app/services", "app/store"), floats),
    Check("One adapter asks the time", _CODE, clocks, ("app/adapters/clock.py",)),
    Check("Threads live in one file", _CODE, threads, ("ui/kit/tasks.py",)),
    Check("Processes live in one room", _CODE, processes, ("app/imaging",)),
    Check("Imports stand at the top", _CODE, late_imports),
    Check("No import is for the type checker alone", _CODE, type_checking),
    Check("A file is short", ("app", "ui", "tests", "installer"), long_files),
    Check("A function is short", ("app", "ui", "tests", "installer"), long_functions),
    Check(
        "What is not known is caught at the three edges alone",
        _CODE,
        wide_excepts,
        ("ui/kit/tasks.py", "app/cli/__init__.py", "app/cli/main.py", "ui/main.py"),
    ),
    Check("A module keeps no state", _CODE, mutable_state),
    Check("Modules and classes say what they are", ("app", "ui", "tests"), docstrings),
)
