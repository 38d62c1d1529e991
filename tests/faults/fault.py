"""What a planted fault is: a small network, a change of what a back end makes, what verify says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from unittest.mock import patch

from archspec.lowering.backend import Generated

Edit = Callable[[Generated], Generated]


class Vacuous(Exception):
    """The fault changes nothing, so that catching it would prove nothing."""


@dataclass(frozen=True)
class Text:
    """Replaces text in the generated source, at all its places."""

    old: str
    new: str

    def __call__(self, code: Generated) -> Generated:
        name = f"{code.module}.py"
        source = code.files[name]
        if self.old not in source:
            raise Vacuous(f"{self.old!r} does not occur in\n{source}")
        return replace(code, files={**code.files, name: source.replace(self.old, self.new)})


@dataclass(frozen=True)
class Both:
    """One edit after the other."""

    first: Edit
    second: Edit

    def __call__(self, code: Generated) -> Generated:
        return self.second(self.first(code))


@dataclass(frozen=True)
class Layout:
    """Maps a weight to the framework's layout with other axes, or other rows."""

    weight: str
    changes: Mapping[str, object]

    def __call__(self, code: Generated) -> Generated:
        native = code.weights[self.weight]
        changed = replace(native, **self.changes)
        if changed == native:
            raise Vacuous(f"{self.weight} is mapped by {native}")
        return replace(code, weights={**code.weights, self.weight: changed})


@dataclass(frozen=True)
class Swapped:
    """Exchanges two weights."""

    one: str
    other: str

    def __call__(self, code: Generated) -> Generated:
        weights = dict(code.weights)
        weights[self.one], weights[self.other] = weights[self.other], weights[self.one]
        return replace(code, weights=weights)


@dataclass(frozen=True)
class Off:
    """Switches a function of a back end off: another one stands at `module:name` meanwhile."""

    place: str
    instead: Callable[..., object]

    @contextmanager
    def __call__(self) -> Iterator[None]:
        module, _, name = self.place.partition(":")
        with patch.object(import_module(module), name, self.instead):
            yield


@dataclass(frozen=True)
class Fault:
    """One fault in what `side` makes of `spec`, the body of a network.

    `value` is what verify must name, `kind` what must be seen to differ; `hidden` is a value
    before it that the framework does not show, where the fault is there. `blocks` stand before
    the network.
    """

    side: str
    spec: str
    edit: Edit | Off
    value: str
    kind: str = "outputs"
    hidden: str = ""
    blocks: str = ""
