"""What a file of the rules holds outside of plain functions, changed by one thing at a time.

Tables, texts that are searched with, defaults, and functions that run as the file is imported, or
under a cache: what `dev.py mutate` leaves alone. Only syntax: nothing here runs a rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff

_UNSEEN = ("annotation", "returns", "decorator_list", "type_params")
_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.BitOr: ast.BitAnd,
    ast.Continue: ast.Break,
}
_TAKES_ALL = ("int", "map")
"""Calls of which every argument is needed: without one the file cannot even be imported."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change.

    Args:
        was, becomes: the lines of a statement that differ. source: the whole file, with it.
    """

    was: str
    becomes: str
    source: str


def edits(source: str) -> Iterator[Edit]:
    """Every change to a file; none twice, and none that is no Python."""
    tree = ast.parse(source)
    seen: set[str] = set()
    for statement in _outside_of_functions(tree):
        was = ast.unparse(statement)
        for node in _parts(statement):
            for _ in _changed(node):
                becomes = ast.unparse(statement)
                if becomes != was and becomes not in seen and _is_python(becomes):
                    seen.add(becomes)
                    yield Edit(*_differing(was, becomes), ast.unparse(tree))


def _differing(was: str, becomes: str) -> tuple[str, str]:
    lines = list(ndiff(was.splitlines(), becomes.splitlines()))
    old, new = (
        "\n".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return old, new


def _outside_of_functions(tree: ast.Module) -> Iterator[ast.stmt]:
    at_import = {
        node.func.id
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            if statement.decorator_list or statement.name in at_import:
                yield statement
        elif isinstance(statement, ast.ClassDef):
            yield from (each for each in statement.body if _is_value(each) or _is_wrapped(each))
        elif _is_value(statement):
            yield statement


def _is_wrapped(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and bool(statement.decorator_list)


def _is_value(statement: ast.stmt) -> bool:
    """Whether it gives a name to a value, not to a type."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return False
    value = statement.value
    of_types = isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeVar"
    return not of_types and not isinstance(value, ast.Subscript)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what it is made of, without types and docstrings."""
    yield node
    for name, value in ast.iter_fields(node):
        if name not in _UNSEEN:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_docstring(child):
                    yield from _parts(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changed(node: ast.AST) -> Iterator[None]:
    """Change a node, give way, and change it back: once for each way to change it."""
    for name, value in ast.iter_fields(node):
        if name in _UNSEEN:
            continue
        if isinstance(value, list):
            for place, child in enumerate(value):
                for other in _instead_of(child):
                    value[place] = other
                    yield
                value[place] = child
        else:
            for other in _instead_of(value):
                setattr(node, name, other)
                yield
            setattr(node, name, value)
    yield from _with_less(node)


def _with_less(node: ast.AST) -> Iterator[None]:
    match node:
        case ast.Set() | ast.List() | ast.Tuple(ctx=ast.Load()):
            yield from _one_less(node.elts)
        case ast.Dict():
            yield from _one_less(node.keys, node.values)
        case ast.Call(func=ast.Name(id=name)) if name in _TAKES_ALL:
            return
        case ast.Call():
            yield from _one_less(node.args)
            yield from _one_less(node.keywords)
        case ast.comprehension():
            yield from _one_less(node.ifs)


def _one_less(*lists: list[ast.expr] | list[ast.expr | None] | list[ast.keyword]) -> Iterator[None]:
    for place in range(len(lists[0])):
        out = [each.pop(place) for each in lists]
        yield
        for each, item in zip(lists, out, strict=True):
            each.insert(place, item)  # type: ignore[arg-type]


def _instead_of(child: object) -> Iterator[ast.AST]:
    """What a part may be changed to."""
    match child:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant(f"XX{value}XX")
        case ast.UnaryOp(op=ast.Not()):
            yield child.operand
        case ast.IfExp():
            yield from (child.body, child.orelse)
        case ast.Lambda():
            yield ast.Lambda(child.args, ast.Constant(None))
        case ast.AugAssign():
            yield ast.Assign([child.target], child.value, lineno=child.lineno)
        case ast.Call(func=ast.Attribute(attr="compile"), args=[ast.Constant(value=str() as text)]):
            for place in range(len(text)):
                shorter = text[:place] + text[place + 1 :]
                if _is_pattern(shorter):
                    yield ast.Call(child.func, [ast.Constant(shorter)], [])
        case ast.Call(func=ast.Name(id="map")):  # all of an enumeration
            for part in ("[1:]", "[:-1]"):
                yield ast.parse(f"list({ast.unparse(child)}){part}", mode="eval").body
    if isinstance(child, ast.AST) and (other := _OTHER.get(type(child))):
        yield other()


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _is_python(text: str) -> bool:
    try:
        compile(text, "<edit>", "exec")
    except SyntaxError:
        return False
    return True
