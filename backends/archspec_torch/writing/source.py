"""Writes the whole file: imports, helpers, initialisation, functions, and a class each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, count

from archspec.lowering.backend import Generated, NativeWeight
from archspec.lowering.layout import layout
from archspec.lowering.names import Names, class_name
from archspec.lowering.plan import Definition, Plan
from archspec_torch.emitted import Emitted, Made
from archspec_torch.flattening import Orders
from archspec_torch.helpers import HELPERS
from archspec_torch.initial import Initial
from archspec_torch.naming import IMPORTED, module_name
from archspec_torch.writing.classes import write_class
from archspec_torch.writing.functions import Words, write_constant, write_function
from archspec_torch.writing.items import Found
from archspec_torch.writing.kinds import kind
from archspec_torch.writing.overwriting import Overwriting
from archspec_torch.writing.variants import variant_of, written_alike
from archspec_torch.writing.written import Written

IMPORTS = (
    (r"\bmath\.", "import math"),
    (r"\bCallable\[", "from collections.abc import Callable"),
    (r"\bSequence\[", "from collections.abc import Sequence"),
    (r"\bpartial\(", "from functools import partial"),
)
TORCH = (
    (r"\btorch\.", "import torch"),
    (r"\bF\.", "import torch.nn.functional as F"),
)


class SourceWriter:
    """The state of one file while it is written.

    `alike` are the definitions whose class is that of an earlier one.
    """

    def __init__(self, plan: Plan, alike: Mapping[Definition, Definition] | None = None) -> None:
        self.plan = plan
        self._alike = alike or {}
        self.orders = Orders(plan.graph)
        self.overwriting = Overwriting(plan)
        self.initial = Initial(plan.graph)
        self.helpers: set[str] = set()
        self.fixed_size = False
        self.words = Words()
        self._names = Names({*IMPORTED, *HELPERS, "init_weights"})
        self._written: dict[int, Written] = {}
        for constant in plan.constants:
            self.words[constant.name] = self._names.take(constant.name.upper())
        for function in plan.functions:
            self.words[function.name] = self._names.take(function.name)
        for function in plan.functions:
            self.words.add_parameters(function)
        self._classes: dict[int, str] = {}
        for one in plan.definitions:
            first = self._alike.get(one)
            self._classes[id(one)] = self._classes[id(first)] if first else self._class(one)

    def _class(self, definition: Definition) -> str:
        base = variant_of(definition)
        if base is None or definition is self.plan.definitions[-1]:
            return self._names.take(class_name(definition.name))
        # Variants are counted here, because some may turn out to be written alike.
        names = chain([base], (f"{base}_{number}" for number in count(2)))
        free = (name for name in map(class_name, names) if not self._names.taken(name))
        return self._names.take(next(free))

    def class_of(self, definition: Definition) -> str:
        """The name of the definition's class."""
        if id(definition) not in self._classes:
            self._classes[id(definition)] = self._class(definition)
        return self._classes[id(definition)]

    def locals(self) -> Names:
        """Names for the variables of one forward pass."""
        return Names({*IMPORTED, *self.words.values(), "x"})

    def written(self, definition: Definition) -> Written:
        """The class of a definition that stands before."""
        return self._written[id(definition)]

    def write(self) -> Emitted:
        """The file, and where the weights and values of the network are in it."""
        plan = self.plan
        for definition in plan.definitions:
            self._written[id(definition)] = write_class(self, definition)
        alike = written_alike([self._written[id(one)] for one in plan.definitions])
        if len(alike) > len(self._alike):
            return SourceWriter(plan, alike).write()
        root = self._written[id(plan.definitions[-1])]
        name = module_name(plan.graph.name)
        found = list(root.modules(0))
        generated = Generated(
            files={f"{name}.py": self._text()},
            module=name,
            entry=root.name,
            weights=self._weights(found),
        )
        return Emitted(generated, _places(found, self.orders))

    def _weights(self, found: Sequence[Found]) -> dict[str, NativeWeight]:
        weights: dict[str, NativeWeight] = {}
        for one in found:
            rows = self.orders.rows(one.node)
            for role, weight in one.node.weights.items():
                piece = one.weights.get(role)
                if piece is None:
                    continue
                reordered = rows is not None and (
                    role != "bias" or "kernel" not in one.node.weights
                )
                key = f"{one.path}.{piece.parameter}" if piece.parameter else one.path
                shape = piece.reshape(tuple(weight.shape)) if piece.reshape else None
                weights[weight.name] = NativeWeight(
                    key, piece.axes, shape, rows if reordered else None
                )
        return weights

    def _text(self) -> str:
        plan = self.plan
        known: dict[str, str] = {}
        for one in plan.constants:
            known[one.name] = kind(one.value, known)
        blocks = [write_function(function, self.words, known) for function in plan.functions]
        if text := self.initial.text():
            blocks.append(text)
        blocks += [text.strip("\n") for name, text in HELPERS.items() if name in self.helpers]
        blocks += [
            self._written[id(one)].text for one in plan.definitions if one not in self._alike
        ]
        body = "\n\n\n".join(blocks)
        constants = [write_constant(one, self.words) for one in plan.constants]
        head = "\n\n".join(
            [_imports(body), "\n".join(constants)] if constants else [_imports(body)]
        )
        return layout(f"{head}\n\n\n{body}\n")


def _imports(body: str) -> str:
    plain = [line for pattern, line in IMPORTS if re.search(pattern, body)]
    both = {"from collections.abc import Callable", "from collections.abc import Sequence"}
    if both <= set(plain):
        plain = [line for line in plain if line not in both]
        at = 1 if plain[:1] == ["import math"] else 0
        plain.insert(at, "from collections.abc import Callable, Sequence")
    torch = [line for pattern, line in TORCH if re.search(pattern, body)]
    torch.append("from torch import Tensor, nn")
    groups = ["\n".join(plain)] if plain else []
    return "\n\n".join([*groups, "\n".join(torch)])


def _places(found: Sequence[Found], orders: Orders) -> dict[str, tuple[Made, ...]]:
    places: dict[str, tuple[Made, ...]] = {}
    for one in found:
        if one.last:
            (value,) = one.node.outputs
            made = Made(value, orders.order(value))
            places[one.path] = (*places.get(one.path, ()), made)
    return places
