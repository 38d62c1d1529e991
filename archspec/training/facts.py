"""facts: what generated code that loads data must know about recipe and network."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.dimensions import Shape
from archspec.ir import Graph
from archspec.lowering.targets import source_of, targets_of
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Loss


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted of one output: `kind` is that of the targets, `shape` that of the output."""

    name: str
    kind: str
    shape: Shape

    @property
    def classes(self) -> int | None:
        """How many classes there are, where targets are classes."""
        if self.kind == "numbers":
            return None
        return 2 if self.answers == 1 else self.shape[-1]

    @property
    def answers(self) -> int:
        """How many yes-or-no answers there are; 0 where targets are something else."""
        return self.shape[-1] if self.kind == "bits" else 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Where data come from and what they must look like.

    `keys` are the names of the inputs and targets in the source, `share` the part that is kept
    for validation.
    """

    kind: str
    path: str | None
    validation_path: str | None
    share: float
    input_names: tuple[str, ...]
    inputs: tuple[Shape, ...]
    targets: tuple[Target, ...]
    keys: tuple[str, ...]
    split: str = "train"

    @property
    def several(self) -> bool:
        """Whether batches hold more than one array of inputs or of targets."""
        return len(self.inputs) > 1 or len(self.targets) > 1

    @property
    def data(self) -> str:
        """The piece with the class of the parts."""
        if self.several:
            return "several_data"
        return "array_data" if self.kind in ("digits", "arrays") else "image_data"

    @property
    def reader(self) -> str:
        """The function that reads one sample, where samples are read one by one."""
        return {"folder": "read_image", "huggingface": "read_row"}.get(self.kind, "")


def facts(recipe: Recipe, graph: Graph) -> Facts:
    """The facts; without a source the data are what the command line names."""
    targets = _targets(recipe, graph)
    inputs = tuple(tuple(int(size) for size in value.shape) for value in graph.inputs)
    given = {} if recipe.data is None else dict(recipe.data.attributes.items())
    first, last = given.get("inputs", "x"), given.get("targets", "y")
    return Facts(
        kind=source_of(recipe, graph),
        path=given.get("path"),
        validation_path=given.get("validation"),
        share=recipe.validation,
        input_names=graph.input_names,
        inputs=inputs,
        targets=targets,
        keys=_keys(first, last, graph.input_names, targets),
        split=given.get("split", "train"),
    )


def _keys(
    first: str, last: str, inputs: tuple[str, ...], targets: tuple[Target, ...]
) -> tuple[str, ...]:
    """Several inputs and targets have the network's own names."""
    before = inputs if len(inputs) > 1 else (first,)
    after = tuple(one.name for one in targets) if len(targets) > 1 else (last,)
    return (*before, *after)


def _targets(recipe: Recipe, graph: Graph) -> tuple[Target, ...]:
    """One for each output of inference that has a loss; those of training share the first's."""
    losses: dict[str, Choice] = {}
    for choice in recipe.losses:
        losses.setdefault(choice.attributes["output"] or graph.output_names[0], choice)
    found = []
    for name, value in zip(graph.output_names, graph.outputs, strict=True):
        if name in losses:
            record = losses[name].record
            assert isinstance(record, Loss)
            kind = targets_of(record, recipe, graph)
            found.append(Target(name, kind, tuple(int(n) for n in value.shape)))
    return tuple(found)
