"""bundle: a file made of functions that are written, and of those that they need.

The pieces are modules of this package that are tested as they are; from each only the definitions
that are needed are taken, with the imports that these need.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PIECES = Path(__file__).parent / "pieces"
OWN = "archspec.training.pieces."


@dataclass(slots=True)
class Piece:
    """One module: the text of each definition by name, and what each imported name comes from."""

    texts: dict[str, str] = field(default_factory=dict)
    imports: dict[str, tuple[str, str | None]] = field(default_factory=dict)


@cache
def piece(module: str) -> Piece:
    """The piece in the file of that name."""
    text = (PIECES / f"{module}.py").read_text(encoding="utf-8")
    lines = text.splitlines()
    found = Piece()
    last = ""
    for node in ast.parse(text).body:
        end = node.end_lineno or node.lineno
        decorators = getattr(node, "decorator_list", [])
        start = min((one.lineno for one in decorators), default=node.lineno)
        source = "\n".join(lines[start - 1 : end])
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.texts[name] = source
            case ast.Assign(targets=[ast.Name(id=name)]):
                last = name
                found.texts[name] = source
            case ast.Expr(value=ast.Constant()) if last:
                found.texts[last] += "\n" + source
        found.imports.update(imported(node))
    return found


def imported(node: ast.AST) -> dict[str, tuple[str, str | None]]:
    """What an import binds: the module, and the name in it."""
    match node:
        case ast.Import(names=names):
            return {one.asname or one.name: (one.name, None) for one in names}
        case ast.ImportFrom(module=str(module), names=names):
            return {one.asname or one.name: (module, one.name) for one in names}
    return {}


def bundle(
    docstring: str,
    head: str,
    imports: Mapping[str, tuple[str, str | None]],
    chosen: Mapping[str, str],
    rewritten: Mapping[str, str],
) -> str:
    """The text of a file: the definitions of `head`, and behind them those that they need.

    `imports` are those that `head` may need, by the name that they bind. `chosen` are the modules
    of pieces by the name of what comes from them; elsewhere an import says it. `rewritten` are
    regular expressions with what takes their place in the text of pieces.
    """
    own = _defined(head)
    places = dict(chosen)
    needed: dict[str, tuple[str, str | None]] = {"annotations": ("__future__", "annotations")}
    texts: dict[str, str] = {}
    waiting = _names(head)
    sources: dict[str, tuple[str, str | None]] = dict(imports)
    while waiting:
        name = waiting.pop(0)
        if name in texts or name in own:
            continue
        if name not in places and name in sources:
            module, inside = sources[name]
            if not module.startswith(OWN):
                needed[name] = (module, inside)
                continue
            places[name] = module.removeprefix(OWN)
        if name not in places:
            continue
        found = piece(places[name])
        text = found.texts[name]
        for pattern, replacement in rewritten.items():
            text = re.sub(pattern, replacement, text)
        texts[name] = text
        sources.update({key: value for key, value in found.imports.items() if key not in sources})
        places.update({key: places[name] for key in found.texts if key not in places})
        waiting += _names(text)
    constants = [text for name, text in texts.items() if name.isupper()]
    others = [text for name, text in texts.items() if not name.isupper()]
    return _joined(docstring, _written(needed), head, constants, others)


def _joined(
    docstring: str, imports: str, head: str, constants: list[str], others: list[str]
) -> str:
    settings, _, definitions = head.strip().partition("\n\n\n")
    first = "\n".join([settings, *constants])
    blocks = [f"{docstring}\n\n{imports}\n\n{first}", definitions, *sorted(others, key=_rank)]
    return "\n\n\n".join(block.strip() for block in blocks if block.strip()) + "\n"


def _rank(text: str) -> int:
    """Classes come first, those that others are made of before these."""
    (node,) = ast.parse(text).body
    if not isinstance(node, ast.ClassDef):
        return 2
    return int(any(isinstance(base, ast.Name) and base.id == "Samples" for base in node.bases))


def _defined(text: str) -> set[str]:
    """The names that a text defines."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                found.add(name)
    return found


def _names(text: str) -> list[str]:
    """The names that a text uses, in their order."""
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.id for node in found))


def _written(imports: Mapping[str, tuple[str, str | None]]) -> str:
    """The import statements, sorted as formatters do."""
    sections: dict[int, set[str]] = {}
    members: dict[str, set[str]] = {}
    for name, (module, inside) in imports.items():
        if inside is None:
            alias = "" if name == module else f" as {name}"
            sections.setdefault(_section(module), set()).add(f"import {module}{alias}")
        else:
            members.setdefault(module, set()).add(inside)
    parts = []
    for number in range(3):
        plain = sorted(sections.get(number, ()))
        froms = [
            f"from {module} import {', '.join(sorted(names, key=_order))}"
            for module, names in sorted(members.items())
            if _section(module) == number
        ]
        if plain or froms:
            parts.append("\n".join([*plain, *froms]))
    return "\n\n".join(parts)


def _section(module: str) -> int:
    root = module.split(".")[0]
    return 0 if root == "__future__" else 1 if root in sys.stdlib_module_names else 2


def _order(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)
