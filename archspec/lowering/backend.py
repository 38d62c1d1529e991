"""What a back end must provide; found through the entry-point group `archspec.backends`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from archspec.diagnostics import Report
from archspec.ir import Graph

if TYPE_CHECKING:
    import numpy as np

    from archspec.lowering.native_file import NativeFiles

    Array = np.ndarray[Any, Any]
else:
    Array = Any


@dataclass(frozen=True, slots=True)
class NativeWeight:
    """Where a canonical weight lives in the framework's model.

    `key` is the framework's own name (a state-dict key, or `layer/variable`), `axes` the
    permutation that turns the canonical layout into the native one (`numpy.transpose`), `shape`
    the native shape where a reshape follows, `rows` a reordering of the (canonical) input rows
    of a dense kernel behind a flatten: the native kernel has `canonical[rows]`. `kind` tells
    layers apart whose weights look alike, where a framework has several classes of them.
    """

    key: str
    axes: tuple[int, ...] | None = None
    shape: tuple[int, ...] | None = None
    rows: tuple[int, ...] | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Generated:
    """Source files by relative name, and the map from canonical weights to native ones.

    `entry` is the name of the class or function in `module` that makes the network without
    arguments.
    """

    files: Mapping[str, str]
    module: str
    entry: str
    weights: Mapping[str, NativeWeight]


@dataclass(slots=True)
class Outcome:
    """What one run computed, in canonical names and layouts (batch first, channels last).

    `gradients` are those of the sum over outputs of `sum(output * cotangent)`.
    """

    outputs: dict[str, Array]
    input_gradients: dict[str, Array]
    weight_gradients: dict[str, Array]
    statistics: dict[str, Array]


class Model(Protocol):
    """A built network of one framework."""

    native: Any

    def load(self, weights: Mapping[str, Array]) -> None:
        """Set all weights from canonical ones (every one exactly once, or `ValueError`)."""
        ...

    def save(self) -> dict[str, Array]:
        """All weights in canonical names and layouts."""
        ...

    def run(
        self,
        inputs: Mapping[str, Array],
        cotangents: Mapping[str, Array] | None = None,
        training: bool = False,
    ) -> Outcome:
        """Forward, and backward where cotangents are given; random ops are switched off.

        `training` uses batch statistics and reports the running statistics afterwards.
        """
        ...

    def trace(self, inputs: Mapping[str, Array], training: bool = False) -> dict[str, Array]:
        """Values by their name in the graph (`Value.name`), as far as the model shows them."""
        ...

    def random(self, inputs: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
        """What goes into random ops and what comes out, by the name of the value they make.

        In training mode, with nothing switched off; as far as the model shows it.
        """
        ...


class Backend(Protocol):
    """One framework. Importing and generating import no framework; building does."""

    name: str

    @property
    def files(self) -> NativeFiles | None:
        """What reads and writes the framework's own files of weights."""
        ...

    def refusals(self, graph: Graph, report: Report) -> None:
        """Report `not-lowerable` for every node that this back end cannot express exactly."""
        ...

    def generate(self, graph: Graph) -> Generated:
        """The source code of the network."""
        ...

    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        """Run the generated code; `ImportError` where the framework is not installed."""
        ...


@runtime_checkable
class OnEngines(Protocol):
    """What a back end has in addition whose code runs on several engines."""

    def on(self, engine: str) -> Backend:
        """The same back end, executed on that engine; `ValueError` tells which there are."""
        ...
