"""The mistakes: each is one change of one node of a module's syntax tree."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Change = tuple[str, ast.AST | None]  # what it is called, and the node put there (None: removed)

_COMPARISONS: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = MappingProxyType(
    {
        ast.Lt: (ast.LtE, ast.GtE),
        ast.LtE: (ast.Lt, ast.Gt),
        ast.Gt: (ast.GtE, ast.LtE),
        ast.GtE: (ast.Gt, ast.Lt),
        ast.Eq: (ast.NotEq,),
        ast.NotEq: (ast.Eq,),
        ast.Is: (ast.IsNot,),
        ast.IsNot: (ast.Is,),
        ast.In: (ast.NotIn,),
        ast.NotIn: (ast.In,),
    }
)
_ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = MappingProxyType(
    {
        ast.Add: ast.Sub,
        ast.Sub: ast.Add,
        ast.Mult: ast.FloorDiv,
        ast.FloorDiv: ast.Mult,
        ast.Div: ast.Mult,
        ast.Mod: ast.FloorDiv,
        ast.Pow: ast.Mult,
    }
)


@dataclass(frozen=True)
class Mutant:
    """One mistake: where it stands, how that line reads, and what was done."""

    module: str
    number: int  # of the module's mutants
    line: int
    text: str
    what: str  # with a number where the line has several that are called the same


def mutants(module: str, source: str) -> list[Mutant]:
    """Every mistake that can be made in a module, in the order of its tree."""
    lines = source.splitlines()
    made = []
    before = Counter[tuple[int, str]]()
    for number, (_, node, (what, _)) in enumerate(_changes(ast.parse(source))):
        before[node.lineno, what] += 1
        times = before[node.lineno, what]
        name = what if times == 1 else f"{what} #{times}"
        made.append(Mutant(module, number, node.lineno, lines[node.lineno - 1].strip(), name))
    return made


def mutated(source: str, number: int) -> ast.Module:
    """The tree of the module with one of its mistakes in it."""
    tree = ast.parse(source)
    for at, (holder, node, (_, new)) in enumerate(_changes(tree)):
        if at == number:
            _put(holder, node, new)
            return ast.fix_missing_locations(tree)
    raise IndexError(number)


_Located = ast.expr | ast.stmt


def _changes(tree: ast.Module) -> Iterator[tuple[ast.AST, _Located, Change]]:
    """Who holds a node, the node, and a change of it; never in a signature, a name or a text."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        holder, inside = waiting.pop()
        for child in _children(holder):
            now_inside = inside or isinstance(holder, ast.FunctionDef)
            if isinstance(child, ast.expr | ast.stmt):
                for change in _of(child, now_inside):
                    yield holder, child, change
            waiting.append((child, now_inside))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that do something when the program runs."""
    if isinstance(node, ast.FunctionDef):
        yield from node.body
    elif isinstance(node, ast.ClassDef):
        yield from (part for part in node.body if isinstance(part, ast.FunctionDef))
    elif isinstance(node, ast.AnnAssign):
        yield from [node.value] if node.value is not None else []
    elif isinstance(node, ast.Call):  # `strict=` only says that lists are as long as they must be
        yield from (node.func, *node.args)
        yield from (keyword for keyword in node.keywords if keyword.arg != "strict")
    elif isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Raise):
        return
    else:
        yield from ast.iter_child_nodes(node)


def _of(node: _Located, inside: bool) -> Iterator[Change]:
    yield from _operated(node)
    yield from _valued(node)
    if inside:
        yield from _removed(node)


def _operated(node: _Located) -> Iterator[Change]:
    """Another operator, or none."""
    match node:
        case ast.Compare(ops=ops):
            yield from _compared(node, ops)
        case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
            yield from _arithmetic(node)
        case ast.AugAssign(op=op) if type(op) in _ARITHMETIC:
            new = _ARITHMETIC[type(op)]
            yield f"{_sign(op)}= to {new.__name__}", _with(node, op=new())
        case ast.BoolOp(op=op):
            new_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{type(op).__name__} to {type(new_op).__name__}", _with(node, op=new_op)
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            other = "max" if name == "min" else "min"
            yield f"{name} to {other}", _with(node, func=ast.Name(other, ast.Load()))
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield f"{type(node.op).__name__} left out", copy.deepcopy(operand)


def _valued(node: _Located) -> Iterator[Change]:
    """Another number, another truth."""
    match node:
        case ast.Constant(value=bool(value)):
            yield f"{value} to {not value}", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield f"{value} to {value + 1}", ast.Constant(value + 1)
            yield f"{value} to {value - 1}", ast.Constant(value - 1)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(
            test, ast.Compare | ast.BoolOp
        ):
            yield "condition negated", _with(node, test=ast.UnaryOp(ast.Not(), test))


def _removed(node: _Located) -> Iterator[Change]:
    """A statement left out, a result forgotten."""
    match node:
        case ast.Return(value=value) if value is not None and not (
            isinstance(value, ast.Constant) and value.value is None
        ):
            yield "returns None", ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
            yield "statement left out", ast.Pass()
        case ast.Raise():
            yield "does not raise", ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "statement left out", ast.Pass()


def _compared(node: ast.Compare, ops: list[ast.cmpop]) -> Iterator[Change]:
    for place, op in enumerate(ops):
        for new in _COMPARISONS[type(op)]:
            changed = _with(node, ops=[*ops[:place], new(), *ops[place + 1 :]])
            yield f"{type(op).__name__} to {new.__name__}", changed


def _arithmetic(node: ast.BinOp) -> Iterator[Change]:
    if isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
        return
    new = _ARITHMETIC[type(node.op)]
    yield f"{_sign(node.op)} to {new.__name__}", _with(node, op=new())


def _sign(op: ast.operator) -> str:
    return type(op).__name__


def _with(node: _Located, **parts: object) -> ast.AST:
    made = copy.copy(node)
    for name, part in parts.items():
        setattr(made, name, part)
    return made


def _put(holder: ast.AST, old: ast.AST, new: ast.AST | None) -> None:
    """Put a node where another stands."""
    for field, value in ast.iter_fields(holder):
        if value is old:
            setattr(holder, field, new)
        elif isinstance(value, list):
            setattr(holder, field, [new if one is old else one for one in value])
