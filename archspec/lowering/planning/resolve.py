"""The spec's expressions as code of the definition that is being planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archspec import syntax
from archspec.dimensions import axis
from archspec.dimensions.shape import AXES
from archspec.ir import Value
from archspec.lowering.plan import Code
from archspec.lowering.planning.constants import decided
from archspec.lowering.planning.layered import READING, reads_layers
from archspec.lowering.planning.place import Bound, Place
from archspec.lowering.planning.references import aliased, reference_sizes
from archspec.lowering.planning.sizes import holds
from archspec.lowering.planning.work import Flows, Work
from archspec.lowering.python import constant
from archspec.lowering.rewrite import rewrite
from archspec.lowering.values import own_value


def resolve(work: Work, code: Code, place: Place, here: Flows, words: Sequence[str] = ()) -> Code:
    """Code whose names the written definition knows; `words` stand for themselves."""
    return decided(_resolved(work, code, place, here, words))


def _resolved(work: Work, code: Code, place: Place, here: Flows, words: Sequence[str]) -> Code:
    if place.foreign:
        return _foreign(work, code, place, here, words)
    fixed = place.names.all_fixed()

    def replace(part: syntax.Expression) -> syntax.Expression | None:
        if isinstance(part, syntax.Attribute):
            return _read(work, part, place, here)
        if isinstance(part, syntax.Name):
            if part.name in words:
                return syntax.Text(part.name)
            if part.name in fixed:
                return fixed[part.name]
            work.planner.uses(part.name, place.eyes[0])
        elif isinstance(part, READING) and reads_layers(part, place):
            return value_code(work, part, place, here)
        elif isinstance(part, syntax.Call) and part.function not in words:
            work.planner.uses(part.function, place.eyes[0])
        return None

    return rewrite(code, replace)


def _foreign(work: Work, code: Code, place: Place, here: Flows, words: Sequence[str]) -> Code:
    """Text from elsewhere: its names become parameters of this definition, or their values."""
    fixed = place.names.all_fixed()

    def replace(part: syntax.Expression) -> syntax.Expression | None:
        if isinstance(part, syntax.Name):
            if part.name in words:
                return syntax.Text(part.name)
            found = fixed.get(part.name) or work.lift(part.name, place)
            return value_code(work, part, place, here) if found is None else found
        if isinstance(part, syntax.Attribute):
            if part.base is None:
                found = _read(work, part, place, here)
                if found is not part:
                    return found
            return value_code(work, part, place, here)
        if isinstance(part, syntax.Comprehension) or _counts_values(part, place):
            return value_code(work, part, place, here)
        if isinstance(part, syntax.Call) and part.function not in words:
            work.planner.uses(part.function, place.eyes[0])
        return None

    return rewrite(code, replace)


def _counts_values(part: syntax.Expression, place: Place) -> bool:
    """Whether this is a call such as `len(skips)`, whose argument is a list of values."""
    return isinstance(part, syntax.Call) and any(
        isinstance(one.value, syntax.Name) and place.names.value(one.value.name) is not None
        for one in part.arguments
    )


def value_code(work: Work, code: Code, place: Place, here: Flows) -> Code:
    """The value that text from elsewhere has for all instances."""
    found = values_of(work, code, place, here)
    by_scope = dict(zip(place.scopes, found, strict=True))
    work.planner.tell_apart(place.scopes, found)
    return constant(work.fact(place.scopes, by_scope.__getitem__, "an argument"))


def values_of(work: Work, code: Code, place: Place, here: Flows) -> list[Any]:
    """The value of the spec's own text for each instance."""
    return [
        own_value(code, eye, [flow.values[k] for flow in here]) for k, eye in enumerate(place.eyes)
    ]


def _read(work: Work, part: syntax.Attribute, place: Place, here: Flows) -> Code:
    """A size that is read from a value."""
    if part.base is None:
        form = _size(here[0].sizes, here[0].values, part.name) if len(here) == 1 else None
        wanted = [_axis(flow, part.name) for flow in here[0].values] if form else []
        if form is not None and holds(form, wanted, place.scopes, work.places):
            return form
        return part
    base = aliased(part.base, place)
    if isinstance(base, syntax.Name):
        return _read_named(work, base.name, part, place)
    if isinstance(base, syntax.Index):
        index = resolve(work, base.index, place, here)
        found = syntax.Attribute(syntax.Index(base.base, index), part.name)
        sizes = reference_sizes(work, base, place, index)
        values = values_of(work, base, place, here)
        form = _size(sizes, values, part.name)
        return found if form is None else _checked(work, form, found, values, place)
    return part


def _read_named(work: Work, name: str, part: syntax.Attribute, place: Place) -> Code:
    bound: Bound | None = place.names.value(name)
    values = values_of(work, syntax.Name(name), place, ())
    if bound is None or not all(isinstance(one, Value) for one in values):
        return part
    sizes = getattr(bound, "sizes", ())
    form = _size(sizes, values, part.name)
    return part if form is None else _checked(work, form, part, values, place)


def _checked(work: Work, form: Code, otherwise: Code, values: Sequence[Any], place: Place) -> Code:
    assert isinstance(otherwise, syntax.Attribute)
    wanted = [_axis(value, otherwise.name) for value in values]
    return form if holds(form, wanted, place.scopes, work.places) else otherwise


def _axis(value: Value, name: str) -> int | None:
    place = axis(value.shape, name)
    return None if place is None else int(value.shape[place])


def _size(sizes: Sequence[Code | None], values: Sequence[Any], name: str) -> Code | None:
    """The closed form of the axis called `name`."""
    if not sizes:
        return None
    if name in ("channels", "features"):
        return sizes[-1]
    ranks = {len(value.shape) for value in values if isinstance(value, Value)}
    if len(ranks) != 1 or len(sizes) not in ranks:
        return None
    names = AXES.get(len(sizes), ())
    return sizes[names.index(name)] if name in names else None
