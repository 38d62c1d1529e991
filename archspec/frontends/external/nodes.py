"""What the external form keeps of each class of the tree: its fields but places and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields

from archspec import syntax
from archspec.syntax import Definition, Expression, Node, Statement, Step

ABSTRACT = (Definition, Statement, Step, Expression)
"""Classes that stand for any of their subclasses, told apart by `kind`."""

CLASSES: dict[str, type[Node]] = {
    name: found
    for name in syntax.__all__
    if isinstance(found := getattr(syntax, name), type)
    and issubclass(found, Node)
    and found not in (*ABSTRACT, Node, syntax.Comment)
}
"""Every class of nodes by its name."""


def kind(cls: type[Node]) -> str | None:
    """How the external form calls a class where several may stand: `layer_call`."""
    if not issubclass(cls, ABSTRACT):
        return None
    return re.sub("(?<!^)([A-Z])", r"_\1", cls.__name__).lower()


KINDS: dict[str, type[Node]] = {name: cls for cls in CLASSES.values() if (name := kind(cls))}


def kept(cls: type[Node]) -> Iterator[Field[object]]:
    """The fields that the external form has."""
    for field in fields(cls):
        if not field.name.endswith("span") and field.name != "comments":
            yield field


def required(field: Field[object]) -> bool:
    """Whether a field has no default."""
    return field.default is MISSING
