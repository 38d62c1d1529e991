"""Variants of one definition whose text comes out the same, which one class does for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archspec import syntax
from archspec.lowering.plan import Definition
from archspec_torch.writing.written import Written


def variant_of(definition: Definition) -> str | None:
    """The name of the spec's own definition, where this is one of several variants of it."""
    origin = definition.origin
    if not isinstance(origin, syntax.Block | syntax.Network):
        return None
    found = re.fullmatch(rf"{re.escape(origin.name)}_\d+", definition.name)
    return origin.name if found else None


def written_alike(classes: Sequence[Written]) -> dict[Definition, Definition]:
    """For definitions whose class is written like an earlier one: that earlier one."""
    first: dict[object, Definition] = {}
    found: dict[Definition, Definition] = {}
    for one in classes:
        head = f"class {one.name}(nn.Module):\n"
        if not one.text.startswith(head) or one.frees:
            # A class with parts of its own is written for itself.
            continue
        kept = [(part.name, part.python, part.required) for part in one.parameters]
        key = (id(one.definition.origin), one.text.removeprefix(head), repr((one.sizes, kept)))
        earlier = first.setdefault(key, one.definition)
        if earlier is not one.definition:
            found[one.definition] = earlier
    return found
