"""A checked recipe: how a network is trained, every setting with its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from archspec.ops.attributes import Attributes
from archspec.recipes.record import Part
from archspec.source import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """One part with its attributes; `then` is the schedule that follows a warm-up.

    `places` are those of the attributes that are written.
    """

    record: Part
    attributes: Attributes
    span: Span
    then: Choice | None = None
    places: Mapping[str, Span] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the part."""
        return self.record.name

    def place(self, attribute: str) -> Span:
        """Where the attribute is written; where it is not, the place of the whole."""
        return self.places.get(attribute, self.span)

    def having(self, **values: Any) -> Choice:
        """The same with other values of some attributes."""
        attributes = Attributes({**dict(self.attributes.items()), **values})
        return replace(self, attributes=attributes)

    def json(self) -> dict[str, Any]:
        """Name and attributes, every default written out."""
        made = {"name": self.name, **dict(self.attributes.items())}
        return made if self.then is None else {**made, "then": self.then.json()}


@dataclass(frozen=True, slots=True)
class Recipe:
    """All settings of one `train` section. `spans` are the places of the settings by their key.

    `validation` is the share of the training data that is kept for validation, `epochs` passes
    over the data, `accumulate` batches of `batch_size` samples make one step.
    """

    network: str
    losses: tuple[Choice, ...]
    optimizer: Choice
    schedule: Choice
    epochs: int
    batch_size: int
    clip: Choice | None = None
    weight_decay: tuple[Choice, ...] = ()
    metrics: tuple[Choice, ...] = ()
    early_stopping: Choice | None = None
    checkpoint: Choice | None = None
    data: Choice | None = None
    validation: float = 0.0
    preprocess: tuple[Choice, ...] = ()
    augment: tuple[Choice, ...] = ()
    seed: int = 0
    precision: str = "float32"
    accumulate: int = 1
    spans: Mapping[str, Span] | None = None

    def json(self) -> dict[str, Any]:
        """The recipe as plain data, every default written out."""
        made: dict[str, Any] = {}
        for key in self.__slots__:
            value = getattr(self, key)
            if key == "spans":
                continue
            if isinstance(value, Choice):
                value = value.json()
            elif isinstance(value, tuple):
                value = [one.json() for one in value]
            made[key] = value
        return made
