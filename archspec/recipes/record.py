"""The records of what a recipe is made of: everything that is known about a part stands in one.

A part lives in a file of its own below `archspec/recipes/<kind>/`, which has the part's name and
binds `PART`. Where a part computes something, its record holds the computation in NumPy, and
that decides what the part means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Problem

if TYPE_CHECKING:
    from typing import dataclass_transform

    import numpy as np

    Array = np.ndarray[Any, Any]
    Generator = np.random.Generator

    @dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
    def record(cls: type) -> type:
        """Make a class of records: its annotations become fields that cannot be set anew."""
        ...
else:
    Array = Any
    Generator = Any
    # Every check of a recipe pays for a dozen classes; equality and slots would double that.
    record = partial(dataclass, frozen=True, kw_only=True, eq=False, repr=False)

State = dict[str, Any]
"""What an optimizer, a plateau or a patience keeps from one step to the next."""

Shape = tuple[int, ...]

Better = Literal["higher", "lower"]


def no_problems(attributes: Attributes) -> Iterable[Problem]:
    """For parts whose attributes are right one by one."""
    return ()


@record
class Part:
    """One loss, optimizer, schedule and so on, as it may be named in a `train` section.

    `kind` is the folder of its file, `example` a setting as it is written in a spec. `check` tells
    what is wrong with the attributes together.
    """

    name: str
    kind: str
    summary: str
    doc: str
    source: str
    attributes: tuple[Attribute, ...]
    example: str
    check: Callable[[Attributes], Iterable[Problem]] = no_problems

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, if the part has it."""
        return next((one for one in self.attributes if one.name == name), None)


@record
class Loss(Part):
    """A loss of one output.

    `ending` is the op that an output must end in; `value` and `gradient` then take what goes
    into that op (logits), else the output itself. Both take (attributes, array, targets), the
    batch axis first, and are a mean over samples. `targets` says what a target is: `classes` are
    probabilities of the classes, `labels` numbers of classes, `bits` 0 or 1, `numbers` anything.
    Data may give the numbers of the classes where probabilities are wanted.
    `signed` losses need outputs that can be negative.
    """

    value: Callable[[Attributes, Array, Array], float]
    gradient: Callable[[Attributes, Array, Array], Array]
    targets: Literal["classes", "labels", "bits", "numbers"]
    ending: str | None = None
    signed: bool = False


@record
class Optimizer(Part):
    """A rule for one weight.

    `begin` gives the state for a weight, `update` the new weight from (attributes, state, weight,
    gradient, rate), and changes the state. `without` is the optimizer that one is called without
    the decoupled weight decay that its name promises.
    """

    begin: Callable[[Attributes, Array], State]
    update: Callable[[Attributes, State, Array, Array, float], Array]
    without: str | None = None


@record
class Schedule(Part):
    """The learning rate of each optimizer step.

    `rate` takes (attributes, base, step, steps_per_epoch): `base` is the optimizer's learning
    rate, `step` is 0 at the first step of the schedule. `start` is the rate that the schedule
    begins with where it states rates itself. `length` is the attribute that is the rest of the
    training where it is not given, `bounds` the one whose epochs must lie inside the training.
    `react` is for schedules that look at results: it takes (attributes, state, rate, value,
    better) after an epoch, and gives the rate to go on with. `leads` marks a beginning, which
    another schedule follows.
    """

    rate: Callable[[Attributes, float, int, int], float]
    start: Callable[[Attributes], float] | None = None
    length: str | None = None
    bounds: str | None = None
    react: Callable[[Attributes, State, float, float, Better], float] | None = None
    leads: bool = False


@record
class Metric(Part):
    """A number about a whole pass over data.

    `value` takes (attributes, outputs, targets) of all samples at once: outputs are probabilities
    where it `needs` classes, targets the numbers of the classes (of distributions the most
    probable), or 0 and 1 in the output's shape. Numbers may be compared with distributions.
    It `needs` targets that are `classes` of any kind, `ranks`: one class out of several, or
    `numbers` in the output's shape. `label` is its name in tables, filled in with the attributes.
    `count` is the attribute that must be less than the number of classes, `threshold` the one that
    yes-or-no answers have only, with what it is there where it is not given.
    """

    value: Callable[[Attributes, Array, Array], float]
    needs: Literal["classes", "ranks", "numbers"]
    better: Better
    label: str
    count: str | None = None
    threshold: tuple[str, float] | None = None


@record
class Decay(Part):
    """A pull of weights towards zero.

    `loss` is what it adds to the loss, `gradient` to the gradient, `shrink` what it takes away
    from the weight at a step with a rate; each is 0 where the form does not work that way.
    """

    loss: Callable[[Attributes, Array], float]
    gradient: Callable[[Attributes, Array], Array]
    shrink: Callable[[Attributes, Array, float], Array]
    decoupled: bool


@record
class Clip(Part):
    """A bound on gradients: `clip` takes those of all weights by name, and gives them bounded."""

    clip: Callable[[Attributes, dict[str, Array]], dict[str, Array]]


@record
class Stopping(Part):
    """When training ends before its last epoch.

    `stop` takes (attributes, state, value, better) after an epoch and says whether it was the last.
    """

    stop: Callable[[Attributes, State, float, Better], bool]


@record
class Checkpoint(Part):
    """Which weights are kept besides the last: `keep` says whether an epoch's are."""

    keep: Callable[[Attributes, State, float, Better], bool]


@record
class Source(Part):
    """Where samples come from; `shape`, `classes` and `range` where they are known beforehand."""

    shape: Shape | None = None
    classes: int | None = None
    range: tuple[float, float] | None = None


@record
class Preprocess(Part):
    """A change of every sample: `apply` takes (attributes, sample), channels last, in float32.

    `shape` is the shape of the result.
    """

    apply: Callable[[Attributes, Array], Array]
    shape: Callable[[Attributes, Shape], Shape]


@record
class Augment(Part):
    """A random change of a sample in training.

    A geometric one has `matrix`: from (attributes, generator, shape) it draws the map from places
    of the result to places of the sample, both as (row, column, 1) from the middle. Neighbours with
    equal `fill` and `value` are put together, so that a sample is interpolated once. Another has
    `apply`, which takes (attributes, generator, sample).
    """

    matrix: Callable[[Attributes, Generator, Shape], Array] | None = None
    apply: Callable[[Attributes, Generator, Array], Array] | None = None
    shape: Callable[[Attributes, Shape], Shape]
