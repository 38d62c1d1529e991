"""Uses of named values: `skip`, `down[i]`, `parts[0]`."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.elaborate.values import ABSENT
from archspec.ir import Value
from archspec.lowering.plan import Code, Variable
from archspec.lowering.planning.place import Bound, Clash, Flow, Place, Rounds, Torn
from archspec.lowering.planning.sizes import Sizes, settled
from archspec.lowering.planning.work import Work
from archspec.lowering.rewrite import substitute
from archspec.lowering.symbol import simplified
from archspec.lowering.values import own_value


def reference(work: Work, code: Code, place: Place, here: Sequence[Flow]) -> Flow:
    """The value that an expression names, as a use of a variable."""
    values = _values(work, code, place, here)
    if isinstance(code, syntax.Conditional):
        return reference(work, _arm(work, code, place, here), place, here)
    code = aliased(code, place)
    bound, indices = bound_to(work, code, place, here)
    variable = _variable(work, bound, place)
    sizes = reference_sizes(work, code, place, indices[-1] if indices else None)
    lets = place.names.all_lets()
    sizes = settled(sizes or (None,), values, place.scopes, work.places, lets)
    return Flow(variable, sizes, tuple(values), tuple(indices))


def aliased(code: Code, place: Place) -> Code:
    """What a loop variable that is bound to a value stands for; other code as it is."""
    found = place.names.alias(code.name) if isinstance(code, syntax.Name) else None
    return code if found is None else found


def _values(work: Work, code: Code, place: Place, here: Sequence[Flow]) -> list[Value]:
    """What an expression names, for each instance."""
    if isinstance(code, syntax.Name):
        bound = place.names.value(code.name)
        made = work.made_for(bound, place) if isinstance(bound, Variable) else None
        if made is not None:
            return made
    values = []
    for k, eye in enumerate(place.eyes):
        found = own_value(code, eye, [flow.values[k] for flow in here])
        assert isinstance(found, Value)
        values.append(found)
    return values


def _arm(work: Work, code: syntax.Conditional, place: Place, here: Sequence[Flow]) -> Code:
    from archspec.lowering.planning.resolve import values_of

    taken = values_of(work, code.condition, place, tuple(here))
    by_scope = dict(zip(place.scopes, taken, strict=True))
    found = work.fact(place.scopes, by_scope.__getitem__, "which value is used")
    return code.then if found else code.otherwise


def _variable(work: Work, bound: Bound, place: Place) -> Variable:
    if isinstance(bound, Clash):
        work.planner.decisions.decided.add(bound.choice)
        work.planner.again()
    if isinstance(bound, Rounds):
        return bound.variable
    assert isinstance(bound, Variable)
    return bound


def bound_to(
    work: Work, code: Code, place: Place, here: Sequence[Flow]
) -> tuple[Bound, list[Code]]:
    """What an expression stands for, and the indices that pick from it at run time."""
    from archspec.lowering.planning.resolve import resolve, values_of

    if isinstance(code, syntax.Name):
        bound = place.names.value(code.name)
        if bound is None:
            # The value belongs to a caller, whose text is put here: so must this definition be.
            work.planner.inline(place.scopes)
        if isinstance(bound, Torn):
            work.unroll(bound.loops)
        return bound, []
    assert isinstance(code, syntax.Index)
    bound, indices = bound_to(work, code.base, place, here)
    if isinstance(bound, tuple):
        numbers = values_of(work, code.index, place, tuple(here))
        by_scope = dict(zip(place.scopes, numbers, strict=True))
        number = work.fact(place.scopes, by_scope.__getitem__, "which value is used")
        return bound[number], indices
    assert isinstance(bound, Rounds)
    _whole(work, code.base, place)
    index = resolve(work, code.index, place, tuple(here))
    inner = bound.inner
    if isinstance(inner, Rounds):
        nested = Rounds(
            bound.variable, inner.inner, inner.target, inner.iterable, inner.counter, inner.count
        )
        return nested, [*indices, index]
    return Rounds(bound.variable, inner, None, None, "", None), [*indices, index]


def _whole(work: Work, base: Code, place: Place) -> None:
    """A list with gaps is written out, since Python would close them."""
    for eye in place.eyes:
        found = own_value(base, eye)
        if isinstance(found, tuple) and ABSENT in found:
            work.unroll(work.planner.loops_of_names([base], place))


def reference_sizes(work: Work, code: Code, place: Place, index: Code | None) -> Sizes:
    """The closed forms of a named value as they can be written here."""
    if isinstance(code, syntax.Name):
        bound = place.names.value(code.name)
        return bound.sizes if isinstance(bound, Variable) else ()
    if not isinstance(code, syntax.Index):
        return ()
    if isinstance(code.base, syntax.Index):
        return _nested_sizes(work, code, place, index)
    if not isinstance(code.base, syntax.Name):
        return ()
    bound = place.names.value(code.base.name)
    if isinstance(bound, Rounds) and isinstance(bound.inner, Variable) and index is not None:
        return tuple(_of_round(bound, one, index) for one in bound.inner.sizes)
    if isinstance(bound, tuple) and isinstance(index, syntax.Number):
        inner = bound[int(index.value)]
        return inner.sizes if isinstance(inner, Variable) else ()
    return ()


def _nested_sizes(work: Work, code: syntax.Index, place: Place, index: Code | None) -> Sizes:
    """The forms of `tap[i][k]`, from the innermost loop outwards."""
    from archspec.lowering.planning.resolve import resolve

    indices = [] if index is None else [index]
    base = code.base
    while isinstance(base, syntax.Index):
        indices.append(resolve(work, base.index, place, ()))
        base = base.base
    bound = place.names.value(base.name) if isinstance(base, syntax.Name) else None
    loops = []
    while isinstance(bound, Rounds):
        loops.append(bound)
        bound = bound.inner
    if not isinstance(bound, Variable) or len(loops) != len(indices):
        return ()
    sizes = bound.sizes
    for one, number in zip(reversed(loops), indices, strict=True):
        sizes = tuple(_of_round(one, size, number) for size in sizes)
    return sizes


def _of_round(rounds: Rounds, size: Code | None, index: Code) -> Code | None:
    """A size of one round, written for the round with this index."""
    if size is None:
        return None
    return simplified(substitute(size, round_names(rounds, index)))


def round_names(rounds: Rounds, index: Code) -> dict[str, Code]:
    """What the names of a loop stand for in the round with this index."""
    if isinstance(index, syntax.Unary):
        # Counted from the end: the number of the round needs the length.
        length = rounds.count
        if length is None and rounds.iterable is not None:
            length = syntax.Call("len", (syntax.Argument(None, rounds.iterable),))
        number: Code = index if length is None else syntax.Binary("-", length, index.operand)
    else:
        number = index
    names: dict[str, Code] = {rounds.counter: number}
    if rounds.target is not None and rounds.iterable is not None:
        names |= target_codes(rounds.target, rounds.iterable, number)
    return names


def target_codes(target: syntax.Target, iterable: Code, index: Code) -> dict[str, Code]:
    """What the names of a loop stand for in round `index`, as code outside of the loop."""
    item = _item(iterable, index)
    if target.name is not None:
        if isinstance(item, tuple):
            return {target.name: syntax.ListOf(item)}
        return {target.name: item}
    names: dict[str, Code] = {}
    for position, part in enumerate(target.parts):
        if isinstance(item, tuple):
            inner = item[position]
        elif isinstance(item, syntax.ListOf):
            inner = item.items[position]
        else:
            inner = syntax.Index(item, syntax.Number(position))
        names |= _parts(part, inner)
    return names


def _parts(target: syntax.Target, item: Code) -> dict[str, Code]:
    if target.name is not None:
        return {target.name: item}
    names: dict[str, Code] = {}
    for position, part in enumerate(target.parts):
        inner: Code = syntax.Index(item, syntax.Number(position))
        if isinstance(item, syntax.ListOf):
            inner = item.items[position]
        names |= _parts(part, inner)
    return names


def _item(iterable: Code, index: Code) -> Code | tuple[Code, ...]:
    """Element `index` of what a loop goes through."""
    if isinstance(iterable, syntax.ListOf) and isinstance(index, syntax.Number):
        return iterable.items[int(index.value)]
    if isinstance(iterable, syntax.Call) and all(one.name is None for one in iterable.arguments):
        arguments = [one.value for one in iterable.arguments]
        if iterable.function == "range":
            return _of_range(arguments, index)
        if iterable.function == "enumerate":
            inner = _item(arguments[0], index)
            return (index, syntax.ListOf(inner) if isinstance(inner, tuple) else inner)
        if iterable.function == "zip":
            parts = [_item(one, index) for one in arguments]
            return tuple(syntax.ListOf(one) if isinstance(one, tuple) else one for one in parts)
        if iterable.function == "reversed":
            length = syntax.Call("len", (syntax.Argument(None, arguments[0]),))
            last = syntax.Binary("-", length, syntax.Number(1))
            return _item(arguments[0], simplified(syntax.Binary("-", last, index)))
    return syntax.Index(iterable, index)


def _of_range(arguments: Sequence[Code], index: Code) -> Code:
    if len(arguments) == 1:
        return index
    step: Code = index
    if len(arguments) == 3:
        step = syntax.Binary("*", index, arguments[2])
    return simplified(syntax.Binary("+", arguments[0], step))
