"""Which tensor of a file belongs to which weight of a network.

Where most layers of both sides have the same names, the names decide. Else the order does: the
layers of each kind, in the order in which the file's network was made, are those of the same
kind in the order of the spec, and at each position the shapes must agree. Whatever finds no
partner is left over on its side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from archspec.lowering.native_file import NativeFile, NativeTensor
from archspec.weights.layers import Layer, Wanted, by_layer

Pairs = Iterator[tuple[Layer[Wanted], Layer[NativeTensor]]]


@dataclass(slots=True)
class Match:
    """The pairs that were found, by which rule, and what is left over on either side."""

    how: Literal["names", "order"]
    pairs: list[tuple[Wanted, NativeTensor]] = field(default_factory=list)
    missing: list[Wanted] = field(default_factory=list)
    extra: list[NativeTensor] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every tensor of both sides is used, once."""
        return not self.missing and not self.extra


def match(wanted: Sequence[Wanted], file: NativeFile) -> Match:
    """The pairs, and what is left over."""
    ours, theirs = by_layer(wanted), by_layer(file.tensors)
    numbered = any(one.variable.isdecimal() for one in file.tensors)
    if share(wanted, file.tensors) > 0.5:
        return _paired("names", _named(ours, theirs), wanted, file, numbered)
    if not file.ordered:
        return _paired("order", _alone(ours, theirs, numbered), wanted, file, numbered)
    wholes = {one.part_of for one in file.tensors} - {""}
    found = _paired("order", _ordered(ours, theirs, wholes, numbered), wanted, file, numbered)
    if wholes and not found.complete:
        # The spec may spell out what is one layer in the file.
        found = _paired("order", _ordered(ours, theirs, set(), numbered), wanted, file, numbered)
    return found


def _paired(
    how: Literal["names", "order"],
    layers: Pairs,
    wanted: Sequence[Wanted],
    file: NativeFile,
    numbered: bool,
) -> Match:
    found = Match(how)
    for our, their in layers:
        found.pairs += _variables(our, their, numbered)
    used = {id(one) for pair in found.pairs for one in pair}
    found.missing = [one for one in wanted if id(one) not in used]
    found.extra = [one for one in file.tensors if id(one) not in used]
    return found


def share(wanted: Sequence[Wanted], tensors: Sequence[NativeTensor]) -> float:
    """How much of the smaller side's layers the other side has, by name."""
    ours, theirs = {one.layer for one in wanted}, {one.layer for one in tensors}
    return len(ours & theirs) / max(min(len(ours), len(theirs)), 1)


def _named(ours: Sequence[Layer[Wanted]], theirs: Sequence[Layer[NativeTensor]]) -> Pairs:
    by_name = {one.name: one for one in theirs}
    return ((one, by_name[one.name]) for one in ours if one.name in by_name)


def _alone(
    ours: Sequence[Layer[Wanted]], theirs: Sequence[Layer[NativeTensor]], numbered: bool
) -> Pairs:
    """Layers that nothing else on their side resembles."""

    def signature(layer: Layer[Any]) -> object:
        return layer.kind(set()), layer.signature(numbered)

    for left, right in _groups(ours, theirs, signature):
        if len(left) == len(right) == 1:
            yield left[0], right[0]


def _ordered(
    ours: Sequence[Layer[Wanted]],
    theirs: Sequence[Layer[NativeTensor]],
    wholes: Set[str],
    numbered: bool,
) -> Pairs:
    """The layers of each kind in their order."""

    def kind(layer: Layer[Any]) -> object:
        return layer.kind(wholes)

    for left, right in _groups(ours, theirs, kind):
        yield from _aligned(left, right, numbered)


def _groups(
    ours: Sequence[Layer[Wanted]],
    theirs: Sequence[Layer[NativeTensor]],
    key: Callable[[Layer[Any]], object],
) -> Iterable[tuple[list[Layer[Wanted]], list[Layer[NativeTensor]]]]:
    found: defaultdict[object, tuple[list[Layer[Wanted]], list[Layer[NativeTensor]]]]
    found = defaultdict(lambda: ([], []))
    for our in ours:
        found[key(our)][0].append(our)
    for their in theirs:
        found[key(their)][1].append(their)
    return found.values()


def _aligned(
    ours: Sequence[Layer[Wanted]], theirs: Sequence[Layer[NativeTensor]], numbered: bool
) -> Pairs:
    left = [one.signature(numbered) for one in ours]
    right = [one.signature(numbered) for one in theirs]
    if left == right:
        yield from zip(ours, theirs, strict=True)
        return
    # The pairs are not used: they keep what fits out of the list of leftovers.
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            yield ours[block.a + i], theirs[block.b + i]


def _variables(
    ours: Layer[Wanted], theirs: Layer[NativeTensor], numbered: bool
) -> Iterator[tuple[Wanted, NativeTensor]]:
    """The tensors of one layer by name, or by number; only where shapes agree."""
    if numbered:
        found = list(zip(ours.tensors, theirs.tensors, strict=False))
    else:
        by_name = {one.variable: one for one in theirs.tensors}
        found = [(one, by_name[one.variable]) for one in ours.tensors if one.variable in by_name]
    return ((our, their) for our, their in found if our.shape == their.shape)
