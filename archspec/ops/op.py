"""The record of an op: everything that is known about it stands in one such record.

Generic code asks the record and never names an op. An op lives in a file of its own below
`archspec/ops/<family>/`, which has the op's name and binds `OP`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

Shapes = Sequence[Shape]


@dataclass(slots=True)
class Problem:
    """Why an op refuses its inputs: the words, and the attribute or input that they are about."""

    code: str
    message: str
    attribute: str | None = None
    input: int | None = None
    help: str = ""


@dataclass(slots=True)
class WeightSpec:
    """A tensor that an op owns, in its canonical layout.

    Kernels of convolutions are (*window, in / groups, out), of depthwise ones (*window, in,
    multiplier), of dense layers (in, out). `initializer` is the attribute value or a fixed one;
    `fans` are (fan in, fan out) for the scaled initialisers. A weight that is not `trainable` is
    a running statistic.
    """

    name: str
    shape: Shape
    initializer: Any
    fans: tuple[int, int] = (1, 1)
    trainable: bool = True


def exact(array: Array) -> Array:
    """What an evaluation makes of rounding: nothing."""
    return array


@dataclass(slots=True)
class Call:
    """One evaluation of an op in NumPy. Arrays have the batch axis first and channels last.

    `updates` receives new values of running statistics in training mode. What is taken away from
    values that may be equal to it goes through `rounded`: rounding is all that is left then.
    """

    attributes: Attributes
    inputs: Sequence[Array]
    weights: dict[str, Array]
    training: bool = False
    updates: dict[str, Array] = field(default_factory=dict)
    rounded: Callable[[Array], Array] = exact


@dataclass(frozen=True, slots=True)
class Example:
    """A call as it is written in a spec, with the shapes it takes and gives."""

    call: str
    inputs: tuple[Shape, ...]
    output: Shape | tuple[Shape, ...]


def no_weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    """For ops without weights."""
    return ()


def no_macs(attributes: Attributes, inputs: Shapes, outputs: Shapes) -> int:
    """For ops that the reference rule counts as free: no product of weights and values."""
    return 0


def no_problems(attributes: Attributes, inputs: Shapes) -> Iterable[Problem]:
    """For ops that take every input of an allowed rank."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """One layer type of the language.

    `inputs` is (least, most) number of inputs, most None for any number; `ranks` the allowed
    numbers of spatial axes, None for all. `check` tells what is wrong with the input shapes and
    runs before `shape`, which may then take them for granted; `shape` uses arithmetic only, so
    that it also serves symbolic sizes, and returns one tuple of shapes, one for each output.
    `keeps_sign` says that non-negative inputs give non-negative outputs, `non_negative` that
    the outputs always are. `join` marks ops whose inputs are branches. `activation` marks
    element-wise functions without weights. `commutative` joins do not ask for the order of their
    inputs; an `inert` op gives its input back at inference.
    `drops` says what an op drops at random in training: the chance of a draw, and the shape of
    the draws of one sample, 1 where cells share one; what is kept is divided by 1 - chance.
    `reference` returns the outputs as a tuple. An op made of smaller ones has an `expansion`: a
    block of the same name in the language.
    """

    name: str
    family: str
    summary: str
    doc: str
    source: str
    attributes: tuple[Attribute, ...]
    shape: Callable[[Attributes, Shapes], tuple[Shape, ...]]
    reference: Callable[[Call], tuple[Array, ...]] | None
    examples: tuple[Example, ...]
    inputs: tuple[int, int | None] = (1, 1)
    ranks: tuple[int, ...] | None = None
    check: Callable[[Attributes, Shapes], Iterable[Problem]] = no_problems
    weights: Callable[[Attributes, Shapes], tuple[WeightSpec, ...]] = no_weights
    macs: Callable[[Attributes, Shapes, Shapes], int] = no_macs
    join: bool = False
    commutative: bool = False
    inert: bool = False
    activation: bool = False
    drops: Callable[[Attributes, Shape], tuple[float, Shape]] | None = None
    non_negative: bool = False
    keeps_sign: bool = False
    expansion: str | None = None

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, if the op has it."""
        return next((one for one in self.attributes if one.name == name), None)
